"""What there is of a team's retros: the one under way, what waits for the next one, and earlier ones."""

from __future__ import annotations

from msgspec import Struct

from tuiretro.model.retro import Retro
from tuiretro.model.team import Sprint, Team
from tuiretro.service import dropped
from tuiretro.service.retros import Room, every, room, under_way, usual_sprint
from tuiretro.service.workspace import Workspace

EARLIER = 12
"""Retros that are listed."""


class Lobby(Struct, frozen=True):
    """What there is of retros now."""

    standing: Room | None
    """The retro that is under way."""
    upcoming: Sprint
    """What the next one is about."""
    has_had: bool
    """Whether that sprint has had its retro."""
    waiting: int
    """Notes that wait for the next one."""
    earlier: tuple[Retro, ...]
    """Retros that are over, the newest first."""


def lobby(workspace: Workspace, team: Team) -> Lobby:
    """What stands, waits and was, read once."""
    known = every(workspace, team)
    found = [workspace.store.retro(team.id, number) for number in reversed(known[-EARLIER:])]
    standing = under_way(workspace, team)
    upcoming = usual_sprint(workspace, team)
    return Lobby(
        standing=None if standing is None else room(workspace, team, standing.sprint.number),
        upcoming=upcoming,
        has_had=upcoming.number in known,
        waiting=dropped.waiting(workspace, team),
        earlier=tuple(retro for retro in found if retro is not None and retro.is_over),
    )
