"""The closing code of a two-person round: six words that somebody other than the facilitator keeps.

Owns how it is drawn from a word list and read back. Knows neither the list nor what it locks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches

from tuiretro.core.rules import CLOSING_WORDS
from tuiretro.core.text import clean, clip
from tuiretro.errors import BadInputError

_DRAW_BYTES = 8


def new_closing_code(words: Sequence[str], entropy: Callable[[int], bytes]) -> str:
    """Six words of a list, with spaces between them; each word is as likely as every other.

    Args:
        words: The list.
        entropy: Random bytes, as many as asked for.
    """
    return " ".join(words[_below(len(words), entropy)] for _ in range(CLOSING_WORDS))


def read_closing_code(typed: str, words: Sequence[str]) -> str:
    """The closing code that somebody typed; case and what stands between the words do not matter.

    Raises:
        BadInputError: Not six words, or a word that is not of the list.
    """
    parts = [word.strip(",;.") for word in clean(typed).casefold().split()]
    found = [word for part in parts for word in _unhyphened(part, words)]
    if len(found) != CLOSING_WORDS:
        raise BadInputError(
            f"A closing code has {CLOSING_WORDS} words, and this has {len(found)}. Nothing was changed."
        )
    for word in found:
        if word not in words:
            near = get_close_matches(word, words, 1)
            hint = f"; did you mean '{near[0]}'?" if near else "."
            raise BadInputError(f"'{clip(word, 30)}' is none of the words of closing codes{hint} Nothing was changed.")
    return " ".join(found)


def _unhyphened(part: str, words: Sequence[str]) -> list[str]:
    """The words that somebody put hyphens between; a few words have one of their own."""
    if part in words or "-" not in part:
        return [part]
    found: list[str] = []
    for piece in part.split("-"):
        if found and f"{found[-1]}-{piece}" in words:
            found[-1] += f"-{piece}"
        else:
            found.append(piece)
    return found if all(word in words for word in found) else [part]


def _below(limit: int, entropy: Callable[[int], bytes]) -> int:
    # What lies beyond the last whole multiple would make the first words likelier.
    whole = 256**_DRAW_BYTES // limit * limit
    while (number := int.from_bytes(entropy(_DRAW_BYTES), "big")) >= whole:
        pass
    return number % limit
