"""What `doctor` looks at and mends beyond the settling that every start does.

Owns locks that others hold, permissions and files of an older schema. Deletes nothing. What belongs to a workspace is
said by the caller.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from tuiretro.errors import BusyError, WorkspaceError
from tuiretro.files import is_folder, read_bytes
from tuiretro.locks import locked
from tuiretro.store.backup_file import check_database
from tuiretro.store.layout import RESTORING, TEAM_LOCK, WORKSPACE_LOCK, team_folder
from tuiretro.store.pending import guarded, team_folders
from tuiretro.store.recovery import leftovers, needs_settling
from tuiretro.store.teams_file import team_ids

Wanted = Callable[[str, bool], int | None]
"""Path within the workspace, '.' for itself, and whether it is a folder, to the permission bits that it should have."""


def held(place: Path, patience: float) -> Iterator[str]:
    """The folders, relative to the workspace, whose lock another program holds right now; '.' for its own.

    A lock that cannot be tried, as on a disk that may not be written, is not among them.

    Args:
        place: The workspace's folder.
        patience: Seconds to wait for the first one that is held; the others get none.
    """
    for lock in _locks(place):
        try:
            with suppress(OSError), locked(lock, patience):
                pass
        except BusyError:
            patience = 0
            yield lock.parent.relative_to(place).as_posix()


def blocked(place: Path) -> tuple[str, ...]:
    """The locks, relative to the workspace, in whose place something else stands: nothing can be saved there."""
    odd = [lock for lock in _any_locks(place) if lock.exists() and not lock.is_file() and not lock.is_symlink()]
    return tuple(lock.relative_to(place).as_posix() for lock in odd)


def shut(place: Path) -> tuple[str, ...]:
    """The locks, relative to the workspace, that this user may not open: nothing can be saved there either."""
    barred = [lock for lock in _locks(place) if not os.access(lock, os.R_OK | os.W_OK)]
    return tuple(lock.relative_to(place).as_posix() for lock in barred)


def foreign(place: Path, user: int) -> tuple[str, ...]:
    """What in a workspace belongs to somebody else, relative to it and '.' for itself; folders before what is in them.

    Args:
        place: The workspace's folder.
        user: The number of the user that everything should belong to.

    Raises:
        OSError: The workspace's folder cannot be looked at.
    """
    if place.lstat().st_uid != user:
        return (".",)
    found: list[str] = []
    for folder, folders, names in os.walk(place):
        for path in (Path(folder) / name for name in (*folders, *names)):
            with suppress(OSError):
                if path.lstat().st_uid != user:
                    found.append(path.relative_to(place).as_posix())
    return tuple(found)


def _any_locks(place: Path) -> tuple[Path, ...]:
    return (place / WORKSPACE_LOCK, *(team / TEAM_LOCK for team in team_folders(place)))


def _locks(place: Path) -> Iterator[Path]:
    with suppress(OSError):
        for lock in _any_locks(place):
            # Trying a lock would make its file, and a link would be followed.
            if lock.is_file() and not lock.is_symlink():
                yield lock


def half_done(place: Path, entropy: Callable[[int], bytes] = os.urandom) -> Iterator[str]:
    """Paths within the workspace of what a crash, or a program that is writing right now, left half.

    Args:
        place: The workspace's folder.
        entropy: Random bytes.

    Raises:
        WorkspaceError: The list of teams is damaged.
        OSError: The disk refused.
    """
    if os.path.lexists(place / RESTORING):
        yield RESTORING
    yield from (path.relative_to(place).as_posix() for path in leftovers(place))
    for team in team_ids(place):
        # A link is said elsewhere, and nothing behind it is settled.
        with suppress(WorkspaceError):
            folder = team_folder(place, team)
            if is_folder(folder) and needs_settling(folder, entropy):
                yield team


def mend_modes(place: Path, wanted: Wanted) -> None:
    """Gives files and folders the permissions they should have; what belongs to somebody else stays as it is.

    Folders come before what is in them, so that nobody else can put a link there meanwhile.

    Args:
        place: The workspace's folder.
        wanted: The bits for each path; None leaves it alone.
    """
    _mend(place, wanted(".", True))
    for folder, folders, names in os.walk(place):
        for name in (*folders, *names):
            path = Path(folder) / name
            _mend(path, wanted(path.relative_to(place).as_posix(), name in folders))


def _mend(path: Path, wanted: int | None) -> None:
    with suppress(OSError):
        info = path.lstat()
        mode = info.st_mode
        if hasattr(os, "geteuid") and info.st_uid != os.geteuid():
            # An administrator could, and would then have decided what somebody else lets others read.
            return
        # A folder may hand its group down to what is made in it.
        beyond = stat.S_IMODE(mode) & ~0o777 if stat.S_ISDIR(mode) else 0
        if wanted is not None and not stat.S_ISLNK(mode) and stat.S_IMODE(mode) != beyond | wanted:
            path.chmod(beyond | wanted)


def bring_up_to_date(place: Path, paths: Iterable[str], patience: float) -> None:
    """Writes files of an older schema in today's, each under its lock and with a copy kept.

    One that is damaged, or locked by another program, stays as it is.

    Args:
        place: The workspace's folder.
        paths: The files, relative to it.
        patience: Seconds to wait for each lock.

    Raises:
        OSError: The disk refused; what was not written is as it was.
    """
    from tuiretro.store.storage import changing

    for path in paths:
        team, is_in_a_team, _ = path.partition("/")
        lock = place / team / TEAM_LOCK if is_in_a_team else place / WORKSPACE_LOCK
        with suppress(BusyError, WorkspaceError), guarded(place, lock, patience):
            check_database(path, read_bytes(place / path))
            with changing(place / path) as database:
                database.rewrite()
