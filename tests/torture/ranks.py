"""Whether two orders have anything to do with each other.

Owns the arithmetic. Knows nothing of rounds.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import sqrt
from statistics import fmean, pvariance

BEYOND = 4.5
"""Standard errors that chance exceeds less than once in a hundred thousand looks."""


def correlation(places: Sequence[int]) -> float:
    """Spearman's rank correlation of 0, 1, 2, ... with the places that they came to; -1 to 1.

    Args:
        places: Each of 0 to n - 1 once; n at least 2.
    """
    n = len(places)
    return 1 - 6 * sum((at - place) ** 2 for at, place in enumerate(places)) / (n * (n * n - 1))


def by_chance(n: int, draws: int = 20_000, seed: int = 1) -> list[float]:
    """Correlations of orders that chance alone makes of `n` things."""
    chance, places, found = random.Random(seed), list(range(n)), []
    for _ in range(draws):
        chance.shuffle(places)
        found.append(correlation(places))
    return found


def tells(correlations: Sequence[float], n: int) -> str:
    """What is unlike chance in many correlations of `n` things each; '' if nothing is.

    Looks at their mean, which an order kept moves, and at their mean square, which an order kept or turned round moves.
    """
    expected, rounds = [value**2 for value in by_chance(n)], len(correlations)
    mean, square = fmean(correlations), fmean(value**2 for value in correlations)
    if abs(mean) > BEYOND * sqrt(fmean(expected) / rounds):
        return f"mean correlation {mean:+.3f}"
    if abs(square - fmean(expected)) > BEYOND * sqrt(pvariance(expected) / rounds):
        return f"mean square {square:.3f} instead of {fmean(expected):.3f}"
    return ""
