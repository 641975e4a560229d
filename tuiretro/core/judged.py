"""A history judged once, so that many sprints of it can be told; and what is known after each of its releases.

Owns what is remembered from release to release. Must not know how any of it is worded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tuiretro.core.answered import Answers
from tuiretro.core.focus import FocusList, replay
from tuiretro.core.judgement import Judgement
from tuiretro.core.signals import judge
from tuiretro.model.release import History, ItemResult, Release
from tuiretro.model.survey import Question, Theme, Wording


class Judged(NamedTuple):
    """A history with what was found of each release; later releases never change what was found of earlier ones."""

    history: History
    judgements: tuple[Judgement, ...]
    lists: tuple[FocusList, ...]

    def upto(self, count: int) -> Judged:
        """The same, as it stood after so many releases."""
        history = History(self.history.releases[:count], self.history.questions)
        return Judged(history, self.judgements[:count], self.lists[:count])


def judged(history: History, changes: tuple[int, ...], numbers: Mapping[str, int]) -> Judged:
    """Judges a history and settles its focus lists.

    Args:
        history: The team's releases.
        changes: Sprint numbers in which people joined or left.
        numbers: Each mistake's number, by id.
    """
    judgements = judge(history, changes)
    return Judged(history, judgements, replay(history, judgements, numbers))


class SoFar:
    """What a summary needs to know of all releases up to its own, taken in one by one."""

    def __init__(self, past: Judged) -> None:
        self.past = past
        self.place = -1
        """Of the newest release that was taken in."""
        self.answers = Answers(past.history)
        self.shown: dict[str, tuple[Release, ItemResult]] = {}
        """By item: the last time that a value of it was shown, in whatever words."""
        self.themes: set[Theme] = set()
        """Those asked in the language of the newest release."""
        self._questions = {question.wording: question for question in past.history.questions}
        self._values: dict[tuple[Theme, str], tuple[float | None, ...]] = {}

    @property
    def release(self) -> Release:
        """The newest release."""
        return self.past.history.releases[self.place]

    @property
    def judgement(self) -> Judgement:
        """Its judgement."""
        return self.past.judgements[self.place]

    @property
    def is_last(self) -> bool:
        """Whether the history has no later release."""
        return self.place == len(self.past.history.releases) - 1

    @property
    def is_new_language(self) -> bool:
        """Whether the release before was asked in another language."""
        return self.place > 0 and self.past.history.releases[self.place - 1].language != self.release.language

    def take(self) -> None:
        """Takes in the next release."""
        self.place += 1
        self.answers.take(self.release)
        if self.is_new_language:
            self.themes.clear()
        for item in self.release.items:
            self.themes.add(self.question(item).theme)
            if item.mean is not None:
                self.shown[item.id] = self.release, item

    def question(self, item: ItemResult) -> Question:
        """The question as it was worded when `item` was asked."""
        wording: Wording = item.wording
        return self._questions[wording]

    def recent(self, theme: Theme) -> tuple[float | None, ...]:
        """A theme's value after each release so far; None for what was asked in another language than the newest."""
        key = theme, self.release.language
        if key not in self._values:
            self._values[key] = tuple(_values(theme, key[1], self.past))
        return self._values[key][: self.place + 1]

    def before(self, count: int) -> tuple[Release, ...]:
        """Up to so many releases before the newest one."""
        return self.past.history.releases[max(0, self.place - count) : self.place]


def _values(theme: Theme, language: str, past: Judged) -> Iterator[float | None]:
    for release, judgement in zip(past.history.releases, past.judgements, strict=True):
        known = judgement.themes.get(theme) if release.language == language else None
        yield known.value if known is not None else None
