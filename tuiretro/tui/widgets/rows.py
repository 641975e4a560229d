"""A list of rows: headings and text that the cursor passes over, and rows that it stops at."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tuiretro.tui.laid import Laid, laid

FEW = 8
"""So many rows are changed one by one; of more, all are laid out anew."""


def heading(*lines: Content) -> Option:
    """Text between rows; the cursor passes over it."""
    return Option(laid(lines), disabled=True)


def entry(key: str, *lines: Content) -> Option:
    """A row that the cursor stops at, known by `key`."""
    return Option(laid(lines), id=key)


class RowList(OptionList):
    """One widget for a whole page of rows, so that long pages open as fast as short ones."""

    DEFAULT_CSS = """
    RowList {
        height: 1fr; border: none; padding: 0; background: $background; text-style: none;
        &:focus { border: none; background-tint: transparent 0%; }
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: $foreground; }
        & > .option-list--option-hover { background: $background; }
        & > .option-list--option-highlighted { color: $foreground; background: $surface; text-style: none; }
        &:focus > .option-list--option-highlighted { color: $foreground; background: $panel; text-style: none; }
    }
    """

    @property
    def chosen(self) -> str | None:
        """The key of the row under the cursor."""
        option = self.highlighted_option
        return option.id if option is not None and not option.disabled else None

    def fill(self, rows: Sequence[Option], at: str | None = None) -> None:
        """Shows other rows and puts the cursor on a key, or else on the first row that it can stop at.

        Args:
            rows: All of them.
            at: The key; None leaves the cursor on the key that it is on.
        """
        before = self.chosen if at is None else at
        now = self.options
        known = {option.id: option for option in now if option.id is not None}
        rows = [old if (old := known.get(new.id or "")) is not None and _is_like(old, new) else new for new in rows]
        changed = [place for place, (old, new) in enumerate(zip(now, rows, strict=False)) if not _is_like(old, new)]
        if len(changed) > FEW or [(row.id, row.disabled) for row in now] != [(row.id, row.disabled) for row in rows]:
            self.set_options(rows)
        else:
            for place in changed:
                self.replace_option_prompt_at_index(place, rows[place].prompt)
        places = {option.id: place for place, option in enumerate(rows) if not option.disabled}
        if places:
            self.highlighted = places.get(before, min(places.values()))
        if changed:
            # The row under the cursor may have grown.
            self.scroll_to_highlight()

    def point_at(self, key: str) -> bool:
        """Puts the cursor on a row; False if there is none of that key."""
        at = next((at for at, option in enumerate(self.options) if option.id == key), None)
        if at is not None:
            self.highlighted = at
        return at is not None

    def move(self, way: str) -> None:
        """Moves the cursor for a key that was pressed elsewhere: 'up', 'down', 'pageup' or 'pagedown'."""
        if way == "up":
            self.action_cursor_up()
        elif way == "down":
            self.action_cursor_down()
        elif way == "pageup":
            self.action_page_up()
        else:
            self.action_page_down()

    def action_page_up(self) -> None:
        """A page up, if the list has any room to have pages."""
        self._turn(-1)

    def action_page_down(self) -> None:
        """A page down, if the list has any room to have pages."""
        self._turn(1)

    def _turn(self, way: int) -> None:
        """A page on, to a row that the cursor may stop at: Textual's own ends at headings, and loses the cursor."""
        before = self.highlighted
        if not self.size.height or before is None:
            return
        if way < 0:
            super().action_page_up()  # type: ignore[no-untyped-call] # Textual's own
        else:
            super().action_page_down()  # type: ignore[no-untyped-call] # the same
        at = self.highlighted
        places = [place for place, option in enumerate(self.options) if not option.disabled]
        if at is None or at not in places:
            beyond = [place for place in places if (place - (before if at is None else at)) * way > 0]
            self.highlighted = (min if way > 0 else max)(beyond, default=before)

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Keeps what stands above the first row and below the last one in view."""
        super().watch_highlighted(highlighted)
        self._show_ends(highlighted)

    def on_resize(self) -> None:
        """Keeps the cursor in view: what stands below the list may grow with the row that it is on."""
        self.scroll_to_highlight()
        self._show_ends(self.highlighted)

    def _show_ends(self, highlighted: int | None) -> None:
        if highlighted is None:
            return
        if all(option.disabled for option in self.options[:highlighted]):
            self.scroll_home(animate=False)
        elif all(option.disabled for option in self.options[highlighted + 1 :]):
            self.scroll_end(animate=False)


def _is_like(old: Option, new: Option) -> bool:
    """Whether a row says the same in the same way."""
    if old is new:
        return True
    same = (old.id, old.disabled) == (new.id, new.disabled)
    return same and isinstance(old.prompt, Laid) and old.prompt.is_like(new.prompt)
