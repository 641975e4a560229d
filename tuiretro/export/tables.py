"""Pipe tables of Markdown whose columns line up in a terminal as well.

Owns layout alone; what stands in a cell is escaped by those who fill it.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tuiretro.core.text import pad


def pipe_table(heads: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """A table whose columns are as wide as their widest cell; wide characters count twice.

    Args:
        heads: One for each column.
        rows: As many cells each, ready to be shown.
        right: The places of the columns that stand to the right.
    """
    widths = [max(3, *map(cell_len, column)) for column in zip(heads, *rows, strict=True)]
    rule = ["-" * (w - 1) + ":" if at in right else ":" + "-" * (w - 1) for at, w in enumerate(widths)]

    def line(cells: Sequence[str]) -> str:
        shown = (
            " " * (width - cell_len(cell)) + cell if at in right else pad(cell, width)
            for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"| {' | '.join(shown)} |"

    return "\n".join([line(heads), f"| {' | '.join(rule)} |", *map(line, rows)])
