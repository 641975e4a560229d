"""Finds entries by what is typed so far.

Owns what counts as a match and which match comes first. Must not know what an entry is, nor how one is shown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from msgspec import Struct

_MARKS = frozenset({"Mn", "Me", "Cf"})


class Sought(Struct, frozen=True):
    """One entry that can be found, its texts folded once so that a key press has only to look through them."""

    id: str
    title: str
    """Folded."""
    rest: str
    """All its other texts, folded."""


def folded(text: str) -> str:
    """What two texts have in common that differ in case, accents, width or white space alone; never shown."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(c for c in apart if unicodedata.category(c) not in _MARKS).split())


def sought(id_: str, title: str, texts: Iterable[str] = ()) -> Sought:
    """An entry to look through.

    Args:
        id_: What a search hands back.
        title: What it is called; a word that stands here counts more.
        texts: What else it says.
    """
    return Sought(id_, folded(title), folded("\n".join(texts)))


def search(entries: Iterable[Sought], typed: str) -> tuple[str, ...]:
    """The ids of the entries that hold every word that was typed, whole or as a part of a longer one.

    Entries with all words in their titles come first, then those with some, then the others; among equals the given
    order stays. Without a word all entries match.

    Args:
        entries: In the order in which they are shown otherwise.
        typed: As typed; case, accents and the order of words do not matter.
    """
    words = folded(typed).split()
    found = (
        (sum(word not in entry.title for word in words), entry.id)
        for entry in entries
        if all(word in entry.title or word in entry.rest for word in words)
    )
    return tuple(id_ for _, id_ in sorted(found, key=lambda hit: _rank(hit[0], len(words))))


def _rank(outside: int, words: int) -> int:
    """0 with all words in the title, 1 with some, 2 with none."""
    return 0 if not outside else 1 if outside < words else 2
