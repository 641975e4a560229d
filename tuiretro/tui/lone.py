"""An app for one thing that one person does, without a workspace: how it is dressed, asks, fails and ends.

Must not know what the person does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from io import StringIO
from typing import ParamSpec, TypeVar

from rich.console import Console
from textual.app import App
from textual.worker import Worker, WorkerState

from tuiretro.ending import end_in_turn
from tuiretro.errors import FaultError, fault_sentence
from tuiretro.tui.launch import FAULT
from tuiretro.tui.screens.area import TALL, WIDE
from tuiretro.tui.screens.closing import ClosesOnce
from tuiretro.tui.themes import DARK, LIGHT

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")


class LoneApp(App[R]):
    """Runs one flow, and ends with it."""

    TITLE = "tuiretro"
    CSS_PATH = "tuiretro.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (TALL, "-tall")]  # noqa: RUF012 - as Textual declares it

    ended_by = 0
    """The exit code that goes with the signal that ended it."""
    _is_own = False
    """Whether it runs in a terminal of its own."""

    def __init__(self, *, dark: bool, warning: str = "") -> None:
        super().__init__()
        self.warning = warning
        self.fault = ""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name if dark else LIGHT.name

    async def flow(self) -> None:
        """What the person does, up to `exit`; each kind of app has its own."""

    def on_mount(self) -> None:
        self.run_worker(self.flow(), exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault ends the app with one sentence; a traceback would show what people typed."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.fault = fault_sentence(event.worker.error)
            self.exit(return_code=FaultError.exit_code)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While somebody answers, escape leaves, and asks first."""
        return action != "quit"

    def copy_to_clipboard(self, text: str) -> None:
        """Never: a terminal hands it to every program."""

    async def ask(self, screen: ClosesOnce[S]) -> S | None:
        """Shows a screen and waits for its value."""
        return await self.push_screen_wait(screen)

    async def off_loop(self, call: Callable[P, S], *args: P.args, **kwargs: P.kwargs) -> S:
        """Runs a use case in a thread; its errors are the caller's."""
        return await asyncio.to_thread(call, *args, **kwargs)

    def run_in_terminal(self) -> None:
        """Runs in a terminal of its own, which signals may end.

        Raises:
            SystemExit: A signal ended it.
        """
        # Textual prints a traceback with the values of variables; a sentence is printed instead.
        self.error_console = Console(file=StringIO())
        self._is_own = True
        self.run()
        if self.ended_by:
            raise SystemExit(self.ended_by)

    def on_load(self) -> None:
        if self._is_own:
            end_in_turn(self._end_by)

    def _end_by(self, code: int) -> None:
        self.ended_by = code
        self.exit(return_code=code)

    def require_sound(self) -> None:
        """Makes sure that it ended as it should.

        Raises:
            FaultError: A fault of the program ended it.
        """
        if self.return_code:
            raise FaultError(self.fault or FAULT)
