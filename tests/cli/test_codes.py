"""One-time codes at the prompt, in the environment and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import TODAY, Run, items, on_a_terminal, sheet
from tests.cli.remote import ANSWERS, ASKED, OPEN, five_people, slips
from tests.terminal import Terminal
from tuiretro.core.promises import CODED, SAVED

Kept = Callable[[], str]


@pytest.fixture
def five(ok: Run) -> None:
    """A team of five."""
    five_people(ok)


@pytest.fixture
def codes(ok: Run, five: None, tmp_path: Path) -> list[str]:
    """The codes of an open round."""
    ok(*OPEN, "--codes", str(tmp_path / "slips.md"))
    return slips(tmp_path / "slips.md")


def slipped(code: str) -> str:
    """The code with one letter typed wrong."""
    return ("1" if code[0] == "0" else "0") + code[1:]


WAYS: dict[str, Callable[[str], str]] = {
    "as it is": lambda code: code,
    "lower case": str.lower,
    "without dashes": lambda code: code.replace("-", ""),
    "spaces": lambda code: f"  {code.replace('-', ' ')} ",
    "long dashes": lambda code: code.replace("-", "\u2013"),
    "o for 0": lambda code: code[:-1].replace("0", "o") + code[-1],
    "i for 1": lambda code: code[:-1].replace("1", "i") + code[-1],
    "l for 1": lambda code: code[:-1].replace("1", "l") + code[-1],
}


@pytest.mark.parametrize("way", WAYS)
def test_a_code_is_read_however_it_is_typed(ok: Run, codes: list[str], way: str) -> None:
    result = ok("answer", "--plain", stdin=f"{WAYS[way](codes[0])}\n{ANSWERS}")
    assert result.stderr.count(ASKED) == 1
    assert result.stderr.rstrip().endswith(SAVED)


def test_the_code_is_asked_until_it_is_one_and_before_anything_else(ok: Run, codes: list[str]) -> None:
    ok("answer", "--plain", stdin=f"{codes[0]}\n{ANSWERS}")
    typed = ["", "hello", slipped(codes[1]), "0000-0000-0000-0000-0", codes[0], codes[1]]
    said = ok("answer", "--plain", stdin="\n".join(typed) + f"\n{ANSWERS}").stderr
    assert said.count(ASKED) == len(typed)
    before, _, after = said.partition(CODED)
    assert ASKED not in after
    assert "this has 0 in all" in before
    assert "This code is mistyped" in before
    assert before.count("This code is used up, or it is none of this round's") == 2
    assert "1 of 8" not in before


def test_the_end_of_input_in_place_of_a_code_saves_nothing(run: Run, codes: list[str], kept: Kept) -> None:
    before = kept()
    for stdin in ("", f"{slipped(codes[0])}\n"):
        result = run("answer", "--plain", stdin=stdin)
        assert result.exit_code == 3
        assert "type it when asked, or give it as TUIRETRO_CODE. Nothing was saved." in result.stderr
    assert kept() == before


def test_a_code_in_the_environment_is_asked_for_nowhere_and_works_once(
    ok: Run, run: Run, codes: list[str], kept: Kept
) -> None:
    asked = items(ok)
    said = ok("answer", "--from", "-", stdin=sheet(asked), TUIRETRO_CODE=codes[0]).stderr
    assert ASKED not in said
    before = kept()
    for code, exit_code in ((codes[0], 5), (slipped(codes[1]), 3), ("\x1b[2J", 3)):
        for words in (("--from", "-"), ("--plain",)):
            refused = run("answer", *words, stdin=sheet(asked), TUIRETRO_CODE=code)
            assert refused.exit_code == exit_code
            assert "\x1b" not in refused.stderr
    assert kept() == before


def test_a_sheet_on_stdin_leaves_no_place_for_a_typed_code(run: Run, ok: Run, codes: list[str]) -> None:
    refused = run("answer", "--from", "-", stdin=f"{sheet(items(ok))}\n{codes[0]}\n")
    assert refused.exit_code == 3
    refused = run("answer", "--from", "-", stdin=sheet(items(ok)))
    assert refused.exit_code == 3
    assert "give it as TUIRETRO_CODE" in refused.stderr


def test_a_sheet_from_a_file_asks_for_the_code_on_stdin(ok: Run, codes: list[str], tmp_path: Path, place: Path) -> None:
    file = tmp_path / "sheet.json"
    file.write_text(sheet(items(ok)))
    assert SAVED in ok("answer", "--from", str(file), stdin=f"{codes[0]}\n").stderr
    code, screen = on_a_terminal(place, ["answer", "--from", str(file)], f"{codes[1]}\r".encode(), ASKED.encode())
    assert code == 0
    assert b"Saved." in screen


def typing(place: Path, code: str = "") -> Terminal:
    """Somebody who has answered everything line by line, with a code if there is one, and may submit now."""
    env = {"TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY}
    terminal = Terminal([sys.executable, "-m", "tuiretro", "answer", "--plain"], 200, 100, env)
    if code:
        terminal.expect(ASKED.strip())
        terminal.send(code, "enter")
    for number in range(1, 9):
        # What is typed before the prompt is there would stand in front of it.
        terminal.expect(rf"^{number} of 8.*\n1-5, 0, b, \?, q:$")
        terminal.send("4", "enter")
    terminal.expect("Number to change")
    terminal.send("enter")
    terminal.expect("Comment, or enter for none")
    terminal.send("enter")
    terminal.expect("Submit")
    return terminal


def test_a_code_that_two_people_typed_can_be_replaced_and_loses_nothing(ok: Run, codes: list[str], place: Path) -> None:
    with typing(place, codes[0]) as terminal:
        ok("answer", "--from", "-", stdin=sheet(items(ok)), TUIRETRO_CODE=codes[0])
        terminal.send("y", "enter")
        terminal.expect("This code is used up")
        terminal.send(codes[1], "enter")
        assert terminal.wait() == 0
        assert SAVED in terminal.text()
    ok("answer", "--plain", stdin=f"{codes[0]}\n{codes[1]}\n{codes[2]}\n{ANSWERS}")


def test_a_round_that_ended_meanwhile_asks_for_no_other_code(ok: Run, codes: list[str], place: Path) -> None:
    with typing(place, codes[0]) as terminal:
        ok("round", "abandon", "--yes")
        terminal.send("y", "enter")
        assert terminal.wait() == 4
        assert "No round is open" in terminal.text()


def test_a_round_without_codes_that_ended_meanwhile_says_so(ok: Run, five: None, place: Path) -> None:
    ok(*OPEN)
    with typing(place) as terminal:
        ok("round", "abandon", "--yes")
        terminal.send("y", "enter")
        assert terminal.wait() == 5
        assert "The round was closed or abandoned meanwhile" in terminal.text()


def test_a_sheet_that_is_refused_uses_no_code_up(ok: Run, run: Run, codes: list[str]) -> None:
    assert run("answer", "--from", "-", stdin='{"answers": {}}', TUIRETRO_CODE=codes[0]).exit_code == 3
    ok("answer", "--plain", stdin=f"{codes[0]}\nq\n")
    ok("answer", "--plain", stdin=f"{codes[0]}\n{ANSWERS}")


def test_a_code_is_never_an_argument(run: Run, codes: list[str]) -> None:
    assert run("answer", "--plain", "--code", codes[0]).exit_code == 2
    assert run("round", "close", "--closing-code", "a b c d e f").exit_code == 2
