"""Starts the app on a folder; hands clock and demo in."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from tuiretro.errors import FaultError
from tuiretro.service.insight import first_scene
from tuiretro.service.workspace import Workspace, open_workspace
from tuiretro.tui.app import TuiretroApp
from tuiretro.tui.desk import Step

FAULT = "This is a fault of the program. What was confirmed as saved is kept; please report what you did last."
"""Said where the app cannot tell more without showing what people typed."""


def run(
    place: Path,
    *,
    today: Callable[[], date],
    team: str | None = None,
    start: str = "home",
    dark: bool = True,
    note: str = "",
) -> None:
    """Runs the app until it is left.

    Args:
        place: The workspace's folder; it need not exist yet.
        today: What day it is.
        team: The team to show, by name.
        start: 'answer' opens the answering at once.
        dark: Which of the two themes.
        note: Said beside the team's name, such as that this is a demo.

    Raises:
        WorkspaceError: The workspace cannot be used.
        NotFoundError: No team of that name.
        FaultError: A fault of the program ended the app.
    """
    with TemporaryDirectory(prefix="tuiretro-demo-") as scratch:

        def demo(step: Step) -> Workspace:
            from tuiretro.service.demo import build

            folder = Path(scratch) / f"{random.SystemRandom().getrandbits(64):016x}"
            build(folder, today=today(), step=step)
            return open_workspace(folder, today=today)

        # Read before the app takes the terminal: what is wrong is said as a sentence on a terminal that still scrolls.
        workspace = open_workspace(place, today=today)
        app = TuiretroApp(
            workspace,
            first_scene(workspace, team),
            start=start,
            dark=dark,
            note=note,
            demo=None if note else demo,
        )
        # Textual prints a traceback with the values of variables; a sentence is printed below instead.
        app.error_console = Console(file=StringIO())
        app.run()
    if app.return_code:
        raise FaultError(app.fault or FAULT)
