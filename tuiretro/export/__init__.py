"""What leaves the program: pure functions from a report to text, found by the name of their format.

Owns which formats there are. Knows nothing of files, of the store or of how a report comes about; comments are not
part of a report, so no export can hold one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from tuiretro.model.report import Report


class Exporter(Protocol):
    """Makes text of a report; the same report gives the same text on every machine and in every locale."""

    def __call__(self, report: Report, *, owners: bool = False) -> str:
        """All of it; owners of actions are named only where `owners` is on."""
        ...


# Each module is imported by those who ask for its format: a list must not wait for calendars.


def _md(report: Report, *, owners: bool = False) -> str:
    from tuiretro.export.markdown import markdown
    from tuiretro.export.markdown_range import range_page

    return (
        range_page(report, owners=owners)
        if report.is_range
        else markdown(report.summaries[-1], owners=owners, today=report.today)
    )


def _json(report: Report, *, owners: bool = False) -> str:
    from tuiretro.export.json_range import range_document
    from tuiretro.export.jsonfile import json_document

    if report.is_range:
        return range_document(report, owners=owners)
    return json_document(report.summaries[-1], owners=owners)


def _csv(report: Report, *, owners: bool = False) -> str:
    from tuiretro.export.csvfile import csv_table

    return csv_table(report, owners=owners)


def _ical(report: Report, *, owners: bool = False) -> str:
    from tuiretro.export.calendar_file import action_calendar

    return action_calendar(report, owners=owners)


def _checklist(report: Report, *, owners: bool = False) -> str:
    from tuiretro.export.checklist import checklist

    return checklist(report, owners=owners)


def _html(report: Report, *, owners: bool = False) -> str:
    from tuiretro.export.html import html

    return html(report, owners=owners)


def _brief(report: Report, *, owners: bool = False) -> str:
    from tuiretro.export.brief import brief

    return brief(report, owners=owners)


EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        "md": _md,
        "json": _json,
        "csv": _csv,
        "ical": _ical,
        "checklist": _checklist,
        "html": _html,
    }
)
"""By format: a report as such."""

BRIEFS: Mapping[str, Exporter] = MappingProxyType({"md": _brief})
"""By format: what changed between the first and the last sprint of a report, on one page."""
