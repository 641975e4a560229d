"""A text to read beside a list, drawn in the same repaint as the cursor of the list.

A widget that grows with its text would have the screen laid out anew for every row that the cursor passes, which takes
three repaints more.
"""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

FREE = 1
"""Cells between the text and its scroll bar."""


class Pane(ScrollView, can_focus=True):
    """One text that is scrolled."""

    DEFAULT_CSS = """
    Pane { height: 1fr; overflow-x: hidden; overflow-y: scroll; background: $background; }
    """

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.text = Content("")
        self.strips: list[Strip] = []

    def say(self, text: Content, *, top: bool) -> None:
        """Shows another text.

        Args:
            text: All of it.
            top: Whether to begin at its top, or where the text before was read.
        """
        self.text = text
        self._draw()
        at = 0 if top else min(self.scroll_offset.y, self.max_scroll_y)
        if at != self.scroll_offset.y:
            self.scroll_to(y=at, animate=False, immediate=True)

    def read_on(self) -> None:
        """Scrolls by a page; at the end, back to the top."""
        if self.scroll_offset.y >= self.max_scroll_y:
            self.scroll_home(animate=False)
        else:
            self.scroll_page_down(animate=False)

    def on_resize(self, _: events.Resize) -> None:
        self._draw()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self.is_mounted:
            self._draw()

    def _draw(self) -> None:
        width = self.scrollable_content_region.width
        if not width:
            return
        drawn = Visual.to_strips(self, self.text, max(1, width - FREE), None, self.visual_style)
        self.strips = [strip.adjust_cell_length(width, self.rich_style) for strip in drawn]
        # Set without a layout: only this pane is drawn differently.
        self.set_reactive(Pane.virtual_size, Size(width, len(self.strips)))
        self.vertical_scrollbar.window_virtual_size = len(self.strips)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        return self.strips[at] if at < len(self.strips) else Strip.blank(width, self.rich_style)
