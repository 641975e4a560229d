"""The heatmap as a drawing: mistakes by sprints, the number in every cell, so that no meaning hangs on a shade.

Owns where everything stands, in CSS pixels; colours and markup are the page's. What stands in a cell is
`core.heatmap`'s.
"""

from __future__ import annotations

from msgspec import Struct

from tuiretro.core.heatmap import HeatCell, HeatRow, heatmap
from tuiretro.core.text import clean, clip
from tuiretro.export.panels import Panel, panels
from tuiretro.export.svg_lines import Label
from tuiretro.model.trends import Trends

MOST = 27
"""Sprints side by side at most: a year of two weeks each, which still can be read when it is printed."""
LOW, MIDDLE = 2.5, 3.5
"""Values below these get a darker cell, as on the screen."""
_NAME, _CELL, _ROW, _HEAD = 186, 32, 30, 24
"""Pixels of a mistake's name, of a cell's width and height, and above the first row."""
_LETTERS = 28
"""Cells of a terminal that fit into one line of a name."""


class Cell(Struct, frozen=True, gc=False):
    """One mistake in one sprint; its rectangle begins at the place, its text stands in the middle."""

    x: int
    shade: str
    """'low', 'middle', 'high', or 'none' where there is no value."""
    text: str
    is_unusual: bool


class Row(Struct, frozen=True):
    """One mistake."""

    y: int
    title: str
    names: tuple[Label, ...]
    """Its title in one or two lines."""
    cells: tuple[Cell, ...]


class HeatDrawing(Struct, frozen=True):
    """One panel of the heatmap."""

    width: int
    height: int
    panel: str
    names: int
    """Pixels from the left to where the cells begin, so that the names can stay in sight beside them."""
    cell: int
    row: int
    sprints: tuple[Label, ...]
    rows: tuple[Row, ...]


def draw(trends: Trends) -> tuple[HeatDrawing, ...]:
    """The heatmap in panels, the newest first; none where no mistake has been asked."""
    if not any(line.mistake for line in trends.lines):
        return ()
    return tuple(_panel(trends, panel) for panel in reversed(panels(trends.sprints, MOST)))


def _panel(trends: Trends, panel: Panel) -> HeatDrawing:
    many = len(panel.sprints)
    shown = heatmap(trends, many, len(trends.sprints) - panel.first - many)
    return HeatDrawing(
        width=_NAME + _CELL * many + 1,
        height=_HEAD + _ROW * len(shown.rows) + 1,
        panel=panel.words,
        names=_NAME,
        cell=_CELL,
        row=_ROW,
        sprints=tuple(
            Label(_NAME + _CELL * place + _CELL // 2, _HEAD - 8, f"s{number}")
            for place, number in enumerate(shown.sprints)
        ),
        rows=tuple(_row(row, _HEAD + _ROW * at) for at, row in enumerate(shown.rows)),
    )


def _row(row: HeatRow, y: int) -> Row:
    lines = _folded(clean(row.line.title))
    first = y + _ROW / 2 - 7 * (len(lines) - 1)
    names = tuple(Label(_NAME - 10, first + 14 * at, text) for at, text in enumerate(lines))
    return Row(y, row.line.title, names, tuple(_cell(cell, place) for place, cell in enumerate(row.cells)))


def _folded(title: str) -> tuple[str, ...]:
    """A title in one line, or in two of about one length; cut where it is longer still."""
    words = title.split(" ")
    if len(title) <= _LETTERS or len(words) == 1:
        return (clip(title, _LETTERS),)
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return tuple(clip(half, _LETTERS) for half in min(halves, key=lambda pair: max(map(len, pair))))


def _cell(cell: HeatCell, place: int) -> Cell:
    return Cell(_NAME + _CELL * place, _shade(cell.value), cell.text.strip(), cell.signal is not None)


def _shade(value: float | None) -> str:
    if value is None:
        return "none"
    return "low" if value < LOW else "middle" if value < MIDDLE else "high"
