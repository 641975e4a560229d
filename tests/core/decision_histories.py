"""Builds histories of releases for the tests of the decision rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from tuiretro.model.release import History, ItemResult, Release
from tuiretro.model.survey import THEMES, Question, Theme
from tuiretro.model.team import Sprint

MISTAKES = tuple(f"m{number:02}" for number in range(1, 21))
NUMBERS = {mistake: number for number, mistake in enumerate(MISTAKES, start=1)}
HEADLINES = tuple(
    Question(mistake, mistake, "In this sprint ...", THEMES[1 + place % 5], mistake=mistake)
    for place, mistake in enumerate(MISTAKES)
)
FACETS = tuple(
    Question(f"{q.id}.{facet}", facet, "In this sprint ...", q.theme, mistake=q.mistake, facet=facet)
    for q in HEADLINES
    for facet in ("a", "b", "c")
)
CORE = tuple(Question(f"safety.{name}", name, "In this sprint ...", "safety") for name in ("p", "q", "r", "s"))
QUESTIONS = (*CORE, *HEADLINES, *FACETS)


def headline(mistake: str, theme: Theme = "data", version: int = 1) -> Question:
    """The headline of a mistake made up for one test."""
    return Question(mistake, mistake, "In this sprint ...", theme, version, mistake=mistake)


def release(
    number: int,
    means: Mapping[str, float | None],
    starred: Sequence[str] = (),
    versions: Mapping[str, int] | None = None,
) -> Release:
    """A release of seven answers an item; None is an item that too few answered."""
    starts = date(2026, 1, 5) + timedelta(weeks=2 * number)
    items = tuple(
        ItemResult(item, (versions or {}).get(item, 1))
        if mean is None
        else ItemResult(item, (versions or {}).get(item, 1), 7, mean)
        for item, mean in means.items()
    )
    sprint = Sprint(number, starts, starts + timedelta(days=13))
    return Release(f"r{number}", sprint, "pulse", "Pulse", 8, 4, 7, items, tuple(starred))


def in_language(asked: Release, language: str) -> Release:
    """The same release, asked in another language."""
    return replace(asked, items=tuple(replace(item, language=language) for item in asked.items))


def history(*releases: Release, questions: Sequence[Question] = QUESTIONS) -> History:
    """A history of the bundled-looking questions above, or of others."""
    return History(releases, tuple(questions))
