"""Results: older and newer sprints, the statement under the cursor, the comments."""

from __future__ import annotations

from pathlib import Path

from tests.tui.seat import Seat, seated
from tests.tui.states import a_release, a_team, app_on, opened_at
from tuiretro.service.workspace import Workspace


async def on_results(seat: Seat) -> Seat:
    await (await seat.press("3")).at("ResultsScreen")
    return await seat.see("SAFETY")


async def test_without_a_release_the_page_says_how_to_get_one(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await seat.press("3")
        await seat.see("No round has been closed yet; 1 goes home, where o opens the first one.")
        assert "older" not in seat.keys
        assert "comments" not in seat.keys


async def test_an_open_round_shows_nothing(enough: Path) -> None:
    async with seated(app_on(enough)) as seat:
        await seat.press("3")
        await seat.see("The open one shows nothing before it is closed; that is the promise.")


async def test_results_go_to_older_and_newer_sprints_and_stop_at_the_ends(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await on_results(seat)
        await seat.see("Sprint 26")
        assert "→ newer" not in seat.keys
        await (await seat.press("right")).see("Sprint 26")
        await (await seat.press("left")).see("Sprint 25")
        assert "← older  → newer" in seat.keys
        await (await seat.press("right")).see("Sprint 26")


async def test_the_first_release_says_so_and_has_none_before_it(released: Path) -> None:
    async with seated(app_on(released)) as seat:
        await on_results(seat)
        await seat.see("Too early for trends: 1 of 5 sprints.")
        assert "older" not in seat.keys
        assert "newer" not in seat.keys
        await (await seat.press("left")).see("Sprint 1")


async def test_the_statement_under_the_cursor_is_shown_whole_with_its_figures(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await on_results(seat)
        await seat.see("In this sprint the team talked openly about its hardest problems.")
        await (await seat.press("down")).see("we thanked people for telling us what had gone wrong. 3.9, ±0.7")
        assert "Your team's own view. Not a validated test, no benchmark, not for comparing" in seat.text
        assert "None" not in seat.text


async def test_released_comments_can_be_read_and_are_nowhere_else(workspace: Workspace, place: Path) -> None:
    a_release(workspace, a_team(workspace), comment=lambda number: f"Comment {'abcd'[number]}")
    async with seated(app_on(place)) as seat:
        await on_results(seat)
        assert "v comments" in seat.keys
        assert "Comment a" not in seat.text
        await (await seat.press("v")).at("Reader")
        await seat.see("Comments of sprint 1")
        assert "In random order, without names." in seat.text
        for letter in "abcd":
            assert f"▪ Comment {letter}" in seat.text
        await (await seat.press("escape")).at("ResultsScreen")


async def test_the_line_on_comments_comes_into_view_with_the_last_item(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await on_results(seat)
        await (await seat.press("end")).see("COMMENTS")


async def test_too_few_comments_leave_no_key_to_read_them(workspace: Workspace, place: Path) -> None:
    a_release(workspace, a_team(workspace), comment=lambda number: "I wrote this." if number < 2 else "")
    async with seated(app_on(place)) as seat:
        await on_results(seat)
        assert "comments" not in seat.keys
        await (await seat.press("v", "end")).see("none to show: they are kept only if 3 or more people wrote one")
        assert seat.screen == "ResultsScreen"
    assert opened_at(place).store.history(opened_at(place).store.teams()[0].id).releases[0].comments == ()
