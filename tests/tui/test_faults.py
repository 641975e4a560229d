"""A fault of the program ends the app with one sentence that holds nothing of what people typed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tests.tui.broken_app import fail
from tests.tui.seat import seated
from tests.tui.states import app_on
from tests.tui.test_answering import reviewed, sheets
from tests.tui.test_first_sprint import surroundings
from tuiretro.errors import FaultError

COMMENT = "zebra crossing"
SAID = "This is a fault of the program (RuntimeError at broken_app.py:"
ROOT = Path(__file__).parents[2]


def bare(text: str) -> str:
    """Text without blanks: a terminal wraps in the middle of words."""
    return "".join(text.split())


async def test_a_fault_while_handing_in_ends_the_app_with_a_sentence_and_a_code(asking: Path) -> None:
    app = app_on(asking, handing=fail)
    async with seated(app) as seat:
        await (await reviewed(seat)).press("s")
        await seat.until(lambda: not app.is_running)
    assert app.return_code == FaultError.exit_code == 1
    assert app.fault.startswith(SAID)
    assert "What was confirmed as saved is kept." in app.fault
    assert "Sheet" not in app.fault
    assert "safety." not in app.fault
    assert "\n" not in app.fault
    assert sheets(asking) == 0


async def test_an_app_that_ended_well_has_no_fault(asking: Path) -> None:
    app = app_on(asking)
    async with seated(app) as seat:
        await seat.press("q")
        await seat.until(lambda: not app.is_running)
    assert (app.return_code, app.fault) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_in_a_terminal_nothing_of_the_answers_is_left_by_a_fault(asking: Path) -> None:
    command = (sys.executable, "-m", "tests.tui.broken_app")
    # Tall enough for a traceback with the values of variables, which would scroll off a usual screen.
    with Terminal(command, cols=100, rows=150, env=surroundings(asking), cwd=ROOT) as terminal:
        terminal.expect("a answer")
        terminal.send("a")
        terminal.expect("enter start")
        terminal.send("enter")
        for number in range(1, 9):
            terminal.expect(f" {number} of 8")
            terminal.send("2")
        terminal.expect("check and submit")
        terminal.send("c")
        terminal.expect("characters left")
        terminal.send(COMMENT)
        terminal.expect(COMMENT)
        terminal.send("escape")
        terminal.expect(f"Your comment: {COMMENT}")
        terminal.send("s")
        assert terminal.wait() == 1
        left = bare(terminal.text())
    assert bare(SAID) in left
    assert bare("it holds nothing that you typed.") in left
    for secret in (COMMENT, "zebra", "Sheet(", "answers=", "Traceback", "cannot store", "disagree"):
        assert bare(secret) not in left, left
    assert sheets(asking) == 0
