"""A workspace in a folder: TinyDB files, one lock per team, sealed boxes.

Owns which lock guards what, and the sentences for what the disk refuses. Reading takes no lock: files are only ever
replaced as a whole. Knows nothing of what releases mean or how they are shown.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Self

from tuiretro.files import check_folder
from tuiretro.locks import PATIENCE
from tuiretro.model.action import Action
from tuiretro.model.release import History
from tuiretro.model.team import Team
from tuiretro.store import wording
from tuiretro.store.actions_file import decoded_actions, keep_actions, read_actions
from tuiretro.store.history_file import read_history
from tuiretro.store.layout import (
    ACTIONS,
    WORKSPACE,
    WORKSPACE_LOCK,
    checked_id,
)
from tuiretro.store.protocol import StoredFile, by_name
from tuiretro.store.recovery import settle_workspace
from tuiretro.store.retro_store import RetroStore
from tuiretro.store.teams_file import decoded_teams, keep_teams, read_teams
from tuiretro.store.wording import explained


class TinyDBStore(RetroStore):
    """The `Store` that keeps a workspace in a folder. Use `open`, which also repairs what a crash left half.

    Args:
        place: The workspace's folder.
        today: The day that a round's files may tell.
        patience: Seconds to wait for another program's lock.
        entropy: Random bytes for ids, names of temporary files and the order in which boxes are opened.
    """

    @classmethod
    def open(
        cls,
        place: Path,
        *,
        today: Callable[[], date],
        patience: float = PATIENCE,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> Self:
        """A store on a folder; a workspace that is not there yet reads as empty.

        Args:
            place: The workspace's folder.
            today: The day that a round's files may tell.
            patience: Seconds to wait for another program's lock.
            entropy: Random bytes.

        Raises:
            WorkspaceError: The place is a file, a link, not writable, damaged or from a newer version.
            BusyError: A restore was interrupted, and another program is at work.
        """
        with explained(wording.START):
            check_folder(place)
            settle_workspace(place, entropy, patience)
        return cls(place, today=today, patience=patience, entropy=entropy)

    @property
    def place(self) -> str:
        """Where the workspace lies, for people to read."""
        return str(self._place)

    def teams(self) -> tuple[Team, ...]:
        """All teams, by name."""
        return read_teams(self._place)

    def change_teams(self, change: Callable[[tuple[Team, ...]], tuple[Team, ...]]) -> tuple[Team, ...]:
        """Replaces the teams by what `change` makes of them, under the workspace's lock; see `Store`."""
        from tuiretro.store.storage import changing

        path = self._place / WORKSPACE
        with (
            explained(wording.TEAM),
            self._locked(self._place, WORKSPACE_LOCK),
            changing(path, entropy=self._entropy) as database,
        ):
            changed = by_name(change(decoded_teams(database.kept, path)))
            for team in changed:
                checked_id(team.id)
            keep_teams(database, changed)
        return changed

    def history(self, team: str) -> History:
        """The releases of a team in the order of sprints; empty before the first closing."""
        return read_history(self._team(team))

    def actions(self, team: str) -> tuple[Action, ...]:
        """All actions of a team, by id."""
        return read_actions(self._team(team))

    def change_actions(
        self, team: str, change: Callable[[tuple[Action, ...]], tuple[Action, ...]]
    ) -> tuple[Action, ...]:
        """Replaces the actions by what `change` makes of them, under the team's lock; see `Store`."""
        from tuiretro.store.storage import changing

        with (
            explained(wording.ACTIONS),
            self._settled_writing(team) as place,
            changing(place / ACTIONS, entropy=self._entropy) as database,
        ):
            changed = change(decoded_actions(database.kept, place / ACTIONS))
            keep_actions(database, changed)
        return tuple(sorted(changed, key=lambda action: action.id))

    def contents(self) -> tuple[StoredFile, ...]:
        """Every file of the workspace and what it holds, for the audit."""
        from tuiretro.store.contents import workspace_files

        with explained(wording.AUDIT):
            return workspace_files(self._place)

    def folders(self) -> dict[str, int]:
        """The permission bits of every folder, by its path; see `Store`."""
        from tuiretro.store.contents import workspace_folders

        with explained(wording.AUDIT):
            return workspace_folders(self._place)
