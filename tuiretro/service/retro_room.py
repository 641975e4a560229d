"""A retro as it stands, for whoever shows or changes it. Changes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace as struct_replace

from tuiretro.core.agenda import current
from tuiretro.core.steps import board_of, board_since
from tuiretro.core.topics import Topic, shown_board, topics
from tuiretro.errors import NotFoundError, NotNowError
from tuiretro.model.action import Action
from tuiretro.model.retro import Board, CheckId, Retro
from tuiretro.model.team import Team
from tuiretro.service.insight import find_mistake
from tuiretro.service.workspace import Workspace

CHECKS: tuple[CheckId, ...] = ("welcome", "close")


class Room(Struct, frozen=True):
    """A retro as it stands, with what follows from it."""

    team: Team
    retro: Retro
    board: Board
    topics: tuple[Topic, ...]
    """In the order of the board."""
    actions: tuple[Action, ...]
    """All of the team, by number."""
    enough: frozenset[CheckId] = frozenset()
    """The open questions that k or more have answered; nothing finer is told."""


def every(workspace: Workspace, team: Team) -> tuple[int, ...]:
    """The sprints that have a retro."""
    return workspace.store.retros(team.id)


def under_way(workspace: Workspace, team: Team) -> Retro | None:
    """The retro that has begun and is not over, if there is one."""
    number = workspace.store.retro_under_way(team.id)
    return None if number is None else workspace.store.retro(team.id, number)


def room(workspace: Workspace, team: Team, number: int | None = None) -> Room:
    """A retro as it stands.

    Args:
        workspace: Where it is kept.
        team: Whose it is.
        number: Its sprint; None takes the one that is under way, or else the last one.

    Raises:
        NotFoundError: There is none.
    """
    known = workspace.store.retros(team.id)
    chosen = under_way(workspace, team) if number is None else workspace.store.retro(team.id, number)
    if chosen is None and number is None and known:
        chosen = workspace.store.retro(team.id, known[-1])
    if chosen is None:
        where = f" of sprint {number}" if number is not None else ""
        listed = f" There are retros of sprint {', '.join(map(str, known[-8:]))}." if known else " Begin one first."
        raise NotFoundError(f"{team.name} has no retro{where} yet.{listed}")
    begun = as_it_began(team, chosen)
    return room_of(begun, chosen, workspace.store.actions(team.id), _enough(workspace, begun, chosen))


def as_it_began(team: Team, retro: Retro) -> Team:
    """The team with the size and the k of when the retro began: what people were told then holds to its end."""
    return struct_replace(team, people=retro.people or team.people, minimum=retro.minimum or team.minimum)


def room_of(team: Team, retro: Retro, actions: tuple[Action, ...], enough: frozenset[CheckId]) -> Room:
    """A retro with what follows from it; `enough` as in `Room`, for one that is not over."""
    team, board = as_it_began(team, retro), board_of(retro)
    found = topics(shown_board(board, team.minimum), retro.format)
    return Room(team, retro, board, found, actions, frozenset() if retro.is_over else enough)


def as_it_stands(known: Room, retro: Retro, actions: tuple[Action, ...]) -> Room:
    """The room of a retro that has gone on since it was known; its board need not be made anew from the beginning."""
    if retro.is_over:
        return room_of(known.team, retro, actions, frozenset())
    board = board_since(known.retro, known.board, retro)
    if board is known.board:
        return struct_replace(known, retro=retro, actions=actions)
    found = topics(shown_board(board, known.team.minimum), retro.format)
    return Room(known.team, retro, board, found, actions, known.enough)


def _enough(workspace: Workspace, team: Team, retro: Retro) -> frozenset[CheckId]:
    if retro.is_over:
        return frozenset()
    number = retro.sprint.number
    return frozenset(check for check in CHECKS if workspace.store.check_answers(team.id, number, check) >= team.minimum)


def titles(workspace: Workspace, room: Room) -> Mapping[str, str]:
    """The titles of the mistakes that a retro is about, by id."""
    library = workspace.library.speaking(room.team.language)
    wanted = dict.fromkeys((*room.retro.focus, *(column.mistake or "" for column in room.retro.format.columns)))
    found = {mistake: find_mistake(library, mistake) for mistake in wanted if mistake}
    return {mistake: book.title if book is not None else mistake for mistake, book in found.items()}


def require_open(retro: Retro | None, team: Team) -> Retro:
    """A retro that can still be changed.

    Raises:
        NotFoundError: There is none.
        NotNowError: It is over.
    """
    if retro is None:
        raise NotFoundError(f"{team.name} has no such retro; nothing was changed.")
    if retro.is_over:
        raise NotNowError(
            f"The retro of sprint {retro.sprint.number} is over; nothing was changed. Begin another one to go on."
        )
    return retro


def require_retro(retro: Retro | None, team: Team) -> Retro:
    """A retro that is there, over or not.

    Raises:
        NotFoundError: There is none.
    """
    if retro is None:
        raise NotFoundError(f"{team.name} has no such retro; nothing was changed.")
    return retro


def stage_words(room: Room) -> str:
    """'NOTES, stage 4 of 9', or 'SUMMARY'."""
    stage = current(room.retro)
    if stage is None:
        return "SUMMARY"
    at = room.retro.format.stages.index(stage) + 1
    return f"{stage.title.upper()}, stage {at} of {len(room.retro.format.stages)}"
