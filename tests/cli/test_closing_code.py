"""Closing a two-person round: the six words, and everything that is not them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import TODAY, Run, items, on_a_terminal, sheet
from tests.cli.remote import OPEN, five_people, is_open
from tests.terminal import Terminal
from tuiretro.store.locked_key import closing_words

Kept = Callable[[], str]


@pytest.fixture
def five(ok: Run) -> None:
    """A team of five."""
    five_people(ok)


@pytest.fixture
def words(ok: Run, five: None) -> str:
    """The closing code of an open round in which four have answered."""
    said = ok(*OPEN, "--two-person").stdout
    for value in (2, 3, 4, 5):
        ok("answer", "--from", "-", stdin=sheet(items(ok), value))
    return said.strip()


def test_the_six_words_close_the_round_however_they_are_typed(ok: Run, words: str) -> None:
    typed = f"  {words.upper().replace(' ', '   ')} "
    assert "Closed. Sprint 1: nearly all answered" in ok("round", "close", TUIRETRO_CLOSING_CODE=typed).stderr


def test_words_that_do_not_fit_leave_the_round_open_and_unchanged(run: Run, ok: Run, words: str, kept: Kept) -> None:
    first, *rest = words.split()
    turned = " ".join((*rest, first))
    cases = {
        f"{first}qx {' '.join(rest)}": (3, f"'{first}qx' is none of the words of closing codes; did you mean '"),
        " ".join(rest): (3, "A closing code has 6 words, and this has 5. Nothing was changed."),
        f"{words} {first}": (3, "has 6 words, and this has 7."),
        turned: (3, "These are not the six words of this round"),
        " ".join(closing_words()[:6]): (3, "These are not the six words of this round"),
        "\x1b[2J " * 6: (3, "is none of the words of closing codes"),
        "": (5, "needs its closing code, typed or as TUIRETRO_CLOSING_CODE"),
    }
    before = kept()
    for typed, (code, said) in cases.items():
        refused = run("round", "close", TUIRETRO_CLOSING_CODE=typed)
        assert (refused.exit_code, refused.stdout) == (code, "")
        assert said in refused.stderr
        assert "\x1b" not in refused.stderr
    assert kept() == before
    ok("round", "close", TUIRETRO_CLOSING_CODE=words)


def test_on_a_terminal_the_words_are_asked_for_after_the_question_and_until_they_are_right(
    run: Run, words: str, place: Path
) -> None:
    env = {"TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY}
    with Terminal([sys.executable, "-m", "tuiretro", "round", "close"], 200, 24, env) as terminal:
        terminal.expect(r"\[y/n\]")
        assert "Six words" not in terminal.text()
        terminal.send("y", "enter")
        terminal.expect("whoever keeps its closing code types the six words now")
        for typed, said in ((" ".join(closing_words()[:6]), "These are not the six words"), ("a b", "and this has 2")):
            terminal.send(typed, "enter")
            terminal.expect(rf"{said}[\s\S]*\nSix words, or ctrl\+d to leave:$")
            assert is_open(run)
        terminal.send("enter")
        terminal.send(words, "enter")
        assert terminal.wait() == 0
    assert not is_open(run)


def test_whoever_does_not_have_the_words_can_leave(words: str, place: Path, run: Run) -> None:
    for keys, said, ends in ((b"\x04", b"needs its closing code", 5), (b"\x03", b"", 130)):
        code, screen = on_a_terminal(place, ["round", "close", "--yes"], keys, b"Six words, or ctrl+d to leave: ")
        assert (code, said in screen) == (ends, True)
        assert is_open(run)


def test_bytes_that_are_no_text_are_asked_for_again(words: str, place: Path, run: Run) -> None:
    typed = b"caf\xe9\n" + words.encode() + b"\n"
    code, screen = on_a_terminal(place, ["round", "close", "--yes"], typed, b"Six words, or ctrl+d to leave: ")
    assert (code, b"so it was not taken" in screen) == (0, True)
    assert not is_open(run)


def test_too_few_answers_are_said_before_anybody_is_fetched_for_the_words(ok: Run, run: Run, five: None) -> None:
    words = ok(*OPEN, "--two-person").stdout
    ok("answer", "--from", "-", stdin=sheet(items(ok)))
    for typed in ("", words, "wrong"):
        refused = run("round", "close", TUIRETRO_CLOSING_CODE=typed)
        assert refused.exit_code == 5
        assert "Fewer than 4 have answered" in refused.stderr
        assert "Try: tuiretro round abandon, if no more answers will come" in refused.stderr
    assert is_open(run)


@pytest.mark.parametrize("at", [5, 40, -1])
def test_a_damaged_key_is_told_apart_from_wrong_words(run: Run, words: str, place: Path, kept: Kept, at: int) -> None:
    (key,) = place.rglob("key")
    data = bytearray(key.read_bytes())
    data[at] ^= 1
    key.write_bytes(data)
    before = kept()
    refused = run("round", "close", TUIRETRO_CLOSING_CODE=words)
    assert refused.exit_code == 6
    assert "These are not" not in refused.stderr
    assert re.search(r"damaged|check sum", refused.stderr)
    assert kept() == before
