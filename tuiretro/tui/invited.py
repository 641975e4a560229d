"""The app of somebody who was sent an invitation: one round to answer, no workspace, and an envelope at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from random import SystemRandom
from typing import TypeVar

from rich.console import Console
from textual.app import App
from textual.worker import Worker, WorkerState

from tuiretro.core.codes import read_code
from tuiretro.core.promises import check_sentence
from tuiretro.core.sheets import begin
from tuiretro.ending import end_in_turn
from tuiretro.errors import FaultError, TuiretroError, UnconfirmedError, fault_sentence
from tuiretro.model.envelope import Invitation
from tuiretro.service.carrying import check_words, enclosed
from tuiretro.service.envelope_files import write_envelope
from tuiretro.tui.flows.desk import fill_in
from tuiretro.tui.flows.guards import code_form
from tuiretro.tui.launch import FAULT
from tuiretro.tui.screens.answer import AnswerScreen, Asked, Handed
from tuiretro.tui.screens.area import TALL, WIDE
from tuiretro.tui.screens.closing import ClosesOnce
from tuiretro.tui.themes import DARK, LIGHT

S = TypeVar("S")


class InvitedApp(App[Path]):
    """Returns the envelope's path; nothing if the person left."""

    TITLE = "tuiretro"
    CSS_PATH = "tuiretro.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (TALL, "-tall")]  # noqa: RUF012 - as Textual declares it

    def __init__(self, invitation: Invitation, folder: Path, *, dark: bool, warning: str = "") -> None:
        super().__init__()
        self.invitation, self.folder, self.warning = invitation, folder, warning
        self.fault = ""
        self.unconfirmed: UnconfirmedError | None = None
        """Why the envelope that was written has to be looked at."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name if dark else LIGHT.name

    def on_mount(self) -> None:
        self.run_worker(self._answered(), exit_on_error=False)

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

    async def _answered(self) -> None:
        code = await self._code()
        if code is None:
            self.exit()
            return
        words = check_words(self.invitation)
        asked = Asked(self.invitation.round, "by invitation", warning=self.warning, check_words=words)
        screen = AnswerScreen(asked, begin(self.invitation.round, SystemRandom().shuffle))
        while (handed := await self.ask(screen)) is not None:
            try:
                path = await asyncio.to_thread(self._seal, handed, code)
            except UnconfirmedError as error:
                # Sealed once more, it would be a second sheet of the same person.
                self.unconfirmed = error
                break
            except TuiretroError as error:
                screen = AnswerScreen(asked, handed, error.message)
            else:
                self.exit(path)
                return
        self.exit()

    async def _code(self) -> str | None:
        found: list[str] = []
        if not self.invitation.round.asks_code:
            return ""

        async def use(values: Mapping[str, str]) -> None:
            found.append(read_code(values["code"]))

        form = code_form(
            self.invitation.round.title, check_sentence(check_words(self.invitation), self.invitation.round)
        )
        return found[0] if await fill_in(self, form, use) else None

    def _seal(self, handed: Handed, code: str) -> Path:
        return write_envelope(self.folder, enclosed(self.invitation, handed.sheet, code))


class _Program(InvitedApp):
    """The app in a terminal of its own, which signals may end."""

    ended_by = 0
    """The exit code that goes with the signal."""

    def on_load(self) -> None:
        end_in_turn(self._end_by)

    def _end_by(self, code: int) -> None:
        self.ended_by = code
        self.exit(return_code=code)


def run(invitation: Invitation, folder: Path, *, dark: bool, warning: str = "") -> Path | None:
    """Answers an invitation in the app; returns the envelope's path, None if the person left.

    Raises:
        UnconfirmedError, FaultError: As `outcome`.
        SystemExit: A signal ended it.
    """
    app = _Program(invitation, folder, dark=dark, warning=warning)
    # Textual prints a traceback with the values of variables; a sentence is printed instead.
    app.error_console = Console(file=StringIO())
    app.run()
    if app.ended_by:
        raise SystemExit(app.ended_by)
    return outcome(app)


def outcome(app: InvitedApp) -> Path | None:
    """What became of an app that has ended: the envelope's path, None if the person left.

    Raises:
        UnconfirmedError: The envelope is written, but might not survive a power cut.
        FaultError: A fault of the program ended the app.
    """
    if app.return_code:
        raise FaultError(app.fault or FAULT)
    if app.unconfirmed is not None:
        raise app.unconfirmed
    return app.return_value
