from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuiretro.core.calendar import (
    LENGTH,
    LONGEST_DAYS,
    days_left,
    deadline_words,
    default_due,
    due_words,
    left_words,
    parse_date,
    parse_every,
    span_words,
    sprint,
    sprint_on,
)
from tuiretro.errors import BadInputError
from tuiretro.model.team import Cadence, Every, Sprint, Team

DAYS = st.builds(lambda count: Every(count, "day"), st.integers(1, LONGEST_DAYS))
WEEKS = st.builds(lambda count: Every(count, "week"), st.integers(1, 14))
MONTHS = st.builds(lambda count: Every(count, "month"), st.integers(1, 3))
LENGTHS = DAYS | WEEKS | MONTHS
STARTS = st.dates(date(2000, 1, 1), date(2150, 12, 31))
QUICK = settings(max_examples=150, deadline=None)


TWO_WEEKS = Every(2, "week")
NO_DATES = [
    "", "today", "2026-02-30", "23.11.2026", "2026-11-23T10:00", "2026-13-01", "9" * 500,
    "20261123", "2026-W48-1", "2026-W48", "2026-327", "26-11-23", "\u0662\u0660\u0662\u0666-11-23",
]  # fmt: skip


def a_team(starts: date = date(2026, 1, 5), every: Every = TWO_WEEKS) -> Team:
    return Team("a1b2c3d4e5f60718", "Atlas", 7, (Cadence(1, starts, every),))


@st.composite
def changing_teams(draw: st.DrawFn) -> Team:
    """A team that changed its sprint length up to four times, as the settings do it: from a sprint's start on."""
    team = a_team(draw(STARTS), draw(LENGTHS))
    for later, every in draw(st.lists(st.tuples(st.integers(1, 20), LENGTHS), max_size=4)):
        number = team.cadences[-1].sprint + later
        cadence = Cadence(number, sprint(team, number).starts, every)
        team = Team(team.id, team.name, team.people, (*team.cadences, cadence))
    return team


@QUICK
@given(changing_teams(), st.integers(0, 20 * 366))
def test_the_sprint_of_a_day_contains_that_day(team: Team, days: int) -> None:
    day = team.cadences[0].starts + timedelta(days=days)

    found = sprint_on(team, day)

    assert found.starts <= day <= found.ends
    assert found == sprint(team, found.number)


@QUICK
@given(changing_teams())
def test_sprints_follow_each_other_without_a_gap(team: Team) -> None:
    spans = [sprint(team, number) for number in range(1, 101)]

    assert spans[0].starts == team.cadences[0].starts
    for span, after in pairwise(spans):
        assert span.starts <= span.ends
        assert after.starts == span.ends + timedelta(days=1)
        assert sprint_on(team, span.starts) == sprint_on(team, span.ends) == span


@QUICK
@given(STARTS, st.integers(1, 3), st.integers(0, 60))
def test_monthly_sprints_start_on_the_same_day_or_the_last_of_a_short_month(
    starts: date, every: int, past: int
) -> None:
    span = sprint(a_team(starts, Every(every, "month")), past + 1)

    months = starts.month - 1 + every * past
    year, month = starts.year + months // 12, months % 12 + 1
    assert span.starts == date(year, month, min(starts.day, monthrange(year, month)[1]))


@given(STARTS, st.integers(1, 10_000))
@QUICK
def test_every_day_before_the_start_belongs_to_the_first_sprint(starts: date, days: int) -> None:
    assert sprint_on(a_team(starts), starts - timedelta(days=days)).number == 1


def test_a_sprint_ends_the_day_before_the_next_one_starts() -> None:
    assert sprint(a_team(), 2) == Sprint(2, date(2026, 1, 19), date(2026, 2, 1))


def test_a_changed_length_counts_from_its_sprint_on() -> None:
    cadences = (Cadence(1, date(2026, 1, 5), Every(2, "week")), Cadence(3, date(2026, 2, 2), Every(1, "week")))
    team = Team("a1b2c3d4e5f60718", "Atlas", 7, cadences)

    assert [sprint(team, n).starts for n in (2, 3, 4)] == [date(2026, 1, 19), date(2026, 2, 2), date(2026, 2, 9)]
    assert sprint(team, 2).ends == date(2026, 2, 1)


@pytest.mark.parametrize("text", ["2026-11-23", " 2026-11-23 ", "2000-01-01", "2199-12-31"])
def test_a_date_is_read(text: str) -> None:
    assert parse_date(text) == date.fromisoformat(text.strip())


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="not a day of the calendar") as refused:
        parse_date(text, "start")

    assert refused.value.message.startswith("The start '")
    assert refused.value.about == "start"
    assert len(refused.value.message) < 200


@pytest.mark.parametrize("text", ["1999-12-31", "2200-01-01", "0001-01-01", "9999-12-31"])
def test_a_date_far_away_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="too far away") as refused:
        parse_date(text, "due date")

    assert refused.value.about == "due date"


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("2 weeks", Every(2, "week")),
        ("every 2 weeks", Every(2, "week")),
        ("week", Every(1, "week")),
        ("10days", Every(10, "day")),
        (" 1 Month ", Every(1, "month")),
        ("3 months", Every(3, "month")),
        ("100 days", Every(100, "day")),
    ],
)
def test_a_sprint_length_is_read_as_people_write_it(text: str, every: Every) -> None:
    assert parse_every(text) == every


@given(LENGTHS)
@QUICK
def test_a_sprint_length_is_read_as_it_is_written(every: Every) -> None:
    assert parse_every(str(every)) == every


@pytest.mark.parametrize(
    "text", ["", "0 weeks", "fortnight", "-1 week", "2 years", "1.5 weeks", "9999 days", "every", "\u0663 weeks"]
)
def test_a_sprint_length_that_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="is not understood") as refused:
        parse_every(text)

    assert refused.value.about == LENGTH


@pytest.mark.parametrize("text", ["101 days", "15 weeks", "4 months", "999 months"])
def test_a_sprint_longer_than_a_quarter_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="too long") as refused:
        parse_every(text)

    assert refused.value.about == LENGTH


def test_an_action_is_due_at_the_end_of_the_next_sprint() -> None:
    assert default_due(a_team(), 1) == sprint(a_team(), 2).ends


def test_a_span_is_written_short() -> None:
    assert span_words(Sprint(1, date(2026, 11, 16), date(2026, 11, 27))) == "16-27 Nov"
    assert span_words(Sprint(1, date(2026, 11, 30), date(2026, 12, 11))) == "30 Nov - 11 Dec"
    assert span_words(Sprint(1, date(2026, 1, 5), date(2027, 1, 4))) == "5 Jan - 4 Jan"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 2), "starts in 3 days"),
        (date(2026, 1, 4), "starts in 1 day"),
        (date(2026, 1, 5), "13 days left"),
        (date(2026, 1, 17), "1 day left"),
        (date(2026, 1, 18), "last day"),
        (date(2026, 1, 19), "ended 1 day ago"),
        (date(2026, 1, 20), "ended 2 days ago"),
    ],
)
def test_what_is_left_of_a_sprint_is_said_in_words(day: date, words: str) -> None:
    assert left_words(sprint(a_team(), 1), day) == words


def test_days_left_are_negative_once_a_sprint_is_over() -> None:
    assert days_left(sprint(a_team(), 1), date(2026, 1, 20)) == -2


def test_a_due_date_is_said_in_words() -> None:
    due = date(2026, 11, 27)

    assert due_words(due, date(2026, 11, 20)) == "27 Nov"
    assert due_words(due, due) == "today"
    assert due_words(due, date(2026, 11, 28)) == "1 day late"
    assert due_words(due, date(2026, 11, 29)) == "2 days late"


def test_a_deadline_is_said_with_its_year_and_how_late_it_is_from_the_day_after_on() -> None:
    due = date(2026, 11, 22)

    assert deadline_words(due, None) == deadline_words(due, due) == "due 22 Nov 2026"
    assert deadline_words(due, date(2026, 11, 23)) == "due 22 Nov 2026, 1 day late"
    assert deadline_words(due, date(2026, 11, 26)) == "due 22 Nov 2026, 4 days late"
