"""The machinery of the app: one workspace, one scene, use cases off the event loop, main screens made when wanted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

from textual import work
from textual.app import App
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from tuiretro.core.text import harmless
from tuiretro.errors import FaultError, TuiretroError, fault_sentence
from tuiretro.model.team import Team
from tuiretro.service.insight import Scene, first_scene, scene
from tuiretro.service.workspace import Workspace
from tuiretro.tui.screens.area import Area
from tuiretro.tui.screens.closing import ClosesOnce
from tuiretro.tui.screens.cover import CoverScreen

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")
Flow = Coroutine[None, None, None]
Step = Callable[[int, int], None]
"""Told how many of how many steps are done."""
AREAS = {
    "home": ("tuiretro.tui.screens.home", "HomeScreen"),
    "results": ("tuiretro.tui.screens.results", "ResultsScreen"),
    "trends": ("tuiretro.tui.screens.trends", "TrendsScreen"),
    "retro": ("tuiretro.tui.screens.retro", "RetroScreen"),
    "actions": ("tuiretro.tui.screens.actions", "ActionsScreen"),
    "library": ("tuiretro.tui.screens.library", "LibraryScreen"),
}
"""Where each main screen is; imported when first shown, so that the first frame does not wait for the others."""
DEMO_NOTE = "demo, not kept"


class DeskApp(App[None]):
    """An app around one workspace; what its keys do is somebody else's."""

    def __init__(
        self, workspace: Workspace, first: Scene | None, *, note: str, demo: Callable[[Step], Workspace] | None
    ) -> None:
        super().__init__()
        self.workspace, self.own, self.scene = workspace, workspace, first
        self.note, self.demo = note, demo
        self.warning = ""
        self.places: tuple[Path, Path] | None = None
        """The workspace's folder, and that of this user's private self-checks; without them none can be kept."""
        self.areas: dict[str, Area] = {}
        self._one_at_a_time = asyncio.Lock()
        self._flow: Worker[None] | None = None
        self.fault = ""
        """What is said of a fault of the program after the app has ended by it."""
        self.farewell = ""
        """What is said on the terminal when the app ends now."""

    def get_default_screen(self) -> Area:
        """Home is below everything else."""
        return self.area("home")

    def area(self, name: str) -> Area:
        """A main screen, made when first wanted."""
        if name not in self.areas:
            module, cls = AREAS[name]
            made: Area = getattr(import_module(module), cls)()
            self.areas[name] = made
            if self.scene is not None:
                made.show(self.scene, self.note)
            if name != "home":
                # Home is the app's first screen already; the others must outlive being left.
                self.install_screen(made, name)
                self.feed(made)
        return self.areas[name]

    def go(self, name: str) -> None:
        """Switches to a main screen."""
        wanted = self.area(name)
        # What was said on another screen would cover this one.
        self.clear_notifications()
        while len(self.screen_stack) > 1 and self.screen is not wanted:
            self.pop_screen()
        if self.screen is not wanted:
            self.push_screen(name)
        self.look_again()

    async def ask(self, screen: ClosesOnce[S]) -> S | None:
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
            self.refuse(error.message)
            return None

    def refuse(self, sentence: str) -> None:
        """Says why something was not done; what was said before is old news."""
        self.clear_notifications()
        self.notify(harmless(sentence), title="Not done", severity="error", timeout=12, markup=False)

    def tell(self, sentence: str) -> None:
        """Says something that needs no answer; what was said before is old news."""
        self.clear_notifications()
        self.notify(harmless(sentence), timeout=4, markup=False)

    @asynccontextmanager
    async def covered(self, words: str) -> AsyncIterator[None]:
        """Keeps a blank screen with a few words over the main screens, so that none of their keys work."""
        async with self.shown(CoverScreen(words)):
            yield

    @asynccontextmanager
    async def shown(self, screen: Screen[None]) -> AsyncIterator[None]:
        """Keeps a screen over the main screens."""
        await self.push_screen(screen)
        try:
            yield
        finally:
            if screen.is_attached:
                screen.dismiss()

    @property
    def is_answering(self) -> bool:
        """Whether somebody answers, or the keyboard is being passed on."""
        return any(isinstance(screen, CoverScreen) for screen in self.screen_stack)

    def copy_to_clipboard(self, text: str) -> None:
        """Not while somebody answers: a terminal hands it to every program, and the next person could paste it."""
        if not self.is_answering:
            super().copy_to_clipboard(text)

    def start_flow(self, flow: Callable[Concatenate[Self, Scene, P], Flow], *args: P.args, **kwargs: P.kwargs) -> None:
        """Starts a flow on the scene, unless another is under way: two dialogs of one key would be one too many."""
        if self.scene is not None and (self._flow is None or self._flow.is_finished):
            self._flow = self.run_worker(flow(self, self.scene, *args, **kwargs), exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault in a worker ends the app with one sentence; a traceback would show what people typed."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.fault = fault_sentence(event.worker.error)
            self.exit(return_code=FaultError.exit_code)

    @work(exclusive=True, group="look", exit_on_error=False)
    async def look_again(self) -> None:
        """Shows what other programs have changed meanwhile; silent while a dialog is open or the disk refuses."""
        area = self.screen
        if self.scene is None or not isinstance(area, Area):
            return
        before, known = self.scene, self.workspace
        try:
            found = await self.off_loop(self._read, before.team.id)
            fresh = await self.off_loop(known.fresh)
        except TuiretroError:
            return
        if found is None or self.scene is not before or self.workspace is not known:
            return
        self.workspace = fresh
        if found != before or fresh is not known:
            await self._show(found)
        elif area.READS_MORE:
            await self._read_again(area, found)

    async def reload(self, team: str | None = None) -> None:
        """Reads the scene anew, of another team if one is named by id, and shows it everywhere."""
        known = self.scene.team.id if self.scene else None
        found = await self.attempt(self._read, team or known)
        if found is None:
            return
        await self._show(found)

    async def _show(self, found: Scene) -> None:
        self.scene = found
        # A copy: somebody may go to a screen for the first time while another one is fed.
        for area in tuple(self.areas.values()):
            area.show(found, self.note)
            await self._feed(area)

    async def _read_again(self, area: Area, scene: Scene) -> None:
        with suppress(TuiretroError):
            area.take(await self.off_loop(area.load, self.workspace, scene))

    def _read(self, wanted: str | None) -> Scene | None:
        teams: tuple[Team, ...] = self.workspace.store.teams()
        chosen = next((team for team in teams if team.id == wanted), None)
        return first_scene(self.workspace) if chosen is None else scene(self.workspace, chosen)

    @work(exit_on_error=False)
    async def feed(self, area: Area) -> None:
        """Gives a main screen what it shows beyond the scene."""
        await self._feed(area)

    async def _feed(self, area: Area) -> None:
        scene = self.scene
        if scene is not None:
            loaded = await self.attempt(area.load, self.workspace, scene)
            if scene is self.scene:
                area.take(loaded)

    @property
    def is_demo(self) -> bool:
        """Whether a throw-away copy is shown."""
        return self.note == DEMO_NOTE

    @property
    def offers_demo(self) -> bool:
        """Whether the app can build a demo, and so can leave one."""
        return self.demo is not None

    async def use(self, workspace: Workspace, note: str) -> None:
        """Shows another workspace."""
        self.workspace, self.scene, self.note = workspace, None, note
        await self.reload()
        if self.scene is None:
            for area in self.areas.values():
                area.clear()

    async def show_demo(self) -> None:
        """Builds the demo and shows it instead of the own workspace."""
        from tuiretro.tui.screens.progress import ProgressScreen

        if self.demo is None:
            return
        waiting = ProgressScreen("Inventing a team with a year of sprints behind it")
        await self.push_screen(waiting)
        built = await self.attempt(self.demo, lambda done, total: self.call_from_thread(waiting.advance, done, total))
        waiting.dismiss()
        if built is not None:
            await self.use(built, DEMO_NOTE)
