"""Commands that read a release: results and the focus list.

Owns how a summary is laid out in lines. Must not compute: every figure and sentence comes from the summary.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, formatted, placed

if TYPE_CHECKING:
    from tuiretro.cli.tables import Cell
    from tuiretro.model.summary import FocusLine, ItemLine, Summary, ThemeLine

_LABEL = 38
"""Cells for an item's label, so that a line with strip, mean, band and spread word fits into 80."""

_FOCUS_HEADS = (
    "number",
    "mistake",
    "title",
    "level",
    "shown",
    "band",
    "answered",
    "reason",
    "talk_first",
    "suggestion",
)


@click.command()
@click.option("--sprint", type=int, metavar="N", help="An earlier sprint; else the last one with results.")
@click.option("--comments", is_flag=True, help="With the comments; on a terminal only, they are for the screen.")
@formatted("text", "md", "json", "csv")
@placed
def results(call: Call, form: str, *, sprint: int | None, comments: bool) -> None:
    """Show the released numbers of a sprint."""
    if comments and form != "text":
        raise click.UsageError("Comments are for the screen: use --comments without --format.")
    if comments and not sys.stdout.isatty():
        from tuiretro.errors import NotNowError

        raise NotNowError("Comments are for the screen, never for a file or a pipe; nothing was shown.")
    from tuiretro.service import insight

    found = insight.results(call.workspace, call.team, sprint)
    if form == "csv":
        from tuiretro.cli.tables import Table, as_csv

        heads = ("sprint", "theme", "item", "statement", "n", "mean", "shown", "band", "view", "signal")
        click.echo(as_csv(Table(heads, list(_item_rows(found.summary)))))
    elif form == "text":
        for line in _page(found.summary, found.comments if comments else None):
            click.echo(line)
    else:
        click.echo(_exported(form, found.summary).rstrip("\n"))


def _exported(form: str, summary: Summary) -> str:
    if form == "md":
        from tuiretro.export.markdown import markdown

        return markdown(summary)
    from tuiretro.export.jsonfile import json_document

    return json_document(summary)


def _item_rows(summary: Summary) -> Iterator[tuple[Cell, ...]]:
    for theme in summary.themes:
        for item in theme.items:
            # Where nearly all answered, an item's own number would send people looking for the one.
            n = None if summary.nearly_all else item.n
            figures = (n, *_figures_told(item.mean, item.band), item.spread, item.signal)
            yield (summary.sprint.number, theme.theme, item.id, item.text, *figures)


def _figures_told(mean: float | None, half: float | None) -> tuple[float | None, str | None, float | None]:
    """Mean, the mean in words, and band for programs; nothing of an item that too few answered."""
    from tuiretro.core.figures import mean_words, told_band, told_mean

    return (None, None, None) if mean is None or half is None else (told_mean(mean), mean_words(mean), told_band(half))


def _page(summary: Summary, comments: tuple[str, ...] | None) -> Iterator[str]:
    from tuiretro.core.calendar import span_words
    from tuiretro.core.charts import strip_scale
    from tuiretro.core.figures import FOOTER
    from tuiretro.core.telling import whole_remark
    from tuiretro.core.text import clean

    span = f"sprint {summary.sprint.number} ({span_words(summary.sprint)})"
    yield click.style(clean(f"{summary.team}, {span}: {summary.title}"), bold=True)
    yield f"{summary.answered}; k is {summary.minimum}. {whole_remark(summary)}".rstrip()
    yield ""
    yield f"{'':{_LABEL}}{strip_scale()}   mean  band  view"
    for theme in summary.themes:
        yield from _theme(theme)
    yield ""
    yield from _comments(summary, comments)
    yield _wrapped(FOOTER)


def _theme(theme: ThemeLine) -> Iterator[str]:
    from tuiretro.core.text import clean, pad

    label = pad(theme.theme.upper(), _LABEL)
    yield click.style(f"{label}{_figures(theme.mean, theme.band)}".rstrip(), bold=True)
    if theme.remark:
        yield f"    {clean(theme.remark)}"
    for item in theme.items:
        yield _item(item)
        yield from (f"    {clean(remark)}" for remark in item.remarks)


def _item(item: ItemLine) -> str:
    from tuiretro.core.text import clean, pad

    label = pad(f"{'   ' if item.is_facet else '  '}{clean(item.short)}", _LABEL)
    return f"{label}{_figures(item.mean, item.band)}  {item.spread or ''}".rstrip()


def _figures(mean: float | None, half: float | None) -> str:
    if mean is None or half is None:
        return ""
    from tuiretro.core.charts import strip
    from tuiretro.core.figures import band_words, mean_short

    return f"{strip(mean, half)}   {mean_short(mean):>4}  {band_words(half)}"


def _comments(summary: Summary, comments: tuple[str, ...] | None) -> Iterator[str]:
    from tuiretro.core.rules import COMMENTS_FROM
    from tuiretro.core.text import clean, plural

    if comments is None:
        if summary.comments:
            yield f"{plural(summary.comments, 'comment')}: 'tuiretro results --comments' shows them."
        return
    if comments:
        yield click.style("COMMENTS, in random order", bold=True)
    else:
        yield f"No comments: they are shown only if {COMMENTS_FROM} or more people wrote one."
    for comment in comments:
        first, *others = clean(comment, lines=True).split("\n")
        yield f"- {first}"
        yield from (f"  {other}" for other in others)


@click.command()
@click.option("--explain", is_flag=True, help="With the rule, and with every suggested action.")
@formatted("text", "md", "json", "csv")
@placed
def focus(call: Call, form: str, *, explain: bool) -> None:
    """Show the focus list: at most three mistakes to work on, and why."""
    from tuiretro.service import insight

    summary = insight.summary(call.workspace, call.team)
    if form == "json":
        from tuiretro.cli.tables import as_json

        click.echo(as_json(_focus_document(summary)))
    elif form == "csv":
        from tuiretro.cli.tables import Table, as_csv

        click.echo(as_csv(Table(_FOCUS_HEADS, [_focus_row(line) for line in summary.focus])))
    else:
        for line in _focus_page(summary, explain=explain, marked=form == "md"):
            click.echo(line if form == "md" else _wrapped(line))


def _focus_document(summary: Summary) -> dict[str, object]:
    import msgspec

    from tuiretro.core.telling import suggestions

    lines = []
    for line in summary.focus:
        level, shown, half = _figures_told(line.level, line.band)
        figures = {"level": level, "shown": shown, "band": half}
        lines.append({**msgspec.to_builtins(line), **figures, "plays": msgspec.to_builtins(suggestions(line))})
    return {"team": summary.team, "sprint": summary.sprint.number, "focus": lines}


def _focus_row(line: FocusLine) -> tuple[Cell, ...]:
    from tuiretro.core.telling import suggestion

    play = suggestion(line)
    told = (line.answered, line.reason, "yes" if line.talk_first else "no", play.reference if play else None)
    return (line.number, line.mistake, line.title, *_figures_told(line.level, line.band), *told)


def _focus_page(summary: Summary, *, explain: bool, marked: bool) -> Iterator[str]:
    from tuiretro.core.figures import FOOTER, band_words, mean_short
    from tuiretro.core.telling import empty_focus
    from tuiretro.core.text import clean

    shown = _escape() if marked else clean
    title = f"{shown(summary.team)}, sprint {summary.sprint.number}: focus list"
    yield f"# {title}\n" if marked else click.style(title, bold=True)
    if not summary.focus:
        yield empty_focus(summary)
    for place, line in enumerate(summary.focus, 1):
        drop = ", NEW DROP" if line.new_drop else ""
        answered = f", {line.answered}" if line.answered else ""
        figures = f"{mean_short(line.level)} {band_words(line.band)}{answered}{drop}"
        yield f"{place}. {shown(line.title)} ({line.mistake})"
        yield f"   {figures}"
        yield f"   Why this: {shown(line.reason)}."
        yield from (f"   {sentence}" for sentence in _advice(line, explain=explain, marked=marked))
    if explain:
        yield ""
        from tuiretro.core.focus import RULE

        yield f"How the list is made: {RULE}"
    yield ""
    yield FOOTER


def _escape() -> Callable[[str], str]:
    # The exporters take longer to import than a list to print, so only Markdown pays for them.
    from tuiretro.export.escaping import escape

    return escape


def _advice(line: FocusLine, *, explain: bool, marked: bool) -> Iterator[str]:
    from tuiretro.core.figures import SPLIT_ADVICE
    from tuiretro.core.telling import suggestion, suggestions
    from tuiretro.core.text import clean
    from tuiretro.model.survey import EFFORT_WORDS

    shown = _escape() if marked else clean
    bullet = "- " if marked else ""
    if line.talk_first:
        yield f"{bullet}{SPLIT_ADVICE}"
    plays = suggestions(line)
    for play in plays if explain else plays[:1]:
        yield f"{bullet}{play.effort} ({EFFORT_WORDS[play.effort]}): {shown(play.title)} [{play.reference}]"
        if explain:
            yield f"  Why: {shown(play.why)}"
            yield f"  First step: {shown(play.first_step)}"
            yield f"  Done when: {shown(play.done_when)}"
    if (first := suggestion(line)) and not explain:
        yield f"{bullet}Take it on: tuiretro action add --play {first.reference}"


def _wrapped(line: str) -> str:
    """The line in 80 columns; a command to copy stays in one piece."""
    from textwrap import fill

    if "tuiretro action add" in line:
        return line
    indent = len(line) - len(line.lstrip())
    hanging = 0 if line[:1].isalpha() else indent + 2
    return fill(line, 80, subsequent_indent=" " * hanging, break_long_words=False, break_on_hyphens=False)
