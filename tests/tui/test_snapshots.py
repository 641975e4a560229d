"""Every screen and dialog as text. After a wanted change: --snapshot-update, then read the difference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import TextArea

from tests.tui.seat import LARGE, Seat, seated
from tests.tui.states import NEXT_SPRINT, PEOPLE, a_pulse, a_release, a_team, app_on, opened_at
from tests.tui.test_answering import begun, reviewed
from tuiretro.model.round import Sheet
from tuiretro.service import teams
from tuiretro.service.workspace import Workspace
from tuiretro.tui.desk import DEMO_NOTE


@pytest.fixture
def split(workspace: Workspace, place: Path) -> Path:
    """A team whose answers lie at both ends of the scale."""
    a_pulse(workspace, a_team(workspace, people=8), [1, 1, 1, 5, 5, 5])
    return place


async def shown(seat: Seat, screen: str, said: str) -> str:
    """The screen once it is there and says something."""
    await seat.at(screen)
    await seat.see(said)
    return await seat.still() + "\n"


async def test_home_without_a_round(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team)) as seat:
        assert await shown(seat, "HomeScreen", "HOW IT GOES") == picture


async def test_home_while_a_round_is_open(enough: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(enough)) as seat:
        assert await shown(seat, "HomeScreen", "4 or more answered") == picture


async def test_home_with_results(released: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(released)) as seat:
        assert await shown(seat, "HomeScreen", "THEMES") == picture


async def test_home_with_a_history(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history)) as seat:
        assert await shown(seat, "HomeScreen", "THEMES") == picture


async def test_home_with_a_history_large(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history), LARGE) as seat:
        assert await shown(seat, "HomeScreen", "THEMES") == picture


async def test_answer_intro(asking: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(asking)) as seat:
        await seat.press("a")
        assert await shown(seat, "AnswerScreen", "8 statements") == picture


async def test_answer_question(asking: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(asking)) as seat:
        await (await begun(seat)).press("4", "2", "backspace")
        assert await shown(seat, "AnswerScreen", "2 of 8") == picture


async def test_answer_review(asking: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(asking)) as seat:
        await reviewed(seat)
        assert await shown(seat, "AnswerScreen", "check and submit") == picture


async def test_answer_comment(asking: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(asking)) as seat:
        await (await (await reviewed(seat)).press("c")).at("CommentScreen")
        seat.one(TextArea).text = "The staging table changed its currency column and nobody told us."
        assert await shown(seat, "CommentScreen", "435 characters left") == picture


async def test_answer_pass(asking: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(asking)) as seat:
        await (await reviewed(seat)).press("s")
        assert await shown(seat, "PassScreen", "Pass the keyboard") == picture


async def test_results(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history)) as seat:
        await seat.press("3")
        assert await shown(seat, "ResultsScreen", "SAFETY") == picture


async def test_results_large(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history), LARGE) as seat:
        await seat.press("3")
        assert await shown(seat, "ResultsScreen", "SAFETY") == picture


async def test_results_empty(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team)) as seat:
        await seat.press("3")
        assert await shown(seat, "ResultsScreen", "No round has been closed yet") == picture


async def test_results_of_too_few(released: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(released)) as seat:
        await seat.press("3")
        assert await shown(seat, "ResultsScreen", "SAFETY") == picture


async def test_comments(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("3")).at("ResultsScreen")
        await seat.see("SAFETY")
        await (await seat.press("left")).see("Sprint 25")
        await (await seat.press("left")).see("Sprint 24")
        await seat.press("v")
        assert await shown(seat, "Reader", "Comments of sprint") == picture


async def test_actions(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history)) as seat:
        await seat.press("6")
        assert await shown(seat, "ActionsScreen", "OPEN") == picture


async def test_actions_empty(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team)) as seat:
        await seat.press("6")
        assert await shown(seat, "ActionsScreen", "Nothing has been taken on yet.") == picture


async def test_library(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await seat.press("7")).at("LibraryScreen")
        await seat.see("SURVEYS")
        await seat.press(*["down"] * 7, "s")
        assert await shown(seat, "LibraryScreen", "★ 4") == picture


async def test_library_large(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team), LARGE) as seat:
        await (await seat.press("7")).at("LibraryScreen")
        await seat.see("SURVEYS")
        await seat.press(*["down"] * 7)
        assert await shown(seat, "LibraryScreen", "Signs") == picture


async def test_welcome(place: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(place)) as seat:
        assert await shown(seat, "Choose", "Welcome to tuiretro") == picture


async def test_set_up(place: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(place)) as seat:
        await seat.press("enter")
        assert await shown(seat, "Form", "Set up a team") == picture


async def test_set_up_refused(place: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(place)) as seat:
        await (await seat.press("enter")).at("Form")
        await seat.fill(name="Atlas", people="3")
        await seat.press("ctrl+s")
        assert await shown(seat, "Form", "A team of 3 cannot be protected") == picture


async def test_open_round(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team)) as seat:
        await seat.press("o")
        assert await shown(seat, "Choose", "Fixed once it is open") == picture


async def test_plays(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history)) as seat:
        await seat.press("enter")
        assert await shown(seat, "ChoosePlay", "Plays for:") == picture


async def test_take_on(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("enter")).at("ChoosePlay")
        await seat.press("enter")
        assert await shown(seat, "Form", "Take it on") == picture


async def test_what_became(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history)) as seat:
        await seat.press("down", "down", "down", "enter")
        assert await shown(seat, "Choose", "It is done") == picture


async def test_confirm(enough: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(enough)) as seat:
        await seat.press("c")
        assert await shown(seat, "Confirm", "close the round and show the results?") == picture


async def test_help(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history)) as seat:
        await seat.press("question_mark")
        assert await shown(seat, "Reader", "Help") == picture


async def test_what_is_kept(enough: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(enough)) as seat:
        await seat.press("i")
        assert await shown(seat, "Reader", "What is kept") == picture


async def test_palette(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team)) as seat:
        await seat.press("ctrl+p")
        assert await shown(seat, "CommandPalette", "Library") == picture


async def test_refused(asking: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(asking)) as seat:
        await (await seat.press("c")).told("Not done")
        assert await shown(seat, "HomeScreen", "waiting") == picture


async def test_home_before_the_first_sprint(workspace: Workspace, place: Path, picture: SnapshotAssertion) -> None:
    teams.add(workspace, "Atlas", people=PEOPLE, starts=NEXT_SPRINT, every="2 weeks")
    async with seated(app_on(place)) as seat:
        assert await shown(seat, "HomeScreen", "The first round can open") == picture


async def test_home_with_split_answers(split: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(split)) as seat:
        await seat.press("down")
        assert await shown(seat, "HomeScreen", "2nd lowest of 20") == picture


async def test_plays_with_split_answers(split: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(split)) as seat:
        await seat.press("enter")
        assert await shown(seat, "ChoosePlay", "Plays for:") == picture


async def test_results_of_what_was_not_asked(workspace: Workspace, place: Path, picture: SnapshotAssertion) -> None:
    team = a_team(workspace)
    a_pulse(workspace, team, [3, 4, 4, 4])
    a_release(opened_at(place, NEXT_SPRINT, seed=3), team)
    async with seated(app_on(place, today=NEXT_SPRINT), LARGE) as seat:
        await seat.press("3")
        assert await shown(seat, "ResultsScreen", "Not asked this time") == picture


async def test_results_of_a_mistake(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("3")).at("ResultsScreen")
        await seat.see("SAFETY")
        while "working well after launch" not in seat.words:
            await seat.press("down")
        assert await shown(seat, "ResultsScreen", "On your focus list") == picture


async def test_leave_the_form(place: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(place)) as seat:
        await (await seat.press("enter")).at("Form")
        await seat.press(*"Atlas", "escape")
        assert await shown(seat, "Confirm", "Leave the form?") == picture


async def test_sealing(asking: Path, picture: SnapshotAssertion) -> None:
    may_go_on = Event()

    def slowly(store: Callable[[], None], _: Sheet) -> None:
        assert may_go_on.wait(30)
        store()

    async with seated(app_on(asking, handing=slowly)) as seat:
        try:
            await (await reviewed(seat)).press("s")
            assert await shown(seat, "CoverScreen", "Sealing your sheet") == picture
        finally:
            may_go_on.set()


async def test_switcher_of_a_demo(history: Path, finished_demo: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history, demo=finished_demo, note=DEMO_NOTE)) as seat:
        await seat.press("w")
        assert await shown(seat, "Choose", "leave the demo and set up your team") == picture


async def test_action_done(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("6")).at("ActionsScreen")
        await (await seat.press("d")).told("r on Actions opens it again.")
        assert await shown(seat, "ActionsScreen", "done s27") == picture


async def test_trends(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history)) as seat:
        await seat.press("4", "down", "down", "down", "down", "down", "down", "down", "down")
        assert await shown(seat, "TrendsScreen", "new baseline") == picture


async def test_trends_large(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history), LARGE) as seat:
        await seat.press("4", *["down"] * 8)
        assert await shown(seat, "TrendsScreen", "new baseline") == picture


async def test_trends_explained(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history)) as seat:
        await seat.press("4", "e")
        assert await shown(seat, "TrendsScreen", "Usual for you") == picture


async def test_heatmap(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history), LARGE) as seat:
        await seat.press("4", "h")
        assert await shown(seat, "TrendsScreen", "not asked") == picture
