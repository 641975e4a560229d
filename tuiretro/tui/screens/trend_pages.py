"""The list, the chart, the explanation and the heatmap of trends: values in, rows and text out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len
from textual.content import Content
from textual.widgets.option_list import Option

from tuiretro.core.charts import spark
from tuiretro.core.explaining import explain
from tuiretro.core.figures import FOOTER, TOO_FEW, band_words, mean_short
from tuiretro.core.heatmap import MEANING, HeatCell, Heatmap
from tuiretro.core.plot import AVERAGE, DOT, UNUSUAL, Plot, legend, plot
from tuiretro.core.telling import dated
from tuiretro.model.trends import Line, Trends
from tuiretro.service.insight import Scene
from tuiretro.tui.text import ACT, DIM, HEAD, LOOK, cell, fold, plain, right, row, stack
from tuiretro.tui.widgets.rows import entry, heading

EMPTY = Content("")
FIGURE = 5
"""Cells of a mean with the space before it."""
LOW, MIDDLE = 2.5, 3.5
"""Values below these get a darker cell in the heatmap: what is read there anyway."""
SHADES = {"low": "on $foreground 22%", "middle": "on $foreground 9%"}


def nothing_rows(scene: Scene, *, is_read: bool) -> list[Option]:
    """The sentence where there is nothing to draw yet; nothing while it is being read."""
    if scene.released:
        return (
            [heading(plain("Too few answers so far: no value may be shown yet.", DIM))] if is_read else [heading(EMPTY)]
        )
    return [heading(plain("No round has been closed yet, so there are no trends."), EMPTY, _way_on(scene))]


def _way_on(scene: Scene) -> Content:
    if scene.status is not None:
        return plain("A round is open; its results will be the first dots here.", DIM)
    return row(plain("1", ACT), plain(" goes home, where ", DIM), plain("o", ACT), plain(" opens a round.", DIM))


def line_rows(found: Trends, width: int) -> list[Option]:
    """Themes and mistakes with their last values."""
    wide = width >= 30
    marks = width - FIGURE - 1 - (22 if wide else 14)
    return [entry(line.id, _line(line, found, width, marks)) for line in found.lines]


def _line(line: Line, found: Trends, width: int, marks: int) -> Content:
    name = width - FIGURE - 1 - marks
    style = HEAD if line.mistake is None else ""
    told = cell(line.id if line.mistake is None else f" {line.id}", name, style)
    if not line.dots:
        return row(told, plain("  too few", DIM))
    last = line.dots[-1]
    is_news = last.signal is not None and last.sprint == found.sprints[-1].number
    recent = plain(spark(found.values(line), marks), DIM)
    return row(told, right(mean_short(last.value), FIGURE, LOOK if is_news else ""), " ", recent)


def chart_page(line: Line, found: Trends, width: int, height: int, back: int) -> Content:
    """The chart of a line, its legend, and what may be said of it.

    Args:
        line: The theme or mistake.
        found: All of it.
        width: Cells of a line.
        height: Rows there are.
        back: How many of the newest sprints are left out.
    """
    remarks = (found.remark, *dated(line, found)) if found.remark else dated(line, found)
    if back and found.sprints:
        remarks = (f"Of sprint {found.sprints[-1].number}:", *remarks)
    said = [(part, _look(remark)) for remark in remarks for part in fold(remark, width)]
    head = _head(line, width)
    if not line.dots:
        return stack(*head, EMPTY, plain(TOO_FEW))
    signs = _joined(legend(line, found, width=width, back=back), width)
    # One row stays free: a page that just fits would need a scroll bar.
    room = height - len(head) - len(signs) - max(1, len(said)) - 2
    drawn = plot(line, found, width=width, height=max(7, room), back=back)
    return stack(
        *head,
        *_styled(drawn),
        *(plain(words, DIM) for words in signs),
        EMPTY,
        *(plain(part, style) for part, style in said),
    )


def _look(remark: str) -> str:
    """Only what is unusual asks to be looked at."""
    return LOOK if any(sign in remark for sign in ("Unusually", "This whole sprint", "Three in a row")) else ""


def _head(line: Line, width: int) -> list[Content]:
    title = [plain(part, HEAD) for part in fold(line.title, width)]
    if not line.dots or line.band is None:
        return title
    last = line.dots[-1]
    answered = f", {line.answered}" if line.answered else ""
    figures = f"sprint {last.sprint}: {mean_short(last.value)} {band_words(line.band)}{answered}"
    return [*title, plain(f"{figures}; 3-sprint average {last.average:.1f}", DIM)]


def _joined(words: Sequence[str], width: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and cell_len(lines[-1]) + 2 + cell_len(word) <= width:
            lines[-1] += f"  {word}"
        else:
            lines.append(word)
    return lines


def _styled(drawn: Plot) -> Iterator[Content]:
    """The rows of a chart: dots and average stand out, an unusual one most, what they are held against least."""
    for text in drawn.rows:
        runs = ("".join(run) for _, run in groupby(text, key=_style))
        yield row(*(plain(run, _style(run[0])) for run in runs)) if text else EMPTY


def _style(sign: str) -> str:
    if sign == UNUSUAL:
        return LOOK
    return "" if sign == DOT or sign in AVERAGE else DIM


def explained_page(line: Line, width: int) -> Content:
    """How the last figures of a line came about."""
    steps = [content for step in explain(line) for content in (EMPTY, *(plain(part) for part in fold(step, width)))]
    return stack(*_head(line, width), *steps, EMPTY, *(plain(part, DIM) for part in fold(FOOTER, width)))


def heat_head(shown: Heatmap, label: int) -> Content:
    """The numbers of the sprints above the heatmap, and how many there are before them."""
    return row(cell(f"{shown.earlier} earlier" if shown.earlier else "", label, DIM), plain(shown.head, DIM))


def heat_rows(shown: Heatmap, label: int, width: int) -> list[Option]:
    """Mistakes by sprints."""
    rows = [
        entry(heat.line.id, row(cell(heat.line.id, label), *(plain(one.text, _shade(one)) for one in heat.cells)))
        for heat in shown.rows
    ]
    return [*rows, heading(EMPTY, *(plain(part, DIM) for part in fold(MEANING, width)))]


def _shade(one: HeatCell) -> str:
    if one.value is None:
        return DIM
    shade = SHADES["low"] if one.value < LOW else SHADES["middle"] if one.value < MIDDLE else ""
    return f"{LOOK if one.signal is not None else ''} {shade}".strip()
