"""Results: older and newer sprints, the statement under the cursor, the comments."""

from __future__ import annotations

from pathlib import Path

from textual.content import Content

from tests.tui.seat import LARGE, Seat, seated
from tests.tui.states import NEXT_SPRINT, a_pulse, a_release, a_team, app_on, opened_at
from tuiretro.service.workspace import Workspace
from tuiretro.tui.widgets.rows import RowList


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


async def test_each_theme_says_whether_it_changed_and_how_to_read_the_numbers(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await on_results(seat)
        lines = [line.strip() for line in seat.text.splitlines()]
        assert lines[2].startswith("agreeing is good: 5 is best")
        assert lines[lines.index(next(line for line in lines if line.startswith("SAFETY"))) + 1] == "No unusual change."


async def test_a_remark_on_the_whole_sprint_has_a_line_of_its_own(released: Path) -> None:
    async with seated(app_on(released)) as seat:
        await on_results(seat)
        lines = [line.strip() for line in seat.text.splitlines()]
        assert lines[2] == "Too early for trends: 1 of 5 sprints."
        assert lines[3].startswith("agreeing is good: 5 is best")
        assert "No unusual change." not in seat.text, "nothing was compared yet"


async def test_a_theme_that_was_not_asked_says_where_its_figure_is_from(workspace: Workspace, place: Path) -> None:
    team = a_team(workspace)
    a_pulse(workspace, team, [3, 4, 4, 4])
    a_release(opened_at(place, NEXT_SPRINT, seed=3), team)
    async with seated(app_on(place, today=NEXT_SPRINT), LARGE) as seat:
        await on_results(seat)
        assert seat.text.count("Not asked this time; the figure is from earlier sprints.") == 5


async def test_enter_on_an_item_opens_the_plays_of_its_mistake(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await on_results(seat)
        await seat.press("down", "down", "down", "down")
        await seat.see("our model work as experiments with an open outcome.")
        assert "enter plays" in seat.keys
        await (await seat.press("enter")).at("ChoosePlay")
        await seat.see("Plays for: Treating AI like traditional software development")
        await (await seat.press("enter")).at("Form")
        await (await seat.press("ctrl+s")).at("ResultsScreen")
    store = opened_at(history).store
    assert store.actions(store.teams()[0].id)[-1].mistake == "software-mindset"


async def test_an_item_on_safety_opens_the_plays_of_the_safety_survey(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await on_results(seat)
        assert "enter plays" in seat.keys
        await (await seat.press("enter")).at("ChoosePlay")
        await seat.see("Plays for: Psychological safety")
        await seat.see("Nobody is asked to explain a score or to say who they are.")


async def test_an_item_of_the_focus_list_says_so(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await on_results(seat)
        assert "On your focus list" not in seat.text
        while "our model working well after launch" not in seat.words:
            await seat.press("down")
        await seat.see("On your focus list: Failing to plan for drift and maintenance.")


async def test_the_item_under_the_cursor_is_always_in_view(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await on_results(seat)
        rows = seat.one(RowList)
        for way in ("down", "up"):
            for _ in range(20):
                await seat.press(way)
                await seat.still()
                option = rows.highlighted_option
                assert option is not None
                assert isinstance(option.prompt, Content)
                assert option.prompt.plain.splitlines()[0].rstrip() in seat.text


async def test_when_one_person_is_missing_no_number_of_answers_is_told(released: Path) -> None:
    async with seated(app_on(released)) as seat:
        await on_results(seat)
        await seat.see("2.5, ±0.9, nearly all answered. An average like this often moves")
        assert "4 answers" not in seat.words
        assert "did not answer" not in seat.words


async def test_when_several_are_missing_the_number_of_answers_is_told(workspace: Workspace, place: Path) -> None:
    a_release(workspace, a_team(workspace, people=7))
    async with seated(app_on(place)) as seat:
        await on_results(seat)
        await seat.see("2.5, ±0.9, 4 of 7 answered. With 4 answers an average like this")
        await seat.see("3 of 7 did not answer.")


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


async def test_the_plays_begin_at_one_for_the_chosen_statement(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await on_results(seat)
        assert seat.one(RowList).point_at("safety.different-views")
        await (await seat.press("enter")).at("ChoosePlay")
        await seat.see("Write alone, compare in pairs")
        assert seat.app.screen.query_one(RowList).chosen == "safety.write-first-lead-last"
