"""The command that shows a team's past: every theme and mistake, the chart of one of them, or all as a heatmap.

Owns how trends are laid out in lines. Must not compute: every figure and sentence comes from the trends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, formatted, placed

if TYPE_CHECKING:
    from tuiretro.cli.tables import Cell
    from tuiretro.core.plot import Plot
    from tuiretro.model.trends import Dot, Line, Trends

_LABEL, _SPARK, _WIDTH = 24, 12, 80
_RECENT = 2 * _SPARK
"""Sprints in the list: two in each cell."""
_HEIGHT = 19
"""Rows of a chart: four for each point of the scale, one for its end, and two below."""
NOTHING = (
    "No round has been closed yet, so there are no trends.",
    "'tuiretro round open' opens the first one.",
)
SHOWN_NOTHING = ("No mistake has been asked so far, or too few answered: there is nothing to draw yet.",)
_CSV = ("sprint", "line", "kind", "value", "shown", "average", "lower", "usual", "upper", "signal", "start")


@click.command()
@click.option(
    "--of", "wanted", metavar="THEME|MISTAKE|ITEM", help="The chart of one theme, mistake or item of no mistake."
)
@click.option("--heatmap", is_flag=True, help="All mistakes by sprints, with the number in every cell.")
@click.option("--explain", is_flag=True, help="How the figures come about, step by step.")
@formatted("text", "md", "json", "csv")
@placed
def trends(call: Call, form: str, *, wanted: str | None, heatmap: bool, explain: bool) -> None:
    """Show what changed over the sprints and what is only noise."""
    if heatmap and wanted is not None:
        raise click.UsageError("--heatmap shows every mistake, so it stands without --of.")
    from tuiretro.service import past

    is_list = form in {"text", "md"} and wanted is None and not heatmap
    titled = () if wanted is None else (wanted,)
    named = () if wanted is None else tuple(dict.fromkeys((wanted, wanted.strip().casefold())))
    found = past.trends(call.workspace, call.team, titled, _RECENT if is_list else None, named)
    lines = found.lines if wanted is None else (past.line(found, wanted),)
    if form == "json":
        from tuiretro.cli.tables import as_json

        click.echo(as_json(_document(found, lines, explain=explain)))
    elif form == "csv":
        from tuiretro.cli.tables import Table, as_csv

        click.echo(as_csv(Table(_CSV, [_row(line, dot) for line in lines for dot in line.dots])))
    else:
        page = _heatmap(found) if heatmap else _list(found) if wanted is None else _chart(found, lines[0])
        told = _explained(None if wanted is None else lines[0]) if explain else ()
        click.echo("\n".join(_laid_out(found, [*page], [*told], marked=form == "md")))


def _laid_out(found: Trends, page: list[str], told: list[str], *, marked: bool) -> Iterator[str]:
    """Title, page, explanation and footer; in Markdown the page is a block whose columns stay as they are."""
    from textwrap import wrap

    from tuiretro.core.figures import FOOTER
    from tuiretro.core.text import clean, plural

    title = f"{clean(found.team)}: {plural(len(found.sprints), 'sprint')}"
    if marked:
        from tuiretro.export.escaping import escape

        yield f"# {escape(title)}\n"
        # Longer than any row of signs in the page, which could otherwise end the block.
        fence = "`" * max(3, 1 + max((len(run) for line in page for run in re.findall("`+", line)), default=0))
        yield from (fence, *page, fence)
        yield from ("", *(f"- {escape(sentence)}" for sentence in told)) if told else ()
    else:
        yield click.style(title, bold=True)
        yield from page
        if told:
            yield ""
        for sentence in told:
            yield from wrap(sentence, _WIDTH, subsequent_indent="  ")
    yield ""
    yield from [FOOTER] if marked else wrap(FOOTER, _WIDTH)


def _list(found: Trends) -> Iterator[str]:
    if not found.lines:
        yield from SHOWN_NOTHING if found.sprints else NOTHING
        return
    if found.remark:
        yield from _wrapped(found.remark)
    yield f"{'':{_LABEL}}last  band  recent sprints"
    sprints = [sprint.number for sprint in found.sprints[-_RECENT:]]
    for line in found.lines:
        yield from _of_list(line, sprints)


def _of_list(line: Line, sprints: Sequence[int]) -> Iterator[str]:
    from tuiretro.core.charts import spark
    from tuiretro.core.figures import TOO_FEW, band_words, mean_short
    from tuiretro.core.text import clean, pad

    name = pad(clean(line.id.upper()) if line.mistake is None else f"  {clean(line.id)}", _LABEL)
    if not line.dots or line.band is None:
        yield f"{name}{TOO_FEW}"
        return
    values = {dot.sprint: dot.value for dot in line.dots}
    recent = spark([values.get(sprint) for sprint in sprints], _SPARK)
    yield f"{name}{mean_short(line.dots[-1].value):>4}  {band_words(line.band)}  {recent}".rstrip()
    yield from (part for remark in line.remarks for part in _wrapped(f"    {remark}"))


def _wrapped(line: str) -> Iterator[str]:
    if len(line) <= _WIDTH:
        yield line
        return
    from textwrap import wrap

    indent = " " * (len(line) - len(line.lstrip()))
    yield from wrap(line, _WIDTH, subsequent_indent=indent)


def _chart(found: Trends, line: Line) -> Iterator[str]:
    from tuiretro.core.figures import TOO_FEW
    from tuiretro.core.plot import legend, plot
    from tuiretro.core.telling import dated
    from tuiretro.core.text import clean, plural

    yield clean(line.title)
    drawn: Plot = plot(line, found, width=_WIDTH, height=_HEIGHT)
    if not line.dots:
        yield TOO_FEW
        return
    yield from drawn.rows
    yield from _joined(legend(line, found, width=_WIDTH))
    if drawn.earlier:
        yield f"{plural(drawn.earlier, 'sprint')} before these; --format csv gives all of them."
    said = dated(line, found)
    remarks = (found.remark, *said) if found.remark else said
    yield from (part for remark in remarks for part in _wrapped(remark))


def _joined(words: tuple[str, ...]) -> Iterator[str]:
    """Words in as many lines as they need."""
    line = ""
    for word in words:
        if line and len(line) + 3 + len(word) > _WIDTH:
            yield line
            line = ""
        line = f"{line}   {word}" if line else word
    if line:
        yield line


def _heatmap(found: Trends) -> Iterator[str]:
    from tuiretro.core.heatmap import CELL, MEANING, heatmap
    from tuiretro.core.text import clean, pad, plural

    if not any(line.mistake for line in found.lines):
        yield from SHOWN_NOTHING if found.sprints else NOTHING
        return
    shown = heatmap(found, (_WIDTH - _LABEL) // CELL)
    yield f"{'':{_LABEL}}{shown.head}".rstrip()
    for row in shown.rows:
        yield f"{pad(clean(row.line.id), _LABEL)}{''.join(cell.text for cell in row.cells)}".rstrip()
    yield MEANING
    if shown.earlier:
        yield f"{plural(shown.earlier, 'sprint')} before these; --format csv gives all of them."


def _explained(line: Line | None) -> Iterator[str]:
    from tuiretro.core.explaining import explain, reading

    yield from reading() if line is None else explain(line)


def _document(found: Trends, lines: tuple[Line, ...], *, explain: bool) -> dict[str, object]:
    import msgspec

    from tuiretro.core.explaining import explain as steps

    told = []
    for line in lines:
        about = {key: value for key, value in msgspec.to_builtins(line).items() if key != "dots"}
        more = {"explained": steps(line)} if explain else {}
        told.append({**about, "dots": [_figures(dot) for dot in line.dots], **more})
    return {
        "team": found.team,
        "sprints": msgspec.to_builtins(found.sprints),
        "remark": found.remark,
        "team_changes": list(found.changes),
        "whole_sprints": [{"sprint": sprint, "signal": signal} for sprint, signal in found.wholes],
        "actions": msgspec.to_builtins(found.actions),
        "lines": told,
    }


def _figures(dot: Dot) -> dict[str, Cell]:
    """A value for programs, no finer than people see it."""
    from tuiretro.core.figures import mean_short, told_mean

    return {
        "sprint": dot.sprint,
        "value": told_mean(dot.value),
        "shown": mean_short(dot.value),
        "average": told_mean(dot.average),
        "lower": _rounded(dot.lower),
        "usual": _rounded(dot.centre),
        "upper": _rounded(dot.upper),
        "signal": dot.signal,
        "start": dot.start,
    }


def _rounded(points: float | None) -> float | None:
    # Adding 0.0 makes -0.0 a plain zero.
    return None if points is None else round(points, 1) + 0.0


def _row(line: Line, dot: Dot) -> tuple[Cell, ...]:
    sprint, *figures = _figures(dot).values()
    kind = "theme" if line.mistake is None else "item" if "." in line.id else "mistake"
    return (sprint, line.id, kind, *figures)
