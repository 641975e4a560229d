"""Searching the Library: every key filters, and no key means anything else while somebody types."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.seat import LARGE, SMALL, Seat, seated
from tests.tui.states import a_team, app_on, opened_at
from tests.tui.test_library import TINY, chosen, in_library, in_plays, listed, page, the_team
from tuiretro.service import teams
from tuiretro.service.workspace import Workspace
from tuiretro.tui.widgets.rows import RowList
from tuiretro.tui.widgets.typing import SearchLine


async def searching(seat: Seat, typed: str) -> Seat:
    """The search with that text, as if it were typed."""
    await seat.press("slash")
    seat.one(SearchLine).value = typed
    await seat.pilot.pause()
    return seat


async def test_each_key_filters_at_once_and_the_page_follows(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await in_library(seat)).press("slash")
        before = listed(seat)
        counts = []
        for key in "drift":
            await seat.press(key)
            counts.append(len(listed(seat)))
        assert counts == sorted(counts, reverse=True)
        assert 0 < counts[-1] < len(before)
        assert chosen(seat) == listed(seat)[0] == "mistake:model-drift"
        assert "Failing to plan for drift and maintenance" in page(seat)
        await seat.press("down")
        assert chosen(seat) == listed(seat)[1]
        assert seat.one(SearchLine).value == "drift"
        await seat.press("backspace")
        assert len(listed(seat)) == counts[-2]


async def test_a_row_says_what_kind_of_thing_was_found(with_team: Path) -> None:
    async with seated(app_on(with_team), LARGE) as seat:
        await searching(await in_library(seat), "data card")
        rows = seat.text.splitlines()
        assert any(row.startswith(" play     Write a one-page data card for the most-") for row in rows)
        assert any(row.startswith(" template Data card: what this dataset is good for") for row in rows)
        assert {key.partition(":")[0] for key in listed(seat)} >= {"play", "template", "mistake"}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("SPOKE úp mistakes own", "item:safety.own-mistakes"),
        ("sprint pulse", "survey:pulse"),
        ("shiny-objects", "mistake:shiny-objects"),
        ("raw records ourselves", "mistake:data-cleaning"),
        ("récords OURSELVES räw", "mistake:data-cleaning"),
    ],
)
async def test_all_words_in_any_order_without_case_or_accents(typed: str, key: str, with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await searching(await in_library(seat), typed)
        assert listed(seat)[0] == key


async def test_escape_gives_the_whole_list_back_with_the_cursor_where_it_was(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_library(seat, "mistake:no-pilot")
        await searching(seat, "drift")
        assert "escape whole list" in seat.keys
        await seat.press("escape")
        assert chosen(seat) == "mistake:no-pilot"
        assert "survey:pulse" in listed(seat)
        assert not seat.one(SearchLine).display
        assert seat.one(RowList).has_focus
        await seat.press("slash")
        assert seat.one(SearchLine).value == ""


async def test_escape_goes_back_to_the_plays_where_the_search_began(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_plays(seat, "mistake:no-pilot")
        await seat.press("down")
        before, key = listed(seat), chosen(seat)
        await (await searching(seat, "drift")).press("escape")
        assert (listed(seat), chosen(seat)) == (before, key)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("failing drift", "mistake:model-drift"),
        ("data card what", "template:data-card"),
        ("quarterly", "survey:quarterly"),
    ],
)
async def test_enter_goes_to_what_was_found(typed: str, key: str, with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await searching(await in_library(seat), typed)
        assert chosen(seat) == key
        assert "enter go to" in seat.keys
        await seat.press("enter")
        assert chosen(seat) == key
        assert "survey:pulse" in listed(seat)
        assert not seat.one(SearchLine).display


async def test_enter_on_a_play_goes_to_it_among_the_plays_of_its_mistake(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await searching(await in_library(seat), "one-page data card")
        key = chosen(seat)
        assert (key or "").startswith("play:data-versioning.")
        await (await seat.press("enter")).see("plays, best first")
        assert chosen(seat) == key
        assert len(listed(seat)) >= 5
        await seat.press("escape")
        assert chosen(seat) == "mistake:data-versioning"


async def test_enter_on_a_play_for_safety_goes_back_up_to_its_row(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await searching(await in_library(seat), "unsigned notes agenda")
        await (await seat.press("enter")).see("plays, best first")
        await seat.press("escape")
        assert chosen(seat) == "plays:safety"


async def test_enter_on_an_item_goes_to_its_survey(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await searching(await in_library(seat), "patient answers basic questions")
        assert "Asked in: Psychological safety" in page(seat)
        assert "Plays for it" in page(seat)
        await seat.press("enter")
        assert chosen(seat) == "survey:safety"


async def test_nothing_found_says_so_and_what_to_do(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await searching(await in_library(seat), "zzz  [/nope]")
        await seat.see("Nothing matches 'zzz [/nope]'.")
        await seat.see("escape gives the whole list back.")
        assert page(seat) == ""
        assert "enter" not in seat.keys
        await seat.press("enter", "up", "down", "pageup", "pagedown")
        assert seat.screen == "LibraryScreen"
        assert listed(seat) == []
        await (await seat.press("escape")).see("SURVEYS")


async def test_keys_that_mean_something_elsewhere_are_only_typed(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await in_library(seat, "mistake:no-pilot")).press("slash")
        keys = ("1", "3", "6", "7", "q", "question_mark", "s", "t", "i", "w", "o", "a", "c", "l", "space", "slash", "x")
        await seat.press(*keys)
        assert seat.screen == "LibraryScreen"
        assert seat.one(SearchLine).value == "1367q?stiwoacl /x"
        assert seat.app.is_running
    assert the_team(with_team).starred == ()


async def test_the_key_line_shows_only_keys_that_are_not_typed(with_team: Path) -> None:
    async with seated(app_on(with_team), LARGE) as seat:
        await searching(await in_library(seat), "drift")
        assert seat.keys.split("  ") == [" enter go to", "escape whole list", "^p find"]
        await seat.press("tab")
        assert seat.one(RowList).has_focus
        await seat.pilot.pause()
        assert "? help" in seat.keys
        await seat.press("slash")
        assert seat.one(SearchLine).has_focus
        assert seat.one(SearchLine).value == "drift"


async def test_a_star_and_a_template_are_at_hand_once_the_list_has_the_keys(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await searching(await in_library(seat), "failing drift")
        await seat.press("tab", "s")
        await seat.until(lambda: the_team(with_team).starred == ("model-drift",))
        seat.one(SearchLine).value = "data card what"
        await seat.pilot.pause()
        assert "t template" in seat.keys
        await (await seat.press("t")).at("Form")


async def test_what_was_found_stays_when_another_program_changes_something(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await searching(await in_library(seat), "drift")
        await seat.press("down")
        before, key = listed(seat), chosen(seat)
        a_team(opened_at(with_team, seed=3), "Zephyr")
        await seat.app.look_again().wait()
        await seat.pilot.pause()
        assert (listed(seat), chosen(seat)) == (before, key)
        assert seat.one(SearchLine).has_focus


async def test_a_resize_keeps_the_search(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await searching(await in_library(seat), "drift")
        await seat.press("down")
        before, key = listed(seat), chosen(seat)
        for size in (LARGE, TINY, SMALL):
            await seat.pilot.resize_terminal(*size)
            await seat.still()
            assert (listed(seat), chosen(seat)) == (before, key)
            assert "drift" in seat.text.splitlines()[2]
        seat.one(Input).value = "zzz"
        for size in (LARGE, TINY, SMALL):
            await seat.pilot.resize_terminal(*size)
            await seat.see("Nothing matches 'zzz'.")


async def test_the_search_looks_in_the_language_of_the_team(workspace: Workspace, place: Path) -> None:
    teams.speak(workspace, a_team(workspace), "es")
    async with seated(app_on(place)) as seat:
        await searching(await in_library(seat), "seguridad PSICOLOGICA")
        assert "survey:safety" in listed(seat)
