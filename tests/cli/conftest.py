"""A runner of commands on a real workspace in a temporary folder."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest
from click.testing import CliRunner, Result

from tuiretro.cli.main import program

TODAY = "2026-11-23"


class Run(Protocol):
    """Runs one command."""

    def __call__(self, *words: str, stdin: str | bytes | None = None, **env: str) -> Result: ...


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def run(place: Path) -> Run:
    def runs(*words: str, stdin: str | bytes | None = None, **env: str) -> Result:
        surroundings = {
            "TUIRETRO_WORKSPACE": str(place),
            "TUIRETRO_CHECKS": str(place.parent / "self-checks"),
            "TUIRETRO_TODAY": TODAY,
            "TUIRETRO_TEAM": None,
            **env,
        }
        return CliRunner(env=surroundings).invoke(program, list(words), input=stdin)

    return runs


@pytest.fixture
def ok(run: Run) -> Run:
    """Runs one command that must succeed."""

    def runs(*words: str, stdin: str | bytes | None = None, **env: str) -> Result:
        result = run(*words, stdin=stdin, **env)
        assert result.exit_code == 0, result.output
        return result

    return runs


@pytest.fixture
def team(ok: Run) -> str:
    ok("team", "add", "Atlas", "--people", "8", "--starts", "2026-11-16", "--every", "2 weeks")
    return "Atlas"


@pytest.fixture
def opened(ok: Run, team: str) -> tuple[str, ...]:
    """The ids of the items of an open round on safety."""
    assert team
    ok("round", "open", "--survey", "safety")
    return items(ok)


def items(ok: Run) -> tuple[str, ...]:
    document = json.loads(ok("round", "status", "--format", "json").stdout)
    return tuple(item["id"] for item in document["round"]["items"])


def sheet(ids: tuple[str, ...], value: int | None = 4, comment: str = "") -> str:
    return json.dumps({"answers": dict.fromkeys(ids, value), "comment": comment})


@pytest.fixture
def closed(ok: Run, opened: tuple[str, ...]) -> tuple[str, ...]:
    """The items of a closed round: five of eight answered 2, 3, 4, 3, 2."""
    for value in (2, 3, 4, 3, 2):
        ok("answer", "--from", "-", stdin=sheet(opened, value, f"comment {value}"))
    ok("round", "close")
    return opened


@pytest.fixture
def kept(place: Path) -> Callable[[], str]:
    """A hash over names and contents of everything beside locks, which hold nothing."""

    def digest() -> str:
        whole = hashlib.sha256()
        for path in sorted(place.parent.rglob("*")):
            if path.is_file() and path.suffix != ".lock":
                whole.update(f"{path} {path.stat().st_mode:o}".encode() + path.read_bytes())
        return whole.hexdigest()

    return digest


def on_a_terminal(
    place: Path, words: list[str], keys: bytes, until: bytes, start: tuple[str, ...] = ("-m", "tuiretro")
) -> tuple[int, bytes]:
    """Runs the real program on a pseudo-terminal and types `keys` once `until` is on the screen."""
    env = {**os.environ, "TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY, "NO_COLOR": "1"}
    child, controller = pty.fork()
    if child == 0:
        # A suite that was started behind '&' ignores ctrl+c, and its children would too; people's terminals do not.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execve(sys.executable, [sys.executable, *start, *words], env)  # noqa: S606 - no shell is what is wanted
    screen, deadline = b"", time.monotonic() + 20
    while time.monotonic() < deadline:
        if not select.select([controller], [], [], 0.5)[0]:
            continue
        try:
            part = os.read(controller, 4096)
        except OSError:
            break
        if not part:
            break
        screen += part
        if keys and until in screen:
            os.write(controller, keys)
            keys = b""
    else:
        os.kill(child, signal.SIGKILL)
    os.close(controller)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), screen


@pytest.fixture
def begun(ok: Run, team: str) -> str:
    """A retro under way, with the columns start, stop and continue."""
    ok("retro", "start", "--layout", "start-stop-continue")
    return team


@pytest.fixture
def board(ok: Run, begun: str) -> str:
    """A retro whose notes 1 to 3, one in each column, are shown."""
    for column, text in enumerate(("write tests first", "late deploys", "talking to users"), 1):
        ok("retro", "add-note", text, "--column", str(column))
    ok("retro", "reveal")
    return begun


def retro(ok: Run, *words: str) -> dict[str, Any]:
    """The retro as JSON."""
    found: dict[str, Any] = json.loads(ok("retro", "show", "--format", "json", *words).stdout)
    return found
