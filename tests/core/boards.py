"""Boards, retros and changes for the tests of what a retro does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hypothesis import strategies as st

from tuiretro.core.board import board_after
from tuiretro.model.action import Action
from tuiretro.model.board_format import STAGES, Column, Format, Stage
from tuiretro.model.retro import (
    Added,
    Board,
    Change,
    Counted,
    Decided,
    Discussed,
    Edited,
    Grouped,
    Moved,
    Named,
    Removed,
    Retro,
    Revealed,
    Ungrouped,
    Voted,
    VoteRules,
)
from tuiretro.model.team import Cadence, Every, Sprint, Team

SPRINT = Sprint(14, date(2026, 11, 16), date(2026, 11, 29))
TODAY = date(2026, 11, 26)
TEAM = Team("a1b2c3d4e5f60718", "Atlas", 7, (Cadence(1, date(2026, 5, 18), Every(2, "week")),))
"""Its sprint on `TODAY` is `SPRINT`."""
LAYOUT = Format(
    "plain",
    "Plain",
    "For tests.",
    (Column("start", "Start"), Column("stop", "Stop"), Column("saw", "What we saw", mistake="data-cleaning")),
    tuple(Stage(stage, stage.title(), 5) for stage in STAGES),
)


def an_action(number: int = 1, title: str = "Write the data card") -> Action:
    return Action(number, title, 14, date(2026, 12, 13), "Mina")


def written(count: int, *more: Change, base: Board | None = None) -> Board:
    """A board with so many notes, numbered from 1, and what more changes make of it."""
    notes = (Added("start", f"note {number}") for number in range(1, count + 1))
    return board_after(base or Board(), (*notes, *more))


def a_retro(*changes: Change, base: Board | None = None) -> Retro:
    return Retro(SPRINT, TODAY, LAYOUT, base=base or Board(), changes=changes, stage="welcome")


_NUMBERS = st.integers(1, 9)
"""Of notes and groups, some of which are there."""
_MANY = st.lists(_NUMBERS, min_size=1, max_size=4).map(tuple)
GROUPINGS = st.builds(Grouped, _MANY)
_TEXT = st.sampled_from(("slow builds", "nice demo", "[/]", ""))
_COLUMN = st.sampled_from(("", "start", "stop", "gone"))
_ACTION = st.builds(an_action, st.integers(1, 3), st.sampled_from(("One", "Two")))
CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(Added, _COLUMN, _TEXT),
    st.builds(Added, _COLUMN, _TEXT),
    st.builds(Edited, _NUMBERS, _TEXT),
    st.builds(Moved, _NUMBERS, _COLUMN),
    st.builds(Removed, _NUMBERS),
    st.builds(Revealed, st.booleans()),
    GROUPINGS,
    st.builds(Named, _NUMBERS, _TEXT),
    st.builds(Ungrouped, _MANY),
    st.builds(VoteRules, st.none() | st.integers(1, 99), st.booleans()),
    st.builds(Counted, _NUMBERS, st.integers(-5, 5)),
    st.builds(Voted, st.dictionaries(_NUMBERS, st.integers(0, 5), max_size=4), st.integers(0, 9)),
    st.builds(Discussed, _NUMBERS, st.booleans()),
    st.builds(Decided, st.none() | _ACTION, _ACTION, st.none() | st.sampled_from(("done", "kept", "moved", "dropped"))),
)
"""Any change, also of what is not there."""
SERIES = st.lists(CHANGES, max_size=20).map(tuple)
BOARDS = SERIES.map(lambda changes: written(3, *changes))


def topics_on(board: Board) -> set[int]:
    """The numbers of its topics, found in another way than the code's."""
    return {note.group or note.id for note in board.notes}


def all_votes(board: Board) -> int:
    return sum(board.votes.values())


def numbers(things: Iterable[Action]) -> list[int]:
    return [thing.id for thing in things]
