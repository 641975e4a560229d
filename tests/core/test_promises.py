from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.rounds import QUESTIONS, a_round
from tuiretro.core import promises
from tuiretro.core.sheets import COMMENT_HINT

BESIDE = f"{promises.KEPT} {promises.SEALED_BESIDE}"


def test_everything_is_said_before_the_first_question() -> None:
    said = promises.before_answering(a_round())

    assert said[0] == "Pulse, sprint 1: 4 statements. Hello."
    assert said[1:] == (
        BESIDE,
        promises.threshold(a_round()),
        promises.NOT_HIDDEN,
        promises.MEANING,
        promises.LEAVE,
        promises.WHY,
    )


def test_one_statement_is_not_many_and_an_empty_introduction_leaves_no_gap() -> None:
    opened = a_round(questions=QUESTIONS[:1])
    silent = type(opened)(opened.id, 3, "own", "Own", "", 8, 4, QUESTIONS[:1])

    assert promises.before_answering(opened)[0] == "Pulse, sprint 1: 1 statement. Hello."
    assert promises.before_answering(silent)[0] == "Own, sprint 3: 1 statement."


def test_a_translation_that_nobody_reviewed_says_so_before_anything_is_promised() -> None:
    opened = replace(a_round(), notice="Nadie la ha revisado.")

    assert promises.before_answering(opened)[1:3] == ("Nadie la ha revisado.", BESIDE)


@pytest.mark.parametrize("name", ["TMUX", "STY", "ZELLIJ", "SCRIPT", "ASCIINEMA_REC", "ASCIINEMA_SESSION"])
def test_a_terminal_that_keeps_what_it_shows_is_named_before_anything_is_promised(name: str) -> None:
    warning = promises.recorded({"HOME": "x", name: "\x1b[2J"})

    assert warning.startswith(f"Look out: {name} says that a program around this terminal may keep or record")
    assert "\x1b" not in warning
    assert promises.before_answering(a_round(), warning)[1:3] == (warning, BESIDE)


@pytest.mark.parametrize("environment", [{}, {"TERM": "xterm"}, {"TMUX": "", "SCRIPT": ""}])
def test_a_terminal_that_says_nothing_of_itself_gets_no_warning(environment: dict[str, str]) -> None:
    assert promises.recorded(environment) == ""
    assert "" not in promises.before_answering(a_round(), "")


@pytest.mark.parametrize("minimum", [4, 10])
def test_the_fewest_answers_that_are_shown_are_named(minimum: int) -> None:
    assert f"fewer than {minimum} answers shows no number" in promises.threshold(a_round(12, minimum))


def test_anonymity_is_promised_word_for_word_and_no_stronger() -> None:
    assert promises.MEANING == (
        "Nobody, including the lead, can see who said what in this tool. In a small team colleagues may still guess."
    )
    assert COMMENT_HINT == ("Shown word for word to your team. Your style may give you away. Don't name people.")


@pytest.mark.parametrize(
    ("two_person", "elsewhere", "is_beside"),
    [(False, False, True), (True, False, False), (True, True, False), (False, True, False)],
)
def test_a_round_whose_key_lies_beside_its_boxes_says_so_before_anybody_answers(
    two_person: bool,  # noqa: FBT001 - pytest gives it by name
    elsewhere: bool,  # noqa: FBT001
    is_beside: bool,  # noqa: FBT001
) -> None:
    said = promises.before_answering(replace(a_round(), two_person=two_person), elsewhere=elsewhere)
    assert (BESIDE in said, f"{promises.KEPT} {promises.SEALED}" in said) == (is_beside, not is_beside)


def test_an_invitation_to_a_one_person_round_does_not_promise_that_nobody_can_see_who_said_what() -> None:
    locked = replace(a_round(), two_person=True)

    assert promises.MEANING not in promises.before_answering(a_round(), elsewhere=True)
    assert promises.ELSEWHERE_OPEN in promises.before_answering(a_round(), elsewhere=True)
    assert promises.MEANING in promises.before_answering(locked, elsewhere=True)
    assert promises.MEANING in promises.before_answering(a_round())


def test_whoever_is_invited_to_a_two_person_round_asks_the_keeper_and_not_the_sender() -> None:
    locked = promises.check_sentence("one two", replace(a_round(), two_person=True))
    open_ = promises.check_sentence("one two", a_round())

    assert "Ask the person who keeps the six words of this round for theirs, and not whoever sent the file" in locked
    assert "Ask whoever sent it" in open_
    assert "ask that person for them, and not you" in promises.asking_the_keeper(replace(a_round(), two_person=True))
    assert "Say them aloud" in promises.asking_the_keeper(a_round())
    assert "That holds for the round's own invitation alone" in promises.ELSEWHERE


@pytest.mark.parametrize("words", ["", "amber canoe"])
def test_whoever_keeps_a_closing_code_is_told_to_write_down_the_check_words_also_where_they_could_not_be_read(
    words: str,
) -> None:
    before, after = promises.keepers_sentences(words)

    assert ("could not be read" in before) == (not words)
    assert ("'tuiretro round invite'" in after) == (not words)
    assert "written down" in before or "write them down" in after
    assert "asks you for them" in after
