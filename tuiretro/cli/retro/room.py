"""Which retro a command is about, and that it holds it while it changes it.

Must not know what is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tuiretro.cli.context import Call, hinted

if TYPE_CHECKING:
    from tuiretro.model.retro import Change
    from tuiretro.service.retros import Room

START = "tuiretro retro start"
SHOW = "tuiretro retro show"


def found(call: Call, number: int | None = None) -> Room:
    """A retro as it stands: of a sprint, or else the one that is under way, or else the last one.

    Raises:
        NotFoundError: There is none.
    """
    from tuiretro.errors import NotFoundError
    from tuiretro.service import retros

    team = call.team
    ways = () if retros.every(call.workspace, team) else (START,)
    with hinted(NotFoundError, *ways):
        return retros.room(call.workspace, team, number)


@contextmanager
def led(call: Call) -> Iterator[Room]:
    """The retro that is under way, held so that no other program leads it meanwhile.

    Raises:
        NotFoundError: There is none.
        NotNowError: It is over.
        BusyError: Another program leads it.
    """
    from tuiretro.errors import BusyError, NotNowError
    from tuiretro.service import retros

    here = found(call)
    with hinted(NotNowError, START):
        retros.require_open(here.retro, here.team)
    with hinted(BusyError, f"{SHOW}, which works at any time"), retros.leading(call.workspace, here):
        yield here


def changed(call: Call, step: Callable[[Room], tuple[Change, ...]]) -> tuple[Room, bool]:
    """The retro that is under way after a change of its board, and whether anything changed.

    Raises:
        TuiretroError: What `led` or `step` raises; nothing was changed then.
    """
    from tuiretro.service import retros

    with led(call) as here:
        made: tuple[Change, ...] = ()

        def once(now: Room) -> tuple[Change, ...]:
            nonlocal made
            made = step(now)
            return made

        after = retros.change(call.workspace, here, once)
    return after, bool(made)
