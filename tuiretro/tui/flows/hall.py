"""A retro on the screen: what a wish needs in order to be granted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Concatenate, ParamSpec

from tuiretro.errors import TuiretroError
from tuiretro.service import retros
from tuiretro.service.retros import Room
from tuiretro.service.workspace import Workspace
from tuiretro.tui.flows.desk import Desk
from tuiretro.tui.screens.room import RoomScreen

P = ParamSpec("P")


@dataclass
class Hall:
    """The desk, and the room on it."""

    desk: Desk
    screen: RoomScreen

    @property
    def room(self) -> Room:
        """The retro as it is shown."""
        return self.screen.shown.room

    def show(self, room: Room) -> None:
        """Shows the retro as it stands now."""
        self.screen.show(replace(self.screen.shown, room=room))

    async def step(
        self, call: Callable[Concatenate[Workspace, Room, P], Room], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """One step of the retro, off the event loop.

        Raises:
            TuiretroError: It was refused.
        """
        self.show(await self.desk.off_loop(call, self.desk.workspace, self.room, *args, **kwargs))

    async def attempt(
        self, call: Callable[Concatenate[Workspace, Room, P], Room], *args: P.args, **kwargs: P.kwargs
    ) -> bool:
        """The same; a refusal is said, and the retro is shown as it stands. True if it was done."""
        try:
            await self.step(call, *args, **kwargs)
        except TuiretroError as error:
            self.desk.refuse(error.message)
            await self.look_again()
            return False
        return True

    async def look_again(self) -> None:
        """Shows what another program has changed; silent where the disk refuses."""
        room = self.room
        try:
            self.show(await self.desk.off_loop(retros.room, self.desk.workspace, room.team, room.retro.sprint.number))
        except TuiretroError:
            return

    async def keep_time(self) -> None:
        """Keeps the time that was counted."""
        seconds = self.screen.take_seconds() if self.screen.shown.leads else {}
        if seconds:
            await self.attempt(retros.keep_time, seconds)
