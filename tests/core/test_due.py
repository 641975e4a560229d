from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.boards import SPRINT, TEAM, TODAY
from tuiretro.core.calendar import day_and_month, sprint, sprint_on
from tuiretro.core.due import DUE, EXAMPLES, parse_due
from tuiretro.errors import BadInputError

QUICK = settings(max_examples=200, deadline=None)
DAYS = st.dates(date(2020, 1, 1), date(2150, 12, 31))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SAID = {
    # The day on which it is said is a Thursday.
    "today": "2026-11-26", "tomorrow": "2026-11-27", "next week": "2026-12-03",
    "Friday": "2026-11-27", "on fri": "2026-11-27", "this Fri.": "2026-11-27", "Thursday": "2026-12-03",
    "wed": "2026-12-02", "next friday": "2026-12-04", "next  Thu": "2026-12-03", "next Mon": "2026-11-30",
    "in 3 days": "2026-11-29", "in a day": "2026-11-27", "in 0 days": "2026-11-26", "in two weeks": "2026-12-10",
    "in 1 month": "2026-12-26", "in 3 months": "2027-02-26", "in 1 sprint": "2026-12-13", "in 2 sprints": "2026-12-27",
    "end of sprint": "2026-11-29", "the end of the sprint": "2026-11-29", "end of this sprint": "2026-11-29",
    "end of next sprint": "2026-12-13", "End of the next sprint": "2026-12-13",
    "end of week": "2026-11-27", "end of next week": "2026-12-04",
    "end of month": "2026-11-30", "end of the next month": "2026-12-31",
    "26 Nov": "2026-11-26", "25 Nov": "2027-11-25", "12 Dec": "2026-12-12", "Dec 12": "2026-12-12",
    "1st january": "2027-01-01", "12. Dec.": "2026-12-12", "Sept 3rd": "2027-09-03", "24 Dec 2027": "2027-12-24",
    "December 2, 2026": "2026-12-02", "29 Feb": "2028-02-29",
    "2026-12-04": "2026-12-04", " 2026-12-04 ": "2026-12-04",
}  # fmt: skip
NOT_DAYS = [
    "", "soon", "friday 13", "next", "in days", "in 1000 days", "in -3 days", "in 3 hours", "3 hours", "30 minutes",
    "1 Monday", "12 and", "12 utc", "31 Nov", "32 Dec", "0 Dec", "29 Feb 2027", "12 Dec 26", "Dec", "2 Dec 3",
    "12 Mandec", "12/04", "04.12.2026", "\u0663 Dec", "end of year", "end of the this next sprint", "9" * 500,
    "20261204", "\x1b[2J",
]  # fmt: skip


@pytest.mark.parametrize(("said", "day"), SAID.items())
def test_a_day_is_understood_as_people_say_it(said: str, day: str) -> None:
    assert parse_due(said, TEAM, TODAY).isoformat() == day


def test_the_examples_that_people_are_shown_are_understood() -> None:
    assert sprint_on(TEAM, TODAY) == SPRINT
    for example in EXAMPLES.replace(" or ", ", ").split(", "):
        assert parse_due(example.strip("'"), TEAM, TODAY) > TODAY


@pytest.mark.parametrize("said", NOT_DAYS)
def test_what_is_no_day_is_refused_in_one_sentence(said: str) -> None:
    with pytest.raises(BadInputError, match=r"is not understood; write it like .* Nothing was saved\.$") as refused:
        parse_due(said, TEAM, TODAY)

    assert refused.value.about == DUE
    assert len(refused.value.message) < 200


@pytest.mark.parametrize("said", ["2026-02-30", "2026-13-01", "2026-12-4"])
def test_a_date_in_figures_that_is_none_is_told_so(said: str) -> None:
    with pytest.raises(BadInputError, match=r"is not a day of the calendar; .* Nothing was saved\."):
        parse_due(said, TEAM, TODAY)


@pytest.mark.parametrize("said", ["1999-12-31", "1 Jan 2200", "31 Dec 1999"])
def test_a_day_far_away_is_refused(said: str) -> None:
    with pytest.raises(BadInputError, match=r"is too far away.* Nothing was saved\."):
        parse_due(said, TEAM, TODAY)


@QUICK
@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_the_first_one_after_today_and_next_is_in_the_coming_week(today: date, day: int) -> None:
    monday = today + timedelta(days=7 - today.weekday())

    found = parse_due(WEEKDAYS[day], TEAM, today)
    assert found.weekday() == day
    assert 1 <= (found - today).days <= 7
    assert parse_due(f"next {WEEKDAYS[day]}", TEAM, today) == monday + timedelta(days=day)


@QUICK
@given(DAYS)
def test_ends_of_weeks_and_months_hold_around_the_turn_of_a_year(today: date) -> None:
    friday, last = parse_due("end of week", TEAM, today), parse_due("end of month", TEAM, today)
    after = parse_due("end of next month", TEAM, today)

    assert friday.weekday() == 4
    assert 0 <= (friday - today).days <= 6
    assert (last.year, last.month) == (today.year, today.month)
    assert (last + timedelta(days=1)).day == (after + timedelta(days=1)).day == 1
    assert last < after <= last + timedelta(days=31)


@QUICK
@given(DAYS, st.integers(1, 200))
def test_ends_of_sprints_and_counted_days_are_what_the_calendar_says(today: date, count: int) -> None:
    now = sprint_on(TEAM, today).number

    assert parse_due("end of sprint", TEAM, today) == sprint(TEAM, now).ends
    assert parse_due("end of next sprint", TEAM, today) == parse_due("in a sprint", TEAM, today)
    assert parse_due(f"in {count} days", TEAM, today) == today + timedelta(days=count)
    assert parse_due(f"in {count} weeks", TEAM, today) == today + timedelta(weeks=count)


@QUICK
@given(DAYS, st.integers(0, 364))
def test_a_day_that_is_shown_is_read_as_the_same_day(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)

    assert parse_due(day_and_month(day), TEAM, today) == day
    assert parse_due(f"{day_and_month(day)} {day.year}", TEAM, today) == day
    assert parse_due(day.isoformat(), TEAM, today) == day


def test_on_a_weekend_the_end_of_the_week_is_the_coming_one() -> None:
    saturday = date(2027, 1, 2)

    assert parse_due("end of week", TEAM, saturday) == date(2027, 1, 8)
    assert parse_due("end of next week", TEAM, saturday) == parse_due("next Friday", TEAM, saturday) == date(2027, 1, 8)


def test_a_month_on_is_never_later_than_the_end_of_a_shorter_one() -> None:
    assert parse_due("in a month", TEAM, date(2027, 1, 31)) == date(2027, 2, 28)
    assert parse_due("in three months", TEAM, date(2026, 11, 30)) == date(2027, 2, 28)


def test_the_29th_of_february_is_the_next_one_there_is() -> None:
    assert parse_due("29 Feb", TEAM, date(2028, 3, 1)) == date(2032, 2, 29)
    assert parse_due("29 Feb", TEAM, date(2096, 3, 1)) == date(2104, 2, 29)
