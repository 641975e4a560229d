"""Answering line by line ends on a clear terminal, however it ends."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import TODAY, Run, sheet
from tests.terminal import Terminal
from tuiretro.cli.no_trace import CLEAR
from tuiretro.core.promises import MAY_BE_RECORDED, RECORDERS, SAVED, STILL_SHOWN, WILL_BE_CLEARED

COMMAND = [sys.executable, "-m", "tuiretro", "answer", "--plain"]
CLEARED = CLEAR.encode()
FIRST = "1-5, 0, b"


def alone(place: Path, **more: str) -> dict[str, str]:
    """Surroundings in which nothing records the terminal."""
    return {
        "TUIRETRO_WORKSPACE": str(place),
        "TUIRETRO_TODAY": TODAY,
        "TUIRETRO_TEAM": "",
        "NO_COLOR": "1",
        **dict.fromkeys(RECORDERS, ""),
        **more,
    }


def plain(place: Path, **more: str) -> Terminal:
    return Terminal(COMMAND, 200, 60, alone(place, **more))


def after_clearing(terminal: Terminal) -> str:
    """What a person sees in the end; fails if the screen was not cleared once."""
    before, cleared, after = terminal.heard.partition(CLEARED)
    assert cleared
    assert CLEARED not in after
    assert b"1 of 8" in before
    return after.decode()


def handed_in(terminal: Terminal, count: int) -> int:
    terminal.expect(FIRST)
    terminal.send("3\n" * count + "\nzebra\ny\n")
    return terminal.wait()


def test_after_handing_in_the_screen_and_its_history_hold_the_closing_sentence_alone(
    opened: tuple[str, ...], place: Path
) -> None:
    with plain(place) as terminal:
        assert handed_in(terminal, len(opened)) == 0
        assert after_clearing(terminal) == f"{SAVED}\r\n"
        assert terminal.text().strip() == SAVED
    assert WILL_BE_CLEARED.encode() in terminal.heard.partition(b"1 of 8")[0]


@pytest.mark.usefixtures("opened")
def test_after_leaving_as_well(place: Path) -> None:
    with plain(place) as terminal:
        terminal.expect(FIRST)
        terminal.send("3\nq\n")
        assert terminal.wait() == 0
    assert after_clearing(terminal) == "You left. Nothing was saved.\r\n"


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=str
)
def test_after_ctrl_c_and_the_polite_signals_as_well(place: Path, number: signal.Signals, code: int) -> None:
    with plain(place) as terminal:
        terminal.expect(FIRST)
        terminal.send("3\n")
        terminal.expect("2 of 8")
        os.kill(terminal.pid, number)
        assert terminal.wait() == code
    assert after_clearing(terminal).strip() == ""


def test_after_a_refusal_as_well_and_it_is_said_on_the_clear_screen(
    ok: Run, opened: tuple[str, ...], place: Path
) -> None:
    with plain(place) as terminal:
        terminal.expect(FIRST)
        ok("round", "abandon", "--yes")
        assert handed_in(terminal, len(opened)) == 5
    said = after_clearing(terminal)
    assert said.startswith("tuiretro: ")
    assert said.count("\n") == 1
    assert "zebra" not in said


@pytest.mark.parametrize("name", RECORDERS)
def test_a_recorded_terminal_is_named_before_the_first_statement_and_again_at_the_end(
    opened: tuple[str, ...], place: Path, name: str
) -> None:
    with plain(place, **{name: "1"}) as terminal:
        assert handed_in(terminal, len(opened)) == 0
    assert f"Look out: {name} says".encode() in terminal.heard.partition(b"1 of 8")[0]
    assert after_clearing(terminal) == f"{SAVED}\r\n{MAY_BE_RECORDED}\r\n"


@pytest.mark.parametrize("kind", ["dumb", ""])
def test_a_terminal_that_cannot_be_cleared_is_left_to_the_person(
    ok: Run, opened: tuple[str, ...], place: Path, kind: str
) -> None:
    with plain(place, TERM=kind) as terminal:
        assert handed_in(terminal, len(opened)) == 0
        assert terminal.text().rstrip().endswith(f"{SAVED}\n{STILL_SHOWN}")
    assert b"\x1b[" not in terminal.heard
    assert WILL_BE_CLEARED.encode() not in terminal.heard
    with plain(place, TERM=kind) as terminal:
        terminal.expect(FIRST)
        ok("round", "abandon", "--yes")
        assert handed_in(terminal, len(opened)) == 5
        assert terminal.text().rstrip().endswith(STILL_SHOWN)


def test_only_a_terminal_is_cleared(opened: tuple[str, ...], place: Path) -> None:
    keys = b"3\n" * len(opened) + b"\n\ny\n"
    env = {**os.environ, **alone(place), "TERM": "xterm"}
    done = subprocess.run(COMMAND, env=env, input=keys, capture_output=True, check=False)
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout + done.stderr
    assert done.stderr.rstrip().endswith(SAVED.encode())


def typed_with_the_dialogue_in_a_file(place: Path, path: Path, stdout: int | None, count: int) -> bytes:
    """Answers at a terminal whose stderr is a file; returns what the terminal got."""
    mine, its = pty.openpty()
    env = {**os.environ, **alone(place), "TERM": "xterm"}
    with path.open("wb") as stderr:
        program = subprocess.Popen(COMMAND, env=env, stdin=its, stdout=stdout or its, stderr=stderr)
        os.write(mine, b"3\n" * count + b"\n\ny\n")
        assert program.wait(20) == 0
    os.close(its)
    heard = os.read(mine, 65_536)
    os.close(mine)
    return heard


def test_what_was_typed_is_cleared_also_where_the_dialogue_goes_to_a_file(
    opened: tuple[str, ...], place: Path, tmp_path: Path
) -> None:
    said = tmp_path / "said"
    assert typed_with_the_dialogue_in_a_file(place, said, None, len(opened)).endswith(CLEARED)
    assert STILL_SHOWN not in said.read_text()
    assert CLEARED not in typed_with_the_dialogue_in_a_file(place, said, subprocess.DEVNULL, len(opened))
    assert said.read_text().endswith(f"{SAVED}\n{STILL_SHOWN}\n")


def test_a_sheet_from_a_file_clears_nothing(opened: tuple[str, ...], place: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.json"
    path.write_text(sheet(opened))
    with Terminal([*COMMAND[:-1], "--from", str(path)], 200, 24, alone(place)) as terminal:
        assert terminal.wait() == 0
    assert terminal.heard.decode() == f"{SAVED}\r\n"


BROKEN = """
import sys
from tuiretro.__main__ import main
from tuiretro.service import rounds

def fail(workspace, team, opened, sheet, code):
    raise RuntimeError(f"cannot store {sheet!r}")

rounds.answer = fail
sys.argv = ["tuiretro", *sys.argv[1:]]
main()
"""


def test_a_fault_leaves_one_sentence_without_the_answers_or_the_values_of_variables(
    opened: tuple[str, ...], place: Path
) -> None:
    with Terminal([sys.executable, "-c", BROKEN, "answer", "--plain"], 200, 60, alone(place)) as terminal:
        assert handed_in(terminal, len(opened)) == 1
    said = after_clearing(terminal)
    assert said.startswith("tuiretro: This is a fault of the program (RuntimeError at <string>:")
    assert said.count("\n") == 1
    assert not [secret for secret in ("zebra", "Sheet", "safety.", "cannot store") if secret in said]
