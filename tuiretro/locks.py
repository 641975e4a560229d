"""Locks between programs and threads that share a folder.

Owns how a lock is taken and given back, and the sentence for whoever waits too long. Knows nothing of what it guards.
"""

from __future__ import annotations

import os
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

    Whoever holds it already is refused like everybody else: a second holder would undo what the first one does. The
    time of its file is set back to 1970, so that it does not tell when the lock was last held.

    Args:
        path: A file that nobody ever replaces: a lock on a replaced file would guard a dead one. Its folder must exist.
        patience: Seconds to wait for it.

    Raises:
        BusyError: Somebody else kept it for longer.
        OSError: The file cannot be opened, or the disk knows no locks.
    """
    # Reading takes no lock, and should not pay for the import.
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=patience, mode=0o600)
    try:
        lock.acquire(poll_interval=_PAUSE)
    except Timeout as error:
        raise BusyError(
            f"Another program is using {path.parent}, so nothing was changed; "
            "close it or wait until it is done, then try again."
        ) from error
    try:
        with suppress(OSError):
            os.utime(path, (0, 0))
        yield
    finally:
        lock.release()
