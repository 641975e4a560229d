"""The open actions of a report as iCalendar (RFC 5545): a day for each due date.

Owns the entries. They are events of a whole day, not to-dos: calendars that people have at work import events, and
several drop to-dos without a word. Must not name an owner unless asked.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from tuiretro.core.telling import open_actions
from tuiretro.core.text import clean
from tuiretro.model.action import Action
from tuiretro.model.report import Report
from tuiretro.model.team import Sprint

if TYPE_CHECKING:
    from icalendar import Calendar


def action_calendar(report: Report, *, owners: bool = False) -> str:
    """A calendar of the open actions, the first due first; lines end in CRLF.

    An action keeps its entry's id as long as team and sprint are called what they are, so that a newer file replaces
    what an older one brought in. The same report gives the same bytes: the time stamp is the end of its last sprint.

    Args:
        report: Some released sprints.
        owners: Whether the owners of actions are named, in the description.
    """
    from icalendar import Calendar

    last = report.summaries[-1]
    calendar = Calendar()
    calendar.add("prodid", "-//tuiretro//actions//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{clean(last.team)}: actions")
    for action in open_actions(line.action for line in report.actions):
        _add(calendar, action, clean(last.team), last.sprint, owners=owners)
    text: str = calendar.to_ical().decode()
    return text


def _add(calendar: Calendar, action: Action, team: str, last: Sprint, *, owners: bool) -> None:
    from icalendar import Event

    event = Event()
    event.add("uid", _uid(action, team))
    event.add("dtstamp", datetime.combine(last.ends, time(), UTC))
    event.add("summary", clean(action.title))
    event.add("dtstart", action.due)
    event.add("dtend", action.due + timedelta(days=1))
    # Nobody is busy all day because something is due.
    event.add("transp", "TRANSPARENT")
    event.add("description", "\n".join(_description(action, team, owners=owners)))
    calendar.add_component(event)


def _uid(action: Action, team: str) -> str:
    """Always the same for one action, and nothing can be read from it."""
    return sha256(f"{team}\n{action.sprint}\n{action.id}".encode()).hexdigest()[:32] + "@tuiretro"


def _description(action: Action, team: str, *, owners: bool) -> list[str]:
    told = [f"Taken on by {team} in sprint {action.sprint}."]
    if action.done_when:
        told.append(f"Done when: {clean(action.done_when)}")
    if owners and action.owner:
        told.append(f"Owner: {clean(action.owner)}")
    return told
