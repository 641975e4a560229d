"""One round on disk: a folder with its key and its boxes, there only while the round is open.

Owns how a round folder comes to be, fills and is destroyed. `round.json` is what makes a round open: a folder without
it is half-made, or half-destroyed, and may be removed. Knows nothing of locks: whoever changes something holds the
team's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from tuiretro.errors import WorkspaceError
from tuiretro.files import (
    destroy_folder,
    is_folder,
    is_temporary,
    private_folder,
    read_bytes,
    relied_on,
    remove,
    remove_stale,
    stale,
    sync_folder,
    write_atomically,
)
from tuiretro.model.envelope import Seal
from tuiretro.model.round import Round
from tuiretro.store import ballot, locked_key, round_file
from tuiretro.store.collecting import Carrying
from tuiretro.store.documents import damaged
from tuiretro.store.layout import KEY, ROUND, ROUNDS, inside, is_id
from tuiretro.store.refusals import closing_code_needed
from tuiretro.store.round_file import CARRYING, CLOSING, CODES, Closing, Code, LastRead, Standing

if TYPE_CHECKING:
    from tuiretro.store.storage import Database

_DAY = 86_400
_KEY_BYTES = 32


def round_folders(team: Path) -> tuple[Path, ...]:
    """The folders of rounds in a team's folder, half-made ones too; a file with such a name is none.

    Raises:
        WorkspaceError: The team's folder, its `rounds` or one of them is a link.
        OSError: A folder cannot be read.
    """
    if not (is_folder(team) and is_folder(team / ROUNDS)):
        return ()
    return tuple(sorted(path for path in (team / ROUNDS).iterdir() if is_id(path.name) and is_folder(path)))


class RoundFolder:
    """The folder of one round.

    Args:
        path: Where it lies.
        entropy: Random bytes for ids, names of temporary files and the order in which boxes are opened.
        last: What reads its file.
    """

    def __init__(self, path: Path, entropy: Callable[[int], bytes], last: LastRead | None = None) -> None:
        self.path = path
        self._last = last or LastRead()
        self.file = inside(path, ROUND)
        """What makes the round an open one."""
        self._key = inside(path, KEY)
        self.entropy = entropy

    @property
    def is_half_made(self) -> bool:
        """True if there is no `round.json`."""
        return not os.path.lexists(self.file)

    @property
    def is_ours_alone(self) -> bool:
        """True if nothing is in it but what this program writes, or another program destroyed it meanwhile.

        Raises:
            OSError: It cannot be looked at.
        """
        try:
            names = [path.name for path in self.path.iterdir()]
        except FileNotFoundError:
            return True
        return all(name in (KEY, ROUND) or is_temporary(name) for name in names)

    @property
    def has_leftovers(self) -> bool:
        """True if a crashed write left a temporary file, or the moment of its last step as the folder's time."""
        if stale(self.path):
            return True
        # Whoever only looks holds no lock: another program may destroy it in between.
        with suppress(WorkspaceError, FileNotFoundError):
            return self.path.stat().st_mtime != self.opened_at()
        return False

    def standing(self) -> Standing | None:
        """What the round's file says; None if the round is not there.

        Raises:
            WorkspaceError: The file is damaged.
        """
        tables, _ = self._last.load(self.file)
        return round_file.standing(tables, self.file) if tables else None

    @property
    def is_damaged(self) -> bool:
        """True if the round's file is there and says nothing that can be used."""
        try:
            self.standing()
        except WorkspaceError:
            return True
        return False

    def create(self, opened: Round, day: date, codes: Collection[bytes], closing: str | None) -> None:
        """Makes the folder, its key, and last the file that opens the round.

        Args:
            opened: The round.
            day: The day on which it is opened; all that the files' times will tell.
            codes: Fingerprints of the codes that may be used.
            closing: The closing code that locks the key; None for a round that anybody here can close.

        Raises:
            UnconfirmedError: The round is open, but might not survive a power cut.
            OSError: The disk refused; what is left has no `round.json`.
        """
        from tuiretro.store.storage import document, insert_unordered

        mtime = datetime.combine(day, time(), tzinfo=UTC).timestamp()
        public, private = ballot.new_keys()
        private_folder(self.path)
        remove_stale(self.path)
        with relied_on():
            key = private if closing is None else locked_key.lock(private, closing)
            write_atomically(self._key, key, mtime=mtime, entropy=self.entropy)
        with self.changing(mtime) as database:
            database.table("round").insert(document(opened, 1))
            database.table("seal").insert(document(Seal(public, ballot.box_size(opened)), 1))
            for code in codes:
                insert_unordered(database, CODES, Code(code), self.entropy)
            if closing is not None:
                # Whoever keeps the words is shown with them by which check words the invitation is known.
                database.table(CARRYING).insert(document(Carrying(*ballot.new_keys()), 1))

    def mark(self) -> None:
        """Says that the round is being closed; whoever finds the mark must look whether it was released.

        Raises:
            OSError: The disk refused, or did not confirm it.
        """
        from tuiretro.store.storage import document

        with relied_on(), self.changing() as database:
            database.table(CLOSING).insert(document(Closing(closing=True), 1))

    def unmark(self) -> None:
        """Takes the mark of a closing that did not happen away.

        Raises:
            OSError: The disk refused, or did not confirm it.
        """
        with relied_on(), self.changing() as database:
            database.drop_table(CLOSING)

    def forget(self) -> None:
        """Takes `round.json` away: the round is open no more, and `destroy` removes the rest.

        It goes before the key, so that a crash in between cannot leave an open round without its key.

        Raises:
            OSError: The round is as it was.
        """
        remove(self.file)

    def destroy(self) -> None:
        """Removes the folder with everything in it, the key first: without it the boxes are noise.

        Raises:
            WorkspaceError: The folder is a link.
            OSError: Something is left; destroying again finishes it.
        """
        self._last.forget()
        if is_folder(self.path):
            destroy_folder(self.path, first=(KEY, ROUND))

    def clean(self) -> None:
        """Removes the temporary files of crashed writes, and the time that they left on the folder."""
        if not self.has_leftovers:
            return
        remove_stale(self.path)
        with suppress(WorkspaceError):
            os.utime(self.path, (self.opened_at(), self.opened_at()))
        sync_folder(self.path)

    def opened_at(self) -> float:
        """Midnight UTC of the day on which the round was opened, in seconds since 1970.

        Raises:
            WorkspaceError: The key is missing.
        """
        try:
            return os.lstat(self._key).st_mtime // _DAY * _DAY
        except FileNotFoundError as error:
            raise self._keyless() from error

    def private_key(self, closing: str | None) -> bytes:
        """What opens the boxes.

        Args:
            closing: The closing code of a two-person round.

        Raises:
            BadInputError: The closing code is another one.
            NotNowError: It is needed.
            WorkspaceError: The key is damaged or missing.
        """
        private = self._kept_key()
        if locked_key.is_locked(private):
            if closing is None:
                raise closing_code_needed()
            try:
                return locked_key.unlock(private, closing)
            except ValueError as error:
                raise damaged(self._key, str(error)) from error
        if len(private) != _KEY_BYTES:
            raise damaged(self._key, f"{len(private)} bytes instead of {_KEY_BYTES}")
        return private

    def require_key(self, standing: Standing) -> None:
        """Makes sure that what is sealed for the round can be opened one day.

        Args:
            standing: What the round's file says.

        Raises:
            WorkspaceError: The key is missing, damaged, or another round's.
        """
        key = self._kept_key()
        public = standing.seal.public_key
        if not (locked_key.is_whole(key) if standing.round.two_person else ballot.is_pair(key, public)):
            raise damaged(self._key, "it opens nothing that is sealed for the round")

    def _kept_key(self) -> bytes:
        try:
            return read_bytes(self._key)
        except FileNotFoundError as error:
            raise self._keyless() from error

    def _keyless(self) -> WorkspaceError:
        return WorkspaceError(
            f"{self._key} is missing, so the sheets of this round cannot be opened and nothing was changed; "
            "no backup holds rounds, so it can only be abandoned."
        )

    def changing(self, mtime: float | None = None) -> AbstractContextManager[Database]:
        """The round's tables to change, all or nothing; the file's time stays the day on which the round was opened.

        Args:
            mtime: That day, in seconds since 1970; None takes it from the key.

        Raises:
            WorkspaceError: The file is damaged, or the key missing.
            UnconfirmedError: It is changed, but might not survive a power cut.
            OSError: The disk refused; nothing was changed.
        """
        from tuiretro.store.storage import changing

        opened_at = self.opened_at() if mtime is None else mtime
        return changing(self.file, mtime=opened_at, entropy=self.entropy, reading=self._last.load)
