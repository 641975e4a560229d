"""A team, its settings and its sprints."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tuiretro.model.survey import ENGLISH

Unit = Literal["day", "week", "month"]
Number = Annotated[int, Meta(ge=1, le=9_999)]
"""The number of a sprint; the upper end keeps a damaged file from counting for ever."""


class Every(Struct, frozen=True):
    """The length of a sprint: a count of days, weeks or months."""

    count: Annotated[int, Meta(ge=1, le=999)]
    unit: Unit

    def __str__(self) -> str:
        """As people write it: '2 weeks', '1 month'."""
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


class Cadence(Struct, frozen=True):
    """From sprint number `sprint`, which starts on `starts`, sprints are `every` long."""

    sprint: Number
    starts: date
    every: Every


class Sprint(Struct, frozen=True):
    """A numbered span of dates; both ends belong to it."""

    number: Number
    starts: date
    ends: date


class Team(Struct, frozen=True):
    """A team and what it chose when it was set up."""

    id: str
    """Random, and the name of the team's folder; never made from what people typed."""
    name: Annotated[str, Meta(pattern=r"\S")]
    people: Annotated[int, Meta(ge=1)]
    cadences: Annotated[tuple[Cadence, ...], Meta(min_length=1)]
    """At least one; a changed sprint length adds another."""
    minimum: Annotated[int, Meta(ge=1)] = 4
    """k: fewer answers than this to an item are never shown."""
    pulse: Annotated[int, Meta(ge=1, le=99)] = 16
    """How many items a pulse asks, 12 to 24."""
    language: str = ENGLISH
    """Of the statements and plays, as far as they are translated."""
    starred: tuple[str, ...] = ()
    """Up to three mistakes that the team finds important."""
    changes: tuple[Number, ...] = ()
    """Sprint numbers in which people joined or left: no change is judged across them."""

    def __post_init__(self) -> None:
        """Refuses cadences that leave a sprint without a date; only a damaged file holds such."""
        starts = [cadence.sprint for cadence in self.cadences]
        if starts != sorted(set(starts)) or starts[:1] != [1]:
            raise ValueError("cadences must start at sprint 1 and go up")
