"""What earlier releases have left: of each item, of each theme, and of how much a team's values move.

Owns the parts of the judging that remember; the order in which they are asked is `signals`'.
Source of every rule: docs/numbers.md, signals; its six rules are named by number here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence
from math import fsum, pi, sqrt

from msgspec.structs import replace

from tuiretro.core.judgement import Asking, ItemJudgement, Side
from tuiretro.core.rules import (
    CENTRE_FROM,
    CENTRE_OF,
    LAPSED_AFTER,
    SIGNAL_Z,
    WARNING_OF,
    WARNING_Z,
    WOBBLE_PAIRS,
)


def side_of(z: float, limit: float) -> Side | None:
    """On which side of 0 a distance is beyond a limit; None within it."""
    return "low" if z < -limit else "high" if z > limit else None


class Line:
    """The past of one item: its current segment, and its last asking."""

    __slots__ = ("means", "run", "shares", "side", "since", "sprints", "version", "where", "zs")

    def __init__(self, where: tuple[str, int], asking: Asking) -> None:
        self.version = asking.version
        self.where = where
        """In which language it was asked, and of which team: how many changes lie before it."""
        self.since = asking.sprint
        self.sprints = deque([asking.sprint], CENTRE_OF)
        self.means = deque([asking.mean], CENTRE_OF)
        # Kept as they are summed up: ten years are judged twice as fast as from a row of askings.
        self.shares = deque([1 / asking.n], CENTRE_OF)
        self.zs: deque[float] = deque(maxlen=WARNING_OF)
        self.side: Side | None = None
        self.run = 0

    def take(self, asking: Asking, wobble: float | None, run: int | None) -> tuple[float, ItemJudgement]:
        """Judges an asking by what the segment holds so far, then adds it: rules 2 and 5.

        Args:
            asking: In the segment's language, version and team.
            wobble: The team's, in points for a single answer; None while it is not known.
            run: Signals in a row on one side that start a new segment; None for never.

        Returns:
            How far it moved since the last asking, in points for a single answer; and the judgement.
        """
        mean, share, means, shares = asking.mean, 1 / asking.n, self.means, self.shares
        move = abs(mean - means[-1]) / sqrt(shares[-1] + share)
        b = len(means)
        signal: Side | None = None
        if wobble is None or b < CENTRE_FROM:
            judged = ItemJudgement(self.since, b)
        else:
            centre = fsum(means) / b
            error = wobble * sqrt(share + fsum(shares) / b**2)
            z = (mean - centre) / error
            limit = SIGNAL_Z * error
            if not -WARNING_Z <= z <= WARNING_Z:
                signal = self._signal(z)
            judged = ItemJudgement(self.since, b, z, centre, centre - limit, centre + limit, signal)
            self.zs.append(z)
        self.sprints.append(asking.sprint)
        means.append(mean)
        shares.append(share)
        self.run = self.run + 1 if signal == self.side else 1
        self.side = signal
        if signal is None or run is None or self.run < run:
            return move, judged
        self._start(run)
        return move, replace(judged, since=self.since, new_baseline=True)

    def _signal(self, z: float) -> Side | None:
        """Of a distance that is at least a warning."""
        warning = side_of(z, WARNING_Z)
        is_second = any(side_of(earlier, WARNING_Z) == warning for earlier in self.zs)
        return side_of(z, SIGNAL_Z) or (warning if is_second else None)

    def _start(self, run: int) -> None:
        """Rule 5: the last `run` askings are the new baseline."""
        for kept in (self.sprints, self.means, self.shares):
            while len(kept) > run:
                kept.popleft()
        self.since = self.sprints[0]
        self.zs.clear()
        self.side = None


class Wobble:
    """Rule 1: a running average over pairs of askings."""

    def __init__(self) -> None:
        self.pairs = 0
        self.total = 0.0

    @property
    def value(self) -> float | None:
        """None as well while no pair has moved at all: there is no noise to compare with."""
        if self.pairs < WOBBLE_PAIRS or self.total == 0:
            return None
        return sqrt(pi / 2) * self.total / self.pairs

    def add(self, moves: Collection[float]) -> None:
        """Takes in how far a release's items moved, each in points for a single answer."""
        self.pairs += len(moves)
        # Exact sums make the result independent of the order of items within a release.
        self.total += fsum(moves)


class Pool:
    """Rules 3 and 4: how far pooled values may lie from 0, given how far earlier ones lay."""

    def __init__(self, needed: int) -> None:
        self.needed = needed
        self.count = 0
        self.squares = 0.0

    @property
    def limit(self) -> float | None:
        """How far from 0 no value is a signal; None while it is too early."""
        if self.count < self.needed:
            return None
        return SIGNAL_Z * max(1.0, sqrt(self.squares / self.count))

    def add(self, values: Collection[float]) -> None:
        """Takes in a release's values."""
        self.count += len(values)
        self.squares += fsum([value * value for value in values])


class Theme:
    """The latest asking of each item of a theme, since when they are the same, and which are fresh."""

    def __init__(self) -> None:
        self.segment = 0
        self.since = 0
        self.latest: dict[str, Asking] = {}
        self.asked: set[str] = set()
        self.turns: dict[str, int] = {}
        """By item: the how-manieth asking of the theme was its last."""
        self.turn = 0

    @property
    def value(self) -> float:
        """The average of the latest shown means, in points."""
        return fsum([asking.mean for asking in self.latest.values()]) / len(self.latest)

    def ask(self, askings: Sequence[Asking], segment: int) -> bool:
        """Takes in what one release asked of it; tells whether the value is fresh.

        Args:
            askings: At least one, of one release.
            segment: How many team changes lie before it.
        """
        is_new = segment != self.segment
        self.turn += 1
        for asking in askings:
            item = asking.item
            known = self.latest.get(item)
            if known is None or known.version != asking.version:
                is_new = True
            self.latest[item] = asking
            self.turns[item] = self.turn
        if is_new:
            self._start(askings[0].sprint, segment)
        self.asked.update([asking.item for asking in askings])
        # A statement that was asked once, as by a quarterly survey, must not keep the others from ever being fresh.
        waited_for = self.latest.keys() - self.asked
        is_fresh = all(self.turn - self.turns[item] > LAPSED_AFTER for item in waited_for)
        if is_fresh:
            self.asked.clear()
        return is_fresh

    def lose(self, item: str, sprint: int) -> None:
        """Forgets an item that belongs to another theme from a sprint on."""
        del self.latest[item], self.turns[item]
        self._start(sprint, self.segment)

    def _start(self, sprint: int, segment: int) -> None:
        self.since, self.segment = sprint, segment
        self.asked.clear()
