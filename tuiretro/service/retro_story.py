"""What is told of a retro, on a screen, in a command or in a file."""

from __future__ import annotations

from tuiretro.core.retro_summary import as_shown, summarise_retro
from tuiretro.model.retro_summary import RetroSummary
from tuiretro.service.past import followed
from tuiretro.service.retros import Room, titles
from tuiretro.service.workspace import Workspace


def since(workspace: Workspace, here: Room) -> dict[int, str]:
    """What became of the topics of actions since they were taken on, in words, by number."""
    told = followed(workspace, here.team)
    return {number: one.follow_up.words for number, one in told.items() if one.follow_up.state != "none"}


def story(workspace: Workspace, here: Room) -> RetroSummary:
    """A retro as it may be told now; see `as_shown`."""
    told = summarise_retro(
        here.team.name, here.retro, here.actions, since(workspace, here), titles(workspace, here), here.team.minimum
    )
    return as_shown(told, is_revealed=here.board.is_revealed)
