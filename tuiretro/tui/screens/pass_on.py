"""The blank screen between two people."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Center, Middle
from textual.content import Content
from textual.widgets import Static

from tuiretro.core.promises import MEANING
from tuiretro.tui.screens.closing import ClosesOnce
from tuiretro.tui.text import DIM, HEAD, plain, stack

EMPTY = Content("")


class PassScreen(ClosesOnce[bool]):
    """Blank between two people; any key starts for the next one, escape goes back."""

    CSS_PATH = "answer.tcss"

    def __init__(self, said: str, back: str = "goes home") -> None:
        super().__init__()
        self.said, self.back = said, back
        """What became of the sheet, and what escape does."""

    def compose(self) -> ComposeResult:
        lines = (
            plain("Thank you.", HEAD),
            plain(self.said),
            EMPTY,
            plain(f"Pass the keyboard; any key starts for the next person. Escape {self.back}."),
            EMPTY,
            plain(MEANING, DIM),
        )
        with Middle(), Center():
            yield Static(stack(*lines), classes="column")

    def on_key(self, event: events.Key) -> None:
        event.stop()
        self.dismiss(event.key != "escape")
