"""Several sprints as Markdown, for people who were not in the rooms.

The focus list and how it changed, themes and mistakes over the sprints, actions with what became of them, and each
sprint in short: its own tables are on the page of that sprint. Owns the order and layout of the page. Every word about
numbers comes from `core`; nothing is computed here. Must not hold a comment, nor an owner unless asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from string import ascii_uppercase

from tuiretro.core.calendar import day_and_month, span_words
from tuiretro.core.figures import FOOTER, band_words
from tuiretro.core.focus_change import focus_changes
from tuiretro.core.telling import whole_remark
from tuiretro.core.text import plural
from tuiretro.export.escaping import escape, sentence
from tuiretro.export.markdown import COMMENTS_STAY, SCALE_AND_BAND, focus_blocks
from tuiretro.export.tables import pipe_table
from tuiretro.export.telling import cell, seen_differently, suppressed, theme_title, told_action, unusual
from tuiretro.model.action import Status
from tuiretro.model.report import Report
from tuiretro.model.summary import FocusLine, Signal, Summary
from tuiretro.model.trends import Line, Trends

HOW_TO_READ_LINES = (
    "In brackets stands the band of the last value. An empty place was not asked in that sprint; 'few' was answered by "
    "too few to show anything; 'low' and 'high' mark what is unusual compared with the team's own earlier sprints. All "
    "other differences are what averages do when nothing has changed."
)
FEW = "few"
Block = Iterator[str]


def range_page(report: Report, *, owners: bool = False) -> str:
    """A report as a Markdown page; ends in a newline.

    Args:
        report: Some released sprints.
        owners: Whether the owners of actions are named.
    """
    blocks = (
        *_opening(report),
        *focus_blocks(report.summaries[-1]),
        *_changes(report.summaries),
        *_themes(report.trends),
        *_mistakes(report.trends),
        *_actions(report, owners=owners),
        *_sprints(report.summaries),
        *(("## Comments", COMMENTS_STAY) if any(summary.comments for summary in report.summaries) else ()),
        "---",
        FOOTER,
    )
    return "\n\n".join(blocks) + "\n"


def _opening(report: Report) -> Block:
    first, last = report.summaries[0].sprint, report.summaries[-1].sprint
    sprints = f"sprint {last.number}" if first == last else f"sprints {first.number} to {last.number}"
    yield f"# {escape(report.trends.team)}: {sprints}, {_day(first.starts)} - {_day(last.ends)}"
    yield f"{plural(len(report.summaries), 'sprint')} with results. {SCALE_AND_BAND}"
    if report.trends.remark:
        yield f"**{escape(report.trends.remark)}**"


def _changes(summaries: Sequence[Summary]) -> Block:
    rows = [(str(change.sprint), _titles(change.entered), _titles(change.left)) for change in focus_changes(summaries)]
    if rows:
        yield "## How the focus list changed"
        yield pipe_table(("Sprint", "Entered", "Left"), rows, right=frozenset({0}))


def _titles(entries: Sequence[FocusLine]) -> str:
    return "; ".join(escape(entry.title) for entry in entries)


def _themes(trends: Trends) -> Block:
    lines = [line for line in trends.lines if line.mistake is None]
    yield "## Themes over the sprints"
    yield HOW_TO_READ_LINES
    if lines:
        yield _over_sprints(trends, lines, [theme_title(line.theme) for line in lines], notes=True)
        yield "\n".join(_told(theme_title(line.theme), line) for line in lines)


def _mistakes(trends: Trends) -> Block:
    lines = [line for line in trends.lines if line.mistake is not None]
    if lines:
        yield "## Mistakes over the sprints"
    for theme, group in groupby(lines, key=lambda line: line.theme):
        yield f"### {theme_title(theme)}"
        members = [*group]
        names = [_letters(place) for place in range(len(members))]
        yield "\n".join(_told(f"{name}: {escape(line.title)}", line) for name, line in zip(names, members, strict=True))
        yield _over_sprints(trends, members, names)


def _told(name: str, line: Line) -> str:
    """A line of a list: whose values the table holds, the band of the last one, and what may be said."""
    named = f"- {name}." if line.band is None else f"- {name} ({band_words(line.band)})."
    return " ".join((named, *map(sentence, line.remarks)))


def _letters(place: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    rounds, letter = divmod(place, len(ascii_uppercase))
    return (_letters(rounds - 1) if rounds else "") + ascii_uppercase[letter]


def _over_sprints(trends: Trends, lines: Sequence[Line], names: Sequence[str], *, notes: bool = False) -> str:
    told = [_cells(line) for line in lines]
    wholes = dict(trends.wholes)
    rows = []
    for sprint in trends.sprints:
        about = [str(sprint.number), _day(sprint.ends), *(cells.get(sprint.number, "") for cells in told)]
        note = _note(wholes.get(sprint.number), is_changed=sprint.number in trends.changes)
        rows.append([*about, *([note] if notes else [])])
    heads = ("Sprint", "Ends", *names, *(("Note",) if notes else ()))
    return pipe_table(heads, rows, right=frozenset({0}))


def _cells(line: Line) -> dict[int, str]:
    return {**dict.fromkeys(line.too_few, FEW), **{dot.sprint: cell(dot.value, dot.signal) for dot in line.dots}}


def _note(whole: Signal | None, *, is_changed: bool) -> str:
    rated = {None: "", "low": "rated lower than usual", "high": "rated higher than usual"}[whole]
    return ", ".join(filter(None, ("team changed" if is_changed else "", rated)))


def _actions(report: Report, *, owners: bool) -> Block:
    first = report.summaries[0].sprint.number
    # What was over before the range is another page's story.
    told = [line for line in report.actions if line.action.status == "open" or (line.action.closed or 0) >= first]
    if told:
        yield "## Actions"
    statuses: tuple[Status, ...] = ("open", "done", "dropped")
    for status in statuses:
        lines = [line for line in told if line.action.status == status]
        if lines:
            yield f"### {status.capitalize()}"
            yield "\n".join(told_action(line, owners=owners) for line in lines)


def _sprints(summaries: Sequence[Summary]) -> Block:
    yield "## Sprint by sprint"
    for summary in reversed(summaries):
        span = summary.sprint
        yield f"### Sprint {span.number}, {span_words(span)} {span.ends.year}"
        answered = summary.answered[:1].upper() + summary.answered[1:]
        said = (sentence(summary.title), sentence(answered), escape(whole_remark(summary)))
        yield " ".join(filter(None, said))
        if lines := tuple(unusual(summary)):
            yield "\n".join(lines)
        if more := " ".join(filter(None, (seen_differently(summary.themes), suppressed(summary.themes)))):
            yield more


def _day(day: date) -> str:
    return f"{day_and_month(day)} {day.year}"
