"""A round while it is open, and the sheets that people hand in."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from tuiretro.model.survey import ENGLISH, LABELS, Question
from tuiretro.model.team import Number


class Round(Struct, frozen=True):
    """One survey asked once, for one sprint. Fixed once opened."""

    id: str
    """Random; the name of the round's folder."""
    sprint: Number
    survey: str
    title: str
    intro: str
    people: Annotated[int, Meta(ge=1)]
    """How many may answer."""
    minimum: Annotated[int, Meta(ge=1)]
    """k, as it was when the round opened."""
    questions: Annotated[tuple[Question, ...], Meta(min_length=1)]
    """In the order of themes; shuffled per person inside a theme when asked."""
    language: str = ENGLISH
    """What the team had chosen when it opened; a text that is not translated is in English all the same."""
    labels: Annotated[tuple[str, ...], Meta(min_length=6, max_length=6)] = LABELS
    """What the keys 0 to 5 mean, in that language."""
    notice: str = ""
    """Said before the first question if nobody has reviewed the translation."""
    asks_code: bool = False
    """Whether each sheet uses up a one-time code."""
    two_person: bool = False
    """Whether the boxes open only with a closing code, which somebody other than the facilitator keeps."""


class Sheet(Struct, frozen=True):
    """One person's answers. Exists in memory, and sealed while the round is open; never afterwards."""

    answers: dict[str, int | None]
    """Question id to 1..5, or None for "can't say"; every question of the round is there."""
    comment: str = ""
