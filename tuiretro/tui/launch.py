"""Starts the app on a folder; hands clock and demo in."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tuiretro.service.workspace import Workspace, open_workspace
from tuiretro.tui.app import TuiretroApp
from tuiretro.tui.desk import Step


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
    """
    with TemporaryDirectory(prefix="tuiretro-demo-") as scratch:

        def demo(step: Step) -> Workspace:
            from tuiretro.service.demo import build

            folder = Path(scratch) / f"{random.SystemRandom().getrandbits(64):016x}"
            build(folder, today=today(), step=step)
            return open_workspace(folder, today=today)

        app = TuiretroApp(
            lambda: open_workspace(place, today=today),
            team=team,
            start=start,
            dark=dark,
            note=note,
            demo=None if note else demo,
        )
        app.run()
