"""A blank screen with a few words, over the main screens while something happens that no key may cut short."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Center, Middle
from textual.screen import Screen
from textual.widgets import Label

from tuiretro.tui.text import DIM, plain


class CoverScreen(Screen[None]):
    """Closes when its owner says so."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def compose(self) -> ComposeResult:
        with Middle(), Center():
            yield Label(plain(self.words, DIM))
