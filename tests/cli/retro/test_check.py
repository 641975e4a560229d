"""The two questions of a retro on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run, on_a_terminal, retro
from tests.cli.test_bad_input import assert_refused
from tuiretro.cli.retro.question import ANSWERED
from tuiretro.core.promises import KEPT, NOT_HIDDEN, NOT_SAVED, WHY

Kept = Callable[[], str]
pytestmark = pytest.mark.usefixtures("begun")


def answer(ok: Run, *values: int) -> None:
    for value in values:
        assert ok("retro", "check", "welcome", stdin=f"{value}\n").stderr.endswith(f"{ANSWERED}\n")


def test_one_person_is_promised_the_same_as_in_a_round_and_answers(ok: Run) -> None:
    said = ok("retro", "check", "welcome", stdin="9\n\n12\n4\n").stderr
    for sentence in (KEPT, NOT_HIDDEN, "Right now I can say in this retro what I really think."):
        assert sentence in said
    assert WHY not in said
    assert said.count("That is not one of the keys") == 3
    assert said.endswith(f"{ANSWERED}\n")


def test_nothing_is_told_before_k_and_only_the_number_after_closing(ok: Run, run: Run) -> None:
    nobody = run("retro", "check", "welcome", "--close", "--yes")
    assert_refused(nobody, 5, "Nobody has answered")
    assert "--abandon" not in nobody.stderr
    answer(ok, 4, 4, 5)
    few = run("retro", "check", "welcome", "--close", "--yes")
    assert_refused(few, 5, "Fewer than 4")
    assert "The question stays open" in few.stderr
    assert "--abandon" in few.stderr
    assert "QUESTIONS" not in ok("retro", "show").stdout
    answer(ok, 0)
    answer(ok, 3)
    assert "Safety check: 4 or more answered; not closed yet." in ok("retro", "show").stdout
    assert ok("retro", "check", "welcome", "--close").stderr.startswith(
        "Closed. Safety check: 4.0 ±0.9; 5 of 8 answered."
    )
    assert retro(ok)["checks"][0]["mean"] == 4.0
    assert "Safety check: 4.0 ±0.9; 5 of 8 answered." in ok("retro", "show").stdout
    assert_refused(run("retro", "check", "welcome", stdin="4\n"), 5, "'Safety check' is closed")


def test_a_question_that_too_few_could_rate_says_so(ok: Run) -> None:
    answer(ok, 0, 0, 0, 4)
    assert "Closed. Safety check: Too few answers to show." in ok("retro", "check", "welcome", "--close").stderr


def test_with_many_answers_one_word_says_how_far_apart_they_are(ok: Run) -> None:
    answer(ok, 1, 1, 5, 5, 1, 5)
    assert "3.0 ±0.7, split; 6 of 8 answered" in ok("retro", "check", "welcome", "--close").stderr


def test_everybody_answers_once(ok: Run, run: Run) -> None:
    answer(ok, *[4] * 8)
    assert_refused(run("retro", "check", "welcome", stdin="4\n"), 5, "All 8 people")


@pytest.mark.parametrize(("typed", "code"), [("q\n", 0), ("", 3), ("x\n", 3)])
def test_who_leaves_or_says_nothing_leaves_nothing(run: Run, kept: Kept, typed: str, code: int) -> None:
    before = kept()
    left = run("retro", "check", "close", stdin=typed)
    assert left.exit_code == code
    assert NOT_SAVED in left.stderr
    assert kept() == before


def test_abandoning_destroys_the_answers_and_needs_a_yes(ok: Run, run: Run, kept: Kept) -> None:
    answer(ok, 4, 4, 4, 4)
    before = kept()
    assert run("retro", "check", "welcome", "--abandon").exit_code == 2
    assert run("retro", "check", "welcome", "--yes").exit_code == 2
    assert kept() == before
    assert "Abandoned." in ok("retro", "check", "welcome", "--abandon", "--yes").stderr
    assert "QUESTIONS" not in ok("retro", "show").stdout
    answer(ok, 4)


def test_on_a_terminal_ending_a_question_asks_first(ok: Run, place: Path) -> None:
    answer(ok, 4, 4, 4, 4)
    for word in ("--close", "--abandon"):
        code, screen = on_a_terminal(place, ["retro", "check", "welcome", word], b"n\n", b"[y/n]")
        assert code == 5
        assert b"stays open" in screen
    code, screen = on_a_terminal(place, ["retro", "check", "welcome", "--close"], b"y\n", b"[y/n]")
    assert code == 0
    assert b"Closed. Safety check: 4.0" in screen


def test_an_answer_typed_on_a_terminal_does_not_stay_on_it(place: Path) -> None:
    code, screen = on_a_terminal(place, ["retro", "check", "welcome"], b"4\n", b"1-5, 0, q: ")
    assert code == 0
    shown, cleared, after = screen.rpartition(b"\x1b[3J")
    assert cleared
    assert b"strongly agree" in shown
    assert ANSWERED.encode() in after
