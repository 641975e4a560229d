"""What answering line by line leaves on a terminal: nothing, where the terminal can be cleared; else a sentence.

Must not know what was asked or answered.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Self, TextIO

from tuiretro.core.promises import MAY_BE_RECORDED, STILL_SHOWN
from tuiretro.ending import tidy_ending
from tuiretro.errors import TuiretroError

CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Clears the screen, then what has scrolled off it, and goes to its first line."""


class NoTrace:
    """Clears the terminal when its `with` block ends, however it does.

    Args:
        environment: Says what kind of terminal it is.
        is_recorded: Whether something around it may keep what it showed.
    """

    def __init__(self, environment: Mapping[str, str], *, is_recorded: bool) -> None:
        self._environment, self._is_recorded = environment, is_recorded
        self._ending = ExitStack()

    @property
    def can_clear(self) -> bool:
        """Whether there is a terminal that understands."""
        return self._screen is not None and self._environment.get("TERM", "dumb") != "dumb"

    @property
    def left(self) -> tuple[str, ...]:
        """What a person is told of what is left of the dialogue; nothing, if nothing is."""
        if not self.can_clear:
            return (STILL_SHOWN,) if self._screen is not None or sys.stdin.isatty() else ()
        return (MAY_BE_RECORDED,) if self._is_recorded else ()

    @property
    def _screen(self) -> TextIO | None:
        """Where the dialogue is shown, or at least what is typed."""
        if sys.stderr.isatty():
            return sys.stderr
        return sys.stdout if sys.stdin.isatty() and sys.stdout.isatty() else None

    def __enter__(self) -> Self:
        self._ending.enter_context(tidy_ending())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        screen = self._screen
        if screen is not None and self.can_clear:
            # A terminal that has gone away has nothing to clear.
            with suppress(OSError):
                screen.write(CLEAR)
                screen.flush()
        if isinstance(error, TuiretroError):
            for sentence in self.left:
                error.add_note(sentence)
        self._ending.close()
