"""Text that people typed is data: it is cleaned here once on the way in, and again before it is shown.

Owns which characters may pass and how wide text is on a terminal. Knows nothing of widgets or files.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from rich.cells import cell_len, set_cell_size

from tuiretro.errors import BadInputError

_BIDI = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF]))
_LINES = frozenset("\u2028\u2029")
_DROPPED = frozenset({"Cc", "Cs", "Co", "Cn"})
_MARKS = frozenset({"Mn", "Me"})
_JOINER = "\u200d"
_SPACES = frozenset({"Zs", "Zl", "Zp", "Cf"})
_IGNORABLE = frozenset(
    map(
        chr,
        [
            *(0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0),
            *range(0x180B, 0x1810),
            *range(0xFE00, 0xFE10),
            *range(0xE0100, 0xE01F0),
        ],
    )
)
"""The assigned ones of Unicode's property Default_Ignorable_Code_Point that are not of category Cf."""
_BLANK = frozenset("\u2800\U0001d159")
"""Drawn, but with no ink: the empty braille cell and the empty note."""
MARKS_IN_A_ROW = 4
"""More combining marks than any script stacks on one letter: what comes after them only paints over other lines."""
NAME_LIMIT = 60
"""Longest name of a team or owner: fits a line of 80 cells with a label before it."""
LINE_LIMIT = 200
"""Longest title or done-when of an action: two and a half lines of a small terminal."""


def harmless(text: str, *, lines: bool = False) -> str:
    """Text that can neither steer a terminal nor change the direction of its neighbours; spaces stay as they are.

    Args:
        text: Anything that somebody typed or a file held.
        lines: Keeps newlines; otherwise each becomes a space.

    Returns:
        Text in Unicode form NFC, free of control, bidi, surrogate, private and unassigned characters, with at most
        `MARKS_IN_A_ROW` combining marks on one letter.
    """
    if text.isascii() and text.isprintable():
        return text
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept: list[str] = []
    for character in unified.encode("utf-8", "replace").decode("utf-8"):
        if character in _LINES or character == "\n":
            kept.append("\n" if lines else " ")
        elif unicodedata.category(character) not in _DROPPED and character not in _BIDI:
            kept.append(character)
    # Only now: a dropped character can have kept a letter and its mark apart.
    return _fewer_marks(unicodedata.normalize("NFC", "".join(kept)))


def _fewer_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in _MARKS else 0
        if marks <= MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)


def clean(text: str, *, lines: bool = False) -> str:
    """The same for keeping: stripped, every run of white space one space, blank lines only where `lines` are kept."""
    parts = [" ".join(line.split()) for line in harmless(text, lines=lines).split("\n")]
    return "\n".join(parts).strip()


def cleaned_keys(document: Mapping[str, object]) -> dict[str, object]:
    """A document with every key and text in it cleaned, at any depth; newlines in texts stay."""
    return {clean(str(key)): _cleaned(value) for key, value in document.items()}


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value, lines=True)
    if isinstance(value, dict):
        return cleaned_keys(value)
    if isinstance(value, list | tuple):
        return [_cleaned(part) for part in value]
    return value


def typed(text: str, what: str, *, limit: int = LINE_LIMIT, empty: bool = False) -> str:
    """One line that a person typed, refused rather than silently changed when it is not fit to keep.

    Args:
        text: As typed.
        what: What it is, for the sentence: "team name".
        limit: Longest that is kept, in characters.
        empty: Whether nothing at all is fine.

    Raises:
        BadInputError: Empty, too long, or with characters that cannot be shown.
    """
    kept = clean(text) if visible(text) else ""
    if not kept and not empty:
        raise BadInputError(f"The {what} is empty; type at least one letter. Nothing was saved.", what)
    if unshowable(text):
        raise BadInputError(
            f"The {what} holds characters that cannot be shown (control or direction marks). Nothing was saved.",
            what,
        )
    if len(kept) > limit:
        raise BadInputError(
            f"The {what} is {len(kept)} characters long; {limit} are the most that fit. Nothing was saved.",
            what,
        )
    return kept


def unshowable(text: str) -> bool:
    """True if `text` holds a character that `clean` would drop, white space and excess marks aside."""
    return any(
        unicodedata.category(c) in _DROPPED or c in _BIDI
        for c in text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    )


def visible(text: str) -> bool:
    """True if at least one character of `text` leaves a mark on the screen once it is cleaned."""
    return any(
        unicodedata.category(c) not in _SPACES and c not in _IGNORABLE and c not in _BLANK for c in harmless(text)
    )


def name_key(text: str) -> str:
    """What two names have in common that look the same: compare by it, and never show it."""
    folded = unicodedata.normalize("NFKC", _seen(clean(text))).casefold()
    return " ".join(_seen(unicodedata.normalize("NFKC", folded)).split())


def _seen(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) != "Cf" and c not in _IGNORABLE)


def clip(text: str, width: int) -> str:
    """`text` in at most `width` terminal cells; what is cut ends in one '…'."""
    # At an end it joins nothing of ours: it would only swallow the padding or the label beside it.
    text = text.strip(_JOINER)
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    return set_cell_size(text, width - 1).rstrip() + "…"


def pad(text: str, width: int) -> str:
    """`text` clipped and padded to exactly `width` terminal cells."""
    return set_cell_size(clip(text, width), width)


def plural(count: int, one: str, many: str | None = None) -> str:
    """'1 sprint', '2 sprints'."""
    return f"{count} {one if count == 1 else many or one + 's'}"
