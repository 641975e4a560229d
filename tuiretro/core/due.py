"""Due dates as people say them: "next Friday", "end of sprint", "in 3 days", "12 Dec", 2026-12-04."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from tuiretro.core.calendar import EARLIEST, LATEST, months_on, named_day, parse_date, sprint, sprint_on
from tuiretro.errors import BadInputError
from tuiretro.model.team import Team

DUE = "due date"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(r"(?P<next>next\s+|on\s+|this\s+)?(?P<day>[a-z]{3,9})\.?")
_AHEAD = re.compile(r"in\s+(?P<count>[0-9]{1,3}|an?|one|two|three|four)\s+(?P<unit>day|week|month|sprint)s?")
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_END = re.compile(r"(the\s+)?end\s+of\s+(the\s+)?((?P<which>this|next)\s+)?(?P<what>sprint|week|month)")
EXAMPLES = "'next Friday', 'end of sprint', 'in 3 days', '12 Dec' or 2026-12-04"


def parse_due(text: str, team: Team, today: date) -> date:
    """The day that somebody means.

    'Friday' is the first one after today, 'next Friday' the one in the week that begins on the next Monday. 'end of
    sprint' is the last day of the running one, 'end of next sprint' of the one after it.

    Args:
        text: As typed.
        team: Whose sprints are meant.
        today: What day it is.

    Raises:
        BadInputError: It is not understood, or no day of the years 2000 to 2199.
    """
    said = " ".join(text.casefold().split())
    ways: tuple[Callable[[str, Team, date], date | None], ...] = (_plain, _weekday, _ahead, _end, _named)
    for way in ways:
        found = way(said, team, today)
        if found is not None:
            break
    else:
        if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", said):
            return parse_date(said, DUE)
        raise BadInputError(
            f"The due date '{text.strip()[:40]}' is not understood; write it like {EXAMPLES}. Nothing was saved.", DUE
        )
    if not EARLIEST <= found <= LATEST:
        raise BadInputError(f"The due date {found} is too far away. Nothing was saved.", DUE)
    return found


def _plain(said: str, team: Team, today: date) -> date | None:
    known = {"today": 0, "tomorrow": 1, "next week": 7}
    return today + timedelta(days=known[said]) if said in known else None


def _weekday(said: str, team: Team, today: date) -> date | None:
    match = _WEEKDAY.fullmatch(said)
    day = next((at for at, name in enumerate(_DAYS) if match and name.startswith(match["day"])), None)
    if match is None or day is None:
        return None
    if (match["next"] or "").startswith("next"):
        return today + timedelta(days=7 - today.weekday() + day)
    return today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)


def _ahead(said: str, team: Team, today: date) -> date | None:
    match = _AHEAD.fullmatch(said)
    if match is None:
        return None
    count = _COUNTS.get(match["count"]) or int(match["count"])
    if match["unit"] == "sprint":
        return sprint(team, sprint_on(team, today).number + count).ends
    if match["unit"] == "month":
        return months_on(today, count)
    return today + timedelta(days=count * (7 if match["unit"] == "week" else 1))


def _end(said: str, team: Team, today: date) -> date | None:
    match = _END.fullmatch(said)
    if match is None:
        return None
    later = 1 if match["which"] == "next" else 0
    if match["what"] == "sprint":
        return sprint(team, sprint_on(team, today).number + later).ends
    if match["what"] == "week":
        # A working week ends on Friday; said on a weekend, the coming one is meant.
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * (later or today.weekday() > 4))
        return monday + timedelta(days=4)
    return months_on(today.replace(day=1), 1 + later) - timedelta(days=1)


def _named(said: str, team: Team, today: date) -> date | None:
    return named_day(said, today)
