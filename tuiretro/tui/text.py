"""Text on its way to the screen: what people typed is never markup and never steers the terminal."""

from __future__ import annotations

from textual.content import Content

from tuiretro.core.text import clip, harmless, pad

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


def right(text: str, width: int, style: str = "") -> Content:
    """Text that we made ourselves, right-aligned in `width` cells."""
    return Content.styled(text.rjust(width), style)


def row(*parts: Content | str) -> Content:
    """Parts side by side."""
    return Content.assemble(*parts)


def stack(*lines: Content) -> Content:
    """Lines under each other."""
    return Content("\n").join(lines)
