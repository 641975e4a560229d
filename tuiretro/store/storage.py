"""TinyDB on a storage of our own: read once, change memory, write once and atomically.

Only what changes a file needs it; `documents` reads. Knows nothing of what the tables hold; locks are the caller's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from tuiretro.files import folder_of, read_bytes, relied_on, remove_stale, sync_folder, write_atomically
from tuiretro.store.documents import LARGEST_ID, META, SCHEMA, Tables, encoded, load, schema_of
from tuiretro.store.layout import CHECKS, ROUND, copy_name

Reading = Callable[[Path], tuple[Tables | None, bytes | None]]
"""Gives a file's tables and its bytes, as `load` does."""


_OF_TODAY = encoded({META: {"1": {"schema": SCHEMA}}})[1:-1]


class BufferedStorage(Storage):
    """Holds one file's tables in memory until they are committed."""

    def __init__(
        self,
        path: Path,
        *,
        mtime: float | None = None,
        entropy: Callable[[int], bytes] = os.urandom,
        reading: Reading = load,
    ) -> None:
        super().__init__()
        self._path = path
        self._reading = reading
        self._mtime = mtime
        self._entropy = entropy
        self._tables: Tables | None = None
        self._on_disk: bytes | None = None
        self._older: tuple[int, bytes] | None = None
        self._is_read = False
        self._is_changed = False

    def read(self) -> Tables | None:
        """The tables; read from the disk the first time. None if there is no file.

        Raises:
            WorkspaceError: The file is damaged, newer than this program, or cannot be read.
        """
        if not self._is_read:
            self._tables, self._on_disk = self._reading(self._path)
            schema = schema_of(self._tables or {})
            # Boxes must be nowhere else than in their one file, which closing destroys or empties.
            sealed = self._path.name == ROUND or CHECKS in (self._tables or {})
            if schema is not None and schema < SCHEMA and self._on_disk is not None and not sealed:
                self._older = schema, self._on_disk
            self._is_read = True
        return self._tables

    def write(self, data: Tables) -> None:
        """Takes the tables over; nothing reaches the disk before `commit`."""
        self._tables = data
        self._is_read = self._is_changed = True

    def commit(self) -> None:
        """Writes the tables in one atomic step, if they changed; of an older file a copy is kept before.

        Raises:
            OSError: Nothing was written; see `write_atomically`.
        """
        data = self.prepared()
        if data is None:
            return
        write_atomically(self._path, data, mtime=self._mtime, entropy=self._entropy)
        self._on_disk = data
        self._older = None

    def prepared(self) -> bytes | None:
        """What is to be written, after a copy of an older file was kept; None if nothing changed.

        Raises:
            OSError: The copy could not be written.
        """
        if self._tables is None or not self._is_changed:
            return None
        data = encoded({**self._tables, META: {"1": {"schema": SCHEMA}}})
        if data == self._on_disk:
            return None
        folder = folder_of(self._path)
        # The last step of a write sets the time of a round's folder: with that on it, nothing was cut short since.
        if self._path.name != ROUND or os.lstat(folder).st_mtime != self._mtime:
            remove_stale(folder)
        if self._older is not None:
            self._keep(*self._older)
        return data

    def _keep(self, schema: int, data: bytes) -> None:
        copies = (self._path.with_name(copy_name(self._path.name, schema, number)) for number in count(1))
        copy, there = next((copy, there) for copy in copies if (there := _content(copy)) in (None, data))
        if there is None:
            with relied_on():
                write_atomically(copy, data, entropy=self._entropy)
        else:
            # A crash came between the copy and the change, perhaps before the copy's name was durable.
            sync_folder(copy.parent)


def _content(path: Path) -> bytes | None:
    try:
        return read_bytes(path)
    except FileNotFoundError:
        return None


class Database(TinyDB):
    """A TinyDB whose tables keep no query cache: its answers share their documents with every caller."""

    def table(self, name: str, **kwargs: Any) -> Table:  # noqa: ANN401  # TinyDB's own signature
        """One table; empty if it is not there yet."""
        return super().table(name, **{"cache_size": 0, **kwargs})

    @property
    def kept(self) -> Tables:
        """The tables as they are now; none if there is no file."""
        return self.storage.read() or {}

    def rewrite(self) -> None:
        """Writes the same tables again, which brings a file of an older schema up to date."""
        self.storage.write(self.kept)


@contextmanager
def changing(
    path: Path,
    *,
    mtime: float | None = None,
    entropy: Callable[[int], bytes] = os.urandom,
    reading: Reading = load,
) -> Iterator[Database]:
    """One file's tables to change: all or nothing, in one write when the block ends without an error.

    Only for the holder of the lock that guards the file. The file's folder must exist.

    Args:
        path: The file.
        mtime: Modification time for the file and its folder, in seconds since 1970; None leaves them to the clock.
        entropy: Random bytes for the temporary file's name.
        reading: How the file is read; it may give documents as Structs, which are written as they are.

    Raises:
        WorkspaceError: The file is damaged, newer than this program, or cannot be read; nothing was written.
        OSError: The disk refused; nothing was written.
    """
    storage = BufferedStorage(path, mtime=mtime, entropy=entropy, reading=reading)
    storage.read()
    with Database(storage=lambda: storage) as database:
        yield database
        storage.commit()


def prepared(path: Path, change: Callable[[Database], None], *, entropy: Callable[[int], bytes]) -> bytes | None:
    """What a change makes of one file, without writing it: for a change of several files together.

    Args:
        path: The file.
        change: Changes its tables.
        entropy: Random bytes.

    Returns:
        The new bytes; None if they are the old ones.

    Raises:
        WorkspaceError: The file is damaged, newer than this program, or cannot be read.
        OSError: The copy of an older file could not be kept.
    """
    storage = BufferedStorage(path, entropy=entropy)
    storage.read()
    with Database(storage=lambda: storage) as database:
        change(database)
    return storage.prepared()


def is_of_today(path: Path) -> bool:
    """Whether a file that is known to be sound is of today's schema, so that no copy of it needs to be kept."""
    # Within a text its quotes would be escaped.
    return _OF_TODAY in (_content(path) or b"")


def document(value: msgspec.Struct, doc_id: int) -> Document:
    """A Struct as the document with that id."""
    fields: Mapping[str, object] = msgspec.to_builtins(value, str_keys=True)
    return Document(fields, doc_id)


def next_id(table: Table) -> int:
    """The id for the next document of a table that may show its order."""
    return max((old.doc_id for old in table), default=0) + 1


def insert_unordered(database: Database, name: str, value: msgspec.Struct, entropy: Callable[[int], bytes]) -> None:
    """Adds a document under a random 53-bit id, so that the file does not show which came first.

    Args:
        database: Where to.
        name: The table.
        value: The document.
        entropy: Random bytes.
    """
    tables = database.kept
    table = tables.get(name, {})
    doc_id = _random_id(entropy)
    while doc_id in table:
        doc_id = _random_id(entropy)
    # A TinyDB table would make all of its documents anew for this one.
    database.storage.write({**tables, name: {**table, doc_id: msgspec.to_builtins(value)}})


def _random_id(entropy: Callable[[int], bytes]) -> str:
    return str(int.from_bytes(entropy(7), "big") & LARGEST_ID)
