"""Says which released values are unusual for this team, and which are only noise.

Owns the judging of items, themes and whole sprints, and the segments that a line falls into. It sees shown means and
numbers of answers, never answers; it must not know how a judgement is worded or drawn.
Source of every rule: docs/numbers.md, signals; its six rules are named by number here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from itertools import repeat
from math import fsum, pi, sqrt

from msgspec.structs import replace

from tuiretro.core.judgement import Asking, ItemJudgement, Judgement, Side, ThemeJudgement, WholeJudgement
from tuiretro.core.rules import (
    CENTRE_FROM,
    CENTRE_OF,
    NEW_BASELINE_RUN,
    SIGNAL_Z,
    THEME_SIGNAL_FROM,
    WARNING_OF,
    WARNING_Z,
    WHOLE_ITEMS,
    WHOLE_SIGNAL_FROM,
    WOBBLE_PAIRS,
)
from tuiretro.model.release import History
from tuiretro.model.survey import ENGLISH

__all__ = [
    "Asking",
    "ItemJudgement",
    "Judgement",
    "Side",
    "ThemeJudgement",
    "WholeJudgement",
    "judge",
    "judge_askings",
]

_ONE_LANGUAGE = repeat(ENGLISH)


class _Line:
    """The past of one item: its current segment, and its last asking."""

    __slots__ = ("past", "run", "segment", "side", "since", "zs")

    def __init__(self, segment: tuple[int, str, int], asking: Asking) -> None:
        self.segment = segment
        self.since = asking.sprint
        self.past = deque([asking], CENTRE_OF)
        self.zs: deque[float] = deque(maxlen=WARNING_OF)
        self.side: Side | None = None
        self.run = 0

    def judge(self, asking: Asking, wobble: float | None) -> ItemJudgement:
        """Rule 2, on what the segment holds so far."""
        b = len(self.past)
        if wobble is None or b < CENTRE_FROM:
            return ItemJudgement(self.since, b)
        centre = fsum([a.mean for a in self.past]) / b
        error = wobble * sqrt(1 / asking.n + fsum([1 / a.n for a in self.past]) / b**2)
        z = (asking.mean - centre) / error
        signal = _side(z, SIGNAL_Z)
        warning = _side(z, WARNING_Z)
        if signal is None and warning and any(_side(earlier, WARNING_Z) == warning for earlier in self.zs):
            signal = warning
        return ItemJudgement(self.since, b, z, centre, centre - SIGNAL_Z * error, centre + SIGNAL_Z * error, signal)

    def add(self, asking: Asking, judged: ItemJudgement, run: int | None) -> ItemJudgement:
        """Remembers an asking; rule 5 gives a judgement that says so when it starts a new segment."""
        self.past.append(asking)
        if judged.z is not None:
            self.zs.append(judged.z)
        self.run = self.run + 1 if judged.signal == self.side else 1
        self.side = judged.signal
        if run is None or self.side is None or self.run < run:
            return judged
        self.past = deque(list(self.past)[-run:], CENTRE_OF)
        self.since = self.past[0].sprint
        self.zs.clear()
        self.side = None
        return replace(judged, since=self.since, new_baseline=True)


class _Wobble:
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
        self.pairs += len(moves)
        # Exact sums make the result independent of the order of items within a release.
        self.total += fsum(moves)


class _Pool:
    """Rules 3 and 4: how far pooled values may lie from 0, given how far earlier ones lay."""

    def __init__(self, needed: int) -> None:
        self.needed = needed
        self.count = 0
        self.squares = 0.0

    @property
    def limit(self) -> float | None:
        if self.count < self.needed:
            return None
        return SIGNAL_Z * max(1.0, sqrt(self.squares / self.count))

    def add(self, values: Collection[float]) -> None:
        self.count += len(values)
        self.squares += fsum([value * value for value in values])


class _Past:
    """Everything that releases before the one being judged have left."""

    def __init__(self, breaks: Collection[int], run: int | None) -> None:
        self.breaks = sorted(breaks)
        self.run = run
        self.wobble = _Wobble()
        self.lines: dict[str, _Line] = {}
        self.latest: dict[str, tuple[str, float]] = {}
        self.language = ENGLISH
        self.themes = _Pool(THEME_SIGNAL_FROM)
        self.wholes = _Pool(WHOLE_SIGNAL_FROM)

    def judge(self, release: Sequence[Asking], language: str) -> Judgement:
        """Judges a release, then adds it to the past."""
        if language != self.language:
            # A theme's value is never a mixture of languages, not even where too few answered to show anything new.
            self.language = language
            self.latest.clear()
        wobble = self.wobble.value
        items, moves = self._items(release, wobble)
        themes = self._themes(release, items)
        whole = self._whole([i.z for i in items.values() if i.z is not None])
        self.wobble.add(moves)
        self.themes.add([theme.z for theme in themes.values() if theme.z is not None])
        self.wholes.add([whole.z] if whole else [])
        return Judgement(wobble, items, themes, whole)

    def _items(self, release: Sequence[Asking], wobble: float | None) -> tuple[dict[str, ItemJudgement], list[float]]:
        items: dict[str, ItemJudgement] = {}
        moves: list[float] = []
        for asking in release:
            segment = (asking.version, self.language, bisect_right(self.breaks, asking.sprint))
            line = self.lines.get(asking.item)
            if line is None or line.segment != segment:
                self.lines[asking.item] = _Line(segment, asking)
                items[asking.item] = ItemJudgement(asking.sprint, 0)
                continue
            last = line.past[-1]
            moves.append(abs(asking.mean - last.mean) / sqrt(1 / last.n + 1 / asking.n))
            items[asking.item] = line.add(asking, line.judge(asking, wobble), self.run)
        return items, moves

    def _themes(self, release: Sequence[Asking], items: dict[str, ItemJudgement]) -> dict[str, ThemeJudgement]:
        asked: dict[str, list[float | None]] = {}
        for asking in release:
            self.latest[asking.item] = (asking.theme, asking.mean)
            asked.setdefault(asking.theme, []).append(items[asking.item].z)
        means: dict[str, list[float]] = {}
        for theme, mean in self.latest.values():
            means.setdefault(theme, []).append(mean)
        limit = self.themes.limit
        found: dict[str, ThemeJudgement] = {}
        for theme, values in means.items():
            zs = asked.get(theme, [])
            z = _pooled([z for z in zs if z is not None])
            signal = None if z is None or limit is None else _side(z, limit)
            found[theme] = ThemeJudgement(
                fsum(values) / len(values), len(zs), z, limit if z is not None else None, signal
            )
        return found

    def _whole(self, zs: list[float]) -> WholeJudgement | None:
        z = _pooled(zs)
        if z is None or len(zs) < WHOLE_ITEMS:
            return None
        limit = self.wholes.limit
        return WholeJudgement(z, limit, None if limit is None else _side(z, limit))


def _side(z: float, limit: float) -> Side | None:
    return "low" if z < -limit else "high" if z > limit else None


def _pooled(zs: list[float]) -> float | None:
    return fsum(zs) / sqrt(len(zs)) if zs else None


def judge_askings(
    releases: Iterable[Sequence[Asking]],
    breaks: Collection[int] = (),
    languages: Iterable[str] = _ONE_LANGUAGE,
    *,
    run: int | None = NEW_BASELINE_RUN,
) -> tuple[Judgement, ...]:
    """Judges each release by the releases before it; rules 1 to 6 of docs/numbers.md, signals.

    Args:
        releases: In the order of sprints; an item at most once in each. The order of items does not matter.
        breaks: Sprint numbers in which a team change starts a new segment of every line.
        languages: Of each release, in the same order; another one than before starts a new segment of every line, and
            every theme anew. Without them all are in one.
        run: Signals in a row that start a new segment; None leaves rule 5 out, as the golden cases do.

    Returns:
        One judgement per release, in the same order. Later releases never change earlier judgements.
    """
    past = _Past(breaks, run)
    return tuple([past.judge(release, language) for release, language in zip(releases, languages, strict=False)])


def judge(history: History, changes: tuple[int, ...]) -> tuple[Judgement, ...]:
    """Judges a team's history: headlines and items that belong to no mistake.

    The facets of deep dives are left out, and so is what too few people answered.

    Args:
        history: The team's releases.
        changes: Sprint numbers in which people joined or left.

    Returns:
        One judgement per release of the history, in the same order.
    """
    themes = {q.wording: q.theme for q in history.questions if q.is_headline or q.mistake is None}
    return judge_askings(
        (
            [
                Asking(release.sprint.number, i.id, i.version, themes[i.wording], i.mean, i.n)
                for i in release.items
                if i.mean is not None and i.n is not None and i.wording in themes
            ]
            for release in history.releases
        ),
        changes,
        [release.language for release in history.releases],
    )
