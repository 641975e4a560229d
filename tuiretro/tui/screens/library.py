"""Library: what is asked, what goes wrong, what can be done, and pages to fill in; with a search as you type."""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input
from textual.widgets.option_list import Option

from tuiretro.core.searching import search
from tuiretro.service.browsing import Browsing, browse
from tuiretro.service.insight import Scene
from tuiretro.service.workspace import Workspace
from tuiretro.tui.commands import ASCEND, DESCEND, EVERYWHERE, ON_LIBRARY, Command, bindings
from tuiretro.tui.screens.area import WIDE, Area
from tuiretro.tui.screens.library_pages import page
from tuiretro.tui.screens.library_place import Place, found_at, has_plays, opens, play_at, template_at
from tuiretro.tui.screens.library_rows import hit_rows, overview_rows, play_rows
from tuiretro.tui.screens.messages import PlayChosen, StarAsked, TemplateWanted
from tuiretro.tui.widgets.bars import KeyLine, TopLine
from tuiretro.tui.widgets.pane import Pane
from tuiretro.tui.widgets.rows import RowList
from tuiretro.tui.widgets.typing import SearchLine

EMPTY = Content("")
LIST_SMALL, LIST_NARROW, LIST_WIDE = 26, 33, 58
"""Cells of a row of the list below 80 columns, from there on, and on a wide terminal."""
SIDE, EDGE = 3, 5
"""Cells beside a row of the list for padding and scroll bar, and beside a line of the page for those and the rule."""
VERBS = {"mistake": "plays", "survey": "plays", "plays": "plays", "play": "take on", "template": "read"}
"""What enter does on a row of that kind."""


class LibraryScreen(Area):
    """A list on the left, what is chosen on the right; the list is whole, or the plays of one, or what was found."""

    CSS_PATH = "library.tcss"
    HERE = ON_LIBRARY
    BINDINGS = bindings(*EVERYWHERE, *ON_LIBRARY)
    AUTO_FOCUS = "RowList"
    NAME = "library"
    TITLE_WORD = "Library"

    def __init__(self) -> None:
        super().__init__()
        self.found: Browsing | None = None
        self.place = Place()
        self.hits: tuple[str, ...] | None = None
        """The rows that a search found; None while nothing is searched for."""
        self.reading: str | None = None
        """The key of the row whose page is shown."""
        self.is_filling = False
        """While rows are exchanged, the cursor is nowhere that anybody put it."""

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Horizontal():
            with Vertical(id="left"):
                yield SearchLine("type what you look for")
                yield RowList(id="rows", markup=False)
            yield Pane("page")
        yield KeyLine()

    def on_mount(self) -> None:
        # At once, not by a message: the page is drawn together with the cursor.
        self.watch(self.query_one(RowList), "highlighted", self._look, init=False)

    def load(self, workspace: Workspace, scene: Scene) -> object:
        return browse(workspace, scene.team)

    def take(self, loaded: object) -> None:
        self.found = loaded if isinstance(loaded, Browsing) else None
        if self.found is None or not self.found.plays.get(self.place.inside):
            self.place = replace(self.place, inside="", above="")
        if self.is_mounted:
            self._search_again()
            self.paint()

    def clear(self) -> None:
        self._go_home()
        self.found = None
        super().clear()
        if self.is_mounted:
            self._turn_to("")

    def show(self, scene: Scene, note: str) -> None:
        if self.scene is not None and self.scene.team.id != scene.team.id:
            self._go_home()
        super().show(scene, note)

    def point_at(self, key: str) -> None:
        self._go_home()
        super().point_at(key)
        if self.is_mounted:
            self.paint()

    def _go_home(self) -> None:
        """Back to the whole list, without a search."""
        self._close_search()
        self.place = Place()

    @property
    def list_width(self) -> int:
        """Cells of a row of the list."""
        width = self.size.width
        return LIST_WIDE if width >= WIDE else LIST_NARROW if width >= 80 else LIST_SMALL

    def paint_rows(self, scene: Scene) -> None:
        self.query_one("#left").styles.width = self.list_width + SIDE
        self._fill()

    def _fill(self, at: str | None = None) -> None:
        rows = self.query_one(RowList)
        self.is_filling = True
        rows.fill(self._rows(), at)
        self.is_filling = False
        self._turn_to(self.row)

    def _rows(self) -> list[Option]:
        found, scene, width = self.found, self.scene, self.list_width
        if found is None or scene is None:
            return []
        if self.hits is not None:
            return hit_rows(found, self.hits, self.query_one(SearchLine).value, width)
        if self.wanted.startswith("play:") and found.play(self.wanted.removeprefix("play:")) is not None:
            self.place, _ = found_at(found, self.wanted)
        book = found.book(self.place.inside) if self.place.inside else None
        if book is not None:
            return play_rows(book, found.plays[book.id], scene.actions, width)
        return overview_rows(found.catalogue, scene, width)

    @property
    def row(self) -> str:
        """The row under the cursor, as 'kind:id'; empty without one."""
        return self.query_one(RowList).chosen or "" if self.is_mounted else ""

    def _look(self) -> None:
        if not self.is_filling:
            self._turn_to(self.row)

    def _turn_to(self, row: str) -> None:
        width = self.size.width - self.list_width - SIDE - EDGE
        shown = page(self.found, row, self.scene.actions, width) if self.found and self.scene else EMPTY
        self.query_one(Pane).say(shown, top=row != self.reading)
        self.reading = row
        self.paint_keys()

    def on_option_list_option_selected(self, _: RowList.OptionSelected) -> None:
        self.action_descend()

    def on_descendant_focus(self) -> None:
        # What a key means depends on whether somebody types.
        self.paint_keys()

    @property
    def commands(self) -> tuple[Command, ...]:
        possible = super().commands
        if isinstance(self.focused, SearchLine):
            possible = tuple(c for c in possible if not c.is_typed and c.key not in SearchLine.TAKEN)
        searching = self.place.is_searching
        kind = self.row.partition(":")[0]
        words = {DESCEND.id: "go to" if searching else VERBS.get(kind, DESCEND.label)}
        words |= {ASCEND.id: "whole list"} if searching else {}
        return tuple(replace(c, label=words.get(c.id, c.label)) for c in possible)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Each key only where it means something."""
        row, found = self.row, self.found
        if action == "descend":
            return found is not None and bool(row) and (self.place.is_searching or opens(found, row))
        if action == "ascend":
            return self.place.is_below
        if action == "search":
            return found is not None
        if action == "template":
            return found is not None and template_at(found, row) is not None
        if action == "star":
            return row.startswith("mistake:")
        return super().check_action(action, parameters)

    def action_descend(self) -> None:
        """Opens what the cursor is on."""
        row, found = self.row, self.found
        if found is None or not row:
            return
        if self.place.is_searching:
            self._close_search()
            self.place, row = found_at(found, row)
            self._fill(row)
        elif has_plays(found, row):
            self.place = self.place.into(row)
            self._fill("")
        elif (play := play_at(found, row)) is not None:
            self.post_message(PlayChosen(row.partition(":")[2], play))
        elif (template := template_at(found, row)) is not None:
            self.post_message(TemplateWanted(template, write=False))

    def action_ascend(self) -> None:
        """Ends the search, or goes from the plays to the list above."""
        place, row = self.place.up()
        self._close_search()
        self.place = place
        self._fill(row)

    def action_search(self) -> None:
        """Opens the search line above the list."""
        line = self.query_one(SearchLine)
        if not self.place.is_searching:
            self.place = self.place.search(self.row)
            self.add_class("-searching")
            line.display = True
        line.focus()

    def _close_search(self) -> None:
        if not self.is_mounted or not self.place.is_searching:
            return
        self.place, self.hits = self.place.without_search(), None
        line = self.query_one(SearchLine)
        with self.prevent(Input.Changed):
            line.value = ""
        line.display = False
        self.remove_class("-searching")
        self.query_one(RowList).focus()

    def _search_again(self) -> None:
        typed = self.query_one(SearchLine).value if self.place.is_searching else ""
        self.hits = search(self.found.sought, typed) if self.found is not None and typed.strip() else None

    def on_input_changed(self, _: Input.Changed) -> None:
        if self.place.is_searching:
            self._search_again()
            self._fill(self.hits[0] if self.hits else self.place.before)

    def on_input_submitted(self, _: Input.Submitted) -> None:
        self.action_descend()

    def on_search_line_moved(self, event: SearchLine.Moved) -> None:
        self.query_one(RowList).move(event.way)

    def action_read_on(self) -> None:
        """Scrolls the page."""
        self.query_one(Pane).read_on()

    def action_template(self) -> None:
        """Asks for the template under the cursor as a file."""
        template = template_at(self.found, self.row) if self.found is not None else None
        if template is not None:
            self.post_message(TemplateWanted(template, write=True))

    def action_star(self) -> None:
        """Asks for a star on the chosen mistake."""
        self.post_message(StarAsked(self.row.removeprefix("mistake:")))
