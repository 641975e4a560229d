"""Says which released values are unusual for this team, and which are only noise.

Owns the judging of items, themes and whole sprints, and the segments that a line falls into. It sees shown means and
numbers of answers, never answers; it must not know how a judgement is worded or drawn.
Source of every rule: docs/numbers.md, signals; its six rules are named by number here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import repeat
from math import fsum, sqrt

from tuiretro.core.judgement import Asking, ItemJudgement, Judgement, Side, ThemeJudgement, WholeJudgement
from tuiretro.core.remembering import Line, Pool, Theme, Wobble, side_of
from tuiretro.core.rules import NEW_BASELINE_RUN, SIGNAL_Z, THEME_SIGNAL_FROM, WHOLE_ITEMS, WHOLE_SIGNAL_FROM
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


class _Past:
    """Everything that releases before the one being judged have left."""

    def __init__(self, breaks: Collection[int], run: int | None) -> None:
        self.breaks = sorted(breaks)
        self.run = run
        self.wobble = Wobble()
        self.lines: dict[str, Line] = {}
        self.themes: dict[str, Theme] = {}
        self.homes: dict[str, str] = {}
        self.language = ENGLISH
        self.theme_pool = Pool(THEME_SIGNAL_FROM)
        self.wholes = Pool(WHOLE_SIGNAL_FROM)

    def judge(self, release: Sequence[Asking], language: str) -> Judgement:
        """Judges a release, then adds it to the past."""
        if language != self.language:
            # A theme's value is never a mixture of languages, not even where too few answered to show anything new.
            self.language = language
            self.themes.clear()
            self.homes.clear()
        wobble = self.wobble.value
        team = bisect_right(self.breaks, release[0].sprint) if release else 0
        items, moves = self._items(release, wobble, team)
        themes = self._themes(release, items, team)
        whole = self._whole([i.z for i in items.values() if i.z is not None])
        self.wobble.add(moves)
        self.theme_pool.add([theme.z for theme in themes.values() if theme.z is not None])
        self.wholes.add([whole.z] if whole else [])
        return Judgement(wobble, items, themes, whole)

    def _items(
        self, release: Sequence[Asking], wobble: float | None, team: int
    ) -> tuple[dict[str, ItemJudgement], list[float]]:
        items: dict[str, ItemJudgement] = {}
        moves: list[float] = []
        where = (self.language, team)
        for asking in release:
            line = self.lines.get(asking.item)
            if line is None or line.version != asking.version or line.where != where:
                self.lines[asking.item] = Line(where, asking)
                items[asking.item] = ItemJudgement(asking.sprint, 0)
                continue
            move, items[asking.item] = line.take(asking, wobble, self.run)
            moves.append(move)
        return items, moves

    def _themes(
        self, release: Sequence[Asking], items: dict[str, ItemJudgement], team: int
    ) -> dict[str, ThemeJudgement]:
        asked: defaultdict[str, list[Asking]] = defaultdict(list)
        for asking in release:
            asked[asking.theme].append(asking)
        for name, askings in asked.items():
            theme = self.themes.setdefault(name, Theme())
            for asking in askings:
                if asking.item not in theme.latest:
                    self._move(asking)
        limit = self.theme_pool.limit
        return {
            name: _theme(theme, asked[name], items, limit, team)
            if name in asked
            else ThemeJudgement(theme.value, 0, since=theme.since)
            for name, theme in self.themes.items()
            if name in asked or theme.latest
        }

    def _move(self, asking: Asking) -> None:
        """Takes an item that is new in its theme out of the one it was in."""
        home = self.homes.get(asking.item)
        if home is not None:
            self.themes[home].lose(asking.item, asking.sprint)
        self.homes[asking.item] = asking.theme

    def _whole(self, zs: list[float]) -> WholeJudgement | None:
        z = _pooled(zs)
        if z is None or len(zs) < WHOLE_ITEMS:
            return None
        limit = self.wholes.limit
        return WholeJudgement(z, limit, None if limit is None else side_of(z, limit))


def _theme(
    theme: Theme, askings: list[Asking], items: dict[str, ItemJudgement], limit: float | None, segment: int
) -> ThemeJudgement:
    """Rule 3, on what one release asked of a theme."""
    is_fresh = theme.ask(askings, segment)
    judged = [items[asking.item] for asking in askings]
    z = _pooled([judgement.z for judgement in judged if judgement.z is not None])
    value, count = theme.value, len(askings)
    if z is None or limit is None:
        return ThemeJudgement(value, count, z, since=theme.since, is_fresh=is_fresh)
    error = _theme_error(judged, len(theme.latest))
    centre, half, signal = value - z * error, limit * error, side_of(z, limit)
    limits = (centre, centre - half, centre + half)
    return ThemeJudgement(value, count, z, limit, signal, theme.since, is_fresh, *limits)


def _theme_error(judged: Iterable[ItemJudgement], members: int) -> float:
    """The expected error of a theme's value, in points.

    A centre this error times z away from the value, and limits this error times the limit away from the centre, hold
    the value exactly where rule 3 does not signal. With one error for all items, the centre is the average of the
    judged items' centres and of the values that were not asked.
    """
    squares = [(i.upper - i.centre) ** 2 for i in judged if i.upper is not None and i.centre is not None]
    return sqrt(fsum(squares)) / SIGNAL_Z / members


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
                Asking(release.sprint.number, i.id, i.version, theme, i.mean, i.n)
                for i in release.items
                if i.mean is not None
                and i.n is not None
                and (theme := themes.get((i.id, i.version, i.language))) is not None
            ]
            for release in history.releases
        ),
        changes,
        [release.language for release in history.releases],
    )
