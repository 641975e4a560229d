"""What a flow needs of the app, and the one loop that every form goes through.

Disk work goes through the desk, one use case at a time, off the event loop.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import ParamSpec, Protocol, TypeVar

from textual.screen import Screen

from tuiretro.errors import BadInputError, TuiretroError
from tuiretro.service.insight import Scene
from tuiretro.service.workspace import Workspace
from tuiretro.tui.screens.area import Area
from tuiretro.tui.screens.closing import ClosesOnce
from tuiretro.tui.screens.dialogs import Form

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")


class Asker(Protocol):
    """What can show a screen and wait for its value."""

    async def ask(self, screen: ClosesOnce[S]) -> S | None:
        """Shows a screen and waits for its value."""
        ...


class Desk(Asker, Protocol):
    """What a flow needs of the app."""

    workspace: Workspace
    own: Workspace
    """The workspace that the app was started on; the demo takes its place for a while."""
    scene: Scene | None
    warning: str
    """Said before the first question, where the terminal is recorded; else empty."""

    clock: Callable[[], float]
    """Seconds that only ever go up."""
    places: tuple[Path, Path] | None
    """The workspace's folder, and that of this user's private self-checks; without them none can be kept."""
    farewell: str
    """Said on the terminal when the app ends now; else empty."""

    @property
    def is_demo(self) -> bool:
        """Whether a throw-away copy is shown."""
        ...

    @property
    def offers_demo(self) -> bool:
        """Whether the app can build a demo, and so can leave one."""
        ...

    async def attempt(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
        """Runs a use case off the event loop; an error is shown, and None comes back."""
        ...

    async def off_loop(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Runs a use case off the event loop; an error is the caller's."""
        ...

    async def reload(self, team: str | None = None) -> None:
        """Reads the scene anew."""
        ...

    async def use(self, workspace: Workspace, note: str) -> None:
        """Shows another workspace."""
        ...

    def area(self, name: str) -> Area:
        """A main screen."""
        ...

    def tell(self, sentence: str) -> None:
        """Says something that needs no answer."""
        ...

    def refuse(self, sentence: str) -> None:
        """Says why something was not done."""
        ...

    def covered(self, words: str) -> AbstractAsyncContextManager[None]:
        """Keeps a blank screen with a few words over the main screens."""
        ...

    def shown(self, screen: Screen[None]) -> AbstractAsyncContextManager[None]:
        """Keeps a screen over the main screens."""
        ...

    def go(self, area: str) -> None:
        """Switches to a main screen."""
        ...

    async def show_demo(self) -> None:
        """Builds the demo and shows it instead of the own workspace."""
        ...

    def exit(self) -> None:
        """Ends the app."""
        ...


async def fill_in(desk: Asker, form: Form, use: Callable[[Mapping[str, str]], Awaitable[None]]) -> bool:
    """Shows a form until what was typed is taken, or the person goes back; what was typed stays typed."""
    while (values := await desk.ask(form)) is not None:
        try:
            await use(values)
        except TuiretroError as error:
            fields = [replace(field, value=values[field.key]) for field in form.fields]
            about = error.about if isinstance(error, BadInputError) else ""
            wrong = next((field.key for field in fields if field.about == about), fields[0].key)
            form = Form(form.heading, fields, about=form.about, refused=error.message, start=wrong, verb=form.verb)
        else:
            return True
    return False


def whole_number(text: str, what: str) -> int:
    """A number as typed.

    Raises:
        BadInputError: It is none.
    """
    if not text.strip():
        raise BadInputError(f"The {what} is empty; type a whole number. Nothing was saved.", what)
    if not text.strip().isdecimal() or len(text.strip()) > 4:
        raise BadInputError(f"The {what} '{text.strip()[:20]}' is not a whole number. Nothing was saved.", what)
    return int(text)
