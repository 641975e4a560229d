"""A fault of the program ends the app with one sentence that holds nothing of what people typed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.promises.traces import normal_screen
from tests.terminal import Terminal
from tests.tui.broken_app import PLACES, fail
from tests.tui.seat import seated
from tests.tui.states import app_on
from tests.tui.test_answering import reviewed, sheets
from tests.tui.test_first_sprint import surroundings
from tuiretro.errors import FaultError

COMMENT = "zebra crossing"
SAID = "This is a fault of the program (RuntimeError at broken_app.py:"
ROOT = Path(__file__).parents[2]


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


def answer_until_it_breaks(terminal: Terminal) -> int:
    """Goes through everything that a person can do, as far as the fault lets; returns the exit code."""
    steps = (
        ("a answer", "a"),
        ("enter start", "enter"),
        *((f" {number} of 8", "2") for number in range(1, 9)),
        ("check and submit", "c"),
        ("characters left", COMMENT),
        (COMMENT, "escape"),
        (f"Your comment: {COMMENT}", "s"),
        ("a answer|any key starts", "escape"),
        ("a answer", "q"),
    )
    for seen, key in steps:
        try:
            terminal.expect(seen)
        except TimeoutError:
            break
        terminal.send(key)
        if key == "escape":
            # A key that follows at once would be taken for one with alt.
            terminal.settle(0.2)
    return terminal.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("broken", PLACES)
def test_in_a_terminal_nothing_of_the_answers_is_left_by_a_fault(asking: Path, broken: str) -> None:
    command = (sys.executable, "-m", "tests.tui.broken_app")
    env = {**surroundings(asking), "BROKEN": broken}
    # Tall enough for a traceback with the values of variables, which would scroll off a usual screen.
    with Terminal(command, cols=100, rows=150, env=env, cwd=ROOT) as terminal:
        code = answer_until_it_breaks(terminal)
    left = normal_screen(terminal.heard)
    assert_one_sentence(left, code, is_fatal=broken not in {"thread", "task", "end"})
    assert sheets(asking) == (broken == "compose")


def assert_one_sentence(left: str, code: int, *, is_fatal: bool) -> None:
    """A fault says at most that there is one, and where."""
    assert code == is_fatal, left
    assert ("This is a fault of the program" in left) or not is_fatal
    assert left.count("\n") <= 1, left
    for secret in (COMMENT, "zebra", "Sheet", "answers", "Traceback", "cannot", "disagree", "safety.", "sitting"):
        assert secret not in left, left
