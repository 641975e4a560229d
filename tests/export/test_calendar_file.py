from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Event
from msgspec.structs import replace

from tests.export.reports import OWNER, STRANGERS, hostile, story
from tuiretro.core.text import clean
from tuiretro.export.calendar_file import action_calendar
from tuiretro.model.report import ActionLine, Report


def events(report: Report, *, owners: bool = False) -> list[Event]:
    found = Calendar.from_ical(action_calendar(report, owners=owners))
    return [part for part in found.walk() if isinstance(part, Event)]


def test_open_actions_are_days_and_keep_nobody_busy() -> None:
    found = events(story())
    assert [str(event["summary"]) for event in found] == ["Buy cake", "Agree on one measure"]
    assert [event.decoded("dtstart") for event in found] == [date(2026, 6, 1), date(2026, 6, 20)]
    assert all(event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1) for event in found)
    assert {str(event["transp"]) for event in found} == {"TRANSPARENT"}


def test_the_time_stamp_is_the_reports_own_and_not_the_clocks() -> None:
    assert {event.decoded("dtstamp") for event in events(story())} == {datetime(2026, 6, 7, tzinfo=UTC)}


def test_an_entry_keeps_its_id_when_its_action_moves_and_no_two_share_one() -> None:
    told = story()
    moved = tuple(
        ActionLine(replace(line.action, due=date(2027, 1, 1), owner="Jo", done_when="Other."), "")
        for line in told.actions
    )
    ids = {str(event["summary"]): str(event["uid"]) for event in events(told)}
    assert {str(event["summary"]): str(event["uid"]) for event in events(replace(told, actions=moved))} == ids
    assert len(set(ids.values())) == 2
    assert all(len(uid) == 41 and uid.endswith("@tuiretro") for uid in ids.values())


def test_an_owner_is_in_the_description_alone_and_only_if_asked() -> None:
    plain, named = (events(story(), owners=owners)[1] for owners in (False, True))
    assert str(plain["description"]) == "Taken on by Atlas in sprint 10.\nDone when: One page says it."
    assert str(named["description"]).endswith(f"\nOwner: {OWNER}")
    assert not any(line.startswith(("ATTENDEE", "ORGANIZER")) for line in action_calendar(story(), owners=True).split())


def test_without_open_actions_the_calendar_is_empty() -> None:
    text = action_calendar(replace(story(), actions=()))
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert "VEVENT" not in text


def test_lines_are_short_and_end_as_the_rfc_says() -> None:
    lines = action_calendar(hostile("Zoë " * 60), owners=True).split("\r\n")
    assert lines.pop() == ""
    assert all(len(line.encode()) <= 75 and "\n" not in line for line in lines)


@pytest.mark.parametrize("text", STRANGERS, ids=range(len(STRANGERS)))
def test_text_of_strangers_stays_within_its_property(text: str) -> None:
    (event,) = events(hostile(text), owners=True)
    assert str(event["summary"]) == clean(text)
    assert {*event} == {*events(hostile("plain"), owners=True)[0]}
    assert str(event["description"]).count("\n") == 2
