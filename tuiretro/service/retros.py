"""A retro from its beginning to its end: the one way in which its board, agenda and clock change.

Each function is one step, durable on return. What is answered is `retro_checks`', what is taken on `retro_decisions`'.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from msgspec.structs import replace

from tuiretro.core.agenda import NEEDS_NOTES, go, more_time, onward, spend
from tuiretro.core.calendar import sprint, sprint_on
from tuiretro.core.decisions import as_left, done_again, taken_back
from tuiretro.core.steps import board_of, do, finished, redo, undo, words
from tuiretro.core.topics import is_told, with_votes_shown
from tuiretro.errors import BadInputError, NotNowError
from tuiretro.model.board_format import Format
from tuiretro.model.retro import Board, Change, Clock, Note, Retro, Revealed
from tuiretro.model.team import Sprint, Team
from tuiretro.service.insight import summary
from tuiretro.service.retro_room import (
    CHECKS,
    Room,
    as_it_stands,
    every,
    require_open,
    require_retro,
    room,
    room_of,
    stage_words,
    titles,
    under_way,
)
from tuiretro.service.teams import current
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


def usual_sprint(workspace: Workspace, team: Team) -> Sprint:
    """What the next retro is about: the last sprint with results if it had no retro yet, else the running one."""
    release = workspace.store.history(team.id).last
    if release is not None and release.sprint.number not in workspace.store.retros(team.id):
        return release.sprint
    return sprint_on(team, workspace.today())


def usual_format(workspace: Workspace, team: Team) -> str:
    """The id of the format that is offered first: the one from the focus list, where there is such a list."""
    return "from-focus" if _focus(workspace, team) else "start-stop-continue"


def formats(workspace: Workspace, team: Team) -> tuple[Format, ...]:
    """The formats that a retro can have."""
    return workspace.library.speaking(team.language).formats()


def begin(workspace: Workspace, team: Team, layout: str, number: int | None = None) -> Room:
    """Begins a retro; the notes that were dropped during the sprint lie on its board.

    Args:
        workspace: Where it is kept.
        team: Whose it is.
        layout: The format, by id.
        number: The sprint that it is about; None takes `usual_sprint`.

    Raises:
        BadInputError: No sprint has that number.
        NotFoundError: No such format, or the team is there no more.
        NotNowError: Another retro is under way, that sprint had its retro or has not begun, or the format needs a focus
            list.
    """
    from tuiretro.core.focus_format import for_focus

    team = current(workspace, team)
    span = _begun(workspace, team, usual_sprint(workspace, team).number if number is None else number)
    _require_none_under_way(workspace, team)
    focus = _focus(workspace, team)
    chosen = for_focus(workspace.library.speaking(team.language).format(layout), focus)
    fresh = Retro(
        sprint=span,
        held=workspace.today(),
        format=chosen,
        people=team.people,
        minimum=team.minimum,
        focus=focus,
        stage=chosen.stages[0].id,
    )

    def lay(table: RetroTable) -> RetroTable:
        # Again, since another program may have begun one meanwhile.
        _require_none_under_way(workspace, team)
        if table.retro is not None:
            raise NotNowError(f"Sprint {span.number} has had its retro; nothing was changed. Choose another sprint.")
        dropped = list(table.dropped)
        workspace.random.shuffle(dropped)
        notes = tuple(Note(at, "", text) for at, text in enumerate(dropped, 1))
        return replace(table, retro=replace(fresh, base=Board(notes, next_id=len(notes) + 1)), dropped=())

    table = workspace.store.change_retro(team.id, span.number, lay)
    return room_of(team, require_retro(table.retro, team), table.actions, frozenset())


def _begun(workspace: Workspace, team: Team, number: int) -> Sprint:
    if number < 1:
        raise BadInputError(f"There is no sprint {number}: they count from 1. Nothing was changed.", "sprint")
    # Only a sprint that has begun is looked up, since a day too far away is none of the calendar's.
    if number <= sprint_on(team, workspace.today()).number:
        span = sprint(team, number)
        if span.starts <= workspace.today():
            return span
    raise NotNowError(
        f"Sprint {number} has not begun, so it can have no retro yet; nothing was changed. Wait, or choose another one."
    )


def _require_none_under_way(workspace: Workspace, team: Team) -> None:
    standing = under_way(workspace, team)
    if standing is not None:
        raise NotNowError(
            f"The retro of sprint {standing.sprint.number} is under way, so no other one was begun. Nothing was "
            "changed; close it first."
        )


def _focus(workspace: Workspace, team: Team) -> tuple[str, ...]:
    """The focus list's mistakes, by id."""
    if workspace.store.history(team.id).last is None:
        return ()
    return tuple(line.mistake for line in summary(workspace, team).focus)


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
