"""Runs a program in a real pseudo-terminal and keeps the screen that a person would see.

Owns the pty, the key codes and the waiting. It must not know which program runs in it. Unix only.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

KEYS: dict[str, str] = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    **{f"ctrl+{letter}": chr(ord(letter) - ord("a") + 1) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""What an xterm sends for a key; every other key sends its own text."""

# Of the sequences that begin with a private mark, pyte understands only '?...h' and '?...l' and prints the others.
_FOREIGN = re.compile(rb"\x1b\[(?:[<=>][0-9;:]*|\?[0-9;:]*\$?(?![hl0-9;:$]))[A-Za-z]|\x1bP[^\x1b]*\x1b\\")
_ASKS_FOR_FRAMES, _HAS_FRAMES = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""Whether the terminal knows where an update begins and ends, and that it does."""
_FRAME, _FRAME_END = b"\x1b[?2026h", b"\x1b[?2026l"
_UNFINISHED = re.compile(rb"\x1b(?:\[[<=>?]?[0-9;:]*\$?|P[^\x1b]*\x1b?)?\Z")


class Terminal:
    """A program in a terminal of `cols` by `rows` cells; use it in a `with` statement, or call `close`.

    `heard` is kept beside `screen`, which knows no second screen and no history. Like most terminals of today it knows
    synchronized updates, so that nobody looks at a screen, or for the cursor, while it is being drawn.

    Args:
        command: The program and its arguments.
        cols: Width in cells.
        rows: Height in cells.
        env: Added to this process's environment; an empty value takes a variable away.
        cwd: Where the program starts; None stays here.
    """

    def __init__(
        self,
        command: Sequence[str],
        cols: int = 120,
        rows: int = 36,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.screen = pyte.Screen(cols, rows)
        self.started = time.perf_counter()
        self.last_output = self.started
        self.ended = False
        self._heard = bytearray()
        self._lines = [""] * rows
        self._stream = pyte.ByteStream(self.screen)
        self._held = b""
        self._is_drawn = False
        self._exit: int | None = None
        size = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": str(cols), "LINES": str(rows)}
        wanted = {**os.environ, **size, **(env or {})}
        environment = {name: value for name, value in wanted.items() if value}
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            _become(command, (cols, rows), environment, cwd)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def heard(self) -> bytes:
        """Everything that the program wrote, byte by byte."""
        return bytes(self._heard)

    def text(self) -> str:
        """The screen as lines without trailing blanks."""
        columns = range(self.screen.columns)
        # Only what was written to: pyte's own `display` looks at every cell, for each of a thousand looks.
        for number in self.screen.dirty:
            line = self.screen.buffer[number]
            self._lines[number] = "".join(line[at].data for at in columns).rstrip()
        self.screen.dirty.clear()
        return "\n".join(self._lines)

    def send(self, *keys: str) -> None:
        """Presses keys in turn: names of `KEYS`, or text that is typed as it is."""
        for key in keys:
            os.write(self._fd, KEYS.get(key, key).encode())

    def expect(self, pattern: str, timeout: float = 15.0) -> float:
        """Waits until the screen's text matches `pattern`.

        Returns:
            Seconds from the program's start to the output that completed the match.

        Raises:
            TimeoutError: It did not within `timeout` seconds, or the program ended before; holds the last screen.
        """
        until = time.perf_counter() + timeout
        while self._is_drawn or not re.search(pattern, self.text(), re.MULTILINE):
            left = until - time.perf_counter()
            if left <= 0 or self.ended:
                why = f"the program ended with {self.wait()}" if self.ended else f"{timeout} s have passed"
                raise TimeoutError(f"{pattern!r} is not on the screen and {why}:\n{self.text()}")
            self._read(left)
        return self.last_output - self.started

    def expect_cursor(self, pattern: str, timeout: float = 15.0) -> None:
        """Waits until the line that the terminal's cursor stands in matches `pattern`.

        Raises:
            TimeoutError: See `expect`.
        """
        until = time.perf_counter() + timeout
        while self._is_drawn or not re.search(pattern, self.text().split("\n")[self.screen.cursor.y]):
            if time.perf_counter() >= until or self.ended:
                raise TimeoutError(f"the cursor is not in a line with {pattern!r}:\n{self.text()}")
            self._read(max(0.0, until - time.perf_counter()))

    def arrival(self, pattern: str, quiet: float = 1.0, timeout: float = 15.0) -> float:
        """Like `expect`, but looks only once the program has been quiet, for measuring.

        Interpreting its output meanwhile would slow down a program the more it has to show.

        Args:
            pattern: What the screen's text must match.
            quiet: Seconds without output after which the program is taken to be done.
            timeout: Seconds for the first output.

        Raises:
            TimeoutError: It is not on any screen that the output made.
        """
        arrived: list[tuple[float, bytes]] = []
        while data := self._receive(quiet if arrived else timeout):
            arrived.append((self.last_output - self.started, data))
        found: float | None = None
        for seconds, data in arrived:
            # To the end, or the next look would be at a screen that misses a part.
            self._show(data)
            if found is None and re.search(pattern, self.text(), re.MULTILINE):
                found = seconds
        if found is not None:
            return found
        raise TimeoutError(f"{pattern!r} was not on the screen:\n{self.text()}")

    def settle(self, quiet: float = 0.3, timeout: float = 10.0) -> None:
        """Waits until the program has written nothing for `quiet` seconds, at most `timeout` seconds."""
        until = time.perf_counter() + timeout
        while time.perf_counter() < until and self._read(quiet):
            pass

    def wait(self, timeout: float = 10.0) -> int:
        """Waits for the program's end, at most `timeout` seconds.

        Returns:
            Its exit code; for a signal, the signal's number negated.

        Raises:
            TimeoutError: It is still running.
        """
        until = time.perf_counter() + timeout
        while self._exit is None:
            self._read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._exit = os.waitstatus_to_exitcode(status)
            elif time.perf_counter() > until:
                raise TimeoutError(f"the program is still running after {timeout} s:\n{self.text()}")
        while self._read(0.0):
            pass
        return self._exit

    def kill(self) -> None:
        """Ends the program at once, so that it can do nothing about it, and frees its terminal."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait()
        self.close()

    def close(self) -> None:
        """Ends the program, at first politely, and frees its terminal; a second call does nothing."""
        if self._fd < 0:
            return
        for ending, patience in ((signal.SIGTERM, 3.0), (signal.SIGKILL, 10.0)):
            if self._exit is None:
                os.kill(self.pid, ending)
                try:
                    self.wait(patience)
                except TimeoutError:
                    continue
        os.close(self._fd)
        self._fd = -1

    def _read(self, seconds: float) -> bool:
        """Feeds the screen with what comes within `seconds`; False if nothing came."""
        data = self._receive(seconds)
        self._show(data)
        return bool(data)

    def _receive(self, seconds: float) -> bytes:
        """What comes within `seconds`; empty if nothing came."""
        if self.ended or not select.select([self._fd], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            # Linux reports the far end's closing as an input error, other systems as an empty read.
            data = b""
        if data:
            self.last_output = time.perf_counter()
            # What was cut off before makes a whole with what comes now.
            recent = self._heard[-len(_ASKS_FOR_FRAMES) + 1 :] + data
            self._heard += data
            if _ASKS_FOR_FRAMES in recent:
                os.write(self._fd, _HAS_FRAMES)
            began, came_to_an_end = recent.rfind(_FRAME), recent.rfind(_FRAME_END)
            if began != came_to_an_end:
                self._is_drawn = began > came_to_an_end
        else:
            self.ended, self._is_drawn = True, False
        return data

    def _show(self, data: bytes) -> None:
        """Interprets output; a sequence that is cut off waits for its rest."""
        data = _FOREIGN.sub(b"", self._held + data)
        unfinished = _UNFINISHED.search(data)
        self._held = unfinished[0] if unfinished else b""
        self._stream.feed(data[: len(data) - len(self._held)])


def _become(command: Sequence[str], size: tuple[int, int], env: Mapping[str, str], cwd: Path | None) -> None:
    """Turns the forked child into the program; never returns."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        if cwd is not None:
            os.chdir(cwd)
        # Whoever starts the tests in the background has ctrl+c ignored, and the program would inherit that.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execvpe(command[0], list(command), dict(env))  # noqa: S606 - no shell is wanted between the pty and the program
    finally:
        os._exit(127)
