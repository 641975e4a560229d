"""TinyDB on a storage of our own: read once, change memory, write once and atomically.

Owns the JSON of a database file, its schema number and its damage. Knows nothing of what the tables hold; locks are
the caller's.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from tuiretro.errors import WorkspaceError
from tuiretro.files import read_bytes, remove_stale, write_atomically

SCHEMA = 1
"""Counts up when an older tuiretro could no longer read, or would damage, what this one writes."""
LARGEST_ID = 2**53 - 1
"""Beyond it JSON readers that know only floating point numbers would mix documents up."""

Tables = dict[str, dict[str, dict[str, Any]]]
"""Table name to document id to document, as TinyDB hands it to a storage."""

_META = "meta"
_DOC_ID = re.compile(r"0|[1-9][0-9]{0,15}")
_StructT = TypeVar("_StructT", bound=msgspec.Struct)


class BufferedStorage(Storage):
    """Holds one file's tables in memory until they are committed."""

    def __init__(self, path: Path, *, mtime: float | None = None, entropy: Callable[[int], bytes] = os.urandom) -> None:
        super().__init__()
        self._path = path
        self._mtime = mtime
        self._entropy = entropy
        self._tables: Tables | None = None
        self._on_disk: bytes | None = None
        self._is_read = False
        self._is_changed = False

    def read(self) -> Tables | None:
        """The tables; read from the disk the first time. None if there is no file.

        Raises:
            WorkspaceError: The file is damaged, newer than this program, or cannot be read.
        """
        if not self._is_read:
            self._tables, self._on_disk = _load(self._path)
            self._is_read = True
        return self._tables

    def write(self, data: Tables) -> None:
        """Takes the tables over; nothing reaches the disk before `commit`."""
        self._tables = data
        self._is_read = self._is_changed = True

    def commit(self) -> None:
        """Writes the tables in one atomic step, if they changed.

        Raises:
            OSError: Nothing was written; see `write_atomically`.
        """
        if self._tables is None or not self._is_changed:
            return
        data = _encoded({**self._tables, _META: {"1": {"schema": SCHEMA}}})
        if data == self._on_disk:
            return
        remove_stale(self._path.parent)
        write_atomically(self._path, data, mtime=self._mtime, entropy=self._entropy)
        self._on_disk = data


class Database(TinyDB):
    """A TinyDB whose tables keep no query cache: its answers share their documents with every caller."""

    def table(self, name: str, **kwargs: Any) -> Table:  # noqa: ANN401  # TinyDB's own signature
        """One table; empty if it is not there yet."""
        return super().table(name, **{"cache_size": 0, **kwargs})


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """One file's tables to look at; all empty if there is no file.

    Raises:
        WorkspaceError: The file is damaged, newer than this program, or cannot be read.
    """
    with Database(storage=lambda: BufferedStorage(path)) as database:
        yield database


@contextmanager
def changing(
    path: Path, *, mtime: float | None = None, entropy: Callable[[int], bytes] = os.urandom
) -> Iterator[Database]:
    """One file's tables to change: all or nothing, in one write when the block ends without an error.

    Only for the holder of the lock that guards the file. The file's folder must exist.

    Args:
        path: The file.
        mtime: Modification time for the file and its folder, in seconds since 1970; None leaves them to the clock.
        entropy: Random bytes for the temporary file's name.

    Raises:
        WorkspaceError: The file is damaged, newer than this program, or cannot be read; nothing was written.
        OSError: The disk refused; nothing was written.
    """
    storage = BufferedStorage(path, mtime=mtime, entropy=entropy)
    storage.read()
    with Database(storage=lambda: storage) as database:
        yield database
        storage.commit()


def structs(table: Table, kind: type[_StructT], path: Path) -> list[_StructT]:
    """A table's documents as Structs, in the order of their ids.

    Raises:
        WorkspaceError: A document does not fit; the sentence names `path`.
    """
    try:
        return [msgspec.convert(document, kind) for document in sorted(table, key=lambda document: document.doc_id)]
    except msgspec.ValidationError as error:
        raise damaged(path, f"table '{table.name}': {error}") from error


def document(value: msgspec.Struct, doc_id: int) -> Document:
    """A Struct as the document with that id."""
    fields: Mapping[str, object] = msgspec.to_builtins(value)
    return Document(fields, doc_id)


def next_id(table: Table) -> int:
    """The id for the next document of a table that may show its order."""
    return max((old.doc_id for old in table), default=0) + 1


def insert_unordered(table: Table, value: msgspec.Struct, entropy: Callable[[int], bytes]) -> None:
    """Adds a document under a random 53-bit id, so that the file does not show which came first.

    Args:
        table: Where to.
        value: The document.
        entropy: Random bytes.
    """
    doc_id = _random_id(entropy)
    while table.contains(doc_id=doc_id):
        doc_id = _random_id(entropy)
    table.insert(document(value, doc_id))


def _random_id(entropy: Callable[[int], bytes]) -> int:
    return int.from_bytes(entropy(7), "big") & LARGEST_ID


def damaged(path: Path, reason: str) -> WorkspaceError:
    """The error for a file that does not hold what it should."""
    return WorkspaceError(
        f"{path} is damaged ({reason}), so it was left as it is and nothing was written; restore it from a backup."
    )


def _encoded(tables: Tables) -> bytes:
    return msgspec.json.encode(tables, order="sorted")


def _load(path: Path) -> tuple[Tables | None, bytes | None]:
    try:
        data = read_bytes(path)
    except FileNotFoundError:
        return None, None
    try:
        tables = msgspec.json.decode(data, type=Tables)
        if _encoded(tables) != data:
            # Only a file that we did not write is worth a second, slower look.
            json.loads(data, object_pairs_hook=_without_twins)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise damaged(path, str(error)) from error
    _check_schema(path, tables)
    for name, documents in tables.items():
        for doc_id in documents:
            if not _DOC_ID.fullmatch(doc_id) or int(doc_id) > LARGEST_ID:
                raise damaged(path, f"'{doc_id[:40]}' in table '{name[:40]}' is no document id")
    return tables, data


def _without_twins(pairs: list[tuple[str, object]]) -> None:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError("a name stands twice in one object")


def _check_schema(path: Path, tables: Tables) -> None:
    schema = tables.get(_META, {}).get("1", {}).get("schema")
    if type(schema) is not int or schema < 1:
        raise damaged(path, "it holds no schema number")
    if schema > SCHEMA:
        raise WorkspaceError(
            f"{path} was written by a newer tuiretro (schema {schema}, this one knows {SCHEMA}); "
            "nothing was changed: update tuiretro."
        )
