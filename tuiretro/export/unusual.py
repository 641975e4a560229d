"""What was unusual in each sprint of a report, put together from what its summaries say.

Owns the selection and its order. Every sentence comes from `core`; nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from tuiretro.core.figures import NO_CHANGE, NOT_ASKED, SPLIT_ADVICE
from tuiretro.core.remarks import whole_words
from tuiretro.core.shifts import NO_DIRECTION
from tuiretro.core.telling import told_whole
from tuiretro.export.telling import Titles, mistake_of, theme_title
from tuiretro.model.summary import Summary
from tuiretro.model.survey import ENGLISH
from tuiretro.model.team import Sprint
from tuiretro.model.trends import Line


class Said(Struct, frozen=True):
    """One sentence, and what it is about."""

    words: str
    about: str = ""
    """A theme or an item; empty for the whole sprint."""
    mistake: str = ""
    """The title of the mistake that an item asks about; empty where it would say nothing new."""
    language: str = ENGLISH
    """What it is about is named in this one; the sentence is English."""


class Told(Struct, frozen=True):
    """One sprint and what was unusual in it."""

    sprint: Sprint
    said: tuple[Said, ...]


def code(language: str) -> str:
    """A language's code for a browser: 'fr' of 'fr.2', which counts the wordings of its labels."""
    return language.partition(".")[0]


def unusual(summary: Summary, known: Titles) -> tuple[Said, ...]:
    """The whole sprint first, then themes, then items; empty where nothing was.

    Args:
        summary: The sprint.
        known: Titles of mistakes, by id.
    """
    return tuple(_unusual(summary, known))


def _unusual(summary: Summary, known: Titles) -> Iterator[Said]:
    if summary.signal is not None:
        yield Said(whole_words(summary.signal))
    yield from (Said(theme.remark, theme_title(theme.theme)) for theme in summary.themes if theme.signal is not None)
    for theme in summary.themes:
        for item in theme.items:
            if item.signal is not None:
                words = " ".join(remark for remark in item.remarks if remark != SPLIT_ADVICE)
                yield Said(words, item.short, mistake_of(item, known), code(summary.language))


def verdict(summary: Summary) -> str:
    """The sentence on the whole sprint; empty where single findings say more."""
    if summary.signal is not None:
        return ""
    return told_whole(summary)


def earlier(summaries: Sequence[Summary], known: Titles) -> tuple[Told, ...]:
    """The sprints before the last one that had something unusual, the newest first."""
    found = (Told(summary.sprint, unusual(summary, known)) for summary in reversed(summaries[:-1]))
    return tuple(told for told in found if told.said)


def lasting(lines: Sequence[Line], told: Sequence[Said]) -> tuple[Said, ...]:
    """What the lines say beyond their last value: shifts, directions, new baselines.

    Args:
        lines: Of the trends.
        told: What is said of the last sprint already.
    """
    known = " ".join(said.words for said in told)
    return tuple(
        Said(remark, theme_title(line.theme) if line.mistake is None else line.title)
        for line in lines
        for remark in line.remarks
        if remark not in {NO_CHANGE, NO_DIRECTION, NOT_ASKED}
        and not remark.startswith("Unusually")
        and remark not in known
    )
