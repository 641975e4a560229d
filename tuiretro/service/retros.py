"""A retro from its beginning to its end: the one way in which its board, agenda and clock change.

Each function is one step, durable on return. What is answered is `retro_checks`', what is taken on `retro_decisions`'.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from msgspec.structs import replace

from tuiretro.core.agenda import NEEDS_NOTES, go, more_time, onward, spend
from tuiretro.core.decisions import as_left, done_again, taken_back
from tuiretro.core.steps import board_of, do, finished, redo, undo, words
from tuiretro.core.topics import is_told, with_votes_shown
from tuiretro.model.retro import Change, Clock, Retro, Revealed
from tuiretro.service.retro_begin import begin, formats, usual_format, usual_sprint
from tuiretro.service.retro_room import (
    CHECKS,
    Room,
    as_it_stands,
    every,
    require_open,
    require_retro,
    room,
    stage_words,
    titles,
    under_way,
)
from tuiretro.service.workspace import Workspace
from tuiretro.store.retro_protocol import RetroTable

__all__ = [
    "CHECKS",
    "Room",
    "add_minute",
    "begin",
    "change",
    "close",
    "decide",
    "do_again",
    "every",
    "formats",
    "go_to",
    "keep_time",
    "leading",
    "move_on",
    "require_open",
    "require_retro",
    "room",
    "set_clock",
    "show_votes",
    "stage_words",
    "take_back",
    "titles",
    "under_way",
    "usual_format",
    "usual_sprint",
]


def leading(workspace: Workspace, room: Room) -> AbstractContextManager[None]:
    """Holds the retro for the program that leads it; others may only look at it.

    Raises:
        BusyError: Another program leads it.
    """
    return workspace.store.leading(room.team.id, room.retro.sprint.number)


def change(workspace: Workspace, room: Room, step: Callable[[Room], tuple[Change, ...]]) -> Room:
    """Makes the changes that `step` finds right for the retro as it stands now; whatever it raises changes nothing.

    Raises:
        NotFoundError, NotNowError: The retro is gone or over.
    """
    now = room

    def done(table: RetroTable) -> RetroTable:
        nonlocal now
        now = as_it_stands(room, require_open(table.retro, room.team), table.actions)
        return replace(table, retro=do(now.retro, *step(now)))

    table = workspace.store.change_retro(room.team.id, room.retro.sprint.number, done)
    return as_it_stands(now, require_retro(table.retro, room.team), table.actions)


def decide(workspace: Workspace, room: Room, step: Callable[[RetroTable, Retro], RetroTable]) -> Room:
    """Changes a retro and the team's actions in one step; for `retro_decisions`."""
    return _changed(workspace, room, step)


def take_back(workspace: Workspace, room: Room) -> tuple[Room, str]:
    """Takes the last change back.

    Returns:
        The retro, and what is to be said of it.

    Raises:
        NotNowError: There is nothing to take back, or the retro is over.
    """
    told: tuple[Change, bool]

    def step(table: RetroTable, retro: Retro) -> RetroTable:
        nonlocal told
        before, undone = undo(retro)
        actions, is_whole = taken_back(table.actions, undone)
        told = undone, is_whole
        return replace(table, retro=before if is_whole else as_left(before, actions), actions=actions)

    after = _changed(workspace, room, step)
    return after, f"Taken back: {_told_step(after, *told)}"


def do_again(workspace: Workspace, room: Room) -> tuple[Room, str]:
    """Does the change again that was taken back last; see `take_back`."""
    told: tuple[Change, bool]

    def step(table: RetroTable, retro: Retro) -> RetroTable:
        nonlocal told
        later, again = redo(retro)
        actions, is_whole = done_again(table.actions, again)
        told = again, is_whole
        return replace(table, retro=later, actions=actions)

    after = _changed(workspace, room, step)
    return after, f"Done again: {_told_step(after, *told)}"


def _told_step(after: Room, change: Change, is_whole: bool) -> str:  # noqa: FBT001 - handed over as it was found
    return f"{words(change, is_revealed=after.board.is_revealed)}.{'' if is_whole else _ELSEWHERE}"


_ELSEWHERE = " The action itself was changed elsewhere since, so it was left as it is."


def go_to(workspace: Workspace, room: Room, stage: str) -> Room:
    """Goes to a stage, or to the summary; nothing is lost on the way. A stage that works with the notes shows them.

    Raises:
        NotFoundError: The format has no such stage.
    """
    return _set(workspace, room, lambda retro: _arrived(retro, go(retro, stage), room.team.minimum))


def move_on(workspace: Workspace, room: Room, by: int = 1) -> Room:
    """One stage on, or with -1 one back; see `go_to`."""
    return _set(workspace, room, lambda retro: _arrived(retro, onward(retro, by), room.team.minimum))


def _arrived(before: Retro, retro: Retro, minimum: int) -> Retro:
    board = board_of(retro)
    if is_told(before.stage) or is_told(retro.stage):
        retro = with_votes_shown(retro, board, minimum)
    shows = retro.stage in NEEDS_NOTES and bool(board.notes) and not board.is_revealed
    return do(retro, Revealed()) if shows else retro


def show_votes(workspace: Workspace, room: Room) -> Room:
    """Shows what k or more have voted alone; nobody can vote alone after that."""
    return _set(workspace, room, lambda retro: with_votes_shown(retro, board_of(retro), room.team.minimum))


def keep_time(workspace: Workspace, room: Room, seconds: Mapping[str, int]) -> Room:
    """Adds seconds to what stages and topics have taken."""

    def spent(retro: Retro) -> Retro:
        clock = retro.clock
        for key, more in seconds.items():
            clock = spend(clock, key, more)
        return replace(retro, clock=clock)

    return _set(workspace, room, spent)


def add_minute(workspace: Workspace, room: Room, key: str, minutes: int = 1) -> Room:
    """Gives a stage or topic more time."""
    return _set(workspace, room, lambda retro: replace(retro, clock=more_time(retro.clock, key, minutes)))


def set_clock(workspace: Workspace, room: Room, change: Callable[[Clock], Clock]) -> Room:
    """Pauses the clock, lets it run, or switches its bell."""
    return _set(workspace, room, lambda retro: replace(retro, clock=change(retro.clock)))


def close(workspace: Workspace, room: Room) -> Room:
    """Ends a retro: its board, votes and decisions stay, the steps that led to them and open questions do not."""
    return _set(workspace, room, lambda retro: finished(retro, room.team.minimum))


def _set(workspace: Workspace, room: Room, change: Callable[[Retro], Retro]) -> Room:
    return _changed(workspace, room, lambda table, retro: replace(table, retro=change(retro)))


def _changed(workspace: Workspace, room: Room, step: Callable[[RetroTable, Retro], RetroTable]) -> Room:
    def checked(table: RetroTable) -> RetroTable:
        return step(table, require_open(table.retro, room.team))

    table = workspace.store.change_retro(room.team.id, room.retro.sprint.number, checked)
    # Who has answered is not looked up again: no step of a board changes it, and only whoever leads lets people answer.
    return as_it_stands(room, require_retro(table.retro, room.team), table.actions)
