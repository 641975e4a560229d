"""What people type in: kept as typed, for the rules to judge, and drawn so that it cannot steer the terminal."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from tuiretro.core.text import MARKS_IN_A_ROW, unshowable

LONGEST_SEARCH = 80
"""Characters of a search: what is pasted by mistake must not make every key wait."""
MARK, NOTHING = "\ufffd", "\u200b"
"""Drawn for a character that cannot be shown, and for one that would only paint over others."""


def drawn(text: str) -> str:
    """Text of the same length that cannot steer a terminal, so that the cursor stands where the typing goes."""
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        kept.append(NOTHING if marks > MARKS_IN_A_ROW else MARK if unshowable(character) else character)
    return "".join(kept).replace("\n", MARK).replace("\r", MARK)


class Drawn(Highlighter):
    """Changes what an input draws, not what it holds."""

    def highlight(self, text: Text) -> None:
        text.plain = drawn(text.plain)


class Line(Input):
    """One line to type in."""

    def __init__(self, value: str, id: str, *, is_hidden: bool = False) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(value, id=id, compact=True, select_on_focus=False, highlighter=Drawn(), password=is_hidden)


class NoteLine(Line):
    """A line that adds one note after the other, however quickly keys arrive."""

    @dataclass
    class Typed(Message):
        """A note is complete, and the line is free."""

        text: str
        """Blank where enter was pressed on nothing."""

    def on_key(self, event: events.Key) -> None:
        """Enter is taken here, where keys come in their order: as a binding it comes after those behind it."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self._complete(self.value)

    def on_paste(self, event: events.Paste) -> None:
        """Several lines are several notes."""
        first, *more = event.text.splitlines() or [""]
        if more:
            event.stop()
            event.prevent_default()
            self.replace(first, *self.selection)
            for text in (self.value, *more):
                self._complete(text)

    def _complete(self, text: str) -> None:
        self.value = ""
        self.post_message(self.Typed(text))


class SearchLine(Input):
    """One line to search by; keys that move in a list are handed up."""

    DEFAULT_CSS = """
    SearchLine, SearchLine:focus { height: 1; margin-bottom: 1; padding: 0 1; border: none; background: $panel; }
    """
    WAYS = ("up", "down", "pageup", "pagedown")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(way, f"move({way!r})", way, id=f"search-{way}", show=False, tooltip="Move in the list while typing.")
        for way in WAYS
    ]
    TAKEN = frozenset(
        key
        for binding in Input.BINDINGS
        if isinstance(binding, Binding) and binding.action != "submit"
        for key in binding.key.split(",")
    )
    """Keys that change what is typed or move in it."""

    @dataclass
    class Moved(Message):
        """The cursor of the list is to move."""

        way: str

    def __init__(self, hint: str) -> None:
        super().__init__(placeholder=hint, compact=True, max_length=LONGEST_SEARCH, highlighter=Drawn())
        self.display = False

    def action_move(self, way: str) -> None:
        """Hands a move up."""
        self.post_message(self.Moved(way))
