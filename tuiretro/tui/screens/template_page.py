"""Reading a template on the whole width of the terminal."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ScrollableContainer, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tuiretro.model.survey import Template
from tuiretro.tui.screens.closing import ClosesOnce
from tuiretro.tui.screens.dialogs import keys
from tuiretro.tui.screens.library_pages import wide_page
from tuiretro.tui.text import HEAD, plain

WIDEST = 110
"""Cells of the page: more would make lines that are hard to read."""
EDGE = 7
"""Cells beside a line for border, padding and scroll bar."""
STEP = 12
"""Cells that a key moves sideways: about a column of a table."""


class Paper(ScrollableContainer):
    """A page that may be wider than the terminal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", f"aside({-STEP})", "left", id="paper-left", tooltip="Move to the left of a wide table."),
        Binding("right", f"aside({STEP})", "right", id="paper-right", tooltip="Move to the right of a wide table."),
    ]

    def action_aside(self, cells: int) -> None:
        """Moves sideways."""
        self.scroll_relative(x=cells, animate=False)


class TemplatePage(ModalScreen[int | None], ClosesOnce[int | None]):
    """A template to read; returns the line that was on top if it is wanted as a file, so that reading can go on."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "close", "back", id="page-back", tooltip="Back to where you were."),
        Binding("t", "write", "template", id="page-template", tooltip="Write the template to a file."),
    ]

    def __init__(self, template: Template, top: int = 0) -> None:
        super().__init__()
        self.template, self.top = template, top
        self.laid_out = 0
        """Columns of the terminal that the text was laid out for."""

    def compose(self) -> ComposeResult:
        self.laid_out = self.app.size.width
        with Vertical(classes="dialog tall whole"):
            yield Static(plain(self.template.title, HEAD))
            with Paper(classes="gap"):
                # Given at once: an update before the first layout would leave it one row high.
                yield Static(self._text(), id="paper")
            yield Static(self._keys(), id="paper-keys", classes="gap")

    def on_mount(self) -> None:
        self.call_after_refresh(self._go_on)

    def on_resize(self, event: events.Resize) -> None:
        if event.size.width != self.laid_out:
            self.laid_out = event.size.width
            self.query_one("#paper", Static).update(self._text())
            self.query_one("#paper-keys", Static).update(self._keys())

    @property
    def room(self) -> int:
        """Cells of a line."""
        return min(self.laid_out, WIDEST) - EDGE

    def _text(self) -> Content:
        return wide_page(self.template, self.room)

    def _keys(self) -> Content:
        is_wide = any(line.cell_length > self.room for line in self._text().split())
        aside = (("left/right", "sideways"),) if is_wide else ()
        return keys(("up/down", "scroll"), *aside, ("t", "write to a file"), ("escape", "back"))

    def _go_on(self) -> None:
        self.query_one(Paper).scroll_to(y=self.top, animate=False)

    def action_close(self) -> None:
        """Closes; nothing is wanted."""
        self.dismiss(None)

    def action_write(self) -> None:
        """Closes with the line that is on top."""
        self.dismiss(self.query_one(Paper).scroll_offset.y)
