"""Answering leaves no trace by the way: no draft on disk, no log, nothing sent, nothing on the normal screen."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.promises.traces import (
    APP,
    COMMENT,
    ITEMS,
    PLAIN,
    SECRETS,
    Watched,
    answer_in_app,
    answer_plainly,
    normal_screen,
)
from tests.terminal import Terminal
from tests.tui.states import a_round, a_team, opened_at
from tests.tui.test_answering import sheets
from tuiretro.core.promises import RECORDERS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
Answers = Callable[..., None]
WAYS = [(APP, answer_in_app), (PLAIN, answer_plainly)]
NAMES = ["app", "plain"]


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    place = tmp_path / "workspace"
    workspace = opened_at(place)
    a_round(workspace, a_team(workspace))
    return Watched(tmp_path / "watched", place)


@pytest.mark.parametrize("count", [ITEMS // 2, ITEMS])
@pytest.mark.parametrize(("words", "answers"), WAYS, ids=NAMES)
def test_a_killed_answering_leaves_no_draft_anywhere(
    watched: Watched, words: tuple[str, ...], answers: Answers, count: int
) -> None:
    with watched.runs(*words) as terminal:
        terminal.settle(0.1, timeout=1)
        before = watched.files()
        answers(terminal, count=count)
        os.kill(terminal.pid, signal.SIGKILL)
        assert terminal.wait() == -signal.SIGKILL
    assert watched.files() == before
    assert watched.notes == []


def test_the_watching_sees_what_is_written_and_gone_again(watched: Watched) -> None:
    with watched.runs(*PLAIN) as terminal:
        answer_plainly(terminal)
        terminal.send("y", "enter")
        assert terminal.wait() == 0
    assert [note for note in watched.notes if note.startswith("open ")]
    assert sheets(watched.workspace) == 1


def test_what_would_make_textual_log_send_or_draw_pictures_is_ignored_with_a_sentence(watched: Watched) -> None:
    log, pictures = watched.below / "log", watched.below / "pictures"
    with socket.create_server(("127.0.0.1", 0)) as devtools:
        devtools.setblocking(False)
        asked = {
            "TEXTUAL": "devtools,debug",
            "TEXTUAL_LOG": str(log),
            "TEXTUAL_DEBUG": "1",
            "TEXTUAL_SCREENSHOT": "0",
            "TEXTUAL_SCREENSHOT_LOCATION": str(pictures),
            "TEXTUAL_SCREENSHOT_FILENAME": "answers.svg",
            "TEXTUAL_DEVTOOLS_HOST": "127.0.0.1",
            "TEXTUAL_DEVTOOLS_PORT": str(devtools.getsockname()[1]),
            "TEXTUAL_DRIVER": "nowhere:Driver",
            "TEXTUAL_PRESS": "q",
            "TEXTUAL_SHOW_RETURN": "1",
        }
        with watched.runs(*APP, more=asked) as terminal:
            answer_in_app(terminal)
            leave(terminal)
            assert terminal.wait() == 0
        with pytest.raises(BlockingIOError):
            devtools.accept()
    assert not log.exists()
    assert not pictures.exists()
    assert watched.notes == []
    said = normal_screen(terminal.heard)
    assert f"tuiretro: {', '.join(sorted(asked))} is ignored" in said
    assert_nothing_of_the_answers(said)


def leave(terminal: Terminal) -> None:
    """Leaves the answering without handing in, and then the app."""
    terminal.send("escape")
    terminal.expect(r"Leave\?")
    terminal.send("y")
    terminal.expect("NOW ")
    terminal.send("q")


def hand_in(terminal: Terminal) -> None:
    """Hands in, and leaves the app."""
    terminal.send("s")
    terminal.expect("Thank you")
    terminal.send("escape")
    terminal.expect("NOW ")
    terminal.send("q")


def ctrl_c_then_leave(terminal: Terminal) -> None:
    """In the app ctrl+c is a key like every other."""
    terminal.send("ctrl+c")
    terminal.settle(0.2)
    leave(terminal)


def killed_by(number: signal.Signals) -> Callable[[Terminal], None]:
    def kill(terminal: Terminal) -> None:
        os.kill(terminal.pid, number)

    return kill


ENDS = {
    "left": (leave, 0),
    "handed in": (hand_in, 0),
    "ctrl+c": (ctrl_c_then_leave, 0),
    "SIGTERM": (killed_by(signal.SIGTERM), 128 + signal.SIGTERM),
    "SIGHUP": (killed_by(signal.SIGHUP), 128 + signal.SIGHUP),
    "SIGINT": (killed_by(signal.SIGINT), 130),
}


def assert_nothing_of_the_answers(text: str) -> None:
    assert not [secret for secret in SECRETS if secret in text], text


@pytest.mark.parametrize("end", ENDS)
def test_nothing_of_the_answers_is_on_the_normal_screen_after_the_app(watched: Watched, end: str) -> None:
    ending, code = ENDS[end]
    with watched.runs(*APP) as terminal:
        answer_in_app(terminal)
        ending(terminal)
        assert terminal.wait() == code
    assert terminal.heard.count(b"\x1b[?1049h") == terminal.heard.count(b"\x1b[?1049l") == 1
    assert COMMENT.encode() in terminal.heard
    assert_nothing_of_the_answers(normal_screen(terminal.heard))


@pytest.mark.parametrize("name", RECORDERS)
def test_the_app_warns_on_its_first_screen_of_a_recorded_terminal(watched: Watched, name: str) -> None:
    with watched.runs(*APP, more={name: "1"}) as terminal:
        terminal.expect("enter start")
        terminal.expect(rf"Look out: {name} says")


def test_the_app_warns_of_nothing_where_nothing_records(watched: Watched) -> None:
    with watched.runs(*APP) as terminal:
        terminal.expect("enter start")
        assert "Look out" not in terminal.text()


@pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")
@pytest.mark.parametrize(("words", "answers"), WAYS, ids=NAMES)
def test_a_real_terminal_keeps_nothing_on_its_screen_or_in_its_history(
    watched: Watched, words: tuple[str, ...], answers: Answers
) -> None:
    def tmux(*more: str) -> str:
        command = ["tmux", "-f", "/dev/null", "-L", f"tuiretro-{os.getpid()}", *more]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=20).stdout

    line = " ".join(f"'{word}'" for word in (sys.executable, "-m", "tuiretro", *words))
    program = f"unset TMUX; echo BEFORE; {line}; echo AFTER; exec cat"
    env = {"TUIRETRO_WORKSPACE": str(watched.workspace), "TUIRETRO_TODAY": "2026-11-23", "TUIRETRO_TEAM": ""}
    given = [part for name, value in env.items() for part in ("-e", f"{name}={value}")]
    tmux("new-session", "-d", "-x", "100", "-y", "24", *given, program)
    try:
        pane = Pane(tmux)
        answers(pane)
        if words == APP:
            hand_in(pane)
        else:
            pane.send("y", "enter")
        pane.expect("AFTER")
        kept = tmux("capture-pane", "-p", "-S", "-")
    finally:
        tmux("kill-server")
    assert sheets(watched.workspace) == 1
    assert ("BEFORE" in kept) == (words == APP), "the plain mode clears what was before as well"
    assert_nothing_of_the_answers(kept)


class Pane(Terminal):
    """A terminal inside tmux."""

    def __init__(self, tmux: Callable[..., str]) -> None:
        self.tmux = tmux

    def text(self) -> str:
        return self.tmux("capture-pane", "-p")

    def send(self, *keys: str) -> None:
        named = {"enter": "Enter", "escape": "Escape"}
        for key in keys:
            self.tmux("send-keys", *((named[key],) if key in named else ("-l", key)))

    def expect(self, pattern: str, timeout: float = 15.0) -> float:
        until = time.monotonic() + timeout
        while not re.search(pattern, self.text(), re.MULTILINE):
            assert time.monotonic() < until, f"{pattern!r} is not on the screen:\n{self.text()}"
            time.sleep(0.05)
        return 0.0
