"""What the files of retros hold: a retro, the steps that made its board, its open questions; and the dropped notes.

Owns the tables of these files and how each is read. One file per retro, so that closing a question is one replacement:
the result comes with the same write that takes answers and key away. Knows nothing of folders or locks.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from tuiretro.core.agenda import places
from tuiretro.files import read_bytes
from tuiretro.model.retro import Change, Retro
from tuiretro.store.checks import OpenCheck, Standing
from tuiretro.store.documents import (
    META,
    SCHEMA,
    DocId,
    Tables,
    damaged,
    encoded,
    in_order,
    read_tables,
    structs,
)
from tuiretro.store.layout import CHECKS

if TYPE_CHECKING:
    from tuiretro.store.storage import Database

RETRO, CHANGES, NOTES = "retro", "changes", "notes"


class DroppedNote(Struct, frozen=True):
    """A note for the next retro. It has no author and no time."""

    text: str


class _Tables(Struct, frozen=True):
    """The whole file, as it is written."""

    meta: dict[str, dict[str, int]]
    retro: dict[DocId, Retro]
    changes: dict[DocId, Change] | UnsetType = UNSET
    checks: dict[DocId, OpenCheck] | UnsetType = UNSET


_META = {"1": {"schema": SCHEMA}}


def read_file(path: Path) -> Standing:
    """The retro in a file; none if there is no file.

    Raises:
        WorkspaceError: The file is damaged, or of another sprint than its name says.
    """
    tables = _as_written(path)
    if tables is None or tables.meta != _META:
        return decoded_retro(read_tables(path), path)
    changes = {} if tables.changes is UNSET else tables.changes
    checks = () if tables.checks is UNSET else tuple(in_order(tables.checks))
    return _checked(list(tables.retro.values()), tuple(in_order(changes)), checks, path)


def _as_written(path: Path) -> _Tables | None:
    """Like `documents.as_written`, for documents with numbers as keys."""
    try:
        data = read_bytes(path)
        found = msgspec.json.decode(data, type=_Tables)
    except (FileNotFoundError, msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return found if _encoded(found) == data else None


def _encoded(value: object) -> bytes:
    return encoded(msgspec.to_builtins(value, str_keys=True))


def written(standing: Standing) -> bytes:
    """The file of a retro, which must have begun."""
    numbered = {name: _numbered(values) for name, values in documents_of(standing).items()}
    return _encoded({META: _META, **numbered})


def _numbered(values: tuple[Struct, ...]) -> dict[str, Struct]:
    return {str(number): value for number, value in enumerate(values, 1)}


def documents_of(standing: Standing) -> dict[str, tuple[Struct, ...]]:
    """A retro as the documents of its tables."""
    retros = tuple(retro for retro in (standing.retro,) if retro is not None)
    tables: dict[str, tuple[Struct, ...]] = {
        RETRO: tuple(replace(retro, changes=()) for retro in retros),
        CHANGES: tuple(change for retro in retros for change in retro.changes),
        CHECKS: standing.checks,
    }
    return {name: documents for name, documents in tables.items() if documents}


def decoded_retro(tables: Tables, path: Path) -> Standing:
    """The retro in a file's tables; none if there are no tables.

    Raises:
        WorkspaceError: The file is damaged, or of another sprint than its name says; the sentence names `path`.
    """
    if not tables:
        return Standing()
    retros, checks = structs(tables, RETRO, Retro, path), structs(tables, CHECKS, OpenCheck, path)
    return _checked(retros, _changes(tables, path), tuple(checks), path)


def _checked(retros: list[Retro], changes: tuple[Change, ...], checks: tuple[OpenCheck, ...], path: Path) -> Standing:
    if [str(retro.sprint.number) for retro in retros] != [path.name.partition(".")[0]]:
        raise damaged(path, "it does not describe the retro of its sprint")
    retro = retros[0]
    if not {retro.stage, *retro.seen} <= {*places(retro.format)}:
        raise damaged(path, "it stands at a stage that its format does not have")
    if len({check.check for check in checks}) < len(checks):
        raise damaged(path, "a question is open twice")
    return Standing(replace(retro, changes=changes), checks)


def _changes(tables: Tables, path: Path) -> tuple[Change, ...]:
    try:
        return msgspec.convert(in_order(tables.get(CHANGES, {})), tuple[Change, ...], str_keys=True)
    except msgspec.ValidationError as error:
        raise damaged(path, f"table '{CHANGES}': {error}") from error


def without_answers(data: bytes) -> bytes:
    """A retro's file as a backup holds it: answers and keys must be nowhere else than in their one file.

    Args:
        data: The file; where it is damaged, everything from the answers on is left out.
    """
    mark = msgspec.json.encode(CHECKS)
    if mark not in data:
        return data
    try:
        tables = msgspec.json.decode(data, type=Tables)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return data[: data.index(mark)]
    return encoded({name: documents for name, documents in tables.items() if name != CHECKS})


def keep_retro(database: Database, standing: Standing) -> None:
    """Replaces everything in an opened file by a retro, which must have begun."""
    from tuiretro.store.storage import document

    for name in (RETRO, CHANGES, CHECKS):
        database.drop_table(name)
    for name, values in documents_of(standing).items():
        database.table(name).insert_multiple(document(value, number) for number, value in enumerate(values, 1))


def keep_notes(database: Database, notes: tuple[str, ...], entropy: Callable[[int], bytes]) -> None:
    """Replaces all dropped notes in an opened file, each under a new random id."""
    from tuiretro.store.storage import insert_unordered

    database.drop_table(NOTES)
    for text in notes:
        insert_unordered(database, NOTES, DroppedNote(text), entropy)


def decoded_notes(tables: Tables, path: Path) -> tuple[str, ...]:
    """The dropped notes in a file's tables, by their random ids.

    Raises:
        WorkspaceError: The file is damaged; the sentence names `path`.
    """
    return tuple(note.text for note in structs(tables, NOTES, DroppedNote, path))
