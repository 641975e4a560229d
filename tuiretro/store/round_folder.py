"""One round on disk: a folder with its key and its boxes, there only while the round is open.

Owns how a round folder comes to be, fills and is destroyed. `round.json` is what makes a round open: a folder without
it is half-made, or half-destroyed, and may be removed. Knows nothing of locks: whoever changes something holds the
team's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from tuiretro.errors import WorkspaceError
from tuiretro.files import (
    destroy_folder,
    is_folder,
    private_folder,
    read_bytes,
    relied_on,
    remove,
    remove_stale,
    stale,
    sync_folder,
    write_atomically,
)
from tuiretro.model.round import Round, Sheet
from tuiretro.store import ballot
from tuiretro.store.documents import Tables, damaged, read_tables, structs
from tuiretro.store.layout import KEY, ROUND, ROUNDS, is_id
from tuiretro.store.refusals import full

if TYPE_CHECKING:
    from tuiretro.store.storage import Database

_DAY = 86_400
_KEY_BYTES = 32


class Closing(Struct, frozen=True):
    """The marker of a round that is being closed."""

    closing: bool


class Standing(Struct, frozen=True):
    """What a round's file says."""

    round: Round
    seal: ballot.Seal
    boxes: int
    """How many sheets it holds."""
    is_closing: bool


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
    """

    def __init__(self, path: Path, entropy: Callable[[int], bytes]) -> None:
        self.path = path
        self._file = path / ROUND
        self._key = path / KEY
        self._entropy = entropy

    @property
    def is_half_made(self) -> bool:
        """True if there is no `round.json`."""
        return not os.path.lexists(self._file)

    @property
    def has_leftovers(self) -> bool:
        """True if a crashed write left a temporary file, or the moment of its last step as the folder's time."""
        if stale(self.path):
            return True
        with suppress(WorkspaceError):
            return self.path.stat().st_mtime != self.opened_at()
        return False

    def standing(self) -> Standing | None:
        """What the round's file says; None if the round is not there.

        Raises:
            WorkspaceError: The file is damaged.
        """
        tables = read_tables(self._file)
        return self._standing(tables) if tables else None

    @property
    def is_damaged(self) -> bool:
        """True if the round's file is there and says nothing that can be used."""
        try:
            self.standing()
        except WorkspaceError:
            return True
        return False

    def _standing(self, tables: Tables) -> Standing:
        rounds = structs(tables, "round", Round, self._file)
        seals = structs(tables, "seal", ballot.Seal, self._file)
        if len(rounds) != 1 or len(seals) != 1 or rounds[0].id != self.path.name:
            raise damaged(self._file, "it does not describe the round of its folder")
        return Standing(rounds[0], seals[0], len(tables.get("boxes", {})), bool(tables.get("closing")))

    def create(self, opened: Round, day: date) -> None:
        """Makes the folder, its key, and last the file that opens the round.

        Args:
            opened: The round.
            day: The day on which it is opened; all that the files' times will tell.

        Raises:
            UnconfirmedError: The round is open, but might not survive a power cut.
            OSError: The disk refused; what is left has no `round.json`.
        """
        mtime = datetime.combine(day, time(), tzinfo=UTC).timestamp()
        public, private = ballot.new_keys()
        private_folder(self.path)
        with relied_on():
            write_atomically(self._key, private, mtime=mtime, entropy=self._entropy)
        from tuiretro.store.storage import document

        with self._changing(mtime) as database:
            database.table("round").insert(document(opened, 1))
            database.table("seal").insert(document(ballot.Seal(public, ballot.box_size(opened)), 1))

    def add(self, sheet: Sheet) -> bool:
        """Seals a sheet and stores it under a random id.

        Returns:
            False if nothing was stored because the round is marked as being closed.

        Raises:
            NotNowError: Everybody has answered.
            BadInputError: The sheet does not fit the round.
            WorkspaceError: The folder is damaged.
            UnconfirmedError: The sheet is stored, but might not survive a power cut.
            OSError: The disk refused; nothing was stored.
        """
        from tuiretro.store.storage import insert_unordered

        with self._changing(self.opened_at()) as database:
            standing = self._standing(database.kept)
            if standing.is_closing:
                return False
            if standing.boxes >= standing.round.people:
                raise full(standing.round.people)
            box = ballot.seal(sheet, standing.round, standing.seal.public_key, standing.seal.size)
            insert_unordered(database.table("boxes"), ballot.Box(box), self._entropy)
        return True

    def sheets(self) -> tuple[Sheet, ...]:
        """All sheets in random order.

        Raises:
            WorkspaceError: A box, the key or the file is damaged or missing.
        """
        tables = read_tables(self._file)
        opened = self._standing(tables).round
        boxes = structs(tables, "boxes", ballot.Box, self._file)
        private = self._private_key()
        boxes.sort(key=lambda _: self._entropy(8))
        return tuple(ballot.unseal(box.box, private, opened) for box in boxes)

    def mark(self) -> None:
        """Says that the round is being closed; whoever finds the mark must look whether it was released.

        Raises:
            OSError: The disk refused, or did not confirm it.
        """
        from tuiretro.store.storage import document

        with relied_on(), self._changing(self.opened_at()) as database:
            database.table("closing").insert(document(Closing(closing=True), 1))

    def unmark(self) -> None:
        """Takes the mark of a closing that did not happen away.

        Raises:
            OSError: The disk refused, or did not confirm it.
        """
        with relied_on(), self._changing(self.opened_at()) as database:
            database.drop_table("closing")

    def forget(self) -> None:
        """Takes `round.json` away: the round is open no more, and `destroy` removes the rest.

        It goes before the key, so that a crash in between cannot leave an open round without its key.

        Raises:
            OSError: The round is as it was.
        """
        remove(self._file)

    def destroy(self) -> None:
        """Removes the folder with everything in it, the key first: without it the boxes are noise.

        Raises:
            WorkspaceError: The folder is a link.
            OSError: Something is left; destroying again finishes it.
        """
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
            return self._key.lstat().st_mtime // _DAY * _DAY
        except FileNotFoundError as error:
            raise self._keyless() from error

    def _private_key(self) -> bytes:
        try:
            private = read_bytes(self._key)
        except FileNotFoundError as error:
            raise self._keyless() from error
        if len(private) != _KEY_BYTES:
            raise damaged(self._key, f"{len(private)} bytes instead of {_KEY_BYTES}")
        return private

    def _keyless(self) -> WorkspaceError:
        return WorkspaceError(
            f"{self._key} is missing, so the sheets of this round cannot be opened and nothing was changed; "
            "restore it from a backup or abandon the round."
        )

    @contextmanager
    def _changing(self, mtime: float) -> Iterator[Database]:
        from tuiretro.store.storage import changing

        with changing(self._file, mtime=mtime, entropy=self._entropy) as database:
            yield database
