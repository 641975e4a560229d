"""Sprints as spans of dates. The only module that knows dateutil.

Dates come in as dates or as text in ISO form; nothing here asks what day it is.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tuiretro.errors import BadInputError
from tuiretro.model.team import Cadence, Every, Sprint, Team, Unit

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EVERY = re.compile(r"(?:every\s+)?([0-9]{1,3})?\s*(day|week|month)s?", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:(?P<first>[0-9]{1,2})(?:st|nd|rd|th|\.)?\s+)?(?P<month>[a-z]{3,9})\.?"
    r"(?:\s+(?P<second>[0-9]{1,2})(?:st|nd|rd|th)?)?(?:,?\s+(?P<year>[0-9]{4}))?"
)
LONGEST_DAYS = 100
"""A sprint longer than a quarter is no sprint; it is most likely a slip of the finger."""
LENGTH = "sprint length"
EARLIEST = date(2000, 1, 1)
LATEST = date(2199, 12, 31)
_LEAP_GAP = 8
"""Two years with a 29 February never lie further apart."""
_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def parse_date(text: str, what: str = "date") -> date:
    """A date written as 2026-11-23.

    Raises:
        BadInputError: Another form, a day that does not exist, or a year outside 2000..2199.
    """
    try:
        # Python's own reading also takes 20261123 and 2026-W48-1, which are more often slips than dates.
        found = date.fromisoformat(text.strip() if _ISO.fullmatch(text.strip()) else "")
    except ValueError:
        raise BadInputError(
            f"The {what} '{text.strip()[:40]!s}' is not a day of the calendar; write it like 2026-11-23. "
            "Nothing was saved.",
            what,
        ) from None
    if not EARLIEST <= found <= LATEST:
        raise BadInputError(
            f"The {what} {found} is too far away; the years 2000 to 2199 are fine. Nothing was saved.", what
        )
    return found


def named_day(text: str, today: date) -> date | None:
    """A day written with the name of its month, such as '12 Dec' or 'December 12, 2026'; None for anything else.

    Without a year it is the next such day from `today` on.
    """
    # Not dateutil's own reading, which also makes a day of '12 and', '1 Monday' or '3 hours'.
    match = _NAMED.fullmatch(text.strip().casefold())
    if match is None or (match["first"] is None) == (match["second"] is None):
        return None
    month = next((at for at, name in enumerate(_NAMES, 1) if name.startswith(match["month"])), 0)
    years = [int(match["year"])] if match["year"] else range(today.year, today.year + _LEAP_GAP + 1)
    for year in years:
        # Not every year has a 29 February, and no year a 31 June.
        with suppress(ValueError):
            found = date(year, month, int(match["first"] or match["second"]))
            if match["year"] or found >= today:
                return found
    return None


def months_on(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it is shorter."""
    from dateutil.relativedelta import relativedelta

    return day + relativedelta(months=months)


def parse_every(text: str) -> Every:
    """A sprint's length: "2 weeks", "10 days", "1 month", "week".

    Raises:
        BadInputError: Another form, or longer than `LONGEST_DAYS`.
    """
    match = _EVERY.fullmatch(text.strip())
    count = int(match[1] or 1) if match else 0
    if match is None or count == 0:
        raise BadInputError(
            f"The sprint length '{text.strip()[:40]}' is not understood; write it like '2 weeks', '10 days' or "
            "'1 month'. Nothing was saved.",
            LENGTH,
        )
    unit: Unit = "day" if match[2].lower() == "day" else "week" if match[2].lower() == "week" else "month"
    if count * {"day": 1, "week": 7, "month": 30}[unit] > LONGEST_DAYS:
        raise BadInputError(
            f"A sprint of {count} {unit}s is too long; up to three months are fine. Nothing was saved.", LENGTH
        )
    return Every(count, unit)


def _after(cadence: Cadence, sprints: int) -> date:
    step: timedelta | relativedelta
    count = cadence.every.count * sprints
    if cadence.every.unit == "month":
        from dateutil.relativedelta import relativedelta

        step = relativedelta(months=count)
    else:
        step = timedelta(days=count * (7 if cadence.every.unit == "week" else 1))
    return cadence.starts + step


def sprint(team: Team, number: int) -> Sprint:
    """Sprint `number` (from 1) of a team; a sprint ends the day before the next one starts."""
    ruling = next(c for c in reversed(team.cadences) if c.sprint <= number)
    starts = _after(ruling, number - ruling.sprint)
    follower = next((c for c in team.cadences if c.sprint == number + 1), None)
    ends = (follower.starts if follower else _after(ruling, number + 1 - ruling.sprint)) - timedelta(days=1)
    return Sprint(number, starts, ends)


def sprint_on(team: Team, day: date) -> Sprint:
    """The sprint that `day` falls into; before the first one starts it is the first."""
    ruling = next((c for c in reversed(team.cadences) if c.starts <= day), team.cadences[0])
    every = ruling.every
    days = max(0, (day - ruling.starts).days)
    # Months are never longer than 31 days, so this number is at most a few sprints too low.
    number = ruling.sprint + days // (every.count * {"day": 1, "week": 7, "month": 31}[every.unit])
    found = sprint(team, number)
    while found.ends < day:
        found = sprint(team, found.number + 1)
    return found


def days_left(span: Sprint, day: date) -> int:
    """How many days of the sprint are left after `day`; negative once it is over."""
    return (span.ends - day).days


def default_due(team: Team, number: int) -> date:
    """When an action taken on in sprint `number` is due: the end of the next sprint."""
    return sprint(team, number + 1).ends


def day_and_month(day: date) -> str:
    """'27 Nov', the same in every locale."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def span_words(span: Sprint) -> str:
    """'16-27 Nov' or '30 Nov - 11 Dec'."""
    if (span.starts.year, span.starts.month) == (span.ends.year, span.ends.month):
        return f"{span.starts.day}-{day_and_month(span.ends)}"
    return f"{day_and_month(span.starts)} - {day_and_month(span.ends)}"


def left_words(span: Sprint, day: date) -> str:
    """'4 days left', 'last day', 'starts in 3 days', 'ended 2 days ago'."""
    if day < span.starts:
        return f"starts in {_days((span.starts - day).days)}"
    left = days_left(span, day)
    if left > 0:
        return f"{_days(left)} left"
    return "last day" if left == 0 else f"ended {_days(-left)} ago"


def due_words(due: date, day: date) -> str:
    """'27 Nov', 'today', or '2 days late'."""
    late = (day - due).days
    if late > 0:
        return f"{_days(late)} late"
    return "today" if late == 0 else day_and_month(due)


def deadline_words(due: date, day: date | None) -> str:
    """'due 27 Nov 2026', and from the day after on 'due 22 Nov 2026, 4 days late'.

    Args:
        due: The last day in time.
        day: What day it is; None where nothing is to be called late.
    """
    late = 0 if day is None else (day - due).days
    return f"due {day_and_month(due)} {due.year}{f', {_days(late)} late' if late > 0 else ''}"


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
