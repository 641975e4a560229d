"""A bar for work that takes more than a moment."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import ProgressBar, Static

from tuiretro.tui.text import HEAD, plain


class ProgressScreen(ModalScreen[None]):
    """Says what is being done and how far it is; closes when its owner says so."""

    CSS_PATH = "dialogs.tcss"

    def __init__(self, title: str) -> None:
        super().__init__()
        self.heading = title

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain(self.heading, HEAD))
            yield ProgressBar(total=100, show_eta=False, classes="gap")

    def advance(self, done: int, total: int) -> None:
        """So many of so many steps are done."""
        self.query_one(ProgressBar).update(total=total, progress=done)
