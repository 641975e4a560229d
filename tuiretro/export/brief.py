"""What changed between two sprints, on one page, for people who were not there.

Owns which questions the page answers, and in which order: what was unusual, what is on the focus list and why, what
was decided, what became of what was decided before, and what these numbers cannot say. Every word about numbers comes
from `core`. Must not hold a comment, nor an owner unless asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tuiretro.core.calendar import span_words
from tuiretro.core.figures import FOOTER, NO_CHANGE, SPLIT_ADVICE, TOO_EARLY, band_words, mean_words
from tuiretro.core.focus_change import Stint, came_and_went, focus_change, stints
from tuiretro.core.shifts import NO_DIRECTION
from tuiretro.core.telling import NO_PLAY, empty_focus, suggestion, whole_remark
from tuiretro.export.escaping import escape, sentence
from tuiretro.export.markdown import BAND_OR_UNUSUAL, LEVEL
from tuiretro.export.tables import pipe_table
from tuiretro.export.telling import (
    asked_as,
    figure_words,
    seen_differently,
    suppressed,
    theme_title,
    titles,
    told_action,
    unusual,
)
from tuiretro.model.report import Report
from tuiretro.model.summary import FocusLine, Summary
from tuiretro.model.team import Sprint

CANNOT = (
    "People answered from 1, strongly disagree, to 5, strongly agree. Every average stands with its band (±): it often "
    f"moves by up to that much when nothing has changed. {BAND_OR_UNUSUAL} {LEVEL}",
    "What rose or fell after an action may have done so without it: these numbers know no cause.",
)


class _Between(NamedTuple):
    """The two sprints, and those in between."""

    before: Summary | None
    """None where the first sprint with results is told."""
    after: Sequence[Summary]
    """Every sprint after it, oldest first."""
    report: Report

    @property
    def now(self) -> Summary:
        return self.after[-1]


def brief(report: Report, *, owners: bool = False) -> str:
    """What changed from the first to the last sprint of a report; ends in a newline.

    Args:
        report: The two sprints and those between them; of a single one, what there is to say.
        owners: Whether the owners of actions are named.
    """
    alone = len(report.summaries) == 1
    told = _Between(None if alone else report.summaries[0], report.summaries[0 if alone else 1 :], report)
    blocks = (
        *_opening(told),
        *_unusual(told),
        *_focus(told),
        *_decided(told, owners=owners),
        *_earlier(told, owners=owners),
        *_cannot(told),
        "---",
        FOOTER,
    )
    return "\n\n".join(blocks) + "\n"


def _opening(told: _Between) -> Iterator[str]:
    now, before = told.now.sprint, told.before.sprint if told.before is not None else None
    which = f"sprint {now.number}" if before is None else f"from sprint {before.number} to {now.number}"
    yield f"# {escape(told.now.team)}: what changed, {which}"
    dates = _dates(now) if before is None else f"{_dates(before)}, to {_dates(now)}"
    yield (
        f"For people who were not there; 'you' and 'your' mean the team. {dates}. {sentence(told.now.title)} "
        f"{_answered(told)}"
    )


def _dates(span: Sprint) -> str:
    return f"{span_words(span)} {span.ends.year}"


def _answered(told: _Between) -> str:
    now = sentence(told.now.answered[:1].upper() + told.now.answered[1:])
    return now if told.before is None else f"{now} The time before: {sentence(told.before.answered)}"


def _unusual(told: _Between) -> Iterator[str]:
    yield "## What was unusual"
    lines: list[str] = []
    known = titles(told.report.trends)
    for summary in told.after:
        remark = whole_remark(summary)
        found = [*([f"- {escape(remark)}"] if remark not in {"", NO_CHANGE} else []), *unusual(summary, known)]
        if found and len(told.after) > 1:
            found = [f"- Sprint {summary.sprint.number}:", *(f"  {line}" for line in found)]
        lines += found
    yield "\n".join(lines) or (NO_CHANGE if told.now.is_judged else TOO_EARLY)
    yield _themes(told)
    if lasting := [*_lasting(told)]:
        yield "\n".join(lasting)
    if split := seen_differently(told.now.themes):
        yield split


def _themes(told: _Between) -> str:
    earlier = {} if told.before is None else {theme.theme: theme for theme in told.before.themes}
    rows = []
    for theme in told.now.themes:
        then = earlier.get(theme.theme)
        was = () if told.before is None else ("" if then is None or then.mean is None else mean_words(then.mean),)
        now = ("too few", "") if theme.mean is None or theme.band is None else _figures(theme.mean, theme.band)
        rows.append((theme_title(theme.theme), *was, *now, escape(theme.remark)))
    heads = () if told.before is None else (f"Sprint {told.before.sprint.number}",)
    return pipe_table(("Theme", *heads, f"Sprint {told.now.sprint.number}", "Band", "What may be said"), rows)


def _figures(mean: float, half: float) -> tuple[str, str]:
    return mean_words(mean), band_words(half)


def _lasting(told: _Between) -> Iterator[str]:
    """Shifts and directions of themes, which no single sprint shows."""
    said = {theme.remark for theme in told.now.themes} | {NO_DIRECTION, NO_CHANGE}
    for line in told.report.trends.lines:
        lasting = [sentence(remark) for remark in line.remarks if remark not in said]
        if line.mistake is None and lasting:
            yield f"- {theme_title(line.theme)}: {' '.join(lasting)}"


def _focus(told: _Between) -> Iterator[str]:
    change = focus_change(told.before, told.now)
    yield "## What the team works on"
    if not told.now.focus:
        yield empty_focus(told.now)
    since = _since(told)
    lines = [line for entry in told.now.focus for line in _listed(entry, since.get(entry.mistake, ""))]
    if lines:
        yield "\n".join(lines)
    gone = [f"- Left the list: {escape(entry.title)}.{_level(entry, told)}" for entry in change.left]
    gone += [
        f"- Came and went in between: {escape(stint.entry.title)} ({_stay(stint)}).{_level(stint.entry, told)}"
        for stint in came_and_went(told.report.summaries)
    ]
    if gone:
        yield "\n".join(gone)


def _since(told: _Between) -> dict[str, str]:
    """By mistake that is listed now but was not all the time: that it is new, or came back."""
    if told.before is None:
        return {}
    then, number = {entry.mistake for entry in told.before.focus}, told.before.sprint.number
    return {
        stint.entry.mistake: f"back since sprint {stint.first}" if stint.entry.mistake in then else "new on the list"
        for stint in stints(told.report.summaries)
        if stint.last == told.now.sprint.number and stint.first > number
    }


def _stay(stint: Stint) -> str:
    return f"sprint {stint.first}" if stint.first == stint.last else f"sprints {stint.first} to {stint.last}"


def _listed(entry: FocusLine, since: str) -> Iterator[str]:
    named = f"**{escape(entry.title)}**{f' ({since})' if since else ''}"
    yield f"- {named}: level {figure_words(entry.level, entry.band)}, {escape(entry.answered)}"
    if about := asked_as(entry):
        yield f"  - Asked as: {sentence(about)}"
    yield f"  - Why this: {sentence(entry.reason)}"
    if entry.talk_first:
        yield f"  - Talk first: {SPLIT_ADVICE}"
    elif (play := suggestion(entry)) is not None:
        yield f"  - Suggested: {sentence(play.title)}"
    else:
        yield f"  - {NO_PLAY}"


def _level(entry: FocusLine, told: _Between) -> str:
    line = told.report.trends.line(entry.mistake)
    if line is None or not line.dots:
        return ""
    return f" Its 3-sprint average is now {mean_words(line.dots[-1].average)}."


def _decided(told: _Between, *, owners: bool) -> Iterator[str]:
    since = 0 if told.before is None else told.before.sprint.number
    taken = [line for line in told.report.actions if line.action.sprint > since]
    yield "## What was decided"
    yield (
        "\n".join(told_action(line, told.report.today, owners=owners) for line in taken) or "Nothing new was taken on."
    )


def _earlier(told: _Between, *, owners: bool) -> Iterator[str]:
    if told.before is None:
        return
    since = told.before.sprint.number
    earlier = [line for line in told.report.actions if line.action.sprint <= since]
    moving = [line for line in earlier if line.action.status == "open" or (line.action.closed or 0) >= since]
    yield "## What became of earlier decisions"
    yield "\n".join(told_action(line, told.report.today, owners=owners) for line in moving) or "Nothing was waiting."


def _cannot(told: _Between) -> Iterator[str]:
    hidden = suppressed(told.now.themes)
    few = f"A statement with fewer than {told.now.minimum} answers is not shown."
    yield "## What these numbers cannot say"
    yield "\n".join(f"- {line}" for line in (*CANNOT, f"{few} {hidden}".rstrip()))
