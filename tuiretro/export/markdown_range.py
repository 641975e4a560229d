"""Several sprints as Markdown, for people who were not in the rooms.

What was unusual, the focus list and how it changed, actions with what became of them, the last sprint's results, themes
and mistakes over the sprints, and each sprint in short: its own tables are on the page of that sprint. Owns the order
and layout of the page. Every word about numbers comes from `core`; nothing is computed here. Must not hold a comment,
nor an owner unless asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from string import ascii_uppercase

from tuiretro.core.calendar import day_and_month, span_words
from tuiretro.core.explaining import reading
from tuiretro.core.figures import FOOTER, band_words
from tuiretro.core.focus_change import focus_changes
from tuiretro.core.telling import dated, told_whole
from tuiretro.core.text import plural
from tuiretro.export.escaping import escape, sentence
from tuiretro.export.markdown import COMMENTS_STAY, READ_ON, SCALE_AND_BAND, YOU, focus_blocks, results_blocks
from tuiretro.export.tables import pipe_table
from tuiretro.export.telling import (
    cell,
    seen_differently,
    suppressed,
    theme_title,
    titles,
    told_action,
    unusual,
    unusual_short,
)
from tuiretro.model.action import Status
from tuiretro.model.report import ActionLine, Report
from tuiretro.model.summary import FocusLine, Signal, Summary
from tuiretro.model.trends import Line, Trends

HOW_TO_READ_LINES = (
    "In brackets stands the band of the last value. An empty place was not asked in that sprint; 'few' was answered by "
    "too few to show anything; 'low' and 'high' mark what is unusual compared with the team's own earlier sprints. All "
    "other differences may well be what averages do when nothing has changed."
)
FEW = "few"
Block = Iterator[str]


def range_page(report: Report, *, owners: bool = False) -> str:
    """A report as a Markdown page; ends in a newline.

    Args:
        report: Some released sprints.
        owners: Whether the owners of actions are named.
    """
    last = report.summaries[-1]
    blocks = (
        *_opening(report),
        *_unusual(report),
        *focus_blocks(last),
        *_changes(report.summaries),
        *_actions(report, owners=owners),
        f"## Results of sprint {last.sprint.number}",
        *results_blocks(last.themes),
        *_themes(report.trends),
        *_mistakes(report.trends),
        *_sprints(report),
        "## How to read this",
        READ_ON,
        *reading(),
        *(("## Comments", COMMENTS_STAY) if any(summary.comments for summary in report.summaries) else ()),
        "---",
        FOOTER,
    )
    return "\n\n".join(blocks) + "\n"


def _opening(report: Report) -> Block:
    first, last = report.summaries[0].sprint, report.summaries[-1].sprint
    sprints = f"sprint {last.number}" if first == last else f"sprints {first.number} to {last.number}"
    yield f"# {escape(report.trends.team)}: {sprints}, {_day(first.starts)} - {_day(last.ends)}"
    yield f"{plural(len(report.summaries), 'sprint')} with results. {SCALE_AND_BAND} {YOU}"


def _unusual(report: Report) -> Block:
    """The last sprint, and the earlier ones in which something was; figures stand with each sprint further down."""
    known, last = titles(report.trends), report.summaries[-1]
    yield "## What was unusual"
    lines = []
    for summary in reversed(report.summaries):
        whole = "" if summary.signal is not None else escape(told_whole(summary))
        found = unusual_short(summary, known)
        if found or summary is last:
            lines.append(f"- In sprint {summary.sprint.number}: {' '.join(filter(None, (whole, found)))}")
    yield "\n".join(lines)


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
        yield "\n".join(_told(theme_title(line.theme), line, trends) for line in lines)


def _mistakes(trends: Trends) -> Block:
    lines = [line for line in trends.lines if line.mistake is not None]
    if lines:
        yield "## Mistakes over the sprints"
    for theme, group in groupby(lines, key=lambda line: line.theme):
        yield f"### {theme_title(theme)}"
        members = [*group]
        names = [_letters(place) for place in range(len(members))]
        told = (_told(f"{name}: {escape(line.title)}", line, trends) for name, line in zip(names, members, strict=True))
        yield "\n".join(told)
        yield _over_sprints(trends, members, names)


def _told(name: str, line: Line, trends: Trends) -> str:
    """A line of a list: whose values the table holds, the band of the last one, and what may be said."""
    named = f"- {name}." if line.band is None else f"- {name} ({band_words(line.band)})."
    # Of a calm mistake the table says enough: nothing beside its values, or an empty place.
    return " ".join((named, *map(sentence, dated(line, trends) if line.remarks else ())))


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
            yield "\n".join(part for line in lines for part in _action(line, report.today, owners=owners))


def _action(line: ActionLine, today: date | None, *, owners: bool) -> Iterator[str]:
    yield told_action(line, today, owners=owners)
    if line.action.done_when and line.action.status == "open":
        yield f"  - Done when: {escape(line.action.done_when)}"


def _sprints(report: Report) -> Block:
    known = titles(report.trends)
    yield "## Sprint by sprint"
    for summary in reversed(report.summaries):
        span = summary.sprint
        yield f"### Sprint {span.number}, {span_words(span)} {span.ends.year}"
        answered = summary.answered[:1].upper() + summary.answered[1:]
        said = (sentence(summary.title), sentence(answered), escape(told_whole(summary)))
        yield " ".join(filter(None, said))
        if lines := tuple(unusual(summary, known)):
            yield "\n".join(lines)
        if more := " ".join(filter(None, (seen_differently(summary.themes), suppressed(summary.themes)))):
            yield more


def _day(day: date) -> str:
    return f"{day_and_month(day)} {day.year}"
