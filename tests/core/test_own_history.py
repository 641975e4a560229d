"""One person's self-checks side by side: what n = 1 allows to say, and nothing more."""

from __future__ import annotations

from datetime import date

from tests.core.self_checks import BAD_NEWS, CLEANING, DAY, DRIFT, MEETINGS, history_of, kept
from tuiretro.core.rules import SLOPE_FROM, SLOPE_OF
from tuiretro.core.self_check_words import LIKE_ITSELF, ONE_STEP, SIDE_BY_SIDE, direction_words, too_early_words
from tuiretro.core.shifts import NO_DIRECTION
from tuiretro.model.self_check import OwnHistory, OwnSeries


def line(history: OwnHistory, item: str) -> OwnSeries:
    return next(line for line in history.lines if line.item == item)


def test_answers_stand_side_by_side_as_they_were_given() -> None:
    history = history_of(kept({CLEANING: 2, DRIFT: None}, {CLEANING: 4}))
    assert history.days == (DAY, date(2026, 11, 30))
    assert history.surveys == ("pulse", "pulse")
    assert line(history, CLEANING).marks == ("2", "4")
    assert line(history, DRIFT).marks == ("-", "")


def test_the_days_decide_the_order_and_two_of_one_day_stay_as_they_were_kept() -> None:
    late, early = kept({CLEANING: 1}), kept({CLEANING: 5}, first=date(2026, 1, 1))
    again = kept({CLEANING: 3})
    assert line(history_of([*late, *early, *again]), CLEANING).marks == ("5", "1", "3")


def test_themes_stand_in_their_order_and_what_nobody_knows_any_more_last_by_its_id() -> None:
    history = history_of(kept({"gone.thing": 3, MEETINGS: 3, CLEANING: 3, BAD_NEWS: 3}))
    assert [(line.theme, line.short) for line in history.lines] == [
        ("safety", "Bad news is welcome"),
        ("data", "Data work got its time"),
        ("own", "gone.thing"),
        ("own", "Meetings were short"),
    ]


def test_another_wording_is_another_line_and_says_which() -> None:
    checks = [
        *kept({CLEANING: 1}),
        *kept({CLEANING: 5}, version=2),
        *kept({CLEANING: 4}, language="es"),
    ]
    assert [(line.short, line.marks) for line in history_of(checks).lines] == [
        ("Data work got its time (version 1, en)", ("1", "", "")),
        ("Data work got its time (version 2, en)", ("", "5", "")),
        ("Data work got its time (version 1, es)", ("", "", "4")),
    ]


def test_before_eight_answers_nothing_is_called_a_direction() -> None:
    history = history_of(kept(*({CLEANING: n} for n in (1, 1, 2, 3, 4, 5, 5))))
    assert line(history, CLEANING).remark == ""
    assert history.notes == (SIDE_BY_SIDE, ONE_STEP, too_early_words(SLOPE_FROM - 1, SLOPE_FROM))


def test_from_eight_answers_in_one_wording_on_a_direction_is_told_and_taken_as_a_question() -> None:
    history = history_of(kept(*({CLEANING: n, DRIFT: 6 - n} for n in (1, 1, 2, 2, 3, 4, 4, 5))))
    assert line(history, CLEANING).remark == direction_words(8, rising=True)
    assert line(history, DRIFT).remark == direction_words(8, rising=False)
    assert history.notes == (SIDE_BY_SIDE, ONE_STEP, LIKE_ITSELF)


def test_answers_that_go_up_and_down_have_no_clear_direction() -> None:
    history = history_of(kept(*({CLEANING: n} for n in (3, 4, 3, 4, 3, 4, 3, 4))))
    assert line(history, CLEANING).remark == NO_DIRECTION
    assert history.notes == (SIDE_BY_SIDE, ONE_STEP)


def test_cannot_say_is_no_answer_that_could_make_eight() -> None:
    history = history_of(kept(*({CLEANING: n} for n in (1, 1, 2, None, 3, 4, 4, 5))))
    assert line(history, CLEANING).remark == ""


def test_a_direction_is_about_the_last_answers_alone() -> None:
    rows = [*(5, 4, 5, 5), *(1, 1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 5)]
    assert len(rows) - 4 == SLOPE_OF
    history = history_of(kept(*({CLEANING: n} for n in rows)))
    assert line(history, CLEANING).remark == direction_words(SLOPE_OF, rising=True)


def test_the_more_lines_are_looked_at_the_more_a_direction_has_to_show() -> None:
    rows = (2, 1, 2, 3, 2, 4, 3, 4)
    alone = history_of(kept(*({CLEANING: n} for n in rows)))
    crowd = history_of(kept(*({CLEANING: n} | {f"m{k}.x": 3 + at % 2 for k in range(20)} for at, n in enumerate(rows))))
    assert line(alone, CLEANING).remark == direction_words(8, rising=True)
    assert line(crowd, CLEANING).remark == NO_DIRECTION
