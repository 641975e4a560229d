"""The first and the last line of every screen."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from tuiretro.core.text import clip, harmless
from tuiretro.tui.commands import Command
from tuiretro.tui.text import ACT, DIM, HEAD, LOOK, cell, plain, row


class TopLine(Static):
    """What this is on the left, where we are in time on the right, and a rule below."""

    DEFAULT_CSS = """
    TopLine { dock: top; height: 2; padding: 0 1; border-bottom: solid $panel; }
    """

    def say(self, left: Iterable[str], right: str, *, look: bool = False) -> None:
        """Shows the words of the left side, the first one strong, and the right side's, which may ask for a look."""
        head, *rest = left
        width = self.app.size.width - 2
        when = plain(clip(right, width), LOOK if look else DIM)
        head = clip(head, max(0, width - when.cell_length - 2))
        room = max(0, width - when.cell_length - cell_len(head) - 2)
        # The name ends before the right side begins, however little room there is.
        name = clip(harmless("  ".join(rest)), max(0, room - 2))
        self.update(row(plain(head, HEAD), "  ", cell(name, room), when), layout=False)


class KeyLine(Static):
    """The keys that work here, as many as fit."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 2; padding: 0 1; border-top: solid $panel; }
    """

    def say(self, commands: Iterable[Command]) -> None:
        """Shows the keys of the commands that can be used now; the last two always fit."""
        parts = [row(Content.styled(c.keycap, ACT), " ", Content.styled(c.label, DIM)) for c in commands]
        kept = parts[-2:]
        for part in parts[:-2]:
            room = self.app.size.width - 2 - sum(p.cell_length + 2 for p in kept)
            if part.cell_length + 2 > room:
                continue
            kept.insert(len(kept) - 2, part)
        self._draw(kept)

    def say_keys(self, *keys: tuple[str, str]) -> None:
        """Shows keys that belong to a line in which somebody types, and to no command."""
        self._draw([row(Content.styled(key, ACT), " ", Content.styled(label, DIM)) for key, label in keys])

    def _draw(self, parts: list[Content]) -> None:
        # The line keeps its height, and to lay the screen out anew would make every key wait.
        self.update(Content("  ").join(parts), layout=False)
