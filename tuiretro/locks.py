"""Locks between programs and threads that share a folder.

Owns how a lock is taken and given back, and the sentence for whoever waits too long. Knows nothing of what it guards.
Where the system has `flock`, one call of it is the whole lock; filelock is left to Windows, because its import and its
checks take longer than everything else that storing a sheet needs.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tuiretro.errors import BusyError

PATIENCE = 5.0
"""Seconds to wait for a lock: a write takes milliseconds, so whoever holds it longer is stuck or closing a round."""

_PAUSE = 0.02
"""Seconds between two attempts."""


@contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Holds a lock that other programs and other threads respect; gone with the process that holds it.

    Whoever holds it already is refused like everybody else: a second holder would undo what the first one does. Its
    file keeps the time at which it was made, so that it does not tell when the lock was last held.

    Args:
        path: A file that nobody ever replaces: a lock on a replaced file would guard a dead one. Its folder must exist.
        patience: Seconds to wait for it.

    Raises:
        BusyError: Somebody else kept it for longer.
        OSError: The file cannot be opened, or the disk knows no locks.
    """
    with _held(path, patience):
        yield


def _busy(path: Path) -> BusyError:
    return BusyError(
        f"Another program is using {path.parent}, so nothing was changed; "
        "close it or wait until it is done, then try again."
    )


if sys.platform == "win32":

    @contextmanager
    def _held(path: Path, patience: float) -> Iterator[None]:
        from filelock import FileLock, Timeout

        lock = FileLock(path, timeout=patience, mode=0o600)
        try:
            lock.acquire(poll_interval=_PAUSE)
        except Timeout as error:
            raise _busy(path) from error
        try:
            # Old versions of filelock empty the file, which changes its time.
            with suppress(OSError):
                os.utime(path, (0, 0))
            yield
        finally:
            lock.release()

else:

    @contextmanager
    def _held(path: Path, patience: float) -> Iterator[None]:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            attempts = int(patience / _PAUSE)
            while not _is_taken(descriptor):
                if attempts <= 0:
                    raise _busy(path)
                attempts -= 1
                time.sleep(_PAUSE)
            yield
        finally:
            # The lock belongs to the open file and goes with it.
            os.close(descriptor)

    def _is_taken(descriptor: int) -> bool:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            # Some systems say that permission is denied where somebody else holds the lock.
            return False
        return True
