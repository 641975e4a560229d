"""Which answers a released figure leaves possible: all sets of answers are tried.

Owns the enumeration. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement

from tuiretro.core.figures import released_spread, shown_mean
from tuiretro.core.rules import SCALE
from tuiretro.model.release import Spread

Answers = tuple[int, ...]
Figure = tuple[int, float, Spread | None]
"""What is released of one item: number of answers, mean as shown, spread word."""


def possible(n: int) -> dict[Figure, list[Answers]]:
    """All sets of `n` answers, in ascending order each, by the figure that they release."""
    found: dict[Figure, list[Answers]] = {}
    for answers in combinations_with_replacement(range(SCALE[0], SCALE[1] + 1), n):
        figure = (n, shown_mean(list(answers)), released_spread(list(answers)))
        found.setdefault(figure, []).append(answers)
    return found


def sayable(sets: list[Answers]) -> set[int]:
    """What one person may have answered, if nothing but the figure is known: any value of any set."""
    return {value for answers in sets for value in answers}


def pinned_by_one(found: dict[Figure, list[Answers]]) -> Iterator[tuple[Figure, int]]:
    """Figures, each with an own answer, from which a person knows exactly what the others said together."""
    for figure, sets in found.items():
        for own in sorted(sayable(sets)):
            if sum(own in answers for answers in sets) == 1:
                yield figure, own
