"""One person's private self-checks: what is kept of one if its person asks for it, and what is shown of them.

Knows no team and no name.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from tuiretro.model.round import Round
from tuiretro.model.summary import PlayLine
from tuiretro.model.survey import ENGLISH, Survey, Theme, Wording

ItemId = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9.-]{0,99}\Z")]


class KeptAnswer(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One answer, and in which words it was asked."""

    item: ItemId
    version: Annotated[int, Meta(ge=1)]
    answer: Annotated[int, Meta(ge=1, le=5)] | None
    """None: "can't say"."""
    language: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9.-]{0,19}\Z")] = ENGLISH
    """A part of the wording, as in a round."""

    @property
    def wording(self) -> Wording:
        """What the answers of one line have in common."""
        return self.item, self.version, self.language


class SelfCheck(Struct, frozen=True, forbid_unknown_fields=True):
    """All that is kept of one self-check."""

    day: date
    survey: ItemId
    answers: tuple[KeptAnswer, ...]


class Private(Struct, frozen=True):
    """What one person asks themself: a round of one that no store ever sees."""

    round: Round
    survey: Survey


class OwnLine(Struct, frozen=True):
    """One statement with the person's answer, and what the team released of it."""

    item: str
    short: str
    text: str
    answer: int | None
    """None: "can't say"."""
    said: str
    """The answer in words."""
    team: str = ""
    """'3.4 ±0.7', or why there is no number; empty where nothing of a team stands beside the answers."""
    mean: float | None = None
    band: float | None = None


class OwnTheme(Struct, frozen=True):
    """A theme with its statements; there is no value for the whole, since one person has no average."""

    theme: Theme
    lines: tuple[OwnLine, ...]


class SeenMistake(Struct, frozen=True):
    """A mistake, or a survey of statements that belong to none, of which the person rated something 1 or 2."""

    id: str
    number: int
    """0 for a survey."""
    title: str
    rated: tuple[str, ...]
    """The statements, in short, each with its answer."""
    plays: tuple[PlayLine, ...]
    """Those that one person can start alone, the most fitting first."""
    remark: str = ""
    """What to do where there is none."""


class Picture(Struct, frozen=True):
    """One person's answers as they are shown to that person."""

    survey: str
    title: str
    day: date
    themes: tuple[OwnTheme, ...]
    seen: tuple[SeenMistake, ...]
    beside: str
    """Whose released numbers stand beside the answers, or why there are none; empty without any team."""
    compares: bool
    """Whether released numbers stand beside the answers."""
    notes: tuple[str, ...]
    """What can be said of one person's answers, and what cannot."""


class OwnSeries(Struct, frozen=True):
    """One wording's answers over all kept self-checks, side by side."""

    item: str
    short: str
    theme: Theme
    version: int
    language: str
    marks: tuple[str, ...]
    """One for each self-check, oldest first: '1' to '5', '-' for "can't say", empty where it was not asked."""
    remark: str = ""
    """What may be said of its direction; empty while it is too early."""


class OwnHistory(Struct, frozen=True):
    """All kept self-checks of one person."""

    days: tuple[date, ...]
    """Oldest first; two may fall on one day."""
    surveys: tuple[str, ...]
    """By id, one for each of the days."""
    lines: tuple[OwnSeries, ...]
    notes: tuple[str, ...]
