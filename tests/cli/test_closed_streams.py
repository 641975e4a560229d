"""A shell can start a program with stdin, stdout or stderr closed: no terminal, end of input, never a fault."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import TODAY

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")


def closed_at_start(place: Path, line: str) -> tuple[int, str]:
    """Runs a line of the shell in which "tuiretro" is the program; returns its exit code and what it said."""
    env = {**os.environ, "TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY}
    command = ["/bin/sh", "-c", line.replace("tuiretro", f"'{sys.executable}' -m tuiretro", 1)]
    result = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)
    return result.returncode, result.stderr


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("tuiretro <&-", 2, "The app needs a terminal"),
        ("tuiretro >&-", 2, "The app needs a terminal"),
        ("tuiretro <&- >&- 2>&-", 2, ""),
        ("tuiretro demo <&-", 2, "The app needs a terminal"),
        ("tuiretro round close <&-", 5, "answered"),
        ("tuiretro round abandon <&-", 2, "Say --yes"),
        ("tuiretro answer <&-", 3, "The input ended"),
        ("tuiretro answer --plain <&-", 3, "The input ended"),
        ("tuiretro answer --from - <&-", 3, "Nothing was saved"),
        ("tuiretro results --comments >&-", 5, "Comments are for the screen"),
        ("tuiretro team list >&-", 0, ""),
        ("tuiretro team list 2>&-", 0, ""),
    ],
)
def test_a_closed_stream_is_no_terminal_and_the_end_of_input(place: Path, line: str, code: int, said: str) -> None:
    ended, error = closed_at_start(place, line)
    assert (ended, "fault of the program" in error) == (code, False), error
    assert said in error
