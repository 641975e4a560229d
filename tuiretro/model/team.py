"""A team, its settings and its sprints."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

Unit = Literal["day", "week", "month"]


class Every(Struct, frozen=True):
    """The length of a sprint: a count of days, weeks or months."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        """As people write it: '2 weeks', '1 month'."""
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


class Cadence(Struct, frozen=True):
    """From sprint number `sprint`, which starts on `starts`, sprints are `every` long."""

    sprint: int
    starts: date
    every: Every


class Sprint(Struct, frozen=True):
    """A numbered span of dates; both ends belong to it."""

    number: int
    starts: date
    ends: date


class Team(Struct, frozen=True):
    """A team and what it chose when it was set up."""

    id: str
    """Random, and the name of the team's folder; never made from what people typed."""
    name: str
    people: int
    cadences: tuple[Cadence, ...]
    """At least one; a changed sprint length adds another."""
    minimum: int = 4
    """k: fewer answers than this to an item are never shown."""
    pulse: int = 16
    """How many items a pulse asks, 12 to 24."""
    starred: tuple[str, ...] = ()
    """Up to three mistakes that the team finds important."""
    changes: tuple[int, ...] = ()
    """Sprint numbers in which people joined or left: no change is judged across them."""
