"""Mistakes by sprints with the number in every cell, as text: readable without colour.

Returns cells with what they are; how they are coloured is somebody else's.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from tuiretro.core.figures import mean_short
from tuiretro.model.summary import Signal
from tuiretro.model.trends import Line, Trends

CELL = 5
"""Cells of one number with its mark."""
FLAG, NOT_ASKED, TOO_FEW = "!", "·", "x"
MEANING = f"{FLAG} unusual   {NOT_ASKED} not asked   {TOO_FEW} too few answers   5 is best"


class HeatCell(Struct, frozen=True, gc=False):
    """One mistake in one sprint."""

    text: str
    """`CELL` cells: the number right-aligned, then its mark."""
    value: float | None = None
    signal: Signal | None = None


class HeatRow(Struct, frozen=True):
    """One mistake over some sprints."""

    line: Line
    cells: tuple[HeatCell, ...]


def _numbered(sprint: int) -> str:
    """A sprint's number in at most four cells."""
    return f"s{sprint}" if sprint < 1000 else str(sprint)


class Heatmap(Struct, frozen=True):
    """Some sprints of all mistakes."""

    sprints: tuple[int, ...]
    rows: tuple[HeatRow, ...]
    earlier: int
    """How many sprints before the first one shown there are."""

    @property
    def head(self) -> str:
        """The numbers of the sprints, one above each column."""
        return "".join(f"{_numbered(number):>{CELL - 1}} " for number in self.sprints)


def heatmap(trends: Trends, columns: int, back: int = 0) -> Heatmap:
    """The heatmap of the newest sprints.

    Args:
        trends: All of it.
        columns: How many sprints there is room for; at least 1.
        back: How many of the newest sprints are left out.
    """
    numbers = [sprint.number for sprint in trends.sprints]
    count = min(columns, len(numbers))
    end = max(count, len(numbers) - back)
    shown = tuple(numbers[end - count : end])
    rows = tuple(HeatRow(line, _cells(line, shown)) for line in trends.lines if line.mistake is not None)
    return Heatmap(shown, rows, end - count)


def _cells(line: Line, shown: Sequence[int]) -> tuple[HeatCell, ...]:
    dots = {dot.sprint: dot for dot in line.dots}
    return tuple(
        HeatCell(f"{mean_short(dot.value):>{CELL - 1}}{FLAG if dot.signal else ' '}", dot.value, dot.signal)
        if (dot := dots.get(sprint)) is not None
        else HeatCell(f"{TOO_FEW if sprint in line.too_few else NOT_ASKED:>{CELL - 1}} ")
        for sprint in shown
    )
