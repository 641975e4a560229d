"""The one way into the app, for the bare program and for every command that opens it.

Owns what makes the first frame come early, and what must not be kept of a person before Textual is there to keep it.
Must not know the command line, whose own library is a tenth of the way.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING

from tuiretro.ending import tidy_ending

if TYPE_CHECKING:
    from tuiretro.model.envelope import Invitation
    from tuiretro.service.self_check import OwnCheck

FRAMEWORK = "TEXTUAL"
"""What the names of Textual's own variables begin with."""
LOOKS_ONLY = frozenset(
    f"{FRAMEWORK}_{name}"
    for name in (
        "ALLOW_SIGNALS",
        "ANIMATIONS",
        "COLOR_SYSTEM",
        "DIM_FACTOR",
        "DISABLE_KITTY_KEY",
        "FILTERS",
        "FPS",
        "SMOOTH_SCROLL",
        "SPEEDUPS",
        "THEME",
    )
)
"""Those that change how the app looks and moves; the others log, send, take pictures or press keys, now or some day."""


def open_app(
    environment: MutableMapping[str, str],
    *,
    place: Path | None = None,
    team: str | None = None,
    start: str = "home",
    is_demo: bool = False,
) -> None:
    """Opens the app, and returns when it is left.

    Args:
        environment: What holds unless the other arguments say otherwise; the theme is its alone. What would make
            Textual keep or send what people see or type is taken out of it.
        place: The workspace's folder.
        team: The team to show, by name.
        start: 'answer' opens the answering at once, 'retro' the retro.
        is_demo: Says beside the team's name that nothing is kept.

    Raises:
        TuiretroError: The environment asks for what cannot be, or the app could not open, or ended by a fault.
    """
    # Textual reads its variables when it is imported.
    ignored = silence(environment)
    # Looking for garbage among what is imported now is a tenth of the way; the app does it after its first frame.
    gc.disable()
    try:
        from tuiretro.config import settings
        from tuiretro.core.promises import recorded
        from tuiretro.paths import checks_at, workspace_at
        from tuiretro.tui.desk import DEMO_NOTE
        from tuiretro.tui.launch import run

        chosen = settings(environment)
        if ignored:
            sys.stderr.write(f"tuiretro: {ignored}\n")
        with tidy_ending():
            run(
                workspace_at(place or chosen.workspace),
                today=chosen.today,
                team=team or chosen.team,
                dark=chosen.dark,
                start=start,
                checks=checks_at(chosen.checks),
                note=DEMO_NOTE if is_demo else "",
                warning=recorded(environment),
            )
    finally:
        gc.enable()


def open_invited(environment: MutableMapping[str, str], invitation: Invitation, folder: Path) -> Path | None:
    """Opens the app on an invitation; returns the path of the envelope, None if the person left.

    Args:
        environment: What holds of the theme; what could make Textual write or send anything is taken out of it.
        invitation: The round to answer.
        folder: Where the envelope is written.

    Raises:
        TuiretroError: The environment asks for what cannot be, or the app ended by a fault.
    """
    ignored = silence(environment)
    from tuiretro.config import settings
    from tuiretro.core.promises import recorded
    from tuiretro.tui.invited import run

    chosen = settings(environment)
    if ignored:
        sys.stderr.write(f"tuiretro: {ignored}\n")
    with tidy_ending():
        return run(invitation, folder, dark=chosen.dark, warning=recorded(environment))


def open_check(environment: MutableMapping[str, str], asked: OwnCheck) -> str:
    """Opens the app on a private self-check; returns the sentence that says what became of the answers.

    Args:
        environment: What holds of the theme; what could make Textual write or send anything is taken out of it.
        asked: The self-check.

    Raises:
        TuiretroError: The environment asks for what cannot be, or the app ended by a fault.
    """
    ignored = silence(environment)
    from tuiretro.config import settings
    from tuiretro.core.promises import recorded
    from tuiretro.tui.checking import run

    chosen = settings(environment)
    if ignored:
        sys.stderr.write(f"tuiretro: {ignored}\n")
    with tidy_ending():
        return run(asked, dark=chosen.dark, warning=recorded(environment))


def silence(environment: MutableMapping[str, str]) -> str:
    """Takes Textual's logs, connections, pictures and keys out of an environment.

    Returns:
        One sentence on what somebody had asked for in vain; empty if nobody had.
    """
    loud = [name for name in environment if name.partition("_")[0] == FRAMEWORK and name not in LOOKS_ONLY]
    asked = sorted(name for name in loud if environment[name])
    for name in loud:
        del environment[name]
    if not asked:
        return ""
    from tuiretro.core.text import clean

    return (
        f"{clean(', '.join(asked))} is ignored: it can write down, send or press what people see and type. The app "
        "works without it."
    )
