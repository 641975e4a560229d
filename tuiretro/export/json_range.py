"""Several sprints as JSON: each sprint's figures, the team's lines over them, and the actions with what became of them.

Owns the document of a range; its parts are `json_parts`'.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, Struct

from tuiretro.core.figures import FOOTER, told_mean
from tuiretro.core.telling import told_whole
from tuiretro.core.text import clean
from tuiretro.export.json_parts import (
    SCHEMA,
    FocusEntry,
    Limit,
    Points,
    SchemaNumber,
    SprintSpan,
    ThemeFigures,
    ToldAction,
    encoded,
    focus_entries,
    span,
    theme_figures,
)
from tuiretro.model.report import ActionLine, Report
from tuiretro.model.summary import Signal, Summary
from tuiretro.model.survey import Theme
from tuiretro.model.trends import Dot, Line, Start


class RangeEnds(Struct, frozen=True):
    """The first and the last sprint, and how many have results."""

    first: SprintSpan
    last: SprintSpan
    sprints: Annotated[int, Meta(ge=1)]


class RangeSprint(Struct, frozen=True):
    """What is exported of each sprint of a range."""

    sprint: SprintSpan
    survey: str
    answered: str
    minimum: int
    signal: Signal | None
    remark: str
    focus: tuple[FocusEntry, ...]
    themes: tuple[ThemeFigures, ...]
    has_comments: bool


class LineDot(Struct, frozen=True):
    """A value of a line; `usual` and the limits are null while it was too early, and may lie outside the scale."""

    sprint: int
    value: Points
    average: Points
    usual: float | None
    lower: Limit | None
    upper: Limit | None
    signal: Signal | None
    start: Start | None


class TrendLine(Struct, frozen=True):
    """A theme (`mistake` is null) or a mistake over the sprints, and what may be said of it after the last one."""

    id: str
    title: str
    theme: Theme
    mistake: str | None
    said: tuple[str, ...]
    dots: tuple[LineDot, ...]
    too_few: tuple[int, ...]


class WholeSprint(Struct, frozen=True):
    """A sprint that was rated lower or higher as a whole."""

    sprint: int
    signal: Signal


class RangeDocument(Struct, frozen=True):
    """What is exported of a range of sprints."""

    schema: SchemaNumber
    team: str
    range: RangeEnds
    remark: str
    sprints: tuple[RangeSprint, ...]
    lines: tuple[TrendLine, ...]
    team_changes: tuple[int, ...]
    whole_sprints: tuple[WholeSprint, ...]
    actions: tuple[ToldAction, ...]
    note: str


def range_document(report: Report, *, owners: bool = False) -> str:
    """A report as indented JSON of schema `SCHEMA`; ends in a newline. What is left out is as in `json_document`.

    Args:
        report: Some released sprints.
        owners: Whether the owners of actions are named.
    """
    first, last, trends = report.summaries[0], report.summaries[-1], report.trends
    return encoded(
        RangeDocument(
            schema=SCHEMA,
            team=clean(last.team),
            range=RangeEnds(span(first.sprint), span(last.sprint), len(report.summaries)),
            remark=clean(trends.remark),
            sprints=tuple(_sprint(summary) for summary in report.summaries),
            lines=tuple(_line(line) for line in trends.lines),
            team_changes=trends.changes,
            whole_sprints=tuple(WholeSprint(sprint, signal) for sprint, signal in trends.wholes),
            actions=tuple(_action(line, owners=owners) for line in report.actions),
            note=FOOTER,
        )
    )


def _sprint(summary: Summary) -> RangeSprint:
    return RangeSprint(
        sprint=span(summary.sprint),
        survey=clean(summary.title),
        answered=clean(summary.answered),
        minimum=summary.minimum,
        signal=summary.signal,
        remark=clean(told_whole(summary)),
        focus=focus_entries(summary.focus),
        themes=theme_figures(summary),
        has_comments=summary.comments > 0,
    )


def _line(line: Line) -> TrendLine:
    return TrendLine(
        id=clean(line.id),
        title=clean(line.title),
        theme=line.theme,
        mistake=None if line.mistake is None else clean(line.mistake),
        said=tuple(clean(words) for words in line.said),
        dots=tuple(_dot(dot) for dot in line.dots),
        too_few=line.too_few,
    )


def _dot(dot: Dot) -> LineDot:
    return LineDot(
        sprint=dot.sprint,
        value=told_mean(dot.value),
        average=told_mean(dot.average),
        usual=told_limit(dot.centre),
        lower=told_limit(dot.lower),
        upper=told_limit(dot.upper),
        signal=dot.signal,
        start=dot.start,
    )


def told_limit(points: float | None) -> float | None:
    """What is usual, or a limit, for programs: one decimal."""
    # Adding 0.0 makes -0.0 a plain zero.
    return None if points is None else round(points, 1) + 0.0


def _action(line: ActionLine, *, owners: bool) -> ToldAction:
    action = line.action
    return ToldAction(
        id=action.id,
        title=clean(action.title),
        sprint=action.sprint,
        due=action.due,
        done_when=clean(action.done_when),
        mistake=None if action.mistake is None else clean(action.mistake),
        play=None if action.play is None else clean(action.play),
        status=action.status,
        closed=action.closed,
        followed=clean(line.followed),
        owner=clean(action.owner) if owners else UNSET,
    )
