"""What people do alone at a retro, passing the keyboard: the two questions, and their votes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from tuiretro.core.topics import budget, cast, require_somebody_left
from tuiretro.errors import NotNowError, TuiretroError
from tuiretro.model.retro import CheckId, Voted
from tuiretro.service import retro_checks, retros
from tuiretro.service.retros import CHECKS, Room
from tuiretro.tui.flows.hall import Hall
from tuiretro.tui.screens.alone import Ballot, BallotScreen, QuestionScreen
from tuiretro.tui.screens.dialogs import Confirm
from tuiretro.tui.screens.pass_on import PassScreen
from tuiretro.tui.screens.room import Wish

SEALED = "Saved. Your answer is sealed, and it is destroyed when the question is closed."
BACK = "goes back to the retro"
CAST = "Saved. Only the sum of all votes is kept."
SHOWING_VOTES = (
    "Nobody can vote alone after that: one more ballot would be read from the difference. Hands can still be counted."
)
SHOWING = "Closing is final: the number that may be shown is kept, the answers are destroyed."


def _check(hall: Hall) -> CheckId:
    return next(check for check in CHECKS if check == hall.room.retro.stage)


async def _answer(hall: Hall, _: Wish) -> None:
    check, desk = _check(hall), hall.desk
    async with desk.covered("Sealing your answer ..."):
        while (asked := await desk.attempt(retro_checks.question, desk.workspace, hall.room, check)) is not None:
            value = await desk.ask(QuestionScreen(asked, hall.room.team.name, desk.warning))
            if value is None:
                break
            if not await hall.attempt(retro_checks.answer, check, asked, value or None):
                break
            if not await desk.ask(PassScreen(SEALED, BACK)):
                break


async def _close(hall: Hall, _: Wish) -> None:
    if await hall.desk.ask(Confirm("Show the result?", SHOWING, "show it", "leave it open")):
        await hall.attempt(retro_checks.close, _check(hall))


async def _drop(hall: Hall, _: Wish) -> None:
    question = Confirm("Abandon the question?", "The answers to it are destroyed; nothing is shown.", "destroy", "keep")
    if await hall.desk.ask(question):
        await hall.attempt(retro_checks.abandon, _check(hall))


async def _ballot(hall: Hall, _: Wish) -> None:
    desk = hall.desk
    async with desk.covered("Adding your votes ..."):
        while True:
            room = hall.room
            try:
                require_somebody_left(room.board, room.team.people)
            except NotNowError as error:
                desk.refuse(error.message)
                break
            ballot = Ballot(room.topics, budget(room.board), several=room.board.several)
            given = await desk.ask(BallotScreen(ballot))
            if given is None or not await _cast(hall, given):
                break
            if not await desk.ask(PassScreen(CAST, BACK)):
                break


async def _cast(hall: Hall, given: Mapping[int, int]) -> bool:
    try:
        await hall.step(retros.change, lambda room: (_voted(room, given),))
    except TuiretroError as error:
        hall.desk.refuse(error.message)
        return False
    return True


def _voted(room: Room, given: Mapping[int, int]) -> Voted:
    return cast(room.retro, room.board, given, people=room.team.people, minimum=room.team.minimum)


async def _show_votes(hall: Hall, _: Wish) -> None:
    if await hall.desk.ask(Confirm("Show the votes?", SHOWING_VOTES, "show them", "not yet")):
        await hall.attempt(retros.show_votes)


GRANTS: Mapping[str, Callable[[Hall, Wish], Awaitable[None]]] = {
    "answer": _answer,
    "close check": _close,
    "drop check": _drop,
    "ballot": _ballot,
    "show votes": _show_votes,
}
