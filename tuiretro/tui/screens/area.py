"""What the main screens share: a line above, rows between, keys below, and one scene that they all show."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size

from tuiretro.core.calendar import left_words, span_words
from tuiretro.service.insight import Scene
from tuiretro.service.workspace import Workspace
from tuiretro.tui.commands import EVERYWHERE, EXPORT, Command, bindings
from tuiretro.tui.screens.keyed import Keyed
from tuiretro.tui.widgets.bars import KeyLine, TopLine
from tuiretro.tui.widgets.rows import RowList

WIDE, TALL = 100, 32
"""Columns and rows from which there is room for what is nice to have."""


SAFETY = "safety"
"""The theme, and the survey of the same id that has plays for it."""


class Area(Keyed):
    """A main screen."""

    BINDINGS = bindings(*EVERYWHERE)
    HERE: ClassVar[tuple[Command, ...]] = ()
    """The commands of this screen, in the order of the key line."""
    NAME: ClassVar[str] = "home"
    TITLE_WORD: ClassVar[str] = "tuiretro"
    EXPORTS_FIRST: ClassVar[str] = "md"
    """The format of exports that whoever comes from here looks at first."""
    EXPORTS_LATE: ClassVar[bool] = False
    """Whether the key of exports is the last of those that the key line may have no room for."""
    READS_MORE: ClassVar[bool] = False
    """Whether `load` may find something new though the scene is the same."""

    def __init__(self) -> None:
        super().__init__()
        self.scene: Scene | None = None
        self.note = ""
        """Said beside the team's name, such as that this is a demo."""
        self.wanted = ""
        """The row that the cursor is to be put on, by key."""
        self.painted = Size(0, 0)
        """The size that the rows were laid out for."""

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield RowList(id="rows", markup=False)
        yield KeyLine()

    def show(self, scene: Scene, note: str) -> None:
        """Takes a new scene over."""
        self.scene, self.note = scene, note
        if self.is_mounted:
            self.paint()

    def clear(self) -> None:
        """Forgets the scene: there is no team to show."""
        self.scene, self.note = None, ""
        if self.is_mounted:
            self.query_one(TopLine).say((self.TITLE_WORD,), "")
            self.query_one(RowList).fill(())
            self.paint_keys()

    def load(self, workspace: Workspace, scene: Scene) -> object:
        """What this screen shows beyond the scene; called off the event loop."""
        return None

    def take(self, loaded: object) -> None:
        """Takes over what `load` found; None when it failed."""

    def on_resize(self, event: events.Resize) -> None:
        # The first one comes once the size is known; painting any earlier, or for the same size, is painting twice.
        if event.size != self.painted:
            self.painted = event.size
            self.paint()

    def on_screen_resume(self) -> None:
        self.paint_keys()

    def point_at(self, key: str) -> None:
        """Puts the cursor on a row when it is next shown."""
        self.wanted = key

    def paint(self) -> None:
        """Shows the scene in the room there is."""
        if self.scene is None:
            return
        self.paint_top(self.scene)
        self.paint_rows(self.scene)
        if self.wanted and self.query_one(RowList).point_at(self.wanted):
            self.wanted = ""
        self.paint_keys()

    def paint_top(self, scene: Scene) -> None:
        """The first line."""
        words = (self.TITLE_WORD, scene.team.name, *((self.note,) if self.note else ()))
        when = f"Sprint {scene.sprint.number}   {span_words(scene.sprint)}   {left_words(scene.sprint, scene.today)}"
        self.query_one(TopLine).say(words, when)

    def paint_rows(self, scene: Scene) -> None:
        """The rows between."""
        raise NotImplementedError

    def paint_keys(self) -> None:
        """The keys that work now."""
        here = f"app.go({self.NAME!r})"
        shown = [c for c in self.commands if (c.on_line or c in self.called_for) and c.action != here]
        # Behind the ways to other screens, and before help and search, which always fit.
        late = [c for c in shown if c.id == EXPORT.id and self.EXPORTS_LATE]
        others = [c for c in shown if c not in late]
        self.query_one(KeyLine).say([*others[:-2], *late, *others[-2:]])

    @property
    def called_for(self) -> tuple[Command, ...]:
        """Commands that the key line shows only now."""
        return ()

    @property
    def sprint(self) -> int | None:
        """The sprint that is looked at; None where that is the last one with results."""
        return None

    @property
    def offered(self) -> tuple[Command, ...]:
        return (*self.HERE, *EVERYWHERE)

    @property
    def room(self) -> int:
        """Columns that a row has."""
        return max(40, self.size.width - 3)
