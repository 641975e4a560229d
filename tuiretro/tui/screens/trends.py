"""Trends: every theme and mistake over the sprints, the chart of the one under the cursor, and all as a heatmap."""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from tuiretro.core.heatmap import CELL, heatmap
from tuiretro.core.plot import window
from tuiretro.model.trends import Line, Trends
from tuiretro.service.insight import Scene
from tuiretro.service.past import trends
from tuiretro.service.workspace import Workspace
from tuiretro.tui.commands import EVERYWHERE, EXPLAIN, HEATMAP, ON_TRENDS, Command, bindings
from tuiretro.tui.screens.area import WIDE, Area
from tuiretro.tui.screens.messages import PlaysWanted
from tuiretro.tui.screens.trend_pages import chart_page, explained_page, heat_head, heat_rows, line_rows, nothing_rows
from tuiretro.tui.widgets.bars import KeyLine, TopLine
from tuiretro.tui.widgets.pane import Pane
from tuiretro.tui.widgets.rows import RowList

EMPTY = Content("")
LIST_NARROW, LIST_WIDE = 25, 38
"""Cells of a row of the list below 100 columns, and from there on."""
SIDE, EDGE = 3, 4
"""Cells beside a row of the list for padding and scroll bar, and beside a line of the page for those and the rule."""
HEAT_LABEL, AROUND = 21, 4
"""Cells of a mistake's name in the heatmap, and of the rows above and below what a screen is about."""


class TrendsScreen(Area):
    """A list on the left and a chart on the right; or a heatmap on all of it."""

    CSS_PATH = "trends.tcss"
    HERE = ON_TRENDS
    BINDINGS = bindings(*EVERYWHERE, *ON_TRENDS)
    AUTO_FOCUS = "RowList"
    NAME = "trends"
    EXPORTS_LATE = True
    TITLE_WORD = "Trends"

    def __init__(self) -> None:
        super().__init__()
        self.found: Trends | None = None
        self.is_heatmap = False
        self.is_explained = False
        self.is_filling = False
        """While rows are exchanged, the cursor is nowhere that anybody put it."""
        self.back = 0
        """How many of the newest sprints are left out."""

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Horizontal():
            with Vertical(id="left"):
                yield Static(id="heads")
                yield RowList(id="rows", markup=False)
            yield Pane("page")
        yield KeyLine()

    def on_mount(self) -> None:
        # At once, not by a message: the chart is drawn together with the cursor.
        self.watch(self.query_one(RowList), "highlighted", self._look, init=False)

    def load(self, workspace: Workspace, scene: Scene) -> object:
        return trends(workspace, scene.team, None) if scene.released else None

    def take(self, loaded: object) -> None:
        self.found = loaded if isinstance(loaded, Trends) else None
        if self.is_mounted:
            self.paint()

    def show(self, scene: Scene, note: str) -> None:
        if self.scene is not None and self.scene.team.id != scene.team.id:
            self.found, self.back = None, 0
        super().show(scene, note)

    def clear(self) -> None:
        self.found, self.back = None, 0
        super().clear()
        if self.is_mounted:
            self._look()

    def paint_rows(self, scene: Scene) -> None:
        self.is_filling = True
        rows, page, heads = self.query_one(RowList), self.query_one(Pane), self.query_one("#heads", Static)
        is_empty = self.found is None or not self.found.lines
        heads.display, page.display = self.is_heatmap and not is_empty, not self.is_heatmap and not is_empty
        self.query_one("#left").styles.width = self.list_width + SIDE if page.display else "1fr"
        if self.found is None or is_empty:
            rows.fill(nothing_rows(scene, is_read=self.found is not None))
        elif self.is_heatmap:
            shown = heatmap(self.found, self.columns, self.back)
            heads.update(heat_head(shown, HEAT_LABEL))
            rows.fill(heat_rows(shown, HEAT_LABEL, self.room))
        else:
            rows.fill(line_rows(self.found, self.list_width))
        self.is_filling = False
        self._look()

    @property
    def list_width(self) -> int:
        """Cells of a row of the list."""
        return LIST_WIDE if self.size.width >= WIDE else LIST_NARROW

    @property
    def columns(self) -> int:
        """Sprints that the heatmap has room for."""
        return max(1, (self.room - HEAT_LABEL) // CELL)

    @property
    def page_width(self) -> int:
        """Cells of a line of the page."""
        return max(20, self.size.width - self.list_width - SIDE - EDGE)

    @property
    def line(self) -> Line | None:
        """The theme or mistake under the cursor."""
        chosen = self.query_one(RowList).chosen if self.is_mounted else None
        return self.found.line(chosen) if self.found is not None and chosen else None

    def _look(self) -> None:
        if self.is_heatmap or self.found is None or self.is_filling:
            return
        line, height = self.line, self.size.height - AROUND
        if line is None:
            page = EMPTY
        elif self.is_explained:
            page = explained_page(line, self.page_width)
        else:
            page = chart_page(line, self.found, self.page_width, height, self.back)
        self.query_one(Pane).say(page, top=True)
        self.paint_keys()

    def on_option_list_option_selected(self, _: RowList.OptionSelected) -> None:
        self.action_plays()

    @property
    def commands(self) -> tuple[Command, ...]:
        words = {HEATMAP.id: "charts"} if self.is_heatmap else {}
        words |= {EXPLAIN.id: "chart"} if self.is_explained else {}
        return tuple(replace(c, label=words.get(c.id, c.label)) for c in super().commands)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Each key only where it means something."""
        if action == "plays":
            return self.line is not None and self.line.mistake is not None
        if action == "heatmap":
            return self.found is not None and bool(self.found.lines)
        if action == "explain":
            return self.line is not None and not self.is_heatmap
        if action == "turn":
            return bool(self.found and self.found.lines) and self._turned(parameters) != self.back
        if action == "read_on":
            return self.is_explained and not self.is_heatmap
        return super().check_action(action, parameters)

    def _turned(self, parameters: tuple[object, ...]) -> int:
        """How many of the newest sprints would be left out after a turn."""
        if self.found is None:
            return self.back
        sprints, way = len(self.found.sprints), parameters[0]
        shown = min(self.columns, sprints) if self.is_heatmap else window(sprints, self.page_width)
        step = max(1, shown // 2) * (way if isinstance(way, int) else 0)
        return min(max(0, self.back + step), sprints - shown)

    def action_plays(self) -> None:
        """Asks for the plays of the chosen mistake."""
        if self.line is not None and self.line.mistake is not None:
            self.post_message(PlaysWanted(self.line.mistake))

    def action_heatmap(self) -> None:
        """All mistakes by sprints, or back to the charts."""
        self.is_heatmap, self.back = not self.is_heatmap, 0
        self.paint()

    def action_explain(self) -> None:
        """How the figures came about, or back to the chart."""
        self.is_explained = not self.is_explained
        self._look()

    def action_turn(self, way: int) -> None:
        """Earlier or later sprints."""
        self.back = self._turned((way,))
        if self.is_heatmap:
            self.paint()
        else:
            self._look()

    def action_read_on(self) -> None:
        """Scrolls the explanation."""
        self.query_one(Pane).read_on()
