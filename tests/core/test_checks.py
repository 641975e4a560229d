from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.boards import SPRINT, TEAM
from tuiretro.core.checks import INTROS, STATEMENTS, TITLES, asked, too_few
from tuiretro.core.figures import band
from tuiretro.core.release import tally
from tuiretro.core.retro_summary import check_line
from tuiretro.errors import NotNowError
from tuiretro.model.retro import CheckId
from tuiretro.model.retro_summary import CheckLine
from tuiretro.model.round import Sheet


def told(*answers: int | None, people: int = 7, minimum: int = 4) -> CheckLine:
    """What is told of a question that was answered so."""
    opened = asked("welcome", replace(TEAM, people=people, minimum=minimum), 14, "0123456789abcdef")
    sheets = tuple(Sheet({opened.questions[0].id: answer}) for answer in answers)
    return check_line("welcome", tally(opened, SPRINT, (), sheets, list.sort))


@pytest.mark.parametrize("check", TITLES)
def test_a_question_of_a_retro_is_a_round_of_one_statement_under_the_rules_of_its_team(check: CheckId) -> None:
    opened = asked(check, replace(TEAM, people=9, minimum=5), 14, "0123456789abcdef")

    assert (opened.people, opened.minimum, opened.sprint) == (9, 5, 14)
    assert [question.text for question in opened.questions] == [STATEMENTS[check]]
    assert (opened.title, opened.intro) == (TITLES[check], INTROS[check])
    assert not opened.asks_code


def test_below_k_nothing_is_told_and_the_question_stays_open() -> None:
    with pytest.raises(NotNowError, match=r"Fewer than 4 have answered.*stays open; wait for more answers, or"):
        told(5, 5, 5)


def test_from_k_on_the_mean_is_told_with_its_band() -> None:
    line = told(4, 4, 3, 3)

    assert (line.mean, line.answered, line.spread) == (3.5, "4 of 7 answered", None)
    assert line.band == band(4)


def test_people_who_cannot_say_do_not_count_towards_k() -> None:
    line = told(4, 4, 4, None, None)

    assert (line.mean, line.band, line.spread, line.answered) == (None, None, None, "5 of 7 answered")


def test_when_one_is_missing_the_number_is_not_told() -> None:
    assert told(2, 3, 3, 4, 5, 3).answered == "nearly all answered"
    assert told(2, 3, 3, 4, 5, 3, 3).answered == "7 of 7 answered"


def test_means_are_kept_within_their_ends_and_a_spread_word_comes_from_six_answers_on() -> None:
    assert told(5, 5, 5, 5).mean == 4.5
    assert (told(1, 1, 5, 5, 3).spread, told(1, 1, 5, 5, 3, 3).spread) == (None, "split")


def test_too_few_answers_leave_the_question_open_and_not_a_round() -> None:
    said = too_few(4)

    assert said.startswith("Fewer than 4 have answered")
    assert "The question stays open; wait for more answers, or abandon it." in said
