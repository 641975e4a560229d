"""Retros that the tests of the stores share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from tests.store.builders import TEAM, a_sprint, a_team, an_action, keep_team
from tuiretro.model.board_format import STAGES, Column, Format, Stage
from tuiretro.model.release import ItemResult, Release
from tuiretro.model.retro import Added, Board, Decided, Note, Retro, Voted
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question
from tuiretro.store.protocol import Store
from tuiretro.store.retro_protocol import RetroTable

SAFE = Question("welcome", "Safe today", "Today I can say in this retro what I think.", "safety")
FORMAT = Format(
    "mad-sad-glad",
    "Mad, sad, glad",
    "Feelings first.",
    (Column("mad", "Mad"), Column("glad", "Glad")),
    tuple(Stage(id_, id_.capitalize(), 5) for id_ in STAGES),
)
NOTE = Added("glad", "The pilot is live")
VOTED = Voted({2: 3, 10: 1}, 4)


def a_retro(sprint: int = 1) -> Retro:
    """A retro with notes, votes and an action in it."""
    base = Board((Note(1, "", "dropped on Tuesday"),), next_id=2, votes={1: 2}, reviewed={3: "kept"})
    changes = (NOTE, VOTED, Decided(None, an_action()))
    return Retro(a_sprint(sprint), date(2026, 3, 13), FORMAT, ("data-cleaning",), base, changes, stage="notes")


def a_question(people: int = 5) -> Round:
    return Round("00112233aabbccdd", 1, "welcome", "Welcome", "", people, 4, (SAFE,))


def an_answer(value: int | None = 4) -> Sheet:
    return Sheet({SAFE.id: value})


def tallied(asked: Round, sheets: tuple[Sheet, ...]) -> Release:
    """A release that tells how many answers it is made of."""
    items = (ItemResult(SAFE.id, 1, len(sheets), 3.4),)
    return Release(asked.id, a_sprint(), asked.survey, asked.title, asked.people, asked.minimum, len(sheets), items)


def begun(store: Store, sprint: int = 1) -> Retro:
    """A store with a team whose retro is under way."""
    keep_team(store, a_team())
    return kept(store, a_retro(sprint))


def kept(store: Store, retro: Retro) -> Retro:
    """Puts a retro into the place of what was there."""
    table = store.change_retro(TEAM, retro.sprint.number, lambda table: replace(table, retro=retro))
    assert table.retro == retro
    return retro


def refusing(error: BaseException) -> Callable[[RetroTable], RetroTable]:
    """A change that raises."""

    def change(_: RetroTable) -> RetroTable:
        raise error

    return change
