"""One value with its band on the scale of 1 to 5, as a drawing beside its figures.

Owns where everything stands, in CSS pixels.
"""

from __future__ import annotations

from msgspec import Struct

from tuiretro.core.rules import SCALE

WIDTH, MIDDLE = 104, 9
"""Pixels of the drawing, and of the line's height in it."""
_END, _POINT = 6, 23


class Strip(Struct, frozen=True):
    """The band from `low` to `high` with the value in it, and the points of the scale."""

    width: int
    height: int
    y: int
    low: float
    high: float
    value: float
    points: tuple[int, ...]


def draw(mean: float, half: float) -> Strip:
    """A value with its band, which ends where the scale does.

    Args:
        mean: From 1 to 5.
        half: Half the band's width, in points.
    """
    # To one decimal: a drawing must tell no finer values than the figures beside it.
    mean, half = round(mean, 1), round(half, 1)
    return Strip(
        width=WIDTH,
        height=2 * MIDDLE,
        y=MIDDLE,
        low=_x(max(mean - half, SCALE[0])),
        high=_x(min(mean + half, SCALE[1])),
        value=_x(mean),
        points=tuple(round(_x(point)) for point in range(SCALE[0], SCALE[1] + 1)),
    )


def _x(value: float) -> float:
    return _END + round((value - SCALE[0]) * _POINT, 1)
