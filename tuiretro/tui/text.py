"""Text on its way to the screen: what people typed is never markup and never steers the terminal."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len, chop_cells
from textual.content import Content

from tuiretro.core.text import clip, harmless, pad
from tuiretro.tui.laid import Laid

DIM = "$text-muted"
ACT = "$accent"
"""The one colour for "you can act here"."""
LOOK = "$warning"
"""The one colour for "look here"."""
HEAD = "bold"


def plain(text: str, style: str = "", *, lines: bool = False) -> Content:
    """Text as it is, made harmless, in one style."""
    return Content.styled(harmless(text, lines=lines), style) if style else Content(harmless(text, lines=lines))


def cell(text: str, width: int, style: str = "") -> Content:
    """Text made harmless, then clipped and padded to `width` cells."""
    return Content.styled(pad(harmless(text), width), style) if style else Content(pad(harmless(text), width))


def short(text: str, width: int, style: str = "") -> Content:
    """Text made harmless, then clipped to at most `width` cells."""
    return Content.styled(clip(harmless(text), width), style)


def fold(text: str, width: int, *, hang: int = 0) -> list[str]:
    """A line made harmless, then broken between words into lines of at most `width` cells.

    Args:
        text: One line; the blanks that it starts with stay.
        width: At least 2, so that any character fits.
        hang: How many blanks the lines after the first start with.
    """
    words = harmless(text).split(" ")
    lines = [""]
    for at, word in enumerate(words):
        longer = f"{lines[-1]} {word}" if at else word
        if cell_len(longer) <= width:
            lines[-1] = longer
            continue
        if lines[-1].strip():
            lines.append(" " * hang)
        room = max(2, width - max(hang, cell_len(lines[-1])))
        first, *more = chop_cells(word, room) or [""]
        lines[-1] += first
        lines += [" " * hang + part for part in more]
    return lines


@lru_cache(maxsize=2048)
def folded(text: str, width: int, hang: int) -> Laid:
    """The lines of `fold` in one; kept, since every key on a board shows hundreds of notes again."""
    return Laid([plain(line) for line in fold(text, width, hang=hang)])


def right(text: str, width: int, style: str = "") -> Content:
    """Text that we made ourselves, right-aligned in `width` cells."""
    return Content.styled(text.rjust(width), style)


def row(*parts: Content | str) -> Content:
    """Parts side by side."""
    return Content.assemble(*parts)


def stack(*lines: Content) -> Content:
    """Lines under each other."""
    return Content("\n").join(lines)
