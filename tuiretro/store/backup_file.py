"""A backup as bytes: files with their digests in one JSON document.

Owns the form, and what must hold before anything of it is trusted. Touches no disk, and knows only that databases must
decode, not what else may be in a workspace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tuiretro.errors import DamagedError, NewerError, WorkspaceError
from tuiretro.store.actions_file import decoded_actions
from tuiretro.store.documents import damaged, decoded
from tuiretro.store.history_file import decoded_history
from tuiretro.store.layout import (
    ACTIONS,
    DROPPED,
    HISTORY,
    WORKSPACE,
    is_database,
    is_id,
    is_inside,
    is_retro,
    without_copy_mark,
)
from tuiretro.store.retro_file import decoded_notes, decoded_retro
from tuiretro.store.teams_file import decoded_teams

SCHEMA = 1
"""Counts up when an older tuiretro could no longer restore what this one backs up."""
LARGEST = 128 * 2**20
"""Bytes of a whole backup: fifty teams with a thousand sprints each."""


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """One file."""

    path: str
    """Within the workspace, with '/'."""
    sha256: str
    content: bytes
    """base64 in the JSON."""


class Backup(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole workspace but for what is open."""

    schema: int
    made: date
    """The day, never a time."""
    digest: str
    """SHA-256 over the document as it is with an empty digest."""
    files: tuple[Entry, ...]


class _Numbered(Struct):
    schema: int


def packed(files: Mapping[str, bytes], made: date) -> bytes:
    """Files as the bytes of a backup, always the same for the same files and day; ends in a newline.

    Args:
        files: Path within the workspace to content.
        made: The day.

    Raises:
        WorkspaceError: It would be larger than what can be restored.
    """
    entries = tuple(Entry(path, sha256(data).hexdigest(), data) for path, data in sorted(files.items()))
    whole = _encoded(_sealed(Backup(SCHEMA, made, "", entries)))
    if len(whole) > LARGEST:
        raise WorkspaceError(
            f"A backup of this workspace would be larger than {LARGEST // 2**20} MB, so none was made; copy its folder "
            "while no tuiretro is open."
        )
    return whole


def unpacked(data: bytes, name: str, *, is_ours: Callable[[str], bool]) -> dict[str, bytes]:
    """The files in a backup, after everything about it was checked.

    Args:
        data: The whole backup.
        name: How the backup is called, for the sentence.
        is_ours: Whether a path within the workspace may be in a backup.

    Raises:
        WorkspaceError: It is no backup, or damaged or newer, or something in it is not what it should be.
    """
    backup = _decoded(data, name)
    files = {entry.path: entry.content for entry in backup.files}
    if len(files) < len(backup.files):
        raise _refused(name, "a file is in it twice")
    for entry in backup.files:
        if not (is_inside(entry.path) and is_ours(entry.path)):
            raise _refused(name, f"'{entry.path[:80]}' is none of the files that a backup holds")
        if sha256(entry.content).hexdigest() != entry.sha256:
            raise _refused(name, f"'{entry.path}' in it is not what was backed up")
    if WORKSPACE not in files:
        raise _refused(name, "it holds no list of teams")
    for path, content in files.items():
        try:
            check_database(path, content)
        except DamagedError as error:
            raise _refused(name, f"'{path}' in it is damaged: {error.reason}") from error
        except NewerError as error:
            raise _newer(name) from error
    return files


def check_database(path: str, data: bytes) -> None:
    """Makes sure that a file decodes as what it should be; any file that is no database will do.

    Args:
        path: Within the workspace; it says what the file should be.
        data: Its bytes.

    Raises:
        DamagedError: It does not.
        NewerError: A newer version wrote it.
    """
    if not is_database(path):
        return
    shown = Path(path)
    tables = decoded(data, shown)
    match PurePosixPath(without_copy_mark(path)).name:
        case name if name == WORKSPACE:
            ids = [team.id for team in decoded_teams(tables, shown)]
            if not all(map(is_id, ids)) or len(set(ids)) < len(ids):
                raise damaged(shown, "a team has no id of its own")
        case name if name == HISTORY:
            decoded_history(tables, shown)
        case name if name == ACTIONS:
            decoded_actions(tables, shown)
        case name if name == DROPPED:
            decoded_notes(tables, shown)
        case _ if is_retro(path):
            decoded_retro(tables, shown)
        case _:
            pass


def _decoded(data: bytes, name: str) -> Backup:
    try:
        if msgspec.json.decode(data, type=_Numbered).schema > SCHEMA:
            raise _newer(name)
        backup = msgspec.json.decode(data, type=Backup)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise _refused(name, "it is cut off, changed, or something else than a backup") from error
    # What is written back to the same bytes held no name twice, and nothing beside what the digest covers.
    if _sealed(backup) != backup or _encoded(backup) != data:
        raise _refused(name, "it was changed since it was made")
    return backup


def _sealed(backup: Backup) -> Backup:
    return replace(backup, digest=sha256(_encoded(replace(backup, digest=""))).hexdigest())


def _encoded(backup: Backup) -> bytes:
    return msgspec.json.encode(backup) + b"\n"


def _refused(name: str, reason: str) -> WorkspaceError:
    return WorkspaceError(
        f"'{name}' cannot be restored: {reason}. Nothing was changed; take another backup, or a fresh copy of this one."
    )


def _newer(name: str) -> WorkspaceError:
    return NewerError(f"'{name}' was made by a newer tuiretro. Nothing was changed: update tuiretro, then restore it.")
