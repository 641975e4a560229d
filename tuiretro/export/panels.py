"""Cutting long ranges of sprints into panels that fit a page: at the turn of a year where that is possible.

Knows nothing of charts, figures or pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct

from tuiretro.model.team import Sprint


class Panel(Struct, frozen=True):
    """Neighbouring sprints that are drawn side by side."""

    sprints: tuple[Sprint, ...]
    first: int
    """The place of its first sprint among all sprints, from 0."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its sprints."""
        return tuple(sprint.number for sprint in self.sprints)

    @property
    def words(self) -> str:
        """'Sprints 14 to 26, 2026'."""
        return f"{sprints_words(self.sprints)}, {years_words(self.sprints)}"


def panels(sprints: Sequence[Sprint], most: int) -> tuple[Panel, ...]:
    """All sprints, oldest first, in as few panels as whole years allow.

    Args:
        sprints: Oldest first.
        most: How many sprints a panel holds at most; at least 1. A longer year is cut into parts of about one length.
    """
    found: list[Panel] = []
    for part in _parts(sprints, most):
        if found and len(found[-1].sprints) + len(part) <= most:
            found[-1] = Panel((*found[-1].sprints, *part), found[-1].first)
        else:
            first = found[-1].first + len(found[-1].sprints) if found else 0
            found.append(Panel(tuple(part), first))
    return tuple(found)


def _parts(sprints: Sequence[Sprint], most: int) -> Iterator[list[Sprint]]:
    """Years, and parts of years that are too long; what fits into one panel is one part."""
    if len(sprints) <= most:
        yield [*sprints]
        return
    for _, group in groupby(sprints, key=lambda sprint: sprint.ends.year):
        year = [*group]
        count = -(-len(year) // most)
        cuts = [len(year) * part // count for part in range(count + 1)]
        yield from (year[start:end] for start, end in pairwise(cuts))


def sprints_words(sprints: Sequence[Sprint]) -> str:
    """'Sprint 26' or 'Sprints 14 to 26'; there is at least one."""
    first, last = sprints[0].number, sprints[-1].number
    return f"Sprint {last}" if first == last else f"Sprints {first} to {last}"


def years_words(sprints: Sequence[Sprint]) -> str:
    """'2026' or '2025 to 2026', by the days on which the sprints end."""
    first, last = sprints[0].ends.year, sprints[-1].ends.year
    return f"{last}" if first == last else f"{first} to {last}"
