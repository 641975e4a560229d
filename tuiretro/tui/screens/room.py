"""The keys of the room: what they mean at this stage becomes a wish, or changes what this screen looks at.

Whoever pushes the room reads its wishes and shows it what came of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from textual import events
from textual.widgets import Input

from tuiretro.core.agenda import topic_key
from tuiretro.tui.commands import bindings
from tuiretro.tui.retro_commands import ASKING, AT_STAGE, EVER
from tuiretro.tui.screens.room_frame import RoomFrame
from tuiretro.tui.stages.possible import may_act, may_wish
from tuiretro.tui.stages.shown import Shown, running
from tuiretro.tui.widgets.rows import RowList
from tuiretro.tui.widgets.typing import NoteLine, SearchLine

OWN = frozenset({"minute", "pick", "type", "mark", "together", "count", "search"})
"""Actions that need more than a wish's name."""
KEPT_EVERY = 5
"""Seconds after which the time that a stage has taken is kept: so much a crash may cost the timers."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants done."""

    what: str
    row: str = ""
    """What the cursor is on: 't7' a topic, 'n3' a note, 'a2' an action, 'm...' a mistake."""
    text: str = ""
    column: int = 0
    marked: tuple[int, ...] = ()
    stage: str = ""
    """Where the team stood when it was wished."""
    is_again: bool = False
    """Whether it is a note that was refused before."""

    def number(self, kind: str) -> int | None:
        """The number of what the cursor is on, if it is of that kind."""
        return int(self.row[1:]) if self.row[:1] == kind and self.row[1:].isdecimal() else None


class RoomScreen(RoomFrame):
    """A retro that is under way, or the summary of one that is over."""

    BINDINGS = bindings(*EVER, *(command for commands in AT_STAGE.values() for command in commands))

    def __init__(self, shown: Shown, *, clock: Callable[[], float]) -> None:
        """A room that is not shown yet.

        Args:
            shown: What it shows first.
            clock: Seconds that only ever go up.
        """
        super().__init__(shown, clock)
        self.wishes: asyncio.Queue[Wish] = asyncio.Queue()
        self.refused: list[Wish] = []
        """Notes that were refused and wait until the line is free."""
        self._unjudged = 0
        """Notes that were typed, and of which nobody knows yet whether they are saved."""
        self._is_again = False
        self.covers = 0
        """So many times another screen was put over this one."""

    def on_mount(self) -> None:
        # Textual calls the frame's own by itself.
        self.set_interval(KEPT_EVERY, self.keep_time)

    def on_screen_suspend(self) -> None:
        self.covers += 1

    def keep_time(self) -> None:
        """Asks for the counted time to be kept."""
        if self.shown.leads:
            self.action_wish("time")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is possible at this stage, on this row, and for whom."""
        if action == "wish":
            return may_wish(self.shown, str(parameters[0]), self.chosen[:1])
        if action in OWN:
            return may_act(self.shown, action, self.chosen[:1])
        return super().check_action(action, parameters)

    def action_wish(self, what: str) -> None:
        """Hands a wish over, with all that this screen knows; nothing is asked for behind a dialog."""
        if what in ASKING and not self.is_active:
            return
        self.wishes.put_nowait(
            Wish(
                what,
                row=self.chosen,
                column=self.shown.column,
                marked=tuple(sorted(self.shown.marked)),
                stage=self.shown.stage,
            )
        )

    def forget(self, kinds: Collection[str]) -> None:
        """Drops the wishes of these kinds that nobody has read yet."""
        waiting = [self.wishes.get_nowait() for _ in range(self.wishes.qsize())]
        for wish in waiting:
            if wish.what not in kinds:
                self.wishes.put_nowait(wish)

    def action_minute(self) -> None:
        """A minute more for the topic under discussion, or else for the stage."""
        topic = self.shown.topic
        key = topic_key(topic.id) if self.shown.stage == "discuss" and topic is not None else self.shown.stage
        self._put("minute", text=key)

    def action_pick(self) -> None:
        """At discuss the topic under the cursor becomes the one under discussion; at decide an action comes of it."""
        if self.shown.stage == "decide":
            self.action_wish("decide")
            return
        self.stopwatch.run(running(self.shown))
        self.shown = replace(self.shown, picked=int((self.chosen or "t0")[1:]))
        self.paint()

    def action_type(self) -> None:
        """Types notes. Whoever begins does not see what was typed before."""
        self.typing, self.has_typed = True, False
        self.paint()

    def action_mark(self) -> None:
        """Marks what the cursor is on, or takes the mark away; on a note of a group, its group."""
        chosen = self.chosen
        number = int(chosen[1:]) if chosen[1:].isdecimal() else None
        meant = {topic.id for topic in self.shown.room.topics if number in {topic.id, *(n.id for n in topic.notes)}}
        self.shown = replace(self.shown, marked=self.shown.marked ^ meant)
        self.paint()

    def action_together(self) -> None:
        """Puts together what is marked."""
        self.action_wish("together")

    def action_count(self, votes: int) -> None:
        """One vote more or less for the topic under the cursor."""
        self._put("count", text=str(votes))

    def action_search(self) -> None:
        """Looks for notes by what they hold."""
        self._search_is(shows=True)

    def _put(self, what: str, text: str) -> None:
        self.wishes.put_nowait(
            Wish(
                what,
                row=self.chosen,
                text=text,
                column=self.shown.column,
                stage=self.shown.stage,
            )
        )

    def unmark(self, at: str) -> None:
        """Takes all marks away and puts the cursor on a row."""
        self.shown = replace(self.shown, marked=frozenset())
        self.paint(at)

    def take_next(self) -> None:
        """The first topic that has not been discussed is the next one, and the cursor goes there."""
        self.shown = replace(self.shown, picked=None)
        self.paint(self.first_row)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the search line goes back to the list."""
        event.stop()
        self.set_focus(self.query_one(RowList))

    def on_note_line_typed(self, event: NoteLine.Typed) -> None:
        """A note is added, and typing goes on."""
        again, self._is_again = self._is_again, False
        if not event.text.strip():
            self._bring_back()
            return
        self.has_typed = True
        self._unjudged += 1
        column, stage = self.shown.column, self.shown.stage
        self.wishes.put_nowait(Wish("add", text=event.text, column=column, stage=stage, is_again=again))
        self.paint_keys()

    def judged(self, note: Wish, *, is_saved: bool) -> None:
        """Takes note of what became of a note; one that was refused comes back as soon as the line is free."""
        self._unjudged -= 1
        if not is_saved:
            # The one that came back last goes before those that still wait.
            self.refused.insert(0 if note.is_again else len(self.refused), note)
        self._bring_back()

    @property
    def holds_refused(self) -> bool:
        """Whether a note that was refused waits, or stands in the line again."""
        return bool(self.refused) or self._is_again

    @property
    def unsaved(self) -> int:
        """Notes that were typed and are not saved: those that wait, and what stands in the line."""
        return len(self.refused) + bool(self.query_one("#note", Input).value.strip())

    def _bring_back(self) -> None:
        line = self.query_one("#note", Input)
        # Not while notes are still judged: their lines arrived in one go, and the next one may be half here.
        if self.refused and not self._unjudged and not line.value.strip():
            note = self.refused.pop(0)
            line.value, self._is_again = note.text, True
            line.cursor_position = len(note.text)
            if self.shown.column != note.column:
                self._to_column(note.column)
        if self.shown.waiting != len(self.refused):
            self.shown = replace(self.shown, waiting=len(self.refused))
            self.paint_detail()

    def on_input_changed(self, event: Input.Changed) -> None:
        if isinstance(event.input, SearchLine):
            self.shown = replace(self.shown, query=event.value.strip())
            self.paint()

    def on_search_line_moved(self, event: SearchLine.Moved) -> None:
        self.query_one(RowList).move(event.way)

    def on_key(self, event: events.Key) -> None:
        """Keys of the two lines, and digits for columns."""
        if self.typing and event.key in {"tab", "shift+tab"}:
            self._to_column(self.shown.column + (1 if event.key == "tab" else -1))
        elif self.typing and event.key == "escape":
            self.typing = False
            self._bring_back()
            self.paint()
        elif self.has_typed and self.typing and event.key == "up" and not self.query_one("#note", Input).value:
            self.action_wish("last note")
        elif event.key == "escape" and (self.query_one(SearchLine).display):
            self._search_is(shows=False)
        elif not self.typing and self.shown.stage == "notes" and event.key in set("123456789"):
            self._to_column(int(event.key) - 1, types=True)
        else:
            return
        event.stop()
        event.prevent_default()

    def _to_column(self, column: int, *, types: bool = False) -> None:
        count = len(self.shown.columns)
        if types and (column >= count or not self.shown.leads):
            return
        self.has_typed = self.has_typed and self.typing
        self.typing = self.typing or types
        self.shown = replace(self.shown, column=column % count)
        self.paint()

    def _search_is(self, *, shows: bool) -> None:
        line = self.query_one(SearchLine)
        line.display = shows
        line.value = ""
        self.shown = replace(self.shown, query="")
        self.set_focus(line if shows else self.query_one(RowList))
        self.paint()

    def on_option_list_option_highlighted(self, _: RowList.OptionHighlighted) -> None:
        self.paint_detail()
        self.paint_keys()

    def on_option_list_option_selected(self, _: RowList.OptionSelected) -> None:
        if self.check_action("pick", ()) is True:
            self.action_pick()
