"""Somebody at the app: presses keys and reads the screen.

Owns the reading of the screen and the waiting for it. It must not know what the app does.
"""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Generic, Self, TypeVar

from rich.cells import cell_len
from textual.app import App
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tuiretro.tui.app import TuiretroApp

SMALL, LARGE = (80, 24), (120, 36)
PATIENCE = 400
"""Pauses before a condition is given up: some ten seconds."""
CELL = 12.2
"""Width of a cell in the exported picture."""
_TEXT = re.compile(
    r'<text [^>]*?x="([^"]+)" y="[^"]+" textLength="[^"]+" clip-path="[^"]*-line-(\d+)\)">(.*?)</text>', re.S
)
A = TypeVar("A", bound=App[Any])
W = TypeVar("W", bound=Widget)


def screen_text(app: App[Any]) -> str:
    """The screen as rows without trailing blanks, read from the picture that Textual exports."""
    rows: list[str] = [""] * app.size.height
    ends = [0] * app.size.height
    for x, row, text in _TEXT.findall(app.export_screenshot()):
        at, start = int(row), round(float(x) / CELL)
        said = html.unescape(text).replace("\xa0", " ")
        rows[at] += " " * (start - ends[at]) + said
        ends[at] = start + cell_len(said)
    return "\n".join(row.rstrip() for row in rows)


async def settle(pilot: Pilot[Any], holds: Callable[[], bool]) -> None:
    """Pauses until something holds; fails with the screen if it never does."""
    for _ in range(PATIENCE):
        if holds():
            return
        await pilot.pause()
    raise AssertionError(f"on {type(pilot.app.screen).__name__}:\n{screen_text(pilot.app)}")


class Anywhere(Generic[A]):
    """One person in front of a running app of some kind."""

    def __init__(self, app: A, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def text(self) -> str:
        """What the screen shows."""
        return screen_text(self.app)

    @property
    def words(self) -> str:
        """The same in one line, each run of blanks and borders one blank, so that wrapping does not matter."""
        return " ".join(self.text.replace("│", " ").replace("┃", " ").split())

    @property
    def notified(self) -> str:
        """What the notifications on the screen say, in one line."""
        said: list[str] = []
        for toast in self.app.screen.query("Toast"):
            strips = toast.render_lines(Region(0, 0, *toast.outer_size))
            said += [segment.text for strip in strips for segment in strip]
        return " ".join(" ".join(said).replace("▌", " ").split())

    @property
    def screen(self) -> str:
        """The name of the screen's class."""
        return type(self.app.screen).__name__

    @property
    def keys(self) -> str:
        """The key line: the last line of the screen."""
        return self.text.splitlines()[-1]

    def one(self, kind: type[W], where: str | None = None) -> W:
        """A widget of the screen on top."""
        return self.app.screen.query_one(where, kind) if where else self.app.screen.query_one(kind)

    async def press(self, *keys: str) -> Self:
        """Presses keys in turn."""
        await self.pilot.press(*keys)
        return self

    async def at(self, screen: str) -> Self:
        """Waits for a screen by the name of its class."""
        await settle(self.pilot, lambda: self.screen == screen)
        await self.pilot.pause()
        return self

    async def see(self, said: str) -> Self:
        """Waits until the screen says something, however it is wrapped."""
        await settle(self.pilot, lambda: said in self.words)
        return self

    async def told(self, said: str) -> Self:
        """Waits for a notification that says something."""
        await settle(self.pilot, lambda: said in self.notified)
        return self

    async def until(self, holds: Callable[[], bool]) -> Self:
        """Waits until something holds."""
        await settle(self.pilot, holds)
        return self

    async def fill(self, **values: str) -> Self:
        """Puts text into the lines of a form, as if it were typed."""
        for key, value in values.items():
            self.one(Input, f"#{key}").value = value
        await self.pilot.pause()
        return self

    async def still(self) -> str:
        """The screen once two looks at it are the same, without a cursor that blinks."""
        for widget in self.app.screen.query("Input, TextArea"):
            assert isinstance(widget, Input | TextArea)
            widget.cursor_blink = False
        before = ""
        while (now := self.text) != before:
            before = now
            await self.pilot.pause()
        return now


class Seat(Anywhere[TuiretroApp]):
    """One person in front of the app."""


def drawn_by(screen: Screen[Any]) -> list[tuple[Widget, Strip]]:
    """What every widget of a screen draws, row by row."""
    rows = []
    for widget in screen.walk_children(Widget, with_self=True):
        if widget.display and widget.size.area:
            rows += [(widget, strip) for strip in widget.render_lines(Region(0, 0, *widget.outer_size))]
    return rows


@asynccontextmanager
async def seated(app: TuiretroApp, size: tuple[int, int] = SMALL) -> AsyncIterator[Seat]:
    """Runs the app until the block ends; it begins when the first screen is there."""
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        seat = Seat(app, pilot)
        await settle(pilot, lambda: app.scene is not None or seat.screen == "Choose")
        await pilot.pause()
        yield seat
