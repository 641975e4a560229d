"""Plays: from the focus list and from the library to an action; stars."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from tests.tui.seat import Seat, drawn_by, seated
from tests.tui.states import app_on, opened_at
from tuiretro.model.action import Action
from tuiretro.model.team import Team
from tuiretro.tui.widgets.rows import RowList


def the_team(place: Path) -> Team:
    return opened_at(place).store.teams()[0]


def newest(place: Path) -> Action:
    return opened_at(place).store.actions(the_team(place).id)[-1]


async def on_mistake(seat: Seat) -> Seat:
    """The library with the cursor on the first mistake."""
    await (await seat.press("7")).at("LibraryScreen")
    await seat.see("SURVEYS")
    await seat.press("down", "down", "down")
    return await seat.see("You may notice")


async def test_a_play_is_taken_on_from_home(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("enter")).at("Choose")
        await seat.see("Plays for:")
        await seat.see("Done when:")
        await (await seat.press("enter")).at("Form")
        await seat.see("Take it on")
        title = seat.one(Input, "#title").value
        assert title
        assert seat.one(Input, "#done_when").value
        await seat.fill(owner="Jo", due="2026-12-04")
        await (await seat.press("ctrl+s")).at("HomeScreen")
        await seat.see("4 actions open")
    action = newest(history)
    assert (action.title, action.owner, action.status) == (title, "Jo", "open")
    assert action.play is not None
    assert action.mistake == action.play.split(".")[0]


async def test_leaving_the_form_takes_nothing_on(history: Path) -> None:
    before = newest(history)
    async with seated(app_on(history)) as seat:
        await (await seat.press("enter")).at("Choose")
        await (await seat.press("enter")).at("Form")
        await (await seat.press("escape")).at("HomeScreen")
    assert newest(history) == before


async def test_a_play_is_taken_on_from_the_library(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await on_mistake(seat)).press("enter")).at("Choose")
        await seat.see("Plays for:")
        await (await seat.press("down", "enter")).at("Form")
        await (await seat.press("ctrl+s")).at("LibraryScreen")
        await (await seat.press("6")).see("Actions")
        await seat.see("OPEN")
    action = newest(with_team)
    assert action.mistake == "software-mindset"
    assert action.done_when


async def test_a_play_that_was_tried_says_so(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("enter")).at("Choose")
        await seat.see("tried")


async def test_a_star_is_set_and_taken_away(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await on_mistake(seat)).press("s")).see("★ 1")
        assert the_team(with_team).starred == ("software-mindset",)
        await seat.press("s")
        await seat.until(lambda: "★" not in seat.text)
    assert the_team(with_team).starred == ()


async def test_a_fourth_star_is_refused_with_a_sentence(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await on_mistake(seat)
        for line in ("★ 1", "★ 4", "★ 7"):
            await (await seat.press("s")).see(line)
            await seat.press("down")
        await seat.press("s")
        await seat.told("3 mistakes are starred already")
    assert len(the_team(with_team).starred) == 3


async def test_surveys_have_neither_plays_nor_stars(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await seat.press("7")).at("LibraryScreen")
        await seat.see("SURVEYS")
        assert "plays" not in seat.keys
        assert "star" not in seat.keys
        await seat.press("enter", "s")
        assert seat.screen == "LibraryScreen"


async def test_a_file_of_the_teams_own_that_was_refused_is_named(with_team: Path) -> None:
    own = with_team / "surveys"
    own.mkdir(exist_ok=True)
    (own / "broken.toml").write_text("id = [", encoding="utf-8")
    async with seated(app_on(with_team)) as seat:
        await (await seat.press("7")).at("LibraryScreen")
        await seat.see("SURVEYS")
        await seat.press("end")
        rows = seat.one(RowList)
        await seat.until(
            lambda: "broken.toml" in "".join(row.text.strip() for at, row in drawn_by(seat.app.screen) if at is rows)
        )
