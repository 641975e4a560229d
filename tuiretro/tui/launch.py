"""Starts the app on a folder; hands clock and demo in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import date
from functools import partial
from io import StringIO
from pathlib import Path

from rich.console import Console

from tuiretro.ending import end_in_turn
from tuiretro.errors import FaultError
from tuiretro.service.insight import first_scene
from tuiretro.service.workspace import Workspace, open_workspace
from tuiretro.tui.app import TuiretroApp
from tuiretro.tui.desk import Step

FAULT = "This is a fault of the program. What was confirmed as saved is kept; please report what you did last."
"""Said where the app cannot tell more without showing what people typed."""


class _Program(TuiretroApp):
    """The app in a terminal of its own, which signals may end."""

    ended_by = 0
    """The exit code that goes with the signal."""

    def on_load(self) -> None:
        end_in_turn(self._end_by)

    def _end_by(self, code: int) -> None:
        self.ended_by = code
        self.exit(return_code=code)


def run(
    place: Path,
    *,
    today: Callable[[], date],
    checks: Path,
    team: str | None = None,
    start: str = "home",
    dark: bool = True,
    note: str = "",
    warning: str = "",
) -> None:
    """Runs the app until it is left.

    Args:
        place: The workspace's folder; it need not exist yet.
        today: What day it is.
        checks: The folder of this user's private self-checks; it need not exist.
        team: The team to show, by name.
        start: 'answer' opens the answering at once, 'retro' the retro.
        dark: Which of the two themes.
        note: Said beside the team's name, such as that this is a demo.
        warning: Said before the first question, where the terminal is recorded.

    Raises:
        WorkspaceError: The workspace cannot be used.
        NotFoundError: No team of that name.
        FaultError: A fault of the program ended the app.
        SystemExit: A signal ended it.
    """
    # Read before the app takes the terminal: what is wrong is said as a sentence on a terminal that still scrolls.
    workspace = open_workspace(place, today=today)
    with ExitStack() as leaving:
        demo = partial(_demo, leaving, today)
        scene = first_scene(workspace, team)
        app = _Program(workspace, scene, start=start, dark=dark, note=note, demo=None if note else demo)
        app.warning = warning
        app.places = place, checks
        # Textual prints a traceback with the values of variables; a sentence is printed below instead.
        app.error_console = Console(file=StringIO())
        app.run()
    if app.farewell:
        # The terminal may be what has gone.
        with suppress(OSError):
            sys.stderr.write(f"tuiretro: {app.farewell}\n")
    if app.ended_by:
        raise SystemExit(app.ended_by)
    if app.return_code:
        raise FaultError(app.fault or FAULT)


def _demo(leaving: ExitStack, today: Callable[[], date], step: Step) -> Workspace:
    """Builds the demo in a folder that goes away when the app is left."""
    from tempfile import TemporaryDirectory

    from tuiretro.service.demo import build

    folder = Path(leaving.enter_context(TemporaryDirectory(prefix="tuiretro-demo-")))
    build(folder, today=today(), step=step)
    return open_workspace(folder, today=today)
