"""The two questions of a retro, answered by passing the keyboard: below k, at k, closed, abandoned."""

from __future__ import annotations

from pathlib import Path

from tests.tui.retros import answered, begun, in_room, names, retro_at, stage
from tests.tui.seat import Seat, seated
from tests.tui.states import app_on, opened_at
from tuiretro.service import retros


async def asked(seat: Seat) -> Seat:
    return await (await seat.press("a")).at("QuestionScreen")


async def test_people_answer_one_by_one_and_from_k_on_the_result_can_be_shown(with_team: Path) -> None:
    begun(with_team)
    async with in_room(with_team) as seat:
        await asked(seat)
        await seat.see("Right now I can say in this retro what I really think.")
        await seat.see("shown from 4 answers on")
        await seat.press("enter", "ctrl+p", "q", "ctrl+q", "9")
        assert seat.screen == "QuestionScreen"
        for count, value in enumerate(("4", "5", "0")):
            await (await seat.press("1", value)).see(f"▸ {value}")
            await (await seat.press("enter")).at("PassScreen")
            await seat.see("Escape goes back to the retro.")
            await (await seat.press("x" if count < 2 else "escape")).at("QuestionScreen" if count < 2 else "RoomScreen")
        await seat.see("Waiting for 4 or more answers.")
        assert not names(seat) & {"check-show", "check-drop"}
        await seat.press("c", "ctrl+x")
        assert seat.screen == "RoomScreen"
        await (await asked(seat)).press("3", "enter")
        await (await (await seat.at("PassScreen")).press("escape")).at("RoomScreen")
        await seat.see("4 or more answered.")
        await (await (await seat.press("c")).at("Confirm")).press("n")
        await (await (await (await seat.at("RoomScreen")).press("c")).at("Confirm")).press("y")
        await (await seat.at("RoomScreen")).see("Too few answers to show.")
        assert not names(seat) & {"check-answer", "check-show", "check-drop"}
    assert retro_at(with_team).released["welcome"].items[0].mean is None


async def test_what_may_be_shown_is_shown_once_the_question_is_closed(with_team: Path) -> None:
    begun(with_team, stage="close")
    answered(with_team, 4, value=4)
    async with in_room(with_team) as seat:
        await (await (await seat.see("4 or more answered.")).press("c")).at("Confirm")
        await (await (await seat.press("y")).at("RoomScreen")).see("4.0 ±0.9 nearly all answered")
        await stage(await seat.press("n"), "summary")
        await seat.see("HOW IT WAS This retro was worth the time that it took.")
    assert not list(with_team.glob("*/retros/*check*"))


async def test_leaving_the_question_saves_nothing(with_team: Path) -> None:
    begun(with_team)
    async with in_room(with_team) as seat:
        await (await asked(seat)).press("5", "escape")
        await seat.at("RoomScreen")
    workspace = opened_at(with_team)
    assert workspace.store.check_answers(workspace.store.teams()[0].id, 1, "welcome") == 0


async def test_when_everybody_has_answered_nobody_else_is_asked(with_team: Path) -> None:
    begun(with_team)
    answered(with_team, 5)
    async with in_room(with_team) as seat:
        await (await seat.press("a")).told("All 5 people of the team have answered 'Safety check'")
        await seat.at("RoomScreen")


async def test_an_abandoned_question_can_be_asked_anew_and_nothing_is_shown_of_it(with_team: Path) -> None:
    begun(with_team)
    answered(with_team, 4)
    async with in_room(with_team) as seat:
        await (await (await seat.see("4 or more answered.")).press("ctrl+x")).at("Confirm")
        await (await (await seat.press("n")).at("RoomScreen")).press("ctrl+x")
        await (await (await seat.at("Confirm")).press("y")).at("RoomScreen")
        await seat.see("Waiting for 4 or more answers.")
        await asked(seat)
    assert retro_at(with_team).released == {}


async def test_a_question_that_is_closed_elsewhere_while_somebody_answers_is_a_sentence(with_team: Path) -> None:
    workspace = begun(with_team)
    async with in_room(with_team) as seat:
        await (await asked(seat)).press("5")
        retros.close(workspace, retros.room(workspace, workspace.store.teams()[0]))
        await (await seat.press("enter")).at("RoomScreen")
        await seat.until(lambda: seat.notified.startswith("Not done"))
        await seat.see("is over")


async def test_a_recorded_terminal_is_named_before_anybody_answers(with_team: Path) -> None:
    begun(with_team)
    app = app_on(with_team, start="retro")
    app.warning = "This terminal is recorded."
    async with seated(app) as seat:
        await asked(await seat.at("RoomScreen"))
        await seat.see("This terminal is recorded.")
