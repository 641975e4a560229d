"""The focus rule: which at most three mistakes a team works on, step by step.

Owns the list and how one release changes it. It must not know where means and signals come from, nor how a reason is
worded. Source of every rule: docs/numbers.md, focus list; its four steps are named by number here.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum, inf
from typing import Literal

from msgspec import Struct

from tuiretro.core.rules import FOCUS_CEILING, FOCUS_PLACES, LEVEL_OF, STAR, SWAP_AFTER, SWAP_MARGIN, TOLERANCE

Why = Literal["kept", "filled", "drop", "swap"]


class Shown(Struct, frozen=True):
    """What one release says about the mistakes; never empty."""

    sprint: int
    means: dict[str, float]
    """By mistake: the shown mean of its headline, in points."""
    usual: dict[str, float] = {}
    """By mistake with a low signal: the centre that it fell from, in points."""
    starred: frozenset[str] = frozenset()
    fresh: frozenset[str] = frozenset()
    """The mistakes whose segment starts with this asking: what was shown before does not count any more."""
    is_imported: bool = False
    """No round of the team's own made it."""


class Entry(Struct, frozen=True):
    """A mistake on the list, and everything its reason is made of."""

    mistake: str
    level: float
    """Average of its last shown means in its current segment, in points."""
    askings: int
    """How many means the level is made of, at most `LEVEL_OF`."""
    rank: float
    """The level, minus `STAR` if the team starred the mistake."""
    position: int
    """1 for the lowest level."""
    of: int
    """How many mistakes have a level."""
    entered: int
    """The sprint in which it entered the list."""
    releases: int = 1
    """How many releases it has been on the list, with this one."""
    imported: int = 0
    """How many of those were imported: the team had no list then."""
    starred: bool = False
    new_drop: bool = False
    """It entered at this release because of a low signal."""
    shown: float | None = None
    """For a new drop: the mean that dropped, in points."""
    usual: float | None = None
    """For a new drop: what was usual, in points."""
    replaced: str | None = None
    """The mistake that left for it at this release."""
    higher: float | None = None
    """How much higher the rank value of the replaced mistake was, in points."""


class FocusList(Struct, frozen=True):
    """The list after one release, by rank value."""

    entries: tuple[Entry, ...] = ()
    entered: tuple[str, ...] = ()
    """In the order in which they entered at this release."""
    left: tuple[str, ...] = ()
    """The mistakes that left or were replaced at this release."""
    why: Why = "kept"
    """What changed the list: a drop, a swap, or places that were filled."""
    recent: dict[str, tuple[float, ...]] = {}
    """By mistake: its last shown means in its current segment, oldest first, at most `LEVEL_OF`."""

    @property
    def levels(self) -> dict[str, float]:
        """By mistake: its level, in points."""
        return {mistake: fsum(means) / len(means) for mistake, means in self.recent.items()}

    def entry(self, mistake: str) -> Entry | None:
        """The entry of a mistake, if it is on the list."""
        return next((entry for entry in self.entries if entry.mistake == mistake), None)


class _Turn:
    """One release while the list is being settled."""

    def __init__(self, before: FocusList, shown: Shown, numbers: Mapping[str, int]) -> None:
        self.before = before
        self.shown = shown
        self.numbers = numbers
        self.recent = _remembered(before.recent, shown)
        self.levels = FocusList(recent=self.recent).levels
        self.ranks = {m: level - STAR * (m in shown.starred) for m, level in self.levels.items()}
        self.listed = [entry.mistake for entry in before.entries]
        self.entered: list[str] = []
        self.left: list[str] = []
        self.replaced: dict[str, str] = {}
        self.new_drop: str | None = None

    def order(self, values: Mapping[str, float]) -> list[str]:
        """Lowest first, ties by number; sums of tenths that differ by less than the tolerance are ties."""
        digits = 8
        return sorted(values, key=lambda m: (round(values[m], digits), self.numbers.get(m, inf), m))

    @property
    def highest(self) -> str:
        """The listed mistake that would go first."""
        return self.order({m: self.ranks[m] for m in self.listed})[-1]

    @property
    def candidates(self) -> list[str]:
        """Mistakes that may fill a place, lowest rank value first."""
        low = FOCUS_CEILING - TOLERANCE
        return self.order({m: r for m, r in self.ranks.items() if self.levels[m] < low and m not in self.listed})

    def enter(self, mistake: str, instead: str | None = None) -> None:
        """Puts a mistake on the list, in place of another one if the list is full."""
        if instead is not None:
            self.listed.remove(instead)
            self.left.append(instead)
            self.replaced[mistake] = instead
        self.listed.append(mistake)
        self.entered.append(mistake)

    def leave(self) -> None:
        """Step 1."""
        earlier = self.before.levels
        high = FOCUS_CEILING - TOLERANCE
        self.left = [m for m in self.listed if self.levels[m] >= high and earlier[m] >= high]
        self.listed = [m for m in self.listed if m not in self.left]

    def drop(self) -> None:
        """Step 2."""
        means = self.shown.means
        taken = {*self.listed, *self.left}
        dropped = self.order({m: means[m] for m in self.shown.usual if m in means and m not in taken})
        if not dropped:
            return
        full = len(self.listed) >= FOCUS_PLACES
        if full and means[dropped[0]] >= self.ranks[self.highest] - TOLERANCE:
            return
        self.new_drop = dropped[0]
        self.enter(dropped[0], self.highest if full else None)

    def fill(self) -> None:
        """Step 3."""
        for mistake in self.candidates[: FOCUS_PLACES - len(self.listed)]:
            self.enter(mistake)

    def swap(self) -> None:
        """Step 4."""
        if self.entered or not self.listed or not self.candidates:
            return
        lowest, highest = self.candidates[0], self.highest
        stayed = {entry.mistake: entry.releases for entry in self.before.entries}[highest]
        margin = self.ranks[highest] - self.ranks[lowest]
        if stayed >= SWAP_AFTER and margin >= SWAP_MARGIN - TOLERANCE:
            self.enter(lowest, highest)

    @property
    def why(self) -> Why:
        """A drop is named before the places that were filled after it."""
        if self.new_drop:
            return "drop"
        return "swap" if self.replaced else "filled" if self.entered else "kept"

    def result(self) -> FocusList:
        """The list as it stands."""
        positions = {m: place for place, m in enumerate(self.order(self.levels), start=1)}
        ranked = self.order({m: self.ranks[m] for m in self.listed})
        return FocusList(
            entries=tuple(self._entry(m, positions[m]) for m in ranked),
            entered=tuple(self.entered),
            left=tuple(self.left),
            why=self.why,
            recent=self.recent,
        )

    def _entry(self, mistake: str, position: int) -> Entry:
        earlier = self.before.entry(mistake)
        dropped = mistake == self.new_drop
        replaced = self.replaced.get(mistake)
        return Entry(
            mistake=mistake,
            level=self.levels[mistake],
            askings=len(self.recent[mistake]),
            rank=self.ranks[mistake],
            position=position,
            of=len(self.levels),
            entered=earlier.entered if earlier else self.shown.sprint,
            releases=earlier.releases + 1 if earlier else 1,
            imported=(earlier.imported if earlier else 0) + self.shown.is_imported,
            starred=mistake in self.shown.starred,
            new_drop=dropped,
            shown=self.shown.means[mistake] if dropped else None,
            usual=self.shown.usual[mistake] if dropped else None,
            replaced=replaced,
            higher=self.ranks[replaced] - self.ranks[mistake] if replaced else None,
        )


def _remembered(recent: Mapping[str, tuple[float, ...]], shown: Shown) -> dict[str, tuple[float, ...]]:
    kept = {m: () if m in shown.fresh else means for m, means in recent.items()}
    asked = {m: (*kept.get(m, ()), mean)[-LEVEL_OF:] for m, mean in shown.means.items()}
    return {**recent, **asked}


def step(before: FocusList, shown: Shown, numbers: Mapping[str, int]) -> FocusList:
    """The list after one more release; steps 1 to 4 of docs/numbers.md, focus list.

    Args:
        before: The list after the release before; `FocusList()` at first.
        shown: What the release says; at least one mean.
        numbers: Each mistake's number, which settles ties. A mistake without one comes last.
    """
    turn = _Turn(before, shown, numbers)
    turn.leave()
    turn.drop()
    turn.fill()
    turn.swap()
    return turn.result()
