"""What lies in a workspace's folder, for the audit.

Owns the walk through the folders and files. Changes nothing, and explains nothing.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from tuiretro.errors import NewerError, WorkspaceError
from tuiretro.store.documents import in_order, read_tables
from tuiretro.store.journal import read_journal
from tuiretro.store.layout import JOURNAL, is_database
from tuiretro.store.protocol import StoredFile


def workspace_files(place: Path) -> tuple[StoredFile, ...]:
    """Every file in the folder, by path; links are listed and not followed, and a damaged file says why it is.

    Raises:
        OSError: A folder cannot be read.
    """
    files: list[StoredFile] = []
    for folder, folders, names in os.walk(place, onerror=_refuse):
        for name in (*names, *(inner for inner in folders if (Path(folder) / inner).is_symlink())):
            path = Path(folder) / name
            try:
                info = path.lstat()
            except FileNotFoundError:
                # Another program finished a write, or closed the round, since the folder was listed.
                continue
            relative = path.relative_to(place).as_posix()
            file = StoredFile(
                relative, info.st_size, stat.S_IMODE(info.st_mode), {}, is_link=stat.S_ISLNK(info.st_mode)
            )
            files.append(_looked_into(path, file) if is_database(relative) else file)
    return tuple(sorted(files, key=lambda file: file.path))


def workspace_folders(place: Path) -> dict[str, int]:
    """The permission bits of every folder by its path relative to `place`, itself among them as '.'.

    Raises:
        OSError: A folder cannot be read.
    """
    modes: dict[str, int] = {}
    for folder, _, _ in os.walk(place, onerror=_refuse):
        with suppress(FileNotFoundError):
            modes[Path(folder).relative_to(place).as_posix()] = stat.S_IMODE(Path(folder).lstat().st_mode)
    return dict(sorted(modes.items()))


def _looked_into(path: Path, file: StoredFile) -> StoredFile:
    try:
        tables = read_tables(path)
        if path.name == JOURNAL:
            read_journal(path)
    except WorkspaceError as error:
        return replace(file, fault=error.message, is_newer=isinstance(error, NewerError))
    return replace(file, tables={name: in_order(documents) for name, documents in sorted(tables.items())})


def _refuse(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
