"""A report as one tidy table: a row for each figure of each sprint, for spreadsheets and data frames.

Owns the columns, which `docs/exports.md` describes. Holds no comment, no action, and no figure finer than the screen
shows; what is suppressed is marked and has no value.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from tuiretro.core.figures import TOO_FEW, mean_words, told_band, told_mean
from tuiretro.export.cells import unarmed
from tuiretro.export.json_range import told_limit
from tuiretro.model.report import Report
from tuiretro.model.summary import FocusLine, ItemLine, Summary, ThemeLine
from tuiretro.model.trends import Dot

HEADS = (
    "team",
    "sprint",
    "starts",
    "ends",
    "survey",
    "kind",
    "id",
    "theme",
    "mistake",
    "short",
    "text",
    "figure",
    "value",
    "shown",
    "n",
    "answered",
    "spread",
    "signal",
    "asked",
    "suppressed",
    "why",
)
BOM = "\ufeff"
"""Without it a spreadsheet takes the file for the encoding of its machine; data frames know it and drop it."""
NEARLY_ALL = "The exact number would point at one."

Cell = str | int | float | None


class _Subject(NamedTuple):
    """What a row is about: the columns from `kind` to `text`."""

    kind: str
    id: str = ""
    theme: str = ""
    mistake: str = ""
    short: str = ""
    text: str = ""


class _Figure(NamedTuple):
    """What it says: the columns from `figure` to `why`."""

    figure: str
    value: float | None
    shown: str = ""
    n: int | None = None
    answered: str = ""
    spread: str = ""
    signal: str = ""
    asked: str = "true"
    suppressed: str = "false"
    why: str = ""


Row = tuple[_Subject, _Figure]


def csv_table(report: Report, *, owners: bool = False) -> str:
    """A report as CSV (RFC 4180: commas, CRLF) that begins with a byte order mark.

    Args:
        report: Some released sprints.
        owners: Changes nothing, since actions are no part of the table.
    """
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADS)
    # Ten years repeat each statement thousands of times.
    guarded = cache(unarmed)
    dots = {(line.id, dot.sprint): dot for line in report.trends.lines for dot in line.dots}
    for summary in report.summaries:
        sprint = summary.sprint
        about = (summary.team, sprint.number, str(sprint.starts), str(sprint.ends), summary.title)
        for subject, figure in _rows(summary, dots):
            cells = (*about, *subject, *figure)
            writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue()


def _rows(summary: Summary, dots: Mapping[tuple[str, int], Dot]) -> Iterator[Row]:
    sprint = summary.sprint.number
    yield from ((_Subject("whole"), figure) for figure in _whole(summary))
    for theme in summary.themes:
        about = _Subject("theme", theme.theme, theme.theme)
        yield from ((about, figure) for figure in _theme(theme, dots.get((theme.theme, sprint))))
        for item in theme.items:
            kind = "facet" if item.is_facet else "item"
            about = _Subject(kind, item.id, theme.theme, item.mistake or "", item.short, item.text)
            figures = _item(item, dots.get((item.id, sprint)), is_counted=not summary.nearly_all)
            yield from ((about, figure) for figure in figures)
    for entry in summary.focus:
        about = _Subject("focus", entry.mistake, "", entry.mistake, entry.title, entry.reason)
        yield from ((about, figure) for figure in _focus(entry))


def _whole(summary: Summary) -> Iterator[_Figure]:
    told, signal = summary.answered, summary.signal or ""
    if summary.nearly_all:
        yield _Figure("answered", None, told, answered=told, signal=signal, suppressed="true", why=NEARLY_ALL)
    else:
        yield _Figure("answered", summary.n, told, summary.n, told, signal=signal)
        yield _Figure("people", summary.people)


def _theme(theme: ThemeLine, dot: Dot | None) -> Iterator[_Figure]:
    if theme.mean is None or theme.band is None:
        yield _Figure("mean", None, suppressed="true", why=TOO_FEW)
        return
    about = _Figure("", None, signal=theme.signal or "", asked="true" if theme.asked else "false")
    yield from _told(about, theme.mean, theme.band, dot)


def _item(item: ItemLine, dot: Dot | None, *, is_counted: bool) -> Iterator[_Figure]:
    if item.mean is None or item.band is None:
        yield _Figure("mean", None, suppressed="true", why=TOO_FEW)
        return
    n, told = (item.n, item.answered) if is_counted else (None, "")
    about = _Figure("", None, "", n, told, item.spread or "", item.signal or "")
    yield from _told(about, item.mean, item.band, dot)


def _focus(entry: FocusLine) -> Iterator[_Figure]:
    about = _Figure("", None, answered=entry.answered)
    yield about._replace(figure="level", value=told_mean(entry.level), shown=mean_words(entry.level))
    yield about._replace(figure="band", value=told_band(entry.band))


def _told(about: _Figure, mean: float, band: float, dot: Dot | None) -> Iterator[_Figure]:
    yield about._replace(figure="mean", value=told_mean(mean), shown=mean_words(mean))
    yield about._replace(figure="band", value=told_band(band))
    if dot is not None and dot.centre is not None:
        for name, points in (("usual", dot.centre), ("lower", dot.lower), ("upper", dot.upper)):
            yield about._replace(figure=name, value=told_limit(points))
