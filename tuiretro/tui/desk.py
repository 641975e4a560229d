"""The machinery of the app: one workspace, one scene, use cases off the event loop, main screens made when wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from textual import work
from textual.app import App
from textual.screen import Screen

from tuiretro.errors import TuiretroError
from tuiretro.service.catalogue import catalogue
from tuiretro.service.insight import Scene, results, scene
from tuiretro.service.workspace import Workspace
from tuiretro.tui.screens.actions import ActionsScreen
from tuiretro.tui.screens.area import Area
from tuiretro.tui.screens.home import HomeScreen
from tuiretro.tui.screens.library import LibraryScreen
from tuiretro.tui.screens.results import ResultsScreen

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")
Step = Callable[[int, int], None]
"""Told how many of how many steps are done."""
AREAS: dict[str, type[Area]] = {
    "home": HomeScreen,
    "results": ResultsScreen,
    "actions": ActionsScreen,
    "library": LibraryScreen,
}
DEMO_NOTE = "demo, nothing is kept"


class DeskApp(App[None]):
    """An app around one workspace; what its keys do is somebody else's."""

    def __init__(
        self, opener: Callable[[], Workspace], *, team: str | None, note: str, demo: Callable[[Step], Workspace] | None
    ) -> None:
        super().__init__()
        self.opener, self.demo = opener, demo
        self.wanted, self.note = team, note
        self.workspace: Workspace
        self.scene: Scene | None = None
        self.areas: dict[str, Area] = {}
        self._one_at_a_time = asyncio.Lock()

    async def ask(self, screen: Screen[S]) -> S | None:
        """Shows a screen and waits for its value; only inside a worker."""
        return await self.push_screen_wait(screen)

    async def off_loop(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Runs a use case in a thread, one at a time; its errors are the caller's."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(call, *args, **kwargs)

    async def attempt(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
        """Runs a use case in a thread; an error is shown as a notification, and None comes back."""
        try:
            return await self.off_loop(call, *args, **kwargs)
        except TuiretroError as error:
            self.notify(error.message, title="Not done", severity="error", timeout=12, markup=False)
            return None

    async def reload(self, team: str | None = None) -> None:
        """Reads the scene anew, of another team if one is named by id, and shows it everywhere."""
        known = self.scene.team.id if self.scene else None
        self.scene = await self.attempt(self._read, team or known)
        for area in self.areas.values():
            await self._show(area)

    def _read(self, team_id: str | None) -> Scene | None:
        teams = self.workspace.store.teams()
        name = (self.wanted or "").casefold()
        fits = [team for team in teams if team.id == team_id or (team_id is None and team.name.casefold() == name)]
        return scene(self.workspace, (fits or teams)[0]) if teams else None

    def go(self, name: str) -> None:
        """Switches to a main screen."""
        if name not in self.areas:
            self.areas[name] = AREAS[name]()
            self.install_screen(self.areas[name], name)
            self._show_later(self.areas[name])
        if len(self.screen_stack) == 1:
            self.push_screen(name)
        elif self.screen is not self.areas[name]:
            self.switch_screen(name)

    @work
    async def _show_later(self, area: Area) -> None:
        await self._show(area)

    async def _show(self, area: Area) -> None:
        """Gives a main screen the scene, and what it shows beyond that."""
        if self.scene is None:
            return
        if isinstance(area, ResultsScreen):
            area.results = await self.attempt(results, self.workspace, self.scene.team) if self.scene.released else None
        elif isinstance(area, LibraryScreen) and area.catalogue is None:
            area.catalogue = await self.attempt(catalogue, self.workspace)
        area.show(self.scene, self.note)

    async def show_demo(self) -> None:
        """Builds the demo and shows it instead of the own workspace."""
        from tuiretro.tui.screens.progress import ProgressScreen

        if self.demo is None:
            return
        waiting = ProgressScreen("Inventing a team with two years of sprints")
        await self.push_screen(waiting)
        built = await self.attempt(self.demo, lambda done, total: self.call_from_thread(waiting.advance, done, total))
        waiting.dismiss()
        if built is not None:
            await self.use(built, DEMO_NOTE)

    async def use(self, workspace: Workspace, note: str) -> None:
        """Shows another workspace."""
        self.workspace, self.scene, self.note = workspace, None, note
        await self.reload()
