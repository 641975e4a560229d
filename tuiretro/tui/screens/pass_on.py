"""The blank screen between two people."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Center, Middle
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tuiretro.core.promises import MEANING
from tuiretro.tui.text import DIM, HEAD, plain, stack

EMPTY = Content("")


class PassScreen(Screen[bool]):
    """Blank between two people; any key starts for the next one, escape goes home."""

    CSS_PATH = "answer.tcss"

    def __init__(self, *, last: bool) -> None:
        super().__init__()
        self.last = last
        """Everybody has answered: there is no next person."""

    def compose(self) -> ComposeResult:
        then = (
            "Everybody has answered. Any key goes home."
            if self.last
            else "Pass the keyboard; any key starts for the next person. Escape goes home."
        )
        with Middle(), Center():
            yield Static(
                stack(
                    plain("Thank you. Your sheet is sealed and saved.", HEAD),
                    EMPTY,
                    plain(then),
                    EMPTY,
                    plain(MEANING, DIM),
                ),
                classes="column",
            )

    def on_key(self, event: events.Key) -> None:
        event.stop()
        self.dismiss(not self.last and event.key != "escape")
