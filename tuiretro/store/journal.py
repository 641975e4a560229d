"""A change of several of a team's files that happens as a whole or not at all.

Owns the journal: the new content of all of them, durable before the first one is replaced. From then on the change
counts, and whoever finds the journal finishes it. Knows nothing of locks: whoever calls holds the team's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from tuiretro import files
from tuiretro.errors import DamagedError
from tuiretro.files import private_folder, relied_on, remove_stale, sync_folder, unlinked, write_atomically
from tuiretro.store import wording
from tuiretro.store.documents import META, SCHEMA, Tables, damaged, encoded, read_tables, structs
from tuiretro.store.layout import JOURNAL, is_in_journal
from tuiretro.store.retro_folder import midnight
from tuiretro.store.wording import explained

WRITES = "writes"
"""The journal's table."""


class Write(Struct, frozen=True):
    """The new content of one file."""

    path: str
    """Within the team's folder."""
    content: bytes | None
    """The whole file; None if it goes."""
    day: date | None = None
    """All that the times of the file and its folder will tell; None leaves them to the clock."""


def decoded_journal(tables: Tables, path: Path) -> tuple[Write, ...]:
    """The writes in a journal's tables.

    Raises:
        WorkspaceError: It is damaged; the sentence names `path`.
    """
    writes = structs(tables, WRITES, Write, path)
    for write in writes:
        if not is_in_journal(write.path):
            raise damaged(path, f"'{write.path[:80]}' is none of the files that change together")
    return tuple(writes)


def read_journal(path: Path) -> tuple[Write, ...]:
    """The writes in a journal, all of them checked.

    Raises:
        WorkspaceError: It is damaged, or what it would write is; the sentence names it.
    """
    from tuiretro.store.backup_file import check_database

    writes = decoded_journal(read_tables(path), path)
    for write in writes:
        try:
            if write.content is not None:
                check_database(f"{path.parent.name}/{write.path}", write.content)
        except DamagedError as error:
            raise damaged(path, f"'{write.path}' in it: {error.reason}") from error
    return writes


def write_together(team: Path, writes: Sequence[Write], entropy: Callable[[int], bytes]) -> None:
    """Replaces files of a team, all or none.

    Args:
        team: The team's folder.
        writes: What becomes of each; no journal is needed for one.
        entropy: Random bytes for names of temporary files.

    Raises:
        errors.UnconfirmedError: The change counts, and is finished later.
        UnconfirmedError: The change counts, but might not survive a power cut.
        OSError: The disk refused; nothing was changed.
    """
    if len(writes) < 2:
        for write in writes:
            _put(team, write, entropy)
        return
    _announce(team / JOURNAL, writes, entropy)
    with explained(wording.RETRO_DECIDED):
        _finish(team, writes, entropy)


def finish_journal(team: Path, entropy: Callable[[int], bytes]) -> None:
    """Finishes the change of a team's files that a crash cut short; there must be a journal.

    Raises:
        WorkspaceError: The journal is damaged, and was left as it is; or a folder is a link.
        OSError: The disk refused; finishing again does it.
    """
    path = team / JOURNAL
    writes = read_journal(path)
    # Whoever wrote it may have died before its name was durable.
    sync_folder(team)
    with relied_on():
        _finish(team, writes, entropy)


def _announce(path: Path, writes: Sequence[Write], entropy: Callable[[int], bytes]) -> None:
    tables: Tables = {
        META: {"1": {"schema": SCHEMA}},
        WRITES: {str(number): msgspec.to_builtins(write) for number, write in enumerate(writes, 1)},
    }
    try:
        write_atomically(path, encoded(tables), entropy=entropy)
    except files.UnconfirmedError as error:
        # A power cut could take the journal away between two files, so none is touched.
        try:
            path.unlink()
        except OSError:
            raise error from None
        raise OSError(error.errno, error.strerror, error.filename) from error


def _finish(team: Path, writes: Sequence[Write], entropy: Callable[[int], bytes]) -> None:
    for write in writes:
        _put(team, write, entropy)
    (team / JOURNAL).unlink()
    sync_folder(team)


def _put(team: Path, write: Write, entropy: Callable[[int], bytes]) -> None:
    path = team / write.path
    unlinked(path.parent)
    private_folder(path.parent)
    remove_stale(path.parent)
    mtime = None if write.day is None else midnight(write.day)
    if write.content is not None:
        write_atomically(path, write.content, mtime=mtime, entropy=entropy)
        return
    path.unlink(missing_ok=True)
    try:
        if mtime is not None:
            os.utime(path.parent, (mtime, mtime))
        sync_folder(path.parent)
    except OSError as error:
        raise files.UnconfirmedError(error.errno, error.strerror, str(path)) from error
