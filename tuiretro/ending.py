"""How a program that holds a person's answers ends when somebody else ends it.

Must not know what is tidied up.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
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


def end_in_turn(end: Callable[[int], object]) -> None:
    """Has the running event loop told of ctrl+c and polite ends, in place of breaking off whatever it is doing.

    An exception out of a handler can come where nothing is given back: the terminal then stays as it was, and a thread
    that reads from it keeps the program alive.

    Args:
        end: Gets the exit code that goes with the signal. Not called where loops know no signals, as on Windows.
    """
    import asyncio

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, *_POLITE):
        if signal.getsignal(number) is not signal.SIG_IGN:
            with suppress(NotImplementedError):
                loop.add_signal_handler(number, end, 128 + number)


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
