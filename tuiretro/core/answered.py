"""How many answered: per theme for its band, and in words that point at nobody.

Must not know what was answered.
"""

from __future__ import annotations

from itertools import takewhile

from tuiretro.core.figures import answered_words
from tuiretro.model.release import History, ItemResult, Release
from tuiretro.model.survey import Theme


def latest_answers(history: History) -> dict[Theme, tuple[int, ...]]:
    """How many answered each item that carries its theme's value, the last time it was shown."""
    carrying = {q.wording: q.theme for q in history.questions if q.facet is None}
    latest: dict[str, tuple[Theme, int]] = {}
    for release in reversed(of_one_language(history)):
        for item in release.items:
            if item.id in latest or item.n is None:
                continue
            theme = carrying.get(item.wording)
            if theme is not None:
                latest[item.id] = theme, item.n
    return {theme: tuple(n for of, n in latest.values() if of == theme) for theme in dict(latest.values())}


def of_one_language(history: History) -> tuple[Release, ...]:
    """The releases since the team last changed its language, oldest first: what the themes' values are made of."""
    language = history.releases[-1].language
    newest_first = takewhile(lambda release: release.language == language, reversed(history.releases))
    return tuple(newest_first)[::-1]


def told_answers(item: ItemResult, release: Release) -> tuple[int | None, str]:
    """How many answered an item of which a value is shown, as far as it may be told, and the words for it.

    Where exactly one person is missing, from the item or from the whole round, the number would point at one: then
    none is told.
    """
    n = item.n or release.minimum
    if release.people - n == 1:
        return None, answered_words(None, release.people)
    return (None, "") if release.answered is None else (n, answered_words(n, release.people))
