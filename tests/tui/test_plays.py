"""Plays: from the focus list and from the library to an action; stars."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Input

from tests.tui.seat import Seat, drawn_by, seated
from tests.tui.states import a_pulse, a_team, app_on, opened_at
from tuiretro.core.figures import SPLIT_ADVICE
from tuiretro.model.action import Action
from tuiretro.model.survey import PlayBook
from tuiretro.model.team import Team
from tuiretro.service import actions
from tuiretro.service.workspace import Workspace
from tuiretro.tui.screens.dialogs import CHOICE_ROOM
from tuiretro.tui.screens.messages import PlaysWanted
from tuiretro.tui.widgets.pane import Pane
from tuiretro.tui.widgets.rows import RowList


def the_team(place: Path) -> Team:
    return opened_at(place).store.teams()[0]


def newest(place: Path) -> Action:
    return opened_at(place).store.actions(the_team(place).id)[-1]


def choices(seat: Seat) -> list[Content]:
    """The rows of the choice that is open."""
    rows = [option.prompt for option in seat.one(RowList).options]
    assert all(isinstance(row, Content) for row in rows)
    return [row for row in rows if isinstance(row, Content)]


async def on_mistake(seat: Seat) -> Seat:
    """The library with the cursor on the first mistake."""
    await (await seat.press("7")).at("LibraryScreen")
    await seat.see("SURVEYS")
    await seat.press(*["down"] * 6)
    return await seat.see("Signs")


async def test_a_play_is_taken_on_from_home(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("enter")).at("ChoosePlay")
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
        await seat.told(f"Taken on: {title}, due 4 Dec.")
        await (await seat.press("6")).at("ActionsScreen")
        await seat.see("Done when:")
        assert seat.app.screen.query_one(RowList).chosen == str(newest(history).id)
    action = newest(history)
    assert (action.title, action.owner, action.status) == (title, "Jo", "open")
    assert action.play is not None
    assert action.mistake == action.play.split(".")[0]


async def test_leaving_the_form_takes_nothing_on(history: Path) -> None:
    before = newest(history)
    async with seated(app_on(history)) as seat:
        await (await seat.press("enter")).at("ChoosePlay")
        await (await seat.press("enter")).at("Form")
        await (await seat.press("escape")).at("HomeScreen")
    assert newest(history) == before


async def test_plays_stand_best_first_and_say_which_were_tried_or_are_under_way(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("enter")).at("ChoosePlay")
        rows = [row.plain for row in choices(seat)]
        marks = [next((mark for mark in ("taken on", "tried") if row.endswith(f"  {mark}")), "") for row in rows]
        assert marks == ["", "", "", "tried", "taken on", "taken on"]
        assert rows[0] == "M  Compare last month's inputs with the training data"
        assert all(cell_len(row) <= CHOICE_ROOM for row in rows)
        await (await seat.press("pagedown")).see("two sprints")


async def test_no_play_takes_two_rows_of_the_choice(history: Path) -> None:
    workspace = opened_at(history)
    books: list[PlayBook] = [workspace.library.survey("safety"), *workspace.library.mistakes()]
    for book in books:
        for play in book.plays:
            actions.add(workspace, the_team(history), play=f"{book.id}.{play.id}")
    async with seated(app_on(history)) as seat:
        for book in books:
            seat.app.on_plays_wanted(PlaysWanted(book.id))
            await seat.at("ChoosePlay")
            rows = choices(seat)
            assert all(row.plain.endswith("  taken on") for row in rows)
            assert seat.one(RowList).virtual_size.height == len(rows)
            await (await seat.press("escape")).at("HomeScreen")


@pytest.mark.parametrize("values", [(1, 1, 1, 5, 5, 5), (3, 3, 3, 3, 3, 3)])
async def test_where_people_are_split_the_plays_say_to_talk_first(
    values: tuple[int, ...], workspace: Workspace, place: Path
) -> None:
    a_pulse(workspace, a_team(workspace, people=8), values)
    async with seated(app_on(place)) as seat:
        await (await seat.press("enter")).at("ChoosePlay")
        await seat.see("Plays for:")
        assert (SPLIT_ADVICE in seat.words) is (len(set(values)) > 1)


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


async def test_space_reads_the_page_to_its_end_and_begins_again(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await on_mistake(seat)
        assert "space read on" in seat.keys
        page = seat.one(Pane)
        places = [page.scroll_offset.y]
        for _ in range(40):
            await seat.press("space")
            await seat.until(lambda: page.scroll_offset.y != places[-1])
            places.append(page.scroll_offset.y)
            if places[-1] == 0:
                break
        assert places[0] == places[-1] == 0
        assert places[-2] == page.max_scroll_y
        assert places[1:-1] == sorted(places[1:-1])


async def test_a_star_leaves_the_page_where_it_was_read(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await on_mistake(seat)).press("space")
        page = seat.one(Pane)
        await seat.until(lambda: page.scroll_offset.y > 0)
        before = page.scroll_offset.y
        await (await seat.press("s")).see("★ 1")
        assert page.scroll_offset.y == before
        await seat.press("down")
        await seat.until(lambda: page.scroll_offset.y == 0)


async def test_a_page_ends_with_its_plays_and_names_no_source(with_team: Path) -> None:
    async with seated(app_on(with_team), (80, 200)) as seat:
        await on_mistake(seat)
        assert "Plays, best first enter opens them" in seat.words
        assert "Source" not in seat.words


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
