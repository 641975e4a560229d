"""Files that survive a crash: atomic writes, private folders and careful reads.

Owns how bytes reach a disk and come back, and the words for why they do not. Knows nothing of what the bytes mean.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tuiretro.errors import WorkspaceError

READ_LIMIT = 64 * 2**20
"""Bytes. A larger file is not ours: a thousand sprints of history take about 2 MB."""

_TEMPORARY = re.compile(r"\.tuiretro-[0-9a-f]{16}\.tmp")
_GUARDED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
# Without O_NONBLOCK a named pipe would wait for a writer for ever.
_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _GUARDED
# A time of access says when somebody answered, and writing it slows the next sync down.
_LEAVING_NO_TIME = getattr(os, "O_NOATIME", 0)
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})
_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file would be larger than allowed",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission was denied",
    errno.EPERM: "permission was denied",
    errno.ENOTDIR: "a part of the path is a file",
    errno.ELOOP: "it is a symbolic link",
}


class UnconfirmedError(OSError):
    """The new content is in place, but the disk did not confirm that it would survive a power cut."""


@contextmanager
def relied_on() -> Iterator[None]:
    """Makes an unconfirmed write of the block a plain failure: for a step on which the change itself has yet to follow.

    Raises:
        OSError: In place of the `UnconfirmedError`.
    """
    try:
        yield
    except UnconfirmedError as error:
        raise OSError(error.errno, error.strerror, error.filename) from error


def reason(error: OSError) -> str:
    """What the disk said, in words that fit into a sentence: "the disk is full"."""
    return _REASONS.get(error.errno or 0, (error.strerror or "the disk failed").lower())


def is_temporary(name: str) -> bool:
    """True for the name of a file that an atomic write has not finished."""
    return _TEMPORARY.fullmatch(name) is not None


def folder_of(path: Path) -> str:
    """The folder that a file lies in, as text: only to be handed on to the system."""
    return os.path.dirname(path) or os.curdir


def write_atomically(
    path: Path, data: bytes, *, mtime: float | None = None, entropy: Callable[[int], bytes] = os.urandom
) -> None:
    """Replaces a file so that any crash leaves its old or its new content; returns once the disk has confirmed it.

    Args:
        path: The file; created with mode 0600. Its folder must exist.
        data: The whole content.
        mtime: Modification time for the file and its folder, in seconds since 1970; None leaves them to the clock.
        entropy: Random bytes for the temporary file's name.

    Raises:
        UnconfirmedError: The new content is in place but might not survive a power cut.
        OSError: Nothing was changed; no temporary file is left.
    """
    folder = folder_of(path)
    temporary = f"{folder}{os.sep}.tuiretro-{entropy(8).hex()}.tmp"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _GUARDED, 0o600)
    try:
        try:
            _fill(descriptor, data, mtime)
        finally:
            os.close(descriptor)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    try:
        if mtime is not None:
            os.utime(folder, (mtime, mtime))
        sync_folder(folder)
    except OSError as error:
        raise UnconfirmedError(error.errno, error.strerror, str(path)) from error


def _fill(descriptor: int, data: bytes, mtime: float | None) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    if mtime is not None:
        os.utime(descriptor, (mtime, mtime))
    _flush(descriptor)


def _flush(descriptor: int) -> None:
    if sys.platform == "darwin":
        import fcntl

        # Apple's fsync leaves data in the drive's cache; disks that cannot do better still get the fsync below.
        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_folder(folder: Path | str) -> None:
    """Makes the names in a folder durable, where the system can.

    Raises:
        OSError: The disk failed.
    """
    if sys.platform == "win32":
        return
    # A link is followed: the folder above a workspace may well be one.
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def remove_stale(folder: Path | str) -> None:
    """Removes what crashed writes left behind in a folder; only for the holder of the folder's lock.

    Raises:
        OSError: A file could not be removed.
    """
    for path in stale(folder):
        path.unlink(missing_ok=True)


def stale(folder: Path | str) -> tuple[Path, ...]:
    """The temporary files in a folder; none if there is no folder."""
    try:
        return tuple(Path(folder, name) for name in os.listdir(folder) if is_temporary(name))
    except (FileNotFoundError, NotADirectoryError):
        return ()


def check_folder(place: Path) -> None:
    """Makes sure that a folder can be used, or made.

    Raises:
        WorkspaceError: It, or what should hold it, is a file; it is a link; or it may not be written.
        OSError: It cannot be looked at.
    """
    if place.is_symlink():
        raise WorkspaceError(f"{place} is a symbolic link, so it was not used; name the folder that it points to.")
    there = next(path for path in (place, *place.absolute().parents) if os.path.lexists(path))
    if not there.is_dir():
        raise WorkspaceError(f"{there} is a file where a folder is needed, so nothing was changed; name another place.")
    if there == place and not os.access(place, os.W_OK | os.X_OK):
        raise WorkspaceError(f"{place} may not be written, so it was not used; name another folder or change its mode.")


def private_folder(folder: Path) -> None:
    """Makes a folder, and the missing ones above it, that only its owner may enter (0700); durable on return.

    A folder that is there already keeps its permissions: it may hold other things than ours.

    Raises:
        OSError: It cannot be made, or is something else than a folder.
    """
    if folder.is_dir():
        return
    if folder.parent != folder:
        private_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def is_folder(path: Path) -> bool:
    """True for a folder, False for a file and where there is nothing; a link is refused, wherever it points.

    Raises:
        WorkspaceError: It is a link: what lies behind it is not ours to read or destroy.
        OSError: It cannot be looked at.
    """
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    if stat.S_ISLNK(mode):
        raise WorkspaceError(
            f"{path} is a symbolic link, and none is followed inside a workspace; nothing was changed. Put the folder "
            "itself in its place, or remove the link."
        )
    return stat.S_ISDIR(mode)


def unlinked(path: Path) -> Path:
    """The same path, there or not, if it is no link.

    Raises:
        WorkspaceError: It is a link.
        OSError: It cannot be looked at.
    """
    is_folder(path)
    return path


def destroy_folder(folder: Path, first: Iterable[str] = ()) -> None:
    """Removes a folder with everything in it; durable on return.

    Args:
        folder: The folder; no link inside it is followed.
        first: Names of what to remove before all others, in this order.

    Raises:
        OSError: Something could not be removed; what is left can be destroyed again later.
    """
    for name in first:
        remove(folder / name)
    for path in tuple(folder.iterdir()):
        remove(path)
    sync_folder(folder)
    folder.rmdir()
    sync_folder(folder.parent)


def remove(path: Path) -> None:
    """Removes a file, a link and not what it points to, or a folder with everything in it; nothing is fine too.

    Raises:
        OSError: It could not be removed, or not all of it.
    """
    if path.is_dir() and not path.is_symlink():
        destroy_folder(path)
    else:
        path.unlink(missing_ok=True)


def read_bytes(path: Path, limit: int = READ_LIMIT) -> bytes:
    """The content of a regular file.

    Args:
        path: The file; not followed when it is a link.
        limit: Largest size in bytes.

    Raises:
        FileNotFoundError: There is no such file.
        WorkspaceError: It is a folder, link or device, too large, or cannot be read.
    """
    try:
        descriptor = _opened(path)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise WorkspaceError(f"{path} is not a regular file; nothing was read or changed.")
            data = _read(descriptor, limit + 1)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be read: {reason(error)}; nothing was changed.") from error
    if len(data) > limit:
        raise WorkspaceError(f"{path} is larger than {limit // 2**10} KB, so it was not read; nothing was changed.")
    return data


def _opened(path: Path) -> int:
    try:
        return os.open(path, _READING | _LEAVING_NO_TIME)
    except PermissionError:
        return os.open(path, _READING)  # only its owner may leave a file's time of access alone


def _read(descriptor: int, most: int) -> bytes:
    # os.fdopen refuses folders with an OSError of its own, so the check for a regular file needs the bare descriptor.
    parts: list[bytes] = []
    while most > 0 and (part := os.read(descriptor, min(most, 2**20))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)
