"""The one way into the app, for the bare program and for every command that opens it.

Owns what makes the first frame come early. Must not know the command line, whose own library is a tenth of the way.
"""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuiretro.model.envelope import Invitation

_POLITE = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def open_app(
    environment: Mapping[str, str],
    *,
    place: Path | None = None,
    team: str | None = None,
    start: str = "home",
    is_demo: bool = False,
) -> None:
    """Opens the app, and returns when it is left.

    Args:
        environment: What holds unless the other arguments say otherwise; the theme is its alone.
        place: The workspace's folder.
        team: The team to show, by name.
        start: 'answer' opens the answering at once.
        is_demo: Says beside the team's name that nothing is kept.

    Raises:
        TuiretroError: The environment asks for what cannot be, or the app could not open, or ended by a fault.
    """
    # Looking for garbage among what is imported now is a tenth of the way; the app does it after its first frame.
    gc.disable()
    try:
        from tuiretro.config import settings
        from tuiretro.paths import workspace_at
        from tuiretro.tui.desk import DEMO_NOTE
        from tuiretro.tui.launch import run

        chosen = settings(environment)
        with _tidy_ending():
            run(
                workspace_at(place or chosen.workspace),
                today=chosen.today,
                team=team or chosen.team,
                dark=chosen.dark,
                start=start,
                note=DEMO_NOTE if is_demo else "",
            )
    finally:
        gc.enable()


def open_invited(environment: Mapping[str, str], invitation: Invitation, folder: Path) -> Path | None:
    """Opens the app on an invitation; returns the path of the envelope, None if the person left.

    Args:
        environment: What holds of the theme.
        invitation: The round to answer.
        folder: Where the envelope is written.

    Raises:
        TuiretroError: The environment asks for what cannot be, or the app ended by a fault.
    """
    from tuiretro.config import settings
    from tuiretro.tui.invited import run

    with _tidy_ending():
        return run(invitation, folder, dark=settings(environment).dark)


@contextmanager
def _tidy_ending() -> Iterator[None]:
    """Lets a polite end by a signal unwind the program, so that the app gives the terminal back as it was."""
    before = {number: signal.getsignal(number) for number in _POLITE}
    # Whoever started the program with a signal ignored, as nohup does, wants it to go on.
    mine = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    try:
        for number in mine:
            signal.signal(number, _end)
        yield
    finally:
        for number in mine:
            signal.signal(number, before[number])


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
