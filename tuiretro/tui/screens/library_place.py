"""Where in the Library somebody is, and what lies under a row: values alone, so that no screen is needed to follow it.

A row is known by 'kind:id', as `library_rows` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tuiretro.model.survey import Play, Template
from tuiretro.service.browsing import Browsing

WITH_PLAYS = frozenset({"mistake", "survey", "plays"})
"""The kinds of rows that plays may lie under."""


@dataclass(frozen=True)
class Place:
    """Which list is shown, and which row the cursor goes back to."""

    inside: str = ""
    """The mistake or survey whose plays are listed, by id; empty for the whole list."""
    above: str = ""
    """The row of the whole list that leads there."""
    before: str | None = None
    """The row that the cursor was on when a search began; None while there is no search."""

    @property
    def is_searching(self) -> bool:
        """Whether a search is open, even if nothing is typed yet."""
        return self.before is not None

    @property
    def is_below(self) -> bool:
        """Whether there is anything to go back to."""
        return self.is_searching or bool(self.inside)

    def search(self, row: str) -> Place:
        """The same with a search that began on a row."""
        return replace(self, before=row)

    def without_search(self) -> Place:
        """The same as before the search began."""
        return replace(self, before=None)

    def into(self, row: str) -> Place:
        """The plays under a row of the whole list."""
        return Place(inside=row.partition(":")[2], above=row)

    def up(self) -> tuple[Place, str]:
        """Where escape leads, and the row for the cursor."""
        if self.before is not None:
            return self.without_search(), self.before
        return Place(), self.above


def found_at(found: Browsing, row: str) -> tuple[Place, str]:
    """Where something that was found lies, and its row there: a play lies among plays, an item in its survey."""
    kind, _, id_ = row.partition(":")
    book = id_.partition(".")[0]
    if kind == "play":
        return Place().into(f"{'mistake' if found.catalogue.mistake(book) else 'plays'}:{book}"), row
    return Place(), f"survey:{book}" if kind == "item" else row


def play_at(found: Browsing, row: str) -> Play | None:
    """The play of a row."""
    kind, _, id_ = row.partition(":")
    held = found.play(id_) if kind == "play" else None
    return held[1] if held is not None else None


def template_at(found: Browsing, row: str) -> Template | None:
    """The template of a row: itself, or the one that its play names."""
    kind, _, id_ = row.partition(":")
    play = play_at(found, row)
    if play is not None:
        return found.template_of(play)
    return found.catalogue.template(id_) if kind == "template" else None


def has_plays(found: Browsing, row: str) -> bool:
    """Whether plays lie under a row."""
    kind, _, id_ = row.partition(":")
    return kind in WITH_PLAYS and bool(found.plays.get(id_))


def opens(found: Browsing, row: str) -> bool:
    """Whether anything is opened from a row of the whole list or of the plays."""
    return has_plays(found, row) or play_at(found, row) is not None or template_at(found, row) is not None
