"""Notes that are dropped during the sprint and wait for the next retro."""

from __future__ import annotations

from tuiretro.core.notes import checked_note
from tuiretro.model.team import Team
from tuiretro.service.workspace import Workspace


def drop(workspace: Workspace, team: Team, text: str) -> None:
    """Keeps a note for the next retro; nothing says who dropped it or when.

    Raises:
        BadInputError: It is empty, too long, or holds characters that cannot be shown.
    """
    workspace.store.drop_note(team.id, checked_note(text))


def waiting(workspace: Workspace, team: Team) -> int:
    """How many notes wait for the next retro."""
    return len(workspace.store.dropped_notes(team.id))
