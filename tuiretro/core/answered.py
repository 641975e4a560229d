"""How many answered: per theme for its band, and in words that point at nobody.

Must not know what was answered.
"""

from __future__ import annotations

from tuiretro.core.figures import answered_words
from tuiretro.model.release import History, ItemResult, Release
from tuiretro.model.survey import Theme


class Answers:
    """How many answered each item that carries its theme's value, the last time it was shown in today's language.

    Args:
        history: Whose questions are known; its releases are handed in one by one.
    """

    def __init__(self, history: History) -> None:
        self._carrying = {q.wording: q.theme for q in history.questions if q.facet is None}
        self._latest: dict[str, tuple[Theme, int]] = {}
        self._language: str | None = None

    def take(self, release: Release) -> None:
        """Takes in the next release; themes' values are never made of two languages."""
        if release.language != self._language:
            self._language = release.language
            self._latest.clear()
        for item in release.items:
            theme = self._carrying.get(item.wording)
            if item.n is not None and theme is not None:
                self._latest[item.id] = theme, item.n

    def of(self, theme: Theme) -> tuple[int, ...]:
        """How many answered each of a theme's items; empty where none was shown."""
        return tuple(n for home, n in self._latest.values() if home == theme)


def latest_answers(history: History) -> Answers:
    """The same after all releases of a history."""
    answers = Answers(history)
    for release in history.releases:
        answers.take(release)
    return answers


def told_answers(item: ItemResult, release: Release) -> tuple[int | None, str]:
    """How many answered an item of which a value is shown, as far as it may be told, and the words for it.

    Where exactly one person is missing, from the item or from the whole round, the number would point at one: then
    none is told.
    """
    n = item.n or release.minimum
    if release.people - n == 1:
        return None, answered_words(None, release.people)
    return (None, "") if release.answered is None else (n, answered_words(n, release.people))
