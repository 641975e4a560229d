"""All that may be known of an open round; apart from opening and closing, so that the first screen loads little."""

from __future__ import annotations

from msgspec import Struct

from tuiretro.core.calendar import sprint
from tuiretro.core.figures import waiting_words
from tuiretro.model.round import Round
from tuiretro.model.team import Sprint, Team
from tuiretro.service.workspace import Workspace


class RoundStatus(Struct, frozen=True):
    """All that may be known of an open round."""

    round: Round
    sprint: Sprint
    enough: bool
    """True once k have answered; nothing finer is told."""

    @property
    def words(self) -> str:
        """'waiting for answers' or '4 or more answered'."""
        return waiting_words(self.round.minimum if self.enough else 0, self.round.minimum)


def status(workspace: Workspace, team: Team) -> RoundStatus | None:
    """What may be known of the open round; None without one."""
    opened = workspace.store.round(team.id)
    if opened is None:
        return None
    enough = workspace.store.sheets(team.id) >= opened.minimum
    return RoundStatus(opened, sprint(team, opened.sprint), enough)
