"""In the app as well: what people typed, and what is being typed, reaches the terminal as text alone."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.promises.test_wire import COLOUR, alone
from tests.promises.wire import TEXTS, WORST, controls, fill
from tests.terminal import Terminal
from tuiretro.cli.no_trace import CLEAR

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
OURS = re.compile(r"\x1b\[\?\d+(?:[hl]|\$p)|\x1b\[[<>]\d*u|\x1b\[H|\x1b\]22;\w+\x07")
"""What Textual sends beside colours and places: modes of the terminal, its keyboard and the shape of the pointer."""
LOOKS = (
    *("1", "enter", "escape", "~enter open", "i", "down", "escape", "~enter open", "c", "w", "down", "escape"),
    *("~enter open", "3", "~v comments", "down", "down", "v", "pagedown", "pagedown", "escape", "~v comments"),
    *("4", "down", "e", "h", "down"),
    *("6", "~n new", "down", "down", "m", "escape", "~n new", "n", "escape", "~n new", "d", "escape", "~n new"),
    *("n", "~ctrl.s", "PASTED", "tab", "TYPED", "ctrl+s", "escape", "~Leave", "y", "~n new"),
    *("7", "~/ search", "end", "up", "up", "/", "~whole list", "PASTED", "down", "escape", "~/ search"),
    *("?", "pagedown", "escape", "~/ search", "ctrl+p", "~Light or dark", "PASTED", "ctrl+u", "escape", "~/ search"),
    *("ctrl+l", "down", "escape", "~/ search", "1", "~enter open", "a", "~enter start", "down", "enter", "~ 1 of"),
    *("i", "~What is kept, and", "pagedown", "escape", "~ 1 of"),
)
"""A walk over every main screen and its dialogs, with text pasted wherever there is a line to type in.

After a tilde stands what the screen must show before the next key.
"""
ANSWERED = (
    *("down", "c", "~characters left", "PASTED", "TYPED", "ctrl+x", "ctrl+v", "ctrl+s", "~Your comment: "),
    *("s", "~Thank you", "escape"),
)
"""From the page to check over the comment to the next person and home."""
TYPED = "a\x1b]52;c;Zg==\x07b\x9b2J\x1b[2Jc\u202ed\u2066e\u061cf\ufeffg\ue000h\u0378[/]i" + "\u0301" * 9
PASTED = TYPED.replace("\x1b", "")
"""Shorter than any line that is typed in: Textual itself rings the bell where one is full."""


def walk(terminal: Terminal, keys: Sequence[str]) -> None:
    """Presses keys, each once the screen stands still."""
    for key in keys:
        if key.startswith("~"):
            terminal.expect(key[1:])
            continue
        terminal.send({"TYPED": TYPED, "PASTED": f"\x1b[200~{PASTED}\x1b[201~"}.get(key, key))
        # Textual waits a tenth of a second to tell escape from the begin of a sequence.
        terminal.settle(0.13 if key == "escape" else 0.07, timeout=3)
        assert not terminal.ended, (key, terminal.text())


def test_no_text_steers_the_terminal_of_the_app(tmp_path: Path) -> None:
    place = tmp_path / "work\x1b[2J\u202espace"
    fill(place, TEXTS, WORST)
    with Terminal([sys.executable, "-m", "tuiretro"], 100, 40, alone(place)) as terminal:
        terminal.expect("NOW ")
        walk(terminal, LOOKS)
        for number in range(1, len(TEXTS) + 1):
            terminal.expect(f" {number} of {len(TEXTS)} ?$")
            terminal.send("3")
        terminal.expect("check and submit")
        walk(terminal, ANSWERED)
        terminal.expect("NOW ")
        terminal.send("q")
        assert terminal.wait() == 0
    heard = controls(terminal.heard) - COLOUR
    assert not [found for found in heard if not OURS.fullmatch(found)]
    assert terminal.heard.count("👩\u200d💻".encode()) > 5


def test_no_text_steers_the_terminal_of_somebody_who_answers_line_by_line(tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    fill(place, TEXTS, WORST)
    with Terminal([sys.executable, "-m", "tuiretro", "answer", "--plain"], 100, 40, alone(place)) as terminal:
        terminal.send("?\n" + "3\n" * len(TEXTS) + "1\n?\n2\n\n")
        terminal.expect("Comment, or enter for none:")
        terminal.send("harmless\ny\n")
        assert terminal.wait() == 0
    assert CLEAR.encode() in terminal.heard
    assert controls(terminal.heard.replace(CLEAR.encode(), b"")) <= COLOUR
    assert b"fault" not in terminal.heard
