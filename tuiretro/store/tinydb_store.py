"""A workspace in a folder: TinyDB files, one lock per team, sealed boxes.

Owns which lock guards what, and the sentences for what the disk refuses. Reading takes no lock: files are only ever
replaced as a whole. Knows nothing of what releases mean or how they are shown.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Self

from msgspec.structs import replace

from tuiretro.files import check_folder, private_folder, unlinked
from tuiretro.locks import PATIENCE, locked
from tuiretro.model.action import Action
from tuiretro.model.release import History, Release
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question
from tuiretro.model.team import Team
from tuiretro.store import wording
from tuiretro.store.actions_file import decoded_actions, keep_actions, read_actions
from tuiretro.store.documents import read_tables
from tuiretro.store.history_file import is_released, keep_release, read_history
from tuiretro.store.layout import (
    ACTIONS,
    HISTORY,
    TEAM_LOCK,
    WORKSPACE,
    WORKSPACE_LOCK,
    checked_id,
    round_folder,
    team_folder,
)
from tuiretro.store.opening import check_opening
from tuiretro.store.protocol import StoredFile, by_name
from tuiretro.store.recovery import settle_round, settle_team, settle_workspace
from tuiretro.store.refusals import gone, open_already
from tuiretro.store.round_folder import RoundFolder, Standing, round_folders
from tuiretro.store.teams_file import decoded_teams, keep_teams, read_teams, require_team
from tuiretro.store.wording import explained

Tally = Callable[[tuple[Sheet, ...]], tuple[Release, tuple[Question, ...]]]


class TinyDBStore:
    """The `Store` that keeps a workspace in a folder. Use `open`, which also repairs what a crash left half.

    Args:
        place: The workspace's folder.
        today: The day that a round's files may tell.
        patience: Seconds to wait for another program's lock.
        entropy: Random bytes for ids, names of temporary files and the order in which boxes are opened.
    """

    def __init__(
        self,
        place: Path,
        *,
        today: Callable[[], date],
        patience: float = PATIENCE,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._place = place
        self._today = today
        self._patience = patience
        self._entropy = entropy

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
        """
        with explained(wording.START):
            check_folder(place)
            # A newer tuiretro may know files that look stale to this one.
            read_tables(place / WORKSPACE)
            settle_workspace(place, entropy)
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

    def open_round(self, team: str, opened: Round) -> None:
        """Starts a round with a key pair of its own; see `Store`."""
        with explained(wording.OPENING):
            folder = self._round_folder(self._team(team), opened)
        with explained(wording.OPENING), self._writing(team) as place:
            settle_team(place, self._entropy)
            if round_folders(place):
                raise open_already()
            check_opening(opened, read_history(place))
            try:
                folder.create(opened, self._today())
            except OSError:
                with suppress(OSError):
                    settle_team(place, self._entropy)
                raise

    def round(self, team: str) -> Round | None:
        """The open round, if there is one."""
        standing = self._standing(team)
        return standing.round if standing else None

    def sheets(self, team: str) -> int:
        """How many sheets the open round holds; 0 without a round."""
        standing = self._standing(team)
        return standing.boxes if standing else 0

    def add_sheet(self, team: str, opened: Round, sheet: Sheet) -> None:
        """Seals a sheet and stores it, in one atomic write, under a random id; see `Store`."""
        with explained(wording.SHEET), self._touched(team, opened, is_writing=True) as folder:
            if not folder.add(sheet):
                # Whoever marked it held the lock that we hold now, so it died while closing.
                self._settled(folder)
                folder.add(sheet)

    def close_round(self, team: str, opened: Round, tally: Tally) -> Release:
        """Opens the boxes, stores what `tally` makes of them, destroys key, boxes and folder; see `Store`."""
        with explained(wording.CLOSING), self._touched(team, opened, is_writing=True) as folder:
            self._settled(folder)
            release, questions = tally(folder.sheets())
            # The round's id is what recovery looks for: a release under another one would be made twice.
            release = replace(release, round=opened.id)
            self._release(folder, release, questions)
        return release

    def _release(self, folder: RoundFolder, release: Release, questions: tuple[Question, ...]) -> None:
        from tuiretro.store.storage import changing

        place = folder.path.parent.parent
        try:
            with changing(place / HISTORY, entropy=self._entropy) as database:
                keep_release(database, place / HISTORY, release, questions)
                # The history has proved readable as a whole and is written when this block ends.
                folder.mark()
        except OSError:
            with suppress(OSError):
                if not settle_round(place, folder):
                    return
            raise
        with explained(wording.CLOSED):
            folder.destroy()

    def abandon_round(self, team: str, opened: Round) -> None:
        """Destroys a round with everything in it, readable or not; see `Store`."""
        with explained(wording.ABANDONING), self._touched(team, opened) as folder:
            # Only a release decides here: what the round's own file says is destroyed anyway.
            if is_released(folder.path.parent.parent, opened.id):
                self._settled(folder)
            self._destroy(folder)

    def abandon_damaged(self, team: str, asked: str | None = None) -> bool:
        """Destroys the rounds of a team that cannot be read; see `Store`."""
        with explained(wording.ABANDONING):
            place = self._team(team)
            if not round_folders(place):
                return False
            with locked(place / TEAM_LOCK, self._patience):
                folders = [RoundFolder(path, self._entropy) for path in round_folders(place)]
                lost = [folder for folder in folders if asked in (None, folder.path.name) and folder.is_damaged]
                for folder in lost:
                    self._destroy(folder)
        return bool(lost)

    def _destroy(self, folder: RoundFolder) -> None:
        folder.forget()
        with explained(wording.ABANDONED):
            folder.destroy()

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
            self._writing(team) as place,
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

    def _standing(self, team: str) -> Standing | None:
        with explained(wording.READING):
            place = self._team(team)
            for path in round_folders(place):
                standing = RoundFolder(path, self._entropy).standing()
                if standing and not (standing.is_closing and is_released(place, path.name)):
                    return standing
        return None

    def _team(self, team: str) -> Path:
        return unlinked(team_folder(self._place, team))

    def _round_folder(self, place: Path, opened: Round) -> RoundFolder:
        path = round_folder(place, opened.id)
        unlinked(path.parent)
        return RoundFolder(unlinked(path), self._entropy)

    @contextmanager
    def _locked(self, folder: Path, lock: str) -> Iterator[None]:
        private_folder(folder)
        with locked(folder / lock, self._patience):
            yield

    @contextmanager
    def _writing(self, team: str) -> Iterator[Path]:
        place = self._team(team)
        require_team(self._place, team)
        with self._locked(place, TEAM_LOCK):
            # The lock may have taken seconds.
            require_team(self._place, team)
            yield place

    @contextmanager
    def _touched(self, team: str, opened: Round, *, is_writing: bool = False) -> Iterator[RoundFolder]:
        place = self._team(team)
        folder = self._round_folder(place, opened)
        if folder.is_half_made:
            if is_writing:
                # The round may be gone because everything is.
                require_team(self._place, team)
            raise gone()
        with locked(place / TEAM_LOCK, self._patience):
            if is_writing:
                require_team(self._place, team)
            if folder.is_half_made:
                raise gone()
            yield folder

    def _settled(self, folder: RoundFolder) -> None:
        if not settle_round(folder.path.parent.parent, folder):
            raise gone()
