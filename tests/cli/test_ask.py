from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from tuiretro.cli.ask import Left, ask
from tuiretro.core.promises import ELSEWHERE_OPEN
from tuiretro.core.sheets import COMMENT_HINT, begin
from tuiretro.errors import BadInputError
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question

ROUND = Round(
    id="0" * 16,
    sprint=3,
    survey="ours",
    title="Ours",
    intro="On tea.",
    people=8,
    minimum=5,
    questions=tuple(Question(f"ours.{n}", f"Short {n}", f"In this sprint {n}.", "own") for n in ("a", "b", "c")),
)


def typing(lines: Iterable[str], *, elsewhere: bool = False) -> tuple[Callable[[], Sheet], list[str]]:
    """A dialogue in which `lines` are typed, and what is said in it."""
    typed, said = iter(lines), list[str]()

    def read(prompt: str) -> str:
        said.append(prompt)
        for line in typed:
            return line
        raise EOFError

    return lambda: ask(ROUND, begin(ROUND, lambda _: None), read, said.append, elsewhere=elsewhere), said


def test_answers_reach_the_sheet_in_the_order_asked() -> None:
    talk, said = typing(["1", "0", "5", "", "hello", "y"])
    assert talk() == Sheet({"ours.a": 1, "ours.b": None, "ours.c": 5}, "hello")
    assert "1 of 3. In this sprint a." in said
    assert "3 of 3. In this sprint c." in said
    assert any(COMMENT_HINT in line for line in said)


def test_back_changes_the_answer_before() -> None:
    talk, said = typing(["1", "b", "2", "3", "4", "", "", "yes"])
    assert talk().answers == {"ours.a": 2, "ours.b": 3, "ours.c": 4}
    assert "1 of 3. In this sprint a. Now: 1, strongly disagree." in said


def test_enter_keeps_an_answer_that_is_there() -> None:
    talk, _ = typing(["1", "b", "", "3", "4", "", "", "y"])
    assert talk().answers["ours.a"] == 1


@pytest.mark.parametrize("wrong", ["6", "-1", "x", "", "12", "4.0", "\x1b[A", "²", "٣"])
def test_wrong_input_gets_one_sentence_and_the_question_again(wrong: str) -> None:
    talk, said = typing([wrong, "1", "2", "3", "", "", "y"])
    assert talk().answers["ours.a"] == 1
    assert sum(line.startswith("That is not one of the keys") for line in said) == 1
    assert all("\x1b" not in line for line in said)


def test_help_names_every_key() -> None:
    talk, said = typing(["?", "1", "2", "3", "", "", "y"])
    talk()
    assert "0  can't say, or not this sprint" in said
    assert any(line.startswith("q  leave") for line in said)


def test_the_review_lists_all_and_changes_one() -> None:
    talk, said = typing(["1", "2", "3", "9", "x", "2", "5", "", "", "y"])
    assert talk().answers == {"ours.a": 1, "ours.b": 5, "ours.c": 3}
    assert "2. Short b: 2, disagree" in said
    assert "2. Short b: 5, strongly agree" in said
    assert said.count("Type a number from 1 to 3, enter to go on, or q to leave.") == 2


def test_back_from_the_review_goes_to_the_last_statement() -> None:
    talk, _ = typing(["1", "2", "3", "b", "5", "", "", "y"])
    assert talk().answers["ours.c"] == 5


def test_a_comment_that_is_too_long_is_asked_again() -> None:
    talk, said = typing(["1", "2", "3", "", "x" * 501, "short", "y"])
    assert talk().comment == "short"
    assert any("501 characters" in line for line in said)


def test_back_from_the_comment_goes_to_the_answers_and_the_comment_is_asked_again() -> None:
    talk, said = typing(["1", "2", "3", "", " B ", "2", "5", "", "b is fine", "y"])
    assert talk() == Sheet({"ours.a": 1, "ours.b": 5, "ours.c": 3}, "b is fine")
    assert said.count("Your answers:") == 3
    assert any("An empty line means no comment; b alone goes back to your answers, q alone leaves." in s for s in said)


LEAVING = (["q"], ["1", "2", "3", "q"], ["1", "2", "3", "", "q"], ["1", "2", "3", "", "", "what", "n"])


@pytest.mark.parametrize("lines", LEAVING)
def test_leaving_is_possible_everywhere(lines: list[str]) -> None:
    with pytest.raises(Left):
        typing(lines)[0]()


def test_the_end_of_input_is_a_refusal_that_says_nothing_was_saved() -> None:
    with pytest.raises(BadInputError, match="Nothing was saved"):
        typing(["1"])[0]()


@pytest.mark.parametrize(("elsewhere", "way"), [(True, "--invite FILE"), (False, "--plain")])
def test_the_end_of_input_names_the_way_back_to_the_same_round(elsewhere: object, way: str) -> None:
    talk, said = typing(["1"], elsewhere=bool(elsewhere))
    with pytest.raises(BadInputError, match=f"Start again with 'tuiretro answer {way}'."):
        talk()
    assert (ELSEWHERE_OPEN in said) == bool(elsewhere)
