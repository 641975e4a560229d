"""Forked processes that say over a pipe what they have done, and are killed.

Owns forks and pipes. Everything is imported before the fork, so that a kill lands in the work and not in an import.
Knows nothing of what the processes do.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass

Report = Callable[[str], None]
"""Says one line; whoever reads it knows that everything before it has returned."""


@dataclass(frozen=True)
class Child:
    """A forked process and the reading end of its pipe."""

    pid: int
    pipe: int

    def kill(self) -> list[str]:
        """Ends it at once and returns the lines that it had said, whole ones only."""
        os.kill(self.pid, signal.SIGKILL)
        return self.wait()[1]

    def wait(self) -> tuple[int, list[str]]:
        """Waits for its end; returns its exit code and its whole lines."""
        with os.fdopen(self.pipe, "rb") as pipe:
            said = pipe.read().decode("utf-8", "replace")
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status), said.split("\n")[:-1]


def forked(work: Callable[[Report], None]) -> Child:
    """Starts a process for `work`; a line that begins with 'fault' tells of an error nobody expected."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Child(pid, reading)
    code = 1
    try:
        os.close(reading)
        work(lambda line: _say(writing, line))
        code = 0
    except BaseException:
        _say(writing, "fault " + traceback.format_exc().replace("\n", " | "))
        raise
    finally:
        os._exit(code)


def _say(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


def command(words: list[str], before: Callable[[], None] = lambda: None, stdin: bytes = b"") -> Child:
    """The command line in a fork; what it says on stderr is what the child says.

    Args:
        words: The command.
        before: Done in the fork, before the command.
        stdin: What the command reads.
    """
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Child(pid, reading)
    try:
        source, feed = os.pipe()
        os.write(feed, stdin)
        os.close(feed)
        os.dup2(source, 0)
        os.dup2(writing, 2)
        sys.stdin, sys.stderr = os.fdopen(0, closefd=False), os.fdopen(2, "w", closefd=False)
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # it lives as long as the process
        _run(words, before)
    finally:
        os._exit(99)


def _run(words: list[str], before: Callable[[], None]) -> None:
    from tuiretro.cli.main import program

    try:
        before()
        program(words)
    except SystemExit as end:
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else 1)
    finally:
        # Anything else than SystemExit is what the trial looks for.
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(98)
