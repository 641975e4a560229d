"""kill -9 at any moment: what was confirmed is there, and nothing is half.

The moments are swept from 0 to beyond the normal run time. Most kills hit a forked process that has imported
everything already, because a fresh program spends nearly all its time importing and a kill would seldom land inside
the writing.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import TODAY, Run, items, sheet
from tuiretro.cli.main import program
from tuiretro.files import is_temporary
from tuiretro.service.workspace import Workspace, open_workspace

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

ANSWERS, CLOSINGS, REAL = 40, 100, 8
"""Kills in forked processes, of either command, and of the real program; sixty people can answer at most."""
BEYOND = 2.0
"""How far the sweep goes past the normal run time."""
Start = Callable[[list[str]], tuple[int, int]]
"""Starts the program; returns its process id and the reading end of its stderr."""


def forked(words: list[str]) -> tuple[int, int]:
    """Runs the command line in a fork of this process."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 2)
        sys.stderr = os.fdopen(2, "w", closefd=False)
        try:
            program(words)
        except SystemExit as end:
            os._exit(end.code if isinstance(end.code, int) else 1)
        finally:
            os._exit(99)
    os.close(writing)
    return child, reading


def real(words: list[str]) -> tuple[int, int]:
    """Runs the real program."""
    reading, writing = os.pipe()
    process = subprocess.Popen([sys.executable, "-m", "tuiretro", *words], stderr=writing)
    os.close(writing)
    process.returncode = 0  # it is waited for below, by its id
    return process.pid, reading


def killed(start: Start, words: list[str], after: float) -> str:
    """Starts a command, kills it after so many seconds, and returns what it had said by then."""
    end = time.perf_counter() + after
    child, reading = start(words)
    while not (is_over := os.waitpid(child, os.WNOHANG)[0]) and (left := end - time.perf_counter()) > 0:
        # Asleep, so that where there are few processors the child has one.
        time.sleep(min(left, 0.002))
    if not is_over:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with os.fdopen(reading, encoding="utf-8") as said:
        return said.read()


def normal_time(start: Start, words: list[str]) -> float:
    """Seconds that the command takes when nobody kills it."""
    began = time.perf_counter()
    child, reading = start(words)
    _, status = os.waitpid(child, 0)
    took = time.perf_counter() - began
    with os.fdopen(reading, encoding="utf-8") as said:
        assert os.waitstatus_to_exitcode(status) == 0, said.read()
    return took


def moments(whole: float, count: int, seed: int) -> Iterator[float]:
    """Moments that cover a run evenly, each moved a little by chance, and two for a machine that has become slower."""
    chance = random.Random(seed)
    for step in range(count):
        yield whole * BEYOND * (step + chance.random()) / count
    yield from (whole * BEYOND * 4, whole * BEYOND * 16)


def opened_again(place: Path) -> Workspace:
    """The workspace as the next start finds it, with every file whole and nothing left over."""
    workspace = open_workspace(place, today=lambda: date.fromisoformat(TODAY))
    for path in place.rglob("*"):
        assert not is_temporary(path.name), path
        if path.suffix == ".json":
            assert isinstance(json.loads(path.read_bytes()), dict)
    return workspace


@pytest.fixture
def round_for_many(ok: Run, monkeypatch: pytest.MonkeyPatch, place: Path) -> tuple[str, ...]:
    ok("team", "add", "Atlas", "--people", "60", "--starts", "2026-11-16", "--every", "2 weeks")
    ok("round", "open", "--survey", "safety")
    monkeypatch.setenv("TUIRETRO_WORKSPACE", str(place))
    monkeypatch.setenv("TUIRETRO_TODAY", TODAY)
    return items(ok)


def test_killed_answers_are_there_if_they_were_confirmed(
    ok: Run, round_for_many: tuple[str, ...], tmp_path: Path, place: Path
) -> None:
    path = tmp_path / "sheet.json"
    path.write_text(sheet(round_for_many, 3, "kept whole"))
    words = ["answer", "--from", str(path)]
    ok(*words)  # from here on a fork need not import anything
    confirmed, landed = 0, 0
    for start, count in ((forked, ANSWERS), (real, REAL)):
        whole = normal_time(start, words)
        before = sheets(place)
        for after in moments(whole, count, seed=count):
            said = killed(start, words, after)
            now = sheets(place)
            is_confirmed = said.startswith("Saved.")
            assert "Traceback" not in said
            assert now - before in ({1} if is_confirmed else {0, 1})
            confirmed, landed, before = confirmed + is_confirmed, landed + now - before, now
    assert 0 < confirmed < ANSWERS + REAL, "the sweep missed the writing"
    assert landed >= confirmed
    ok("round", "close")
    document = json.loads(ok("results", "--format", "json").stdout)
    assert document["answered"] == f"{landed + 3} of 60 answered"
    assert {item["figure"]["mean"] for theme in document["themes"] for item in theme["items"]} == {3.0}


def sheets(place: Path) -> int:
    """How many sheets the open round holds, counted by the store."""
    workspace = opened_again(place)
    (team,) = workspace.store.teams()
    return workspace.store.sheets(team.id)


def test_a_killed_closing_leaves_the_round_open_or_closed_never_half(
    ok: Run, run: Run, round_for_many: tuple[str, ...], place: Path, tmp_path: Path
) -> None:
    for value in (1, 2, 3, 4, 5):
        ok("answer", "--from", "-", stdin=sheet(round_for_many, value))
    template = tmp_path / "template"
    shutil.copytree(place, template)
    ok("round", "close")  # from here on a fork need not import anything
    shutil.rmtree(place)
    shutil.copytree(template, place)
    states = set[bool]()
    for start, count in ((forked, CLOSINGS), (real, REAL)):
        whole = normal_time(start, ["round", "close"])
        for after in moments(whole, count, seed=count):
            shutil.rmtree(place)
            shutil.copytree(template, place)
            said = killed(start, ["round", "close"], after)
            assert "Traceback" not in said
            states.add(judged(run, place, is_confirmed=said.startswith("Closed.")))
        shutil.rmtree(place)
        shutil.copytree(template, place)
    assert states == {False, True}, "the sweep missed the closing"


def judged(run: Run, place: Path, *, is_confirmed: bool) -> bool:
    """Checks a workspace whose closing was killed; returns whether the round had been closed."""
    workspace = opened_again(place)
    (team,) = workspace.store.teams()
    is_closed = workspace.store.round(team.id) is None
    assert len(workspace.store.history(team.id).releases) == is_closed
    assert is_closed or not is_confirmed
    assert workspace.store.sheets(team.id) == (0 if is_closed else 5)
    again = run("round", "close")
    assert again.exit_code == (4 if is_closed else 0), again.stderr
    (release,) = opened_again(place).store.history(team.id).releases
    assert {item.mean for item in release.items} == {3.0}
    assert not [path for path in place.rglob("*") if path.name in {"key", "round.json"}]
    return is_closed
