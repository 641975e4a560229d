"""Locks between programs and threads that share a folder.

Owns how a lock is taken and given back, and the sentence for whoever waits too long. Knows nothing of what it guards.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from tuiretro.errors import BusyError

PATIENCE = 5.0
"""Seconds to wait for a lock: a write takes milliseconds, so whoever holds it longer is stuck or closing a round."""

_PAUSE = 0.02
"""Seconds between two attempts."""


def locked(path: Path, patience: float = PATIENCE) -> AbstractContextManager[None]:
    """Holds a lock that other programs and other threads respect; gone with the process that holds it.

    Whoever holds it already is refused like everybody else: a second holder would undo what the first one does. The
    time of its file is set back to 1970, so that it does not tell when the lock was last held.

    Args:
        path: A file that nobody ever replaces: a lock on a replaced file would guard a dead one. Its folder must exist.
        patience: Seconds to wait for it.

    Raises:
        BusyError: Somebody else kept it for longer.
        OSError: The file cannot be opened, or the disk knows no locks.
    """
    return _portable(path, patience) if sys.platform == "win32" else _advisory(path, patience)


@contextmanager
def _advisory(path: Path, patience: float) -> Iterator[None]:
    # filelock takes the same lock with the same call, but 140 microseconds longer: a third of what the disk needs.
    import fcntl

    descriptor = _taken(path, patience)
    try:
        yield
    finally:
        # A process forked meanwhile shares the descriptor, and closing ours alone would leave it the lock.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def _taken(path: Path, patience: float) -> int:
    import fcntl

    ends = time.monotonic() + patience
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_current(descriptor):
                return descriptor
        except BlockingIOError:
            if time.monotonic() >= ends:
                os.close(descriptor)
                raise _busy(path) from None
            time.sleep(_PAUSE)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_current(descriptor: int) -> bool:
    state = os.fstat(descriptor)
    if state.st_mtime_ns:
        with suppress(OSError):
            os.utime(descriptor, (0, 0))
    # Whoever held it may have removed the whole folder, or put another one in its place.
    return state.st_nlink > 0


@contextmanager
def _portable(path: Path, patience: float) -> Iterator[None]:
    # Reading takes no lock, and should not pay for the import.
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=patience, mode=0o600, thread_local=False)
    try:
        lock.acquire(poll_interval=_PAUSE)
    except Timeout:
        raise _busy(path) from None
    try:
        with suppress(OSError):
            os.utime(path, (0, 0))
        yield
    finally:
        lock.release()


def _busy(path: Path) -> BusyError:
    return BusyError(
        f"Another program is using {path.parent}, so nothing was changed; "
        "close it or wait until it is done, then try again."
    )
