"""One stage of a retro fills the screen: what it draws, and when.

What a stage shows comes from `stages`. Changes nothing, and knows no keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from msgspec.structs import replace as struct_replace
from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label, Static
from textual.widgets.option_list import Option

from tuiretro.core.agenda import SUMMARY, clock_words, current, is_over_time, places, topic_key, total_words
from tuiretro.core.text import clip
from tuiretro.service.retros import Room, stage_words
from tuiretro.tui.commands import Command
from tuiretro.tui.retro_commands import REVEAL, TALKED, at_stage
from tuiretro.tui.screens.area import WIDE
from tuiretro.tui.screens.keyed import Keyed
from tuiretro.tui.stages import checks, notes, past, summary, topics
from tuiretro.tui.stages.shown import Shown, running
from tuiretro.tui.stages.stopwatch import Stopwatch
from tuiretro.tui.text import ACT, DIM, LOOK, plain
from tuiretro.tui.widgets.bars import KeyLine, TopLine
from tuiretro.tui.widgets.rows import RowList
from tuiretro.tui.widgets.typing import NoteLine, SearchLine

ROWS: Mapping[str, Callable[[Shown, int], list[Option]]] = {
    "welcome": checks.welcome_rows,
    "actions": past.action_rows,
    "results": past.results_rows,
    "notes": notes.note_rows,
    "group": topics.group_rows,
    "vote": topics.vote_rows,
    "discuss": topics.discuss_rows,
    "decide": topics.decide_rows,
    "close": checks.close_rows,
    SUMMARY: summary.summary_rows,
}
DETAILS: Mapping[str, Callable[[Shown, str | None], Content]] = {
    "actions": past.action_detail,
    "results": past.results_detail,
    "notes": notes.note_detail,
    "group": topics.group_detail,
    "vote": topics.vote_detail,
    "decide": topics.decide_detail,
}
EMPTY = Content("")


class RoomFrame(Keyed):
    """What a room draws; its keys are `RoomScreen`'s."""

    CSS_PATH = "room.tcss"

    def __init__(self, shown: Shown, clock: Callable[[], float]) -> None:
        super().__init__()
        self.shown = shown
        self.stopwatch = Stopwatch(clock)
        self.typing = False
        self._detail_height = -1
        self.has_typed = False
        """Whether a note was added since somebody began to type: the one before is nobody else's to see."""
        self.rung: set[str] = set()
        """Stages and topics whose end was told."""

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield Static(id="agenda")
        yield SearchLine("type what to look for; enter keeps it")
        yield RowList(id="rows", markup=False)
        yield Static(id="detail")
        with Horizontal(id="typing"):
            yield Label(plain("> ", ACT))
            yield NoteLine("", id="note")
        yield KeyLine()

    def on_mount(self) -> None:
        self.typing = self._types_first()
        self.set_interval(1, self.tick)
        self.paint(self.first_row)

    def on_resize(self, _: events.Resize) -> None:
        self.paint()

    def on_descendant_focus(self) -> None:
        self.paint_keys()

    def show(self, shown: Shown) -> None:
        """Shows the retro as it stands now; what this screen looks at stays as far as it is there."""
        before = self.shown
        alive = {topic.id for topic in shown.room.topics}
        looked = replace(
            shown,
            column=min(before.column, len(shown.columns) - 1),
            marked=before.marked & alive,
            query=before.query,
            picked=before.picked if before.picked in alive else None,
        )
        moves = shown.stage != before.stage
        if moves:
            self.stopwatch.run(running(before))
            looked = replace(looked, marked=frozenset(), query="")
            self.shown = looked
            self.query_one(SearchLine).display = False
            self.query_one(SearchLine).value = ""
            self.typing, self.has_typed = self._types_first(), False
        self.shown = looked
        if not self.is_mounted:
            return
        if not moves and _is_but_time(before.room, looked.room):
            self.paint_time()
        else:
            self.paint(self.first_row if moves else None)

    def _types_first(self) -> bool:
        return self.shown.stage == "notes" and self.shown.leads and not self.shown.room.board.is_revealed

    @property
    def offered(self) -> tuple[Command, ...]:
        return at_stage(self.shown.stage)

    @property
    def room(self) -> int:
        """Columns that a row has."""
        return max(30, self.size.width - 3)

    @property
    def first_row(self) -> str:
        """The key of the row that a stage begins with: what is to be talked about first; empty for the first one."""
        topic = self.shown.topic
        if self.shown.stage == "actions":
            return next((f"a{action.id}" for action in self.shown.unsettled), "")
        if self.shown.stage == "decide":
            return next((f"t{topic.id}" for topic in self.shown.to_decide), "")
        return f"t{topic.id}" if self.shown.stage == "discuss" and topic is not None else ""

    def paint(self, at: str | None = None) -> None:
        """Draws everything, with the cursor on a row by key; None leaves it on the key that it is on."""
        rows = self.query_one(RowList)
        rows.fill(ROWS[self.shown.stage](self.shown, self.room), at)
        self.query_one("#typing").display = self.typing
        self._paint_agenda()
        self.paint_time()
        self.paint_detail()
        self._focus()
        self.paint_keys()

    def _focus(self) -> None:
        search = self.query_one(SearchLine)
        if self.typing:
            wanted = self.query_one("#note")
        elif self.focused is search and search.display:
            # Not by `has_focus`, which is true only once the line has been told.
            return
        else:
            wanted = self.query_one(RowList)
        if self.focused is not wanted:
            self.set_focus(wanted)

    def _paint_agenda(self) -> None:
        retro = self.shown.room.retro
        parts: list[Content] = []
        for place in places(retro.format):
            stage = retro.format.stage(place)
            title = stage.title if stage is not None else SUMMARY
            if place == retro.stage:
                parts.append(plain(f"▸ {title}", ACT))
            elif stage is not None:
                parts.append(plain(f"{'✓' if place in retro.seen else '·'} {title}", DIM))
        line = Content(" ").join(parts)
        if self.shown.is_summary:
            # All stages lie behind: what is shown now stands in the first line.
            line = Content(" ").join(parts[:-1])
        if line.cell_length > self.size.width - 1:
            line = plain(clip(stage_words(self.shown.room), self.size.width - 1), ACT)
        self.query_one("#agenda", Static).update(line, layout=False)

    def paint_time(self) -> None:
        """The first line, with the stage's time."""
        room = self.shown.room
        looking = ("only looking",) if self.shown.reason else ()
        words = ("Retro", room.team.name, f"sprint {room.retro.sprint.number}", *looking)
        short, total = "   ".join((stage_words(room), self._time_words())), self._total_words()
        whole = f"{short}   {total}" if total else short
        fits = cell_len("  ".join((*words, whole))) + 4 <= self.size.width
        self.query_one(TopLine).say(words, whole if fits else short, look=self._is_over_time())

    def _time_words(self) -> str:
        retro = self.shown.room.retro
        stage = current(retro)
        if retro.is_over:
            return "over"
        return clock_words(retro, stage.id, self._seconds(stage.id)) if stage is not None else self._total()

    def _total_words(self) -> str:
        """What all stages have taken, where the stage's own time stands already."""
        if current(self.shown.room.retro) is None or self.shown.room.retro.is_over:
            return ""
        return f"{self._total()} in all" if self.size.width >= WIDE else self._total().replace(" minutes", " min")

    def _total(self) -> str:
        return total_words(self.shown.room.retro, self._untold())

    def _is_over_time(self) -> bool:
        retro = self.shown.room.retro
        stage = current(retro)
        return stage is not None and not retro.is_over and is_over_time(retro, stage.id, self._seconds(stage.id))

    def _untold(self) -> int:
        return sum(self.stopwatch.untold(stage.id) for stage in self.shown.room.retro.format.stages)

    def _seconds(self, key: str) -> int:
        return self.shown.room.retro.clock.spent.get(key, 0) + self.stopwatch.untold(key)

    def paint_detail(self) -> None:
        """What there is to say of the row under the cursor, and why nothing can be changed, if so."""
        shown = self.shown
        if shown.stage == "discuss":
            topic = shown.topic
            said = topics.discuss_detail(shown, self._seconds(topic_key(topic.id)) if topic is not None else 0)
        else:
            said = DETAILS.get(shown.stage, _nothing)(shown, self.query_one(RowList).chosen)
        if shown.reason:
            said = plain(shown.reason, LOOK)
        # To lay the screen out anew would make every key wait, so it is done only where the height changes.
        height = len(said.wrap(max(1, self.size.width - 2))) if said.plain else 0
        detail = self.query_one("#detail", Static)
        detail.update(said, layout=height != self._detail_height)
        detail.display = height > 0
        self._detail_height = height

    def paint_keys(self) -> None:
        """The keys that work now; while somebody types, those of the line."""
        line = self.query_one(KeyLine)
        if isinstance(self.focused, SearchLine):
            line.say_keys(("up/down", "look"), ("enter", "to the notes"), ("escape", "all notes"))
        elif self.typing:
            last = (("up", "last note"),) if self.has_typed else ()
            line.say_keys(("enter", "add"), ("tab", "next column"), *last, ("escape", "done"))
        else:
            line.say([_worded(command, self.shown, self.chosen) for command in self.commands if command.on_line])

    def tick(self) -> None:
        """A second has gone by."""
        self.stopwatch.run(running(self.shown))
        if self.app.screen is not self or not self.size.width:
            return
        self.paint_time()
        if self.shown.stage == "discuss":
            self.paint_detail()
        over = {key for key in running(self.shown) if is_over_time(self.shown.room.retro, key, self._seconds(key))}
        if over - self.rung and self.shown.room.retro.clock.rings:
            self.app.bell()
        self.rung = over

    def take_seconds(self) -> dict[str, int]:
        """What has been counted since this was last asked."""
        self.stopwatch.run(running(self.shown))
        return self.stopwatch.tell()

    @property
    def chosen(self) -> str:
        """The key of the row under the cursor; empty for none."""
        return (self.query_one(RowList).chosen or "") if self.is_mounted else ""


def _is_but_time(before: Room, now: Room) -> bool:
    """Whether nothing but the clock has changed, which need not be drawn anew."""
    return struct_replace(before, retro=struct_replace(before.retro, clock=now.retro.clock)) == now


def _worded(command: Command, shown: Shown, chosen: str) -> Command:
    """A command with the label that fits now."""
    if command.id == REVEAL.id and shown.room.board.is_revealed:
        return replace(command, label="hide")
    if command.id == TALKED.id and chosen in {f"t{topic}" for topic in shown.room.board.discussed}:
        return replace(command, label="reopen")
    return command


def _nothing(_: Shown, __: str | None) -> Content:
    return EMPTY
