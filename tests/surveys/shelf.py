"""The bundled catalogue laid out for the lints: items, plays and every single text, each with where it stands.

Owns how a text is named to an author: file, then id. Must not know what makes a text good.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from tuiretro.library import Library
from tuiretro.model.survey import Facet, Headline, Mistake, Play, PlayBook, SurveyItem, Translations

ROOT = Path(__file__).parents[2]
SURVEYS = ROOT / "surveys"
SOURCES = "SOURCES.md"


class Item(Struct, frozen=True):
    """One statement that can be asked."""

    place: str
    """File and id."""
    short: str
    text: str
    translations: Translations = {}
    english: dict[str, str] = {}
    """Every text that a translation of it has to hold, by key."""


class PlacedPlay(Struct, frozen=True):
    """One play and what it belongs to."""

    place: str
    book: str
    play: Play

    @property
    def sentences(self) -> dict[str, str]:
        """Its longer texts by key."""
        return {key: getattr(self.play, key) for key in self.play.TEXTS if key != "title"}


@cache
def library() -> Library:
    """The bundled files alone."""
    return Library()


def file_of(book: PlayBook) -> str:
    """Where a mistake or survey stands, below surveys/."""
    return f"mistakes/{book.number:02}-{book.id}.toml" if isinstance(book, Mistake) else f"{book.id}.toml"


def books() -> tuple[PlayBook, ...]:
    """All mistakes by number, then the surveys that have plays."""
    return (*library().mistakes(), *(survey for survey in library().surveys() if survey.plays))


@cache
def items() -> tuple[Item, ...]:
    """Every headline, facet and safety item."""
    return tuple(_item(book, part) for book in books() for part in _parts(book))


@cache
def plays() -> tuple[PlacedPlay, ...]:
    """Every play of every mistake and survey."""
    return tuple(PlacedPlay(f"{file_of(book)} [{play.id}]", book.id, play) for book in books() for play in book.plays)


def pages() -> dict[str, str]:
    """Every page in Markdown by its path below surveys/."""
    return {path.relative_to(SURVEYS).as_posix(): path.read_text("utf-8") for path in sorted(SURVEYS.rglob("*.md"))}


def texts() -> Iterator[tuple[str, str]]:
    """Every text of every file, translations and all, with file and key."""
    for path in sorted(SURVEYS.rglob("*.toml")):
        if path.parent.name == "starters":  # forms with gaps, which are no TOML yet
            yield path.relative_to(SURVEYS).as_posix(), path.read_text("utf-8")
            continue
        for key, text in _strings(tomllib.loads(path.read_text("utf-8"))):
            yield f"{path.relative_to(SURVEYS).as_posix()} [{key}]", text
    yield from pages().items()


def _parts(book: PlayBook) -> tuple[Headline | Facet | SurveyItem, ...]:
    return (book.headline, *book.facets) if isinstance(book, Mistake) else book.items


def _item(book: PlayBook, part: Headline | Facet | SurveyItem) -> Item:
    english = {key: getattr(part, key) for key in part.TEXTS}
    return Item(f"{file_of(book)} [{part.id}]", part.short, part.text, part.translations, english)


def _strings(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(inner, f"{key}.{name}".strip("."))
    elif isinstance(value, list):
        for position, inner in enumerate(value, 1):
            name = inner.get("id", position) if isinstance(inner, dict) else position
            yield from _strings(inner, f"{key}.{name}")
