"""What stands on the page of a report: its sentences, and which sprints, charts, tables and actions are told.

Owns the selection. Words about numbers come from `core`, places in charts from the modules beside this one; nothing is
computed here. Must not hold a comment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from tuiretro.core.explaining import reading
from tuiretro.core.figures import FOOTER, SPLIT_ADVICE, TOO_FEW, mean_short
from tuiretro.core.focus_change import focus_changes
from tuiretro.core.heatmap import FLAG, NOT_ASKED
from tuiretro.core.heatmap import TOO_FEW as FEW
from tuiretro.core.plot import MARKS
from tuiretro.core.rules import SCALE
from tuiretro.core.telling import NO_PLAY, empty_focus, open_actions
from tuiretro.core.text import plural
from tuiretro.export import svg_heatmap, svg_lines
from tuiretro.export.markdown import COMMENTS_STAY, HOW_TO_READ, YOU
from tuiretro.export.panels import panels, sprints_words
from tuiretro.export.telling import titles
from tuiretro.export.unusual import code, earlier, lasting, unusual, verdict
from tuiretro.model.report import ActionLine, Report
from tuiretro.model.team import Sprint
from tuiretro.model.trends import Line, Trends

ONE_SPRINT = (
    "One sprint makes no line, so this report has no charts; one over a longer range shows each theme from sprint to "
    "sprint."
)
SIDEWAYS = "Scroll sideways for earlier sprints."
NOTHING_DRAWN = "No value may be shown yet, so there is nothing to draw."
NOTHING_TAKEN = "Nothing was taken on."
NEWEST_FIRST = "The newest sprints come first."
OTHERWISE = "Where fewer or more answered an item, it says so."
OTHERS = "The other sprints of this report showed nothing unusual, or could not be compared yet."
CANNOT = (
    "Why a value moved: that it rose after an action does not show that the action is the reason.",
    "Who answered what, or what one person thinks: single answers are destroyed when a round closes.",
    f"Anything about an item that fewer people answered than the minimum: it says '{TOO_FEW}' and shows no number.",
    "Whether one team does better than another: teams answer the same statements with different measures.",
    "What comes next: the lines show what was.",
)
"""What a reader might look for and cannot find."""


class Table(Struct, frozen=True):
    """The figures behind the charts of some sprints."""

    panel: str
    sprints: tuple[Sprint, ...]
    rows: tuple[tuple[Line, tuple[str, ...]], ...]


def told(report: Report) -> Mapping[str, object]:
    """Everything that the template needs, by the names that it uses.

    Args:
        report: Some released sprints of a team.
    """
    last, trends = report.summaries[-1], report.trends
    is_long = len(trends.sprints) > 1
    known = titles(trends)
    said = unusual(last, known)
    closed, left_out = _closed(report)
    return {
        "report": report,
        "last": last,
        "lang": code(last.language),
        "sprints": sprints_words([summary.sprint for summary in report.summaries]),
        "is_long": is_long,
        "said": said,
        "verdict": verdict(last),
        "earlier": earlier(report.summaries, known),
        "lasting": lasting(trends.lines, said) if is_long else (),
        "charts": tuple(_charts(trends)) if is_long else (),
        "focus_charts": _focus_charts(report) if is_long else {},
        "heatmaps": svg_heatmap.draw(trends) if is_long else (),
        "tables": tuple(_tables(trends)) if is_long else (),
        "open": _open(report),
        "closed": closed,
        "left_out": plural(left_out, "earlier action") if left_out else "",
        "has_comments": any(summary.comments for summary in report.summaries),
        "empty_focus": empty_focus(last),
        "changes": tuple(focus_changes(report.summaries))[::-1],
        "reading": (HOW_TO_READ, *reading(), *(() if is_long else (ONE_SPRINT,))),
        "texts": _TEXTS,
    }


_TEXTS = {
    "cannot": CANNOT,
    "comments": COMMENTS_STAY,
    "footer": FOOTER,
    "marks": MARKS,
    "newest_first": NEWEST_FIRST,
    "nothing_drawn": NOTHING_DRAWN,
    "nothing_taken": NOTHING_TAKEN,
    "no_play": NO_PLAY,
    "others": OTHERS,
    "otherwise": OTHERWISE,
    "scale": SCALE,
    "sideways": SIDEWAYS,
    "split": SPLIT_ADVICE,
    "too_few": TOO_FEW,
    "you": YOU,
    "cells": {FLAG: "unusual", NOT_ASKED: "not asked", FEW: "too few answers"},
}


def _charts(trends: Trends) -> Iterator[tuple[Line, tuple[svg_lines.Drawing, ...]]]:
    """The themes that have something to draw."""
    for line in trends.lines:
        if line.mistake is None and (drawn := svg_lines.draw(line, trends)):
            yield line, drawn


def _focus_charts(report: Report) -> Mapping[str, tuple[svg_lines.Drawing, ...]]:
    lines = ((entry.mistake, report.trends.line(entry.mistake)) for entry in report.summaries[-1].focus)
    return {mistake: svg_lines.draw(line, report.trends) if line else () for mistake, line in lines}


def _tables(trends: Trends) -> Iterator[Table]:
    for panel in reversed(panels(trends.sprints, svg_heatmap.MOST)):
        rows = tuple((line, tuple(_cells(line, panel.numbers))) for line in trends.lines)
        yield Table(panel.words, panel.sprints, rows)


def _cells(line: Line, numbers: tuple[int, ...]) -> Iterator[str]:
    dots = {dot.sprint: dot for dot in line.dots}
    for number in numbers:
        dot = dots.get(number)
        if dot is None:
            yield FEW if number in line.too_few else NOT_ASKED
        else:
            yield f"{mean_short(dot.value)}{FLAG if dot.signal else ''}"


def _open(report: Report) -> tuple[ActionLine, ...]:
    lines = {line.action.id: line for line in report.actions}
    return tuple(lines[action.id] for action in open_actions(line.action for line in report.actions))


def _closed(report: Report) -> tuple[tuple[ActionLine, ...], int]:
    """What was done or dropped in the range or taken on in it, the newest first; and how many were before that."""
    first = report.summaries[0].sprint.number
    over = [line for line in report.actions if line.action.status != "open"]
    told = [line for line in over if max(line.action.sprint, line.action.closed or 0) >= first]
    return tuple(reversed(told)), len(over) - len(told)
