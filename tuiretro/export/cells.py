"""Other people's text in the cells of a spreadsheet: it is shown letter by letter and never computed.

Owns the one rule for every CSV file. Knows nothing of rows.
"""

from __future__ import annotations

import unicodedata

from tuiretro.core.text import clean, visible

_COMPUTED = frozenset("=+-@\N{MINUS SIGN}")
GUARD = "'"
"""What spreadsheets take as: this cell is text."""


def unarmed(text: str) -> str:
    """Text as it may stand in a cell: cleaned, with an apostrophe before what a spreadsheet would compute.

    That is a cell whose first visible character is one of = + - @, also full-width or small ones, which some programs
    take for the same; and, because a spreadsheet of another locale may part a line at semicolons, such a character
    after one.

    Args:
        text: Anything, from anybody.
    """
    parts = clean(text).split(";")
    return ";".join(f"{GUARD}{part}" if _is_computed(part) else part for part in parts)


def _is_computed(part: str) -> bool:
    first = next((character for character in part if visible(character)), "")
    return unicodedata.normalize("NFKC", first)[:1] in _COMPUTED if first else False
