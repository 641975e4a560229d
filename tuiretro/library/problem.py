"""Faults of a file, and how names and values of a stranger's file are shown in a sentence.

Must not know which faults there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct

BARE_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")


class Problem(Struct, frozen=True):
    """One fault of one file; `str()` puts it in a line."""

    file: str
    key: str
    """Dotted, with the id of a table in a list, else its position from 1: 'plays.read-rows.effort'.

    Empty when the whole file is meant.
    """
    message: str
    """What was expected and what was found, to be read after 'file: key: '."""

    def __str__(self) -> str:
        """As it is printed: 'file: key: message'."""
        return ": ".join(part for part in (self.file, self.key, self.message) if part)


class Fault(NamedTuple):
    """A problem that does not know its file yet."""

    key: str
    message: str


def quoted(text: str) -> str:
    """A stranger's text in quotation marks, cut at 40 characters, with control characters spelt out."""
    return repr(text if len(text) <= 40 else f"{text[:37]}...")


def shown_key(key: str) -> str:
    """One part of a key as it can be printed safely."""
    return key if BARE_KEY.fullmatch(key) else quoted(key)


def shown_path(path: object) -> str:
    """A path as it can be printed safely: what cannot be printed becomes a question mark."""
    return "".join(letter if letter.isprintable() else "?" for letter in str(path))


def listed(names: Iterable[str], word: str = "or") -> str:
    """Names in a row: 'S, M or L'."""
    *most, last = names
    return f"{', '.join(most)} {word} {last}" if most else last


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that was probably meant, if any is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, names, n=1)), None)


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The end of a sentence: "; did you mean 'title'?", or nothing when no name is near."""
    near = nearest(name, names)
    return f"; did you mean {near!r}?" if near else ""
