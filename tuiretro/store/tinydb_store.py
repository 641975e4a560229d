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

from tuiretro.files import check_folder, private_folder
from tuiretro.locks import PATIENCE, locked
from tuiretro.model.action import Action
from tuiretro.model.release import History, Release
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question
from tuiretro.model.team import Team
from tuiretro.store import wording
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
from tuiretro.store.storage import changing, document, reading, structs
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
            with reading(place / WORKSPACE) as database:
                # A newer tuiretro may know files that look stale to this one.
                database.tables()
            settle_workspace(place, entropy)
        return cls(place, today=today, patience=patience, entropy=entropy)

    @property
    def place(self) -> str:
        """Where the workspace lies, for people to read."""
        return str(self._place)

    def teams(self) -> tuple[Team, ...]:
        """All teams, by name."""
        path = self._place / WORKSPACE
        with reading(path) as database:
            teams = structs(database.table("teams"), Team, path)
        return by_name(teams)

    def change_teams(self, change: Callable[[tuple[Team, ...]], tuple[Team, ...]]) -> tuple[Team, ...]:
        """Replaces the teams by what `change` makes of them, under the workspace's lock; see `Store`."""
        path = self._place / WORKSPACE
        with (
            explained(wording.TEAM),
            self._locked(self._place, WORKSPACE_LOCK),
            changing(path, entropy=self._entropy) as database,
        ):
            table = database.table("teams")
            changed = by_name(change(by_name(structs(table, Team, path))))
            for team in changed:
                checked_id(team.id)
            table.truncate()
            table.insert_multiple(document(team, number) for number, team in enumerate(changed, 1))
        return changed

    def history(self, team: str) -> History:
        """The releases of a team in the order of sprints; empty before the first closing."""
        return read_history(team_folder(self._place, team))

    def open_round(self, team: str, opened: Round) -> None:
        """Starts a round with a key pair of its own; see `Store`."""
        place = team_folder(self._place, team)
        folder = self._round_folder(place, opened)
        with (
            explained(wording.OPENING),
            self._locked(place, TEAM_LOCK),
        ):
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
        with (
            explained(wording.SHEET),
            self._touched(team, opened) as folder,
        ):
            if not folder.add(sheet):
                # Whoever marked it held the lock that we hold now, so it died while closing.
                self._settled(folder)
                folder.add(sheet)

    def close_round(self, team: str, opened: Round, tally: Tally) -> Release:
        """Opens the boxes, stores what `tally` makes of them, destroys key, boxes and folder; see `Store`."""
        with (
            explained(wording.CLOSING),
            self._touched(team, opened) as folder,
        ):
            self._settled(folder)
            release, questions = tally(folder.sheets())
            # The round's id is what recovery looks for: a release under another one would be made twice.
            release = replace(release, round=opened.id)
            self._release(folder, release, questions)
        return release

    def _release(self, folder: RoundFolder, release: Release, questions: tuple[Question, ...]) -> None:
        place = folder.path.parent.parent
        try:
            with changing(place / HISTORY, entropy=self._entropy) as database:
                keep_release(database, release, questions)
                # The history has proved readable and is written when this block ends.
                folder.mark()
        except OSError:
            with suppress(OSError):
                if not settle_round(place, folder):
                    return
            raise
        with explained(wording.CLOSED):
            folder.destroy()

    def abandon_round(self, team: str, opened: Round) -> None:
        """Destroys a round with everything in it; nothing is released.

        Raises:
            NotNowError: The round was closed or abandoned meanwhile.
        """
        with (
            explained(wording.ABANDONING),
            self._touched(team, opened) as folder,
        ):
            self._settled(folder)
            folder.forget()
            with explained(wording.ABANDONED):
                folder.destroy()

    def actions(self, team: str) -> tuple[Action, ...]:
        """All actions of a team, by id."""
        path = team_folder(self._place, team) / ACTIONS
        with reading(path) as database:
            return tuple(structs(database.table("actions"), Action, path))

    def change_actions(
        self, team: str, change: Callable[[tuple[Action, ...]], tuple[Action, ...]]
    ) -> tuple[Action, ...]:
        """Replaces the actions by what `change` makes of them, under the team's lock; see `Store`."""
        place = team_folder(self._place, team)
        path = place / ACTIONS
        with (
            explained(wording.ACTIONS),
            self._locked(place, TEAM_LOCK),
            changing(path, entropy=self._entropy) as database,
        ):
            table = database.table("actions")
            changed = change(tuple(structs(table, Action, path)))
            table.truncate()
            table.insert_multiple(document(action, action.id) for action in changed)
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
        place = team_folder(self._place, team)
        with explained(wording.READING):
            for path in round_folders(place):
                standing = RoundFolder(path, self._entropy).standing()
                if standing and not (standing.is_closing and is_released(place, path.name)):
                    return standing
        return None

    def _round_folder(self, place: Path, opened: Round) -> RoundFolder:
        return RoundFolder(round_folder(place, opened.id), self._entropy)

    @contextmanager
    def _locked(self, folder: Path, lock: str) -> Iterator[None]:
        private_folder(folder)
        with locked(folder / lock, self._patience):
            yield

    @contextmanager
    def _touched(self, team: str, opened: Round) -> Iterator[RoundFolder]:
        place = team_folder(self._place, team)
        folder = self._round_folder(place, opened)
        if folder.is_half_made:
            raise gone()
        with locked(place / TEAM_LOCK, self._patience):
            if folder.is_half_made:
                raise gone()
            yield folder

    def _settled(self, folder: RoundFolder) -> None:
        if not settle_round(folder.path.parent.parent, folder):
            raise gone()
