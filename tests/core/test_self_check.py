"""What one person is shown of their own answers, and what may stand beside them."""

from __future__ import annotations

import pytest

from tests.core.rounds import QUESTIONS, a_round
from tests.core.self_checks import BAD_NEWS, CLEANING, DAY, DRIFT, MEETINGS, released, shown
from tuiretro.core.self_check import as_kept
from tuiretro.core.self_check_words import BESIDE, NO_PLAYS, NOT_ASKED, NOT_FOR_ONE, ONE_PERSON, TOO_FEW_SHORT
from tuiretro.model.self_check import KeptAnswer, OwnLine, Picture
from tuiretro.model.summary import ItemLine

DRIFT_TEXT = "In this sprint ..."


def line(picture: Picture, item: str) -> OwnLine:
    return next(line for theme in picture.themes for line in theme.lines if line.item == item)


def test_every_statement_stands_under_its_theme_with_its_answer_in_words() -> None:
    picture = shown(data_cleaning=1, model_drift=None)
    assert [(theme.theme, [line.item for line in theme.lines]) for theme in picture.themes] == [
        ("safety", [BAD_NEWS]),
        ("data", [CLEANING, DRIFT]),
        ("own", [MEETINGS]),
    ]
    assert (line(picture, CLEANING).answer, line(picture, CLEANING).said) == (1, "strongly disagree")
    assert (line(picture, DRIFT).answer, line(picture, DRIFT).said) == (None, "can't say, or not this sprint")


@pytest.mark.parametrize(("answer", "is_seen"), [(1, True), (2, True), (3, False), (5, False), (None, False)])
def test_a_mistake_is_seen_where_something_of_it_is_rated_1_or_2(answer: int | None, is_seen: object) -> None:
    seen = shown(data_cleaning=answer).seen
    assert [(mistake.id, mistake.number) for mistake in seen] == ([(CLEANING, 2)] if is_seen else [])


def test_what_is_rated_lowest_is_seen_first() -> None:
    assert [seen.id for seen in shown(data_cleaning=2, model_drift=1).seen] == [DRIFT, CLEANING]
    assert [seen.id for seen in shown(data_cleaning=2, model_drift=2).seen] == [CLEANING, DRIFT]


def test_only_plays_that_one_person_can_start_are_suggested_the_smallest_first() -> None:
    (seen,) = shown(data_cleaning=2).seen
    assert seen.rated == ("Data work got its time: 2",)
    assert [(play.reference, play.effort) for play in seen.plays] == [
        ("data-cleaning.check", "M"),
        ("data-cleaning.label", "L"),
    ]
    assert seen.remark == ""


def test_where_there_is_no_such_play_it_is_said() -> None:
    drift, meetings = shown(model_drift=1, meetings__short=1).seen
    assert (drift.plays, drift.remark) == ((), NOT_FOR_ONE)
    assert (meetings.number, meetings.title, meetings.plays, meetings.remark) == (0, "Our meetings", (), NO_PLAYS)


def test_what_the_catalogue_has_no_more_is_shown_and_leads_to_no_play() -> None:
    picture = shown(safety__bad_news=1)
    assert line(picture, BAD_NEWS).answer == 1
    assert picture.seen == ()


def test_a_facet_brings_the_plays_of_its_own_side_alone() -> None:
    from tests.core.self_checks import book_of
    from tuiretro.core.self_check import picture

    book = book_of(QUESTIONS[1])
    assert book is not None
    facet = next(id_ for id_, side in book.sides.items() if side == "valid")
    question = type(QUESTIONS[1])(facet, "Checked", "In this sprint ...", "data", 1, CLEANING, "valid")
    (seen,) = picture(a_round(questions=[question]), {facet: 2}, book_of, DAY).seen
    assert [play.reference for play in seen.plays] == ["data-cleaning.check"]


def test_without_a_release_nothing_stands_beside_the_answers() -> None:
    picture = shown()
    assert (picture.compares, picture.beside, picture.notes[0]) == (False, "", ONE_PERSON)
    assert BESIDE not in picture.notes
    assert {line.team for theme in picture.themes for line in theme.lines} == {""}
    assert shown(remark="Several teams.").beside == "Several teams."


def test_a_released_mean_stands_beside_the_answer_with_its_band() -> None:
    team = released(ItemLine(CLEANING, "...", "In this sprint ...", mean=1.5, band=0.7))
    picture = shown(team)
    assert picture.beside == "Beside your answers: what Atlas released for sprint 7."
    assert picture.compares
    assert BESIDE in picture.notes
    beside = line(picture, CLEANING)
    assert (beside.team, beside.mean, beside.band) == ("1.5 or lower ±0.7", 1.5, 0.7)


def test_what_too_few_answered_says_so_and_holds_no_number() -> None:
    team = released(ItemLine(CLEANING, "...", "In this sprint ..."))
    beside = line(shown(team), CLEANING)
    assert (beside.team, beside.mean, beside.band) == (TOO_FEW_SHORT, None, None)


def test_what_was_not_asked_or_asked_in_other_words_has_no_number() -> None:
    team = released(ItemLine(CLEANING, "...", "In this sprint it was worded otherwise.", mean=3.1, band=0.7))
    assert {(line.team, line.mean) for theme in shown(team).themes for line in theme.lines} == {(NOT_ASKED, None)}


def test_of_a_self_check_the_day_the_survey_and_the_worded_answers_are_kept_in_the_order_of_ids() -> None:
    check = as_kept(a_round(), {BAD_NEWS: 1, CLEANING: None, DRIFT: 3, MEETINGS: 5}, DAY)
    assert (check.day, check.survey) == (DAY, "pulse")
    assert check.answers == (
        KeptAnswer(CLEANING, 1, None),
        KeptAnswer(MEETINGS, 1, 5),
        KeptAnswer(DRIFT, 2, 3),
        KeptAnswer(BAD_NEWS, 1, 1),
    )
