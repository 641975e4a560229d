"""Texts in a team's language, as far as they are translated.

Owns the fallback to English, text by text. Must not know which languages there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tuiretro.model.survey import ENGLISH, Facet, Headline, Mistake, Play, Survey, SurveyItem

Texts = Mistake | Survey | Headline | Facet | SurveyItem | Play
T = TypeVar("T", bound=Texts)

PARTS = ("headline", "facets", "items", "plays")
"""The fields that hold texts of their own."""


class Missing(Struct, frozen=True):
    """Texts of one table that are shown in English."""

    table: str
    """Its key: 'plays.read-rows'; empty for the file's own texts."""
    keys: tuple[str, ...]


def in_language(thing: T, language: str) -> T:
    """The same with every text that is translated into `language`; the others stay English."""
    if language == ENGLISH:
        return thing
    changes: dict[str, object] = dict(thing.translations.get(language, {}))
    for name, part in _parts(thing):
        if isinstance(part, tuple):
            changes[name] = tuple(in_language(one, language) for one in part)
        else:
            changes[name] = in_language(part, language)
    return replace(thing, **changes) if changes else thing


def languages(thing: Texts) -> frozenset[str]:
    """The languages that any text of it is translated into, English left out."""
    inner = (languages(one) for _, part in _parts(thing) for one in (part if isinstance(part, tuple) else (part,)))
    return frozenset(thing.translations).union(*inner)


def missing(thing: Texts, language: str, table: str = "") -> Iterator[Missing]:
    """The texts that `language` has no translation of, table by table in the file's order."""
    if language == ENGLISH:
        return
    known = thing.translations.get(language, {})
    absent = tuple(key for key in thing.TEXTS if key not in known)
    if absent:
        yield Missing(table, absent)
    for name, part in _parts(thing):
        if isinstance(part, tuple):
            for one in part:
                yield from missing(one, language, f"{name}.{one.id}")
        else:
            yield from missing(part, language, name)


def _parts(thing: Texts) -> Iterator[tuple[str, Headline | tuple[Facet | SurveyItem | Play, ...]]]:
    for name in PARTS:
        part = getattr(thing, name, ())
        if part:
            yield name, part
