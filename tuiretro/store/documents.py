"""The files of a workspace as they lie on the disk: tables of JSON documents, with a schema number.

Owns their decoding and their damage; the form is TinyDB's, which `storage` writes with. Files of an older schema are
read as if they were of today's; the number in them stays what the disk says. Commands that only look need no more than
this. Knows nothing of what the tables hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from tuiretro.errors import DamagedError, NewerError
from tuiretro.files import read_bytes
from tuiretro.store import migrations
from tuiretro.store.layout import JOURNAL, KEY, ROUND

SCHEMA = 2
"""Counts up when an older tuiretro could no longer read, or would damage, what this one writes."""
LARGEST_ID = 2**53 - 1
"""Beyond it JSON readers that know only floating point numbers would mix documents up."""
META = "meta"
"""The table that holds the schema number."""

Tables = migrations.Tables
"""Table name to document id to document."""
DocId = Annotated[str, msgspec.Meta(pattern=r"^(0|[1-9][0-9]{0,14}|[1-8][0-9]{15}|900[0-6][0-9]{12})\Z")]
"""A document id, as a key of a table; the very few beyond 9007 * 10**12 are left to the closer look."""

_REASON_WIDTH = 200
"""Cells of a reason; the whole value that is wrong may be a megabyte."""
_ADVICE = {
    ROUND: "the round can only be abandoned",
    KEY: "the round can only be abandoned",
    JOURNAL: "it holds the last change of a retro, which a crash cut short: look at the retro, the actions and the "
    "dropped notes, move this file elsewhere, and make again what is missing",
}
_DOC_ID = re.compile(r"0|[1-9][0-9]{0,15}")
_T = TypeVar("_T")
_StructT = TypeVar("_StructT", bound=msgspec.Struct)


def read_tables(path: Path) -> Tables:
    """One file's tables to look at; none if there is no file.

    Raises:
        WorkspaceError: The file is damaged, newer than this program, or cannot be read.
    """
    tables, _ = load(path)
    return tables or {}


def as_written(path: Path, kind: type[_StructT]) -> _StructT | None:
    """A whole file in one step, if it holds byte for byte what this version writes; None if it needs a closer look.

    Half the time of `read_tables`, which is felt on years of history.

    Args:
        path: The file.
        kind: One field for each table, a mapping of document id to document, and `meta`.

    Raises:
        WorkspaceError: The file cannot be read.
    """
    try:
        data = read_bytes(path)
    except FileNotFoundError:
        return None
    try:
        found = msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    # What is written back to the same bytes held no name twice and nothing that the fields leave out.
    return found if msgspec.json.encode(found, order="sorted") == data else None


def in_order(documents: Mapping[str, _T]) -> list[_T]:
    """The documents of a table in the order of their ids."""
    return [documents[doc_id] for doc_id in sorted(documents, key=int)]


def structs(tables: Tables, name: str, kind: type[_StructT], path: Path) -> list[_StructT]:
    """A table's documents as Structs, in the order of their ids; none if there is no such table.

    Raises:
        WorkspaceError: A document does not fit; the sentence names `path`.
    """
    try:
        return [msgspec.convert(document, kind, str_keys=True) for document in in_order(tables.get(name, {}))]
    except msgspec.ValidationError as error:
        raise damaged(path, f"table '{name}': {error}") from error


def encoded(tables: Tables) -> bytes:
    """Tables as the bytes of a file: always the same for the same tables."""
    return msgspec.json.encode(tables, order="sorted")


def damaged(path: Path, reason: str) -> DamagedError:
    """The error for a file that does not hold what it should; the reason may quote from it, and is made harmless."""
    # Only damage pays for the import.
    from tuiretro.core.text import clean, clip

    shown = clip(clean(reason), _REASON_WIDTH)
    # No backup holds an open round, or a change that is under way.
    advice = _ADVICE.get(path.name, "restore it with 'tuiretro restore FILE'")
    return DamagedError(
        f"{path} is damaged ({shown}), so it was left as it is and nothing was written; {advice}.",
        shown,
    )


def load(path: Path) -> tuple[Tables | None, bytes | None]:
    """One file's tables and its bytes; None and None if there is no file.

    Raises:
        WorkspaceError: The file is damaged, newer than this program, or cannot be read.
    """
    try:
        data = read_bytes(path)
    except FileNotFoundError:
        return None, None
    return decoded(data, path), data


def decoded(data: bytes, path: Path) -> Tables:
    """The tables in the bytes of a file, as they would be written today.

    Args:
        data: The whole file.
        path: Where it lies, for the sentence.

    Raises:
        WorkspaceError: The bytes are damaged, or newer than this program.
    """
    try:
        tables = msgspec.json.decode(data, type=Tables)
        if encoded(tables) != data:
            # Only a file that we did not write is worth a second, slower look.
            import json

            json.loads(data, object_pairs_hook=_without_twins)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise damaged(path, str(error)) from error
    schema = _schema(path, tables)
    for name, documents in tables.items():
        for doc_id in documents:
            if not _DOC_ID.fullmatch(doc_id) or int(doc_id) > LARGEST_ID:
                raise damaged(path, f"'{doc_id[:40]}' in table '{name[:40]}' is no document id")
    return migrations.migrated(tables, schema)


def schema_of(tables: Tables) -> int | None:
    """The schema number that a file's tables name; None if they name none."""
    schema = tables.get(META, {}).get("1", {}).get("schema")
    return schema if type(schema) is int and schema >= 1 else None


def _without_twins(pairs: list[tuple[str, object]]) -> None:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError("a name stands twice in one object")


def _schema(path: Path, tables: Tables) -> int:
    schema = schema_of(tables)
    if schema is None:
        raise damaged(path, "it holds no schema number")
    if schema > SCHEMA:
        raise NewerError(
            f"{path} was written by a newer tuiretro (schema {schema}, this one knows {SCHEMA}); "
            "nothing was changed: update tuiretro."
        )
    return schema
