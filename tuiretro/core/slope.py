"""Whether a series of values goes one way, and how fast: the exact Mann-Kendall test and the Theil-Sen slope.

Numbers in, numbers out. Must not know what the values are, nor how a direction is worded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations


def kendall_s(values: Sequence[float]) -> int:
    """Kendall's S: the pairs that rise minus the pairs that fall, from the earlier value to the later one.

    Args:
        values: In the order of time. Values that are to count as equal must be equal.
    """
    return sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))


def orders_by_falls(sizes: Sequence[int]) -> list[int]:
    """In how many orders so many pairs fall.

    The Gaussian multinomial coefficient: each order of values of which some are equal is counted once, which is the
    full enumeration without the enumerating (Mann 1945; Kendall 1970, chapter 4, for ties).

    Args:
        sizes: How often each different value occurs.

    Returns:
        Orders by number of falling pairs, from 0 to the most there can be.
    """
    ways, placed = [1], 0
    for size in sizes:
        for at in range(1, size + 1):
            ways = _divided(_times(ways, placed + at), at)
        placed += size
    return ways


def _times(ways: list[int], power: int) -> list[int]:
    """The polynomial times 1 - q^power."""
    longer = [*ways, *([0] * power)]
    return [way - (ways[at - power] if at >= power else 0) for at, way in enumerate(longer)]


def _divided(ways: list[int], power: int) -> list[int]:
    """The polynomial divided by 1 - q^power, which divides it."""
    out: list[int] = []
    for at, way in enumerate(ways):
        out.append(way + (out[at - power] if at >= power else 0))
    return out[: len(out) - power]


def mann_kendall(values: Sequence[float]) -> float:
    """The exact two-sided p of no trend: how often orders of these values have an S at least as far from 0.

    Ties stay as they are, so the p is exact for them as well; scipy and pymannkendall only approximate it there. The
    smallest p that can be reached is 2/T!, with T values that all differ.

    Args:
        values: At least one, in the order of time.

    Raises:
        ValueError: No value.
    """
    if not values:
        raise ValueError("a trend needs at least one value")
    sizes = list(Counter(values).values())
    pairs = (len(values) ** 2 - sum(size**2 for size in sizes)) // 2
    seen = abs(kendall_s(values))
    ways = orders_by_falls(sizes)
    return sum(way for falls, way in enumerate(ways) if abs(pairs - 2 * falls) >= seen) / sum(ways)


def theil_sen(values: Sequence[float], times: Sequence[float] | None = None) -> float:
    """The median of the slopes of all pairs, in points per unit of time (Theil 1950, Sen 1968).

    Args:
        values: At least two, in points.
        times: When each was, rising; without it each is one unit after the one before.

    Raises:
        ValueError: Fewer than two values, or not one time for each.
    """
    from statistics import median

    moments = range(len(values)) if times is None else times
    pairs = combinations(zip(moments, values, strict=True), 2)
    slopes = [(later - earlier) / (end - start) for (start, earlier), (end, later) in pairs]
    if not slopes:
        raise ValueError("a slope needs at least two values")
    return median(slopes)


def holm(ps: Mapping[str, float]) -> dict[str, float]:
    """Each p adjusted for having looked at all of them (Holm 1979): at most so often any claim is by chance.

    Args:
        ps: By name; each between 0 and 1.
    """
    adjusted: dict[str, float] = {}
    highest = 0.0
    for place, name in enumerate(sorted(ps, key=lambda name: ps[name])):
        highest = max(highest, min(1.0, (len(ps) - place) * ps[name]))
        adjusted[name] = highest
    return adjusted
