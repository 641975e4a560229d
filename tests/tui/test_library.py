"""The Library: the whole list, the plays one level down, and the pages beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.seat import LARGE, SMALL, Seat, seated
from tests.tui.states import a_team, app_on, opened_at
from tuiretro.core.plays import suggest
from tuiretro.model.action import Action
from tuiretro.model.team import Team
from tuiretro.service import actions, teams
from tuiretro.tui.screens.library import LibraryScreen
from tuiretro.tui.widgets.pane import Pane
from tuiretro.tui.widgets.rows import RowList

TINY = (60, 20)
TALL = (80, 200)


def the_team(place: Path) -> Team:
    return opened_at(place).store.teams()[0]


def newest(place: Path) -> Action:
    return opened_at(place).store.actions(the_team(place).id)[-1]


def chosen(seat: Seat) -> str | None:
    """The key of the row under the cursor."""
    return seat.one(RowList).chosen


def listed(seat: Seat) -> list[str]:
    """The keys of all rows."""
    return [option.id for option in seat.one(RowList).options if option.id is not None]


def page(seat: Seat) -> str:
    """The page beside the list in one line."""
    return " ".join(seat.one(Pane).text.plain.split())


async def in_library(seat: Seat, at: str = "") -> Seat:
    """The Library with the cursor on a row."""
    await (await seat.press("7")).at("LibraryScreen")
    await seat.see("SURVEYS")
    if at:
        assert seat.one(RowList).point_at(at), at
        await seat.pilot.pause()
    return seat


async def in_plays(seat: Seat, of: str) -> Seat:
    """The plays of a mistake or survey."""
    await (await in_library(seat, of)).press("enter")
    return await seat.see("plays, best first")


async def test_the_list_holds_surveys_then_themes_then_templates(with_team: Path) -> None:
    async with seated(app_on(with_team), TALL) as seat:
        await in_library(seat)
        heads = ("SURVEYS", "SAFETY", "DIRECTION", "DATA", "TRUST", "QUALITY", "PEOPLE", "TEMPLATES")
        places = [seat.text.index(head) for head in heads]
        assert places == sorted(places)
        assert listed(seat)[:6] == [
            *(f"survey:{id_}" for id_ in ("pulse", "safety", "quarterly", "process", "deep-dive")),
            "plays:safety",
        ]
        assert len(listed(seat)) == 5 + 1 + 20 + len(opened_at(with_team).library.templates())


async def test_enter_on_a_mistake_shows_its_plays_best_first_and_escape_goes_back(history: Path) -> None:
    workspace = opened_at(history)
    team = the_team(history)
    mistake = workspace.library.mistake("model-drift")
    best = suggest(mistake, workspace.store.history(team.id), workspace.store.actions(team.id))
    async with seated(app_on(history)) as seat:
        await in_plays(seat, "mistake:model-drift")
        assert listed(seat) == [f"play:model-drift.{play.id}" for play in best]
        assert chosen(seat) == listed(seat)[0]
        for word in ("tried", "taken on"):
            assert word in seat.words
        assert "enter take on" in seat.keys
        assert "escape back" in seat.keys
        await seat.press("down", "escape")
        assert chosen(seat) == "mistake:model-drift"
        await (await seat.press("enter")).see("plays, best first")
        await seat.press("backspace")
        assert chosen(seat) == "mistake:model-drift"


async def test_escape_does_nothing_on_the_whole_list(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_library(seat, "mistake:no-pilot")
        assert "back" not in seat.keys
        await seat.press("escape", "backspace")
        assert (seat.screen, chosen(seat)) == ("LibraryScreen", "mistake:no-pilot")


@pytest.mark.parametrize("row", ["plays:safety", "survey:safety"])
async def test_the_plays_of_the_safety_survey_are_one_key_away(row: str, with_team: Path) -> None:
    async with seated(app_on(with_team), TALL) as seat:
        await in_plays(seat, row)
        assert all(key.startswith("play:safety.") for key in listed(seat))
        assert len(listed(seat)) >= 8
        await seat.press("escape")
        assert chosen(seat) == row


async def test_a_survey_without_plays_has_nothing_below_and_no_star(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_library(seat)
        assert chosen(seat) == "survey:pulse"
        for word in ("enter", "star", "template"):
            assert word not in seat.keys
        await seat.press("enter", "s", "t")
        assert (seat.screen, chosen(seat)) == ("LibraryScreen", "survey:pulse")


async def test_a_play_is_taken_on_from_its_row_and_marked(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_plays(seat, "mistake:software-mindset")
        key = chosen(seat)
        await (await seat.press("enter")).at("Form")
        await seat.see("Take it on")
        await (await seat.press("ctrl+s")).at("LibraryScreen")
        await seat.see("Taken on already.")
        assert chosen(seat) == key
        assert listed(seat)[-1] == key, "what was tried is suggested last"
    action = newest(with_team)
    assert (f"play:{action.play}", action.mistake) == (key, "software-mindset")
    assert action.done_when


async def test_a_play_for_safety_is_taken_on_too(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_plays(seat, "plays:safety")
        await (await seat.press("enter")).at("Form")
        await (await seat.press("ctrl+s")).at("LibraryScreen")
        await seat.see("Taken on already.")
    action = newest(with_team)
    assert (action.play or "").startswith("safety.")
    assert action.mistake is None


async def test_a_play_page_says_why_what_and_with_which_template(with_team: Path) -> None:
    async with seated(app_on(with_team), TALL) as seat:
        await in_plays(seat, "mistake:data-versioning")
        found = opened_at(with_team).library.mistake("data-versioning").plays
        play = next(play for play in found if play.template and play.watch)
        assert seat.one(RowList).point_at(f"play:data-versioning.{play.id}")
        await seat.see("First step:")
        for said in ("Done when:", "Watch:", "Lack of version control for data", "Template:"):
            assert said in page(seat)
        assert "t template" in seat.keys
        plain = next(play for play in found if not play.template)
        assert seat.one(RowList).point_at(f"play:data-versioning.{plain.id}")
        await seat.pilot.pause()
        assert "Template:" not in page(seat)
        assert "t template" not in seat.keys
        await seat.press("t")
        assert seat.screen == "LibraryScreen"


async def test_a_mistake_names_the_safety_statements_that_bear_on_it(with_team: Path) -> None:
    async with seated(app_on(with_team), TALL) as seat:
        await in_library(seat, "mistake:data-cleaning")
        assert "Safety statements that bear on it · In this sprint the team took time to check when" in page(seat)
        assert page(seat).index("doubted a result. Plays, best first enter opens them") > 0


async def test_the_page_of_the_safety_survey_says_what_may_not_be_claimed(with_team: Path) -> None:
    async with seated(app_on(with_team), (120, 200)) as seat:
        await in_library(seat, "survey:safety")
        assert '"We score above average." No norms exist that fit: other surveys differ' in page(seat)
        assert "# " not in page(seat)
        assert page(seat).index("doubted a result") < page(seat).index("What these answers may and may not be claimed")


async def test_the_page_above_the_plays_for_safety_says_that_nobody_has_to_explain(with_team: Path) -> None:
    async with seated(app_on(with_team), TALL) as seat:
        await in_library(seat, "plays:safety")
        assert "Nobody is asked to explain a score or to say who they are." in page(seat)


@pytest.mark.parametrize("row", ["mistake:model-drift", "plays:safety", "template:data-card", "survey:process"])
async def test_a_resize_keeps_the_row_and_its_page(row: str, with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_library(seat, row)
        for size in (LARGE, TINY, SMALL):
            await seat.pilot.resize_terminal(*size)
            await seat.still()
            assert chosen(seat) == row
            assert all(len(line) <= size[0] for line in seat.text.splitlines())
            assert seat.one(Pane).strips
            assert seat.one(Pane).region.right == size[0]


async def test_a_resize_keeps_the_plays_open(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_plays(seat, "mistake:model-drift")
        await seat.press("down", "down")
        key = chosen(seat)
        for size in (LARGE, TINY, SMALL):
            await seat.pilot.resize_terminal(*size)
            await seat.see("plays, best first")
            assert chosen(seat) == key


async def test_another_theme_draws_the_page_in_its_colours(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_library(seat, "mistake:no-pilot")
        before, strips = await seat.still(), seat.one(Pane).strips
        await seat.press("ctrl+t")
        assert await seat.still() == before
        assert seat.one(Pane).strips != strips


async def test_another_team_begins_with_the_whole_list(with_team: Path) -> None:
    other = opened_at(with_team, seed=3)
    zephyr = a_team(other, "Zephyr")
    async with seated(app_on(with_team, team="Atlas")) as seat:
        await in_plays(seat, "mistake:no-pilot")
        await seat.app.reload(zephyr.id)
        await seat.see("Library Zephyr")
        assert "survey:pulse" in listed(seat)


async def test_the_library_speaks_the_language_of_the_team(with_team: Path) -> None:
    workspace = opened_at(with_team)
    teams.speak(workspace, the_team(with_team), "es")
    async with seated(app_on(with_team)) as seat:
        await in_library(seat, "survey:safety")
        await seat.see("Seguridad psicológica")


async def test_plays_taken_on_elsewhere_are_marked_after_a_look(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_plays(seat, "mistake:no-pilot")
        key = (chosen(seat) or "").removeprefix("play:")
        actions.add(opened_at(with_team, seed=3), the_team(with_team), play=key)
        await seat.app.look_again().wait()
        await seat.see("Taken on already.")


async def test_a_library_without_a_team_is_empty(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_library(seat, "mistake:no-pilot")
        screen = seat.app.screen
        assert isinstance(screen, LibraryScreen)
        screen.clear()
        await seat.pilot.pause()
        assert listed(seat) == []
        assert "pilot" not in seat.words
