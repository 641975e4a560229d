"""The rounds of a workspace in a folder: which lock guards what while a round is opened, filled, closed or abandoned.

Owns the order of steps, so that a crash between two of them leaves a round open or closed. Knows nothing of what
releases mean or how they are shown.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from tuiretro.errors import WorkspaceError
from tuiretro.files import private_folder, unlinked
from tuiretro.locks import PATIENCE
from tuiretro.model.envelope import Collected, Invitation
from tuiretro.model.release import Release
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question
from tuiretro.model.team import Team
from tuiretro.store import urn, wording
from tuiretro.store.history_file import is_released, keep_release, read_history
from tuiretro.store.layout import HISTORY, ROUNDS, TEAM_LOCK, WORKSPACE_LOCK, inside, round_folder, team_folder
from tuiretro.store.opening import check_open_round, check_opening, check_team
from tuiretro.store.padlock import Padlock
from tuiretro.store.pending import guarded
from tuiretro.store.recovery import is_copy, settle_round, settle_team
from tuiretro.store.refusals import gone, open_already
from tuiretro.store.round_file import LastRead, Standing
from tuiretro.store.round_folder import RoundFolder, round_folders
from tuiretro.store.teams_file import read_teams, require_team
from tuiretro.store.wording import explained

Tally = Callable[[tuple[Sheet, ...]], tuple[Release, tuple[Question, ...]]]


class RoundStore:
    """The part of `TinyDBStore` that keeps rounds.

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
        self._last = LastRead()
        self._padlocks: deque[Padlock] = deque(maxlen=1)
        """Made ready for the person who is answering; threads take it in one step or not at all."""

    def open_round(self, team: str, opened: Round, codes: Collection[bytes] = (), closing: str | None = None) -> None:
        """Starts a round with a key pair of its own; see `Store`."""
        with explained(wording.OPENING):
            folder = self._round_folder(self._team(team), opened)
        with explained(wording.OPENING), self._writing(team) as place:
            settle_team(place, self._entropy)
            found = [RoundFolder(path, self._entropy) for path in round_folders(place)]
            if any(not (other.is_half_made or is_copy(place, other)) for other in found):
                raise open_already()
            check_opening(opened, read_history(place))
            try:
                folder.create(opened, self._today(), codes, closing)
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

    def make_ready(self, team: str) -> bool:
        """Makes ready for one more sheet, and returns whether there is a place for it; see `Store`."""
        standing = self._standing(team)
        if standing is None:
            return True
        if standing.is_full:
            return False
        padlock = Padlock(standing.seal.public_key)
        with explained(wording.READING):
            self._round_folder(self._team(team), standing.round).require_key(standing)
        self._padlocks.append(padlock)
        return True

    def add_sheet(self, team: str, opened: Round, sheet: Sheet, code: bytes | None = None) -> None:
        """Seals a sheet and stores it, in one atomic write, under a random id; see `Store`."""
        with explained(wording.SHEET), self._touched(team, opened, is_writing=True) as folder:
            padlock = self._padlock()
            if not urn.add(folder, sheet, code, padlock):
                # Whoever marked it held the lock that we hold now, so it died while closing.
                self._settled(folder)
                urn.add(folder, sheet, code, padlock)

    def _padlock(self) -> Padlock | None:
        with suppress(IndexError):
            padlock = self._padlocks.pop()
            # A process that was forked since holds the same one.
            return padlock if padlock.process == os.getpid() else None
        return None

    def knows_code(self, team: str, opened: Round, code: bytes) -> bool:
        """Whether a code can still be used; see `Store`."""
        with explained(wording.READING):
            folder = self._round_folder(self._team(team), opened)
            return not folder.is_half_made and urn.knows(folder, code)

    def invitation(self, team: str, opened: Round) -> Invitation:
        """What people elsewhere need to answer; see `Store`."""
        with explained(wording.INVITATION), self._touched(team, opened, is_writing=True) as folder:
            return urn.invitation(folder)

    def collect(self, team: str, opened: Round, sealed: Sequence[bytes], *, is_last: bool = True) -> Collected:
        """Takes a batch of envelopes, in one atomic write; see `Store`."""
        with explained(wording.COLLECTING), self._touched(team, opened, is_writing=True) as folder:
            # Whoever was closing it held the lock that we hold now, so it died.
            self._settled(folder)
            return urn.collect(folder, sealed, is_last=is_last)

    def close_round(
        self,
        team: str,
        opened: Round,
        tally: Tally,
        closing: str | None = None,
        *,
        without_unreadable: bool = False,
    ) -> Release:
        """Opens the boxes, stores what `tally` makes of them, destroys key, boxes and folder; see `Store`."""
        with explained(wording.CLOSING), self._touched(team, opened, is_writing=True) as folder:
            self._settled(folder)
            release, questions = tally(urn.sheets(folder, closing, without_unreadable=without_unreadable))
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

    def import_releases(self, team: Team, releases: tuple[Release, ...], questions: tuple[Question, ...]) -> None:
        """Adds releases that no round made, in one write; see `Store`."""
        from tuiretro.store.history_file import keep_imported
        from tuiretro.store.storage import changing

        with explained(wording.IMPORTING):
            require_team(self._place, team.id)
            # The first lock keeps the team as it is meanwhile.
            with self._locked(self._place, WORKSPACE_LOCK), self._writing(team.id) as place:
                settle_team(place, self._entropy)
                check_team(team, read_teams(self._place))
                check_open_round(self.round(team.id), releases)
                with changing(place / HISTORY, entropy=self._entropy) as database:
                    keep_imported(database, place / HISTORY, releases, questions)

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
            with guarded(self._place, place / TEAM_LOCK, self._patience):
                folders = [RoundFolder(path, self._entropy, self._last) for path in round_folders(place)]
                lost = [folder for folder in folders if asked in (None, folder.path.name) and folder.is_damaged]
                lost = [folder for folder in lost if not is_copy(place, folder)]
                for folder in lost:
                    self._destroy(folder)
        return bool(lost)

    def _destroy(self, folder: RoundFolder) -> None:
        folder.forget()
        with explained(wording.ABANDONED):
            folder.destroy()

    def _standing(self, team: str) -> Standing | None:
        with explained(wording.READING):
            place = self._team(team)
            for path in round_folders(place):
                folder = RoundFolder(path, self._entropy, self._last)
                try:
                    standing = folder.standing()
                except WorkspaceError:
                    if is_copy(place, folder):
                        continue
                    raise
                if standing and not (standing.is_closing and is_released(place, path.name)):
                    return standing
        self._last.forget()
        return None

    def _round_folder(self, place: Path, opened: Round) -> RoundFolder:
        unlinked(inside(place, ROUNDS))
        return RoundFolder(unlinked(round_folder(place, opened.id)), self._entropy, self._last)

    def _team(self, team: str) -> Path:
        return unlinked(team_folder(self._place, team))

    @contextmanager
    def _locked(self, folder: Path, lock: str) -> Iterator[None]:
        private_folder(folder)
        with guarded(self._place, folder / lock, self._patience):
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
        with guarded(self._place, inside(place, TEAM_LOCK), self._patience):
            if is_writing:
                require_team(self._place, team)
            if folder.is_half_made:
                raise gone()
            yield folder

    def _settled(self, folder: RoundFolder) -> None:
        if not settle_round(folder.path.parent.parent, folder):
            raise gone()
