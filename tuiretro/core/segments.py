"""Stretches of a line within which values can be compared, and the line that they make.

Owns where a line starts anew, its dots and its three-sprint average. Computes no signal, and says nothing but what a
lasting shift says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from math import fsum, inf

from msgspec import Struct

from tuiretro.core.judgement import ItemJudgement, ThemeJudgement
from tuiretro.core.rules import LEVEL_OF, SHIFT_RUN
from tuiretro.core.shifts import Value, shift_words, shifts
from tuiretro.model.trends import Dot, Start


class Asked(Struct, frozen=True):
    """A line while it is put together."""

    dots: tuple[Dot, ...]
    shift: str
    """The sentence on its last lasting shift; empty without one."""
    baseline: tuple[Value, ...]
    """The values of its current baseline that share no asking."""


def why_item(before: tuple[str, int, int] | None, now: tuple[str, int, int]) -> Start:
    """Why what is asked in these language, version and team starts a line anew."""
    if before is None:
        return "first"
    if before[0] != now[0]:
        return "language"
    return "statement" if before[1] != now[1] else "team"


class Segment:
    """A stretch of a line within which values can be compared."""

    def __init__(self, start: Start) -> None:
        self.start: Start = start
        self.sprints: list[int] = []
        self.values: list[float] = []
        self.judged: list[ItemJudgement | ThemeJudgement] = []
        self.fresh: list[Value] = []
        """Those that share no asking with each other."""
        self.baselines: list[int] = []
        """The sprints from which a new baseline counts."""

    def add(self, sprint: int, value: float, judged: ItemJudgement | ThemeJudgement) -> None:
        """One more value; the caller says where it is fresh, and where a baseline begins."""
        self.sprints.append(sprint)
        self.values.append(value)
        self.judged.append(judged)

    def parts(self) -> list[list[Value]]:
        """The values that share no asking, baseline by baseline."""
        if not self.baselines:
            return [self.fresh]
        starts = [0, *self.baselines]
        return [
            [value for value in self.fresh if start <= value.sprint < end]
            for start, end in zip(starts, [*starts[1:], inf], strict=True)
        ]


def put_together(segments: Sequence[Segment], last: int | None) -> Asked:
    """A line of its segments.

    Args:
        segments: In the order of sprints; none for what never had a value.
        last: How many of its last dots are wanted; None for all.
    """
    if not segments:
        return Asked((), "", ())
    dots: list[Dot] = []
    for segment in segments:
        parts = segment.parts()
        found = [shifts(part) for part in parts]
        dots += _dots(segment, {shift.since for shifted in found for shift in shifted}, last)
    values, shifted = parts[-1], found[-1]
    baseline = [v for v in values if v.sprint >= shifted[-1].since] if shifted else values
    is_news = bool(shifted) and shifted[-1].seen >= values[-SHIFT_RUN:][0].sprint
    words = shift_words(shifted[-1], values) if is_news else ""
    return Asked(tuple(dots if last is None else dots[-last:]), words, tuple(baseline))


def _dots(segment: Segment, shifted: Set[int], last: int | None) -> Iterator[Dot]:
    """The last dots of a segment, those marked where a new baseline begins."""
    since = {*segment.baselines, *shifted}
    starts: list[Start | None] = [None] * len(segment.sprints)
    for sprint in since:
        starts[segment.sprints.index(sprint)] = "baseline"
    starts[0] = segment.start
    at = 0 if last is None else max(0, len(starts) - last)
    limits = [(j.centre, j.lower, j.upper, j.signal) for j in segment.judged[at:]]
    values = (segment.values[at:], levels(segment.values)[at:], starts[at:])
    return map(Dot, segment.sprints[at:], *values, *zip(*limits, strict=True))


def levels(values: Sequence[float]) -> list[float]:
    """The average of each value and those before it, of `LEVEL_OF` values or of as many as there are."""
    first = [fsum(values[:many]) / many for many in range(1, min(LEVEL_OF, 1 + len(values)))]
    return first + [fsum(last) / LEVEL_OF for last in zip(*(values[at:] for at in range(LEVEL_OF)), strict=False)]
