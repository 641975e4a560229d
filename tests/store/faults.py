"""Makes the n-th change of the disk fail, and every one after it when the program died."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable

import pytest

CALLS = ("write", "fsync", "replace", "unlink", "rmdir", "mkdir", "utime")


class Crash(BaseException):
    """The program is dead: nothing that it still tries reaches the disk."""


class Faults:
    """Counts calls that change the disk, and lets the n-th fail.

    Args:
        at: The call that fails, counted from 1.
        kind: 'crash' dies before the call, 'torn' half-way through a write, 'full' gets one OSError; 'unconfirmed'
            counts only the calls that make names durable, and lets all of them fail from the n-th on.
    """

    def __init__(self, at: int, kind: str) -> None:
        self.at = at
        self.kind = kind
        self.seen = 0

    @property
    def happened(self) -> bool:
        return self.seen >= self.at

    def install(self, patch: pytest.MonkeyPatch) -> None:
        for name in CALLS:
            patch.setattr(os, name, self._wrapped(name, getattr(os, name)))

    def _wrapped(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            if self.kind == "unconfirmed":
                if name == "fsync" and stat.S_ISDIR(os.fstat(args[0]).st_mode):  # type: ignore[arg-type]  # a descriptor
                    self.seen += 1
                    if self.seen >= self.at:
                        raise OSError(errno.EIO, os.strerror(errno.EIO))
                return real(*args, **kwargs)
            self.seen += 1
            if self.seen < self.at or (self.kind == "full" and self.seen > self.at):
                return real(*args, **kwargs)
            if self.kind == "full":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if self.kind == "torn" and self.seen == self.at and name == "write":
                rest = args[1]
                assert isinstance(rest, memoryview)
                real(args[0], rest[: len(rest) // 2])
            raise Crash

        return call
