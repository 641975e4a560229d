"""Charts as text on the fixed scale of 1 to 5: a value looks the same in every sprint and on every screen.

Returns plain lines; colours and widgets are somebody else's.
"""

from __future__ import annotations

from collections.abc import Sequence

_STEP = 4
"""Cells from one scale point to the next: '1   2   3   4   5'."""
STRIP_WIDTH = 4 * _STEP + 1
_DOTS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
"""Braille dots of the left and the right half of a cell, from the lowest to the highest row."""


def strip_scale() -> str:
    """The head of a column of strips."""
    return (" " * (_STEP - 1)).join("12345")


def strip(mean: float, half: float) -> str:
    """One value with its band on the scale: '·   · ─●─  ·   ·'.

    Args:
        mean: From 1 to 5.
        half: Half the band's width in points; drawn to the nearest cell, at least one each side.
    """
    cells = [*strip_scale().translate(str.maketrans("12345", "·····"))]
    at = round((mean - 1) * _STEP)
    reach = max(1, round(half * _STEP))
    for cell in range(max(0, at - reach), min(STRIP_WIDTH, at + reach + 1)):
        cells[cell] = "─"
    cells[at] = "●"
    return "".join(cells)


def spark(values: Sequence[float | None], width: int) -> str:
    """The last values as a line of braille dots, two values a cell, on four fixed heights from 1 to 5.

    Args:
        values: Oldest first; None leaves a gap.
        width: Cells; shorter series are padded on the left.
    """
    wanted = 2 * width
    padded: list[float | None] = [*([None] * (wanted - len(values))), *values[-wanted:]]
    cells = []
    for left in range(0, wanted, 2):
        bits = 0
        for half in (0, 1):
            value = padded[left + half]
            if value is not None:
                bits |= _DOTS[half][min(3, int(value - 1))]
        cells.append(chr(0x2800 + bits) if bits else " ")
    return "".join(cells)
