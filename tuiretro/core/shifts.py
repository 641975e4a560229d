"""Lasting shifts and directions of a line: the rule of 8 and the slope, with the words for both.

Works on values that share no asking with each other; must not know which screen says what it finds.
Source of every rule: docs/numbers.md, shifts and directions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import fsum, sqrt
from typing import Literal

from msgspec import Struct

from tuiretro.core.rules import SHIFT_AFTER, SHIFT_RUN, SHIFT_SD, SLOPE_CHANCE, SLOPE_FROM, SLOPE_OF, TOLERANCE
from tuiretro.core.slope import holm, mann_kendall, theil_sen

NO_DIRECTION = "No clear direction."


Side = Literal["above", "below"]


class Value(Struct, frozen=True, gc=False):
    """One value of a segment."""

    sprint: int
    value: float
    """In points."""


class Shift(Struct, frozen=True):
    """A lasting shift: the baseline starts anew at the first of the values in a row."""

    since: int
    """The sprint of that first value."""
    seen: int
    """The sprint in which it was found."""
    side: Side


def shifts(values: Sequence[Value]) -> tuple[Shift, ...]:
    """The lasting shifts of a segment, each judged by what came before it alone (rule of 8).

    `SHIFT_RUN` values in a row on one side of the average of all earlier values of the baseline, of which there are at
    least `SHIFT_AFTER`, and on average at least `SHIFT_SD` pooled standard deviations away from it.

    Args:
        values: Of one segment, in the order of sprints; no two of them made of the same asking.
    """
    found: list[Shift] = []
    numbers = [v.value for v in values]
    sums = [0.0, *accumulate(numbers)]
    start = 0
    for first in range(SHIFT_AFTER, len(values) - SHIFT_RUN + 1):
        if first - start < SHIFT_AFTER:
            continue
        usual = (sums[first] - sums[start]) / (first - start)
        # Most runs are ruled out by three of their values; ten years hold thousands.
        is_above, end = numbers[first] > usual, first + SHIFT_RUN
        if is_above != (numbers[first + 1] > usual) or is_above != (numbers[end - 1] > usual):
            continue
        side = _side(usual, numbers[first:end])
        if side is not None and _is_far(numbers[start:first], numbers[first:end]):
            found.append(Shift(values[first].sprint, values[end - 1].sprint, side))
            start = first
    return tuple(found)


def _side(usual: float, run: Sequence[float]) -> Side | None:
    if min(run) > usual + TOLERANCE:
        return "above"
    return "below" if max(run) < usual - TOLERANCE else None


def _is_far(earlier: Sequence[float], run: Sequence[float]) -> bool:
    usual, level = fsum(earlier) / len(earlier), fsum(run) / len(run)
    squares = fsum([(value - usual) ** 2 for value in earlier]) + fsum([(value - level) ** 2 for value in run])
    return abs(level - usual) >= SHIFT_SD * sqrt(squares / (len(earlier) + len(run) - 2))


def shift_words(shift: Shift, values: Sequence[Value]) -> str:
    """'8 sprints in a row above the earlier average. The baseline is reset.', and since when.

    Args:
        shift: One of `shifts(values)`.
        values: The segment's.
    """
    sprints = [v.sprint for v in values if shift.since <= v.sprint <= shift.seen]
    unit = "sprints" if sprints[-1] - sprints[0] == SHIFT_RUN - 1 else "askings"
    reset = f"The baseline is reset. It starts at sprint {shift.since}."
    return f"{SHIFT_RUN} {unit} in a row {shift.side} the earlier average. {reset}"


def directions(segments: Mapping[str, Sequence[Value]]) -> dict[str, str]:
    """A sentence on the direction of each theme; none where there are fewer than `SLOPE_FROM` values.

    The exact Mann-Kendall test of the last up to `SLOPE_OF` values, adjusted for looking at all themes (Holm), and the
    Theil-Sen slope in points per sprint.

    Args:
        segments: By theme: the values of its current baseline, oldest first; no two of them made of the same asking.
    """
    last = {name: tuple(values)[-SLOPE_OF:] for name, values in segments.items() if len(values) >= SLOPE_FROM}
    # Averages of tenths: what differs by rounding alone is a tie.
    ps = holm({name: mann_kendall([round(v.value, 9) for v in values]) for name, values in last.items()})
    return {name: _direction(values, ps[name]) for name, values in last.items()}


def _direction(values: Sequence[Value], p: float) -> str:
    if p > SLOPE_CHANCE:
        return NO_DIRECTION
    # Its words change at 0.05: on which side of it a slope lies must not depend on rounding alone.
    slope = round(theil_sen([round(v.value, 9) for v in values], [v.sprint for v in values]), 9)
    span = values[-1].sprint - values[0].sprint
    sprints = span + 1
    # What would be shown as 0.0 in all is no direction, however regular it is.
    if round(abs(slope) * span, 1) == 0:
        return NO_DIRECTION
    way = "Rising" if slope > 0 else "Falling"
    # A slope below 0.05 would be shown as 0.0, and says more by its sum.
    moved = f"about {abs(slope):.1f} per sprint" if abs(slope) >= 0.05 else f"about {abs(slope) * span:.1f} in all"
    return f"{way} {moved} over {sprints} sprints (this would rarely be chance)."
