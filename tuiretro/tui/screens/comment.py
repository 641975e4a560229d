"""Writing the one optional comment of a sheet; it stays in memory."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from tuiretro.core.rules import COMMENT_LIMIT, COMMENTS_FROM
from tuiretro.core.sheets import COMMENT_HINT, checked_comment
from tuiretro.errors import BadInputError
from tuiretro.tui.screens.closing import ClosesOnce
from tuiretro.tui.screens.dialogs import keys
from tuiretro.tui.text import DIM, HEAD, LOOK, plain
from tuiretro.tui.widgets.typing import drawn


class Page(TextArea):
    """Several lines to type in, drawn so that they cannot steer the terminal; what is cut from it stays in it."""

    held = ""
    """What was cut or copied last: the clipboard would keep it for the next person, and for every program."""

    def get_line(self, line_index: int) -> Text:
        """One line as it is drawn."""
        line = super().get_line(line_index)
        line.plain = drawn(line.plain)
        return line

    def action_cut(self) -> None:
        self.held = self.selected_text or self.document.get_line(self.cursor_location[0]) + "\n"
        super().action_cut()

    def action_copy(self) -> None:
        self.held = self.selected_text or self.held

    def action_paste(self) -> None:
        if self.held:
            start, end = self.selection
            self.move_cursor(self.replace(self.held, start, end, maintain_selection_offset=False).end_location)


class CommentScreen(ModalScreen[str | None], ClosesOnce[str | None]):
    """One optional comment; what was typed is never thrown away by a key."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "save", "keep and go back", id="comment-keep", tooltip="Keep the comment for now."),
    ]

    def __init__(self, comment: str) -> None:
        super().__init__()
        self.comment = comment

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain("One comment, if you like", HEAD))
            yield Static(plain(f"{COMMENT_HINT} It is released only if {COMMENTS_FROM} or more people write one."))
            yield Page(self.comment, id="comment", classes="gap", tab_behavior="focus")
            yield Static(id="left")
            yield Static(keys(("escape", "keep and go back; an empty one is no comment")), classes="gap")

    def on_mount(self) -> None:
        self._count()

    def on_text_area_changed(self) -> None:
        self._count()

    def _count(self) -> None:
        left = COMMENT_LIMIT - len(self.query_one(TextArea).text)
        said = f"{left} characters left" if left >= 0 else f"{-left} characters too many; nothing is cut for you"
        self.query_one("#left", Static).update(plain(said, DIM if left >= 0 else LOOK))

    def action_save(self) -> None:
        """Keeps what is written, if it fits."""
        try:
            self.dismiss(checked_comment(self.query_one(TextArea).text))
        except BadInputError as error:
            self.query_one("#left", Static).update(plain(error.message, LOOK))
