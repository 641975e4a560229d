"""The program with a fault in one place, whose error holds what somebody typed: `python -m tests.tui.broken_app`.

Owns nothing but the fault; it is for a terminal of its own, which shows whether any of it reaches people. The variable
BROKEN names the place.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

from tests.tui.states import with_handing
from tuiretro.__main__ import main
from tuiretro.model.round import Sheet
from tuiretro.service.workspace import Workspace, open_workspace
from tuiretro.tui import launch
from tuiretro.tui.screens.answer import AnswerScreen, Handed
from tuiretro.tui.screens.comment import CommentScreen, Page
from tuiretro.tui.screens.pass_on import PassScreen


def fail(_: Callable[[], None], sheet: Sheet) -> None:
    """What a fault of ours might say."""
    raise RuntimeError(f"cannot store {sheet!r}")


def opened(place: Path, *, today: Callable[[], date]) -> Workspace:
    """The workspace that the program gets."""
    return with_handing(open_workspace(place, today=today), place, fail)


def _say(screen: object) -> NoReturn:
    known = {name: value for name, value in vars(screen).items() if name in {"comment", "said"}}
    raise RuntimeError(f"cannot go on with {known} {getattr(screen, 'sitting', '')!r}")


def _typed(page: Page, _: int) -> NoReturn:
    raise RuntimeError(f"cannot draw {page.text!r}")


class _Dying:
    """Fails when nobody needs it any more, as an object that closes something may."""

    def __init__(self, screen: object) -> None:
        self.screen = screen

    def __del__(self) -> None:
        _say(self.screen)


def _in_a_thread(screen: AnswerScreen) -> None:
    thread = threading.Thread(target=_say, args=(screen,))
    thread.start()
    thread.join()
    screen.dismiss(None)


def _in_a_task(screen: AnswerScreen) -> None:
    async def later() -> None:
        _say(screen)

    screen.tasks = {asyncio.get_running_loop().create_task(later())}  # type: ignore[attr-defined]  # held to the end
    screen.dismiss(None)


def _in_the_end(screen: AnswerScreen) -> None:
    _Dying(screen)
    screen.dismiss(None)


def _cover(screen: AnswerScreen) -> None:
    screen.dismiss(Handed(screen.sitting, screen.comment))


PLACES: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "worker": lambda patch: patch.setattr(launch, "open_workspace", opened),
    "action": lambda patch: patch.setattr(AnswerScreen, "action_submit", _say),
    "compose": lambda patch: patch.setattr(PassScreen, "compose", _say),
    "handler": lambda patch: patch.setattr(CommentScreen, "on_text_area_changed", _say_typed),
    "drawing": lambda patch: patch.setattr(Page, "get_line", _typed),
    "callback": lambda patch: patch.setattr(AnswerScreen, "_commented", lambda screen, said: _say_said(said)),
    "watcher": lambda patch: patch.setattr(AnswerScreen, "watch_sitting", _say),
    "thread": lambda patch: patch.setattr(AnswerScreen, "action_submit", _in_a_thread),
    "task": lambda patch: patch.setattr(AnswerScreen, "action_submit", _in_a_task),
    "end": lambda patch: patch.setattr(AnswerScreen, "action_submit", _in_the_end),
}
"""Where the fault is."""


def _say_typed(screen: CommentScreen) -> None:
    text = screen.query_one(Page).text
    if text:
        raise RuntimeError(f"cannot count {text!r}")


def _say_said(said: str | None) -> NoReturn:
    raise RuntimeError(f"cannot take {said!r}")


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:
        PLACES[os.environ.get("BROKEN", "worker")](patch)
        main()
