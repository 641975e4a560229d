"""How a program that holds a person's answers ends when somebody else ends it.

Must not know what is tidied up.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_POLITE = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def tidy_ending() -> Iterator[None]:
    """Lets a polite end by a signal unwind the program, so that the terminal is given back without a trace."""
    before = {number: signal.getsignal(number) for number in _POLITE}
    # Whoever started the program with a signal ignored, as nohup does, wants it to go on.
    mine = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    try:
        for number in mine:
            signal.signal(number, _end)
        yield
    finally:
        for number in mine:
            signal.signal(number, before[number])


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
