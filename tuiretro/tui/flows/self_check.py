"""A private self-check on the screen: answered, looked at, and kept only if its person asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import SystemRandom
from typing import ParamSpec, Protocol, TypeVar

from tuiretro.core.passphrase import PASSPHRASE
from tuiretro.core.self_check_words import BEFORE_LOCKING, GONE, KEEP, KEEP_EXPLAINED, LEFT_ALONE, LOCKED, WHOSE
from tuiretro.core.sheets import begin
from tuiretro.errors import ChangedError, TuiretroError, UnconfirmedError
from tuiretro.export.self_check import picture_text
from tuiretro.model.round import Sheet
from tuiretro.service import self_check as service
from tuiretro.service.catalogue import catalogue
from tuiretro.service.insight import Scene
from tuiretro.service.self_check import Beside, Keeping, Locking, OwnCheck
from tuiretro.tui.flows.desk import Asker, Desk, fill_in
from tuiretro.tui.screens.answer import AnswerScreen, Asked
from tuiretro.tui.screens.dialogs import Choice, Choose, Confirm, Field, Form, Reader
from tuiretro.tui.text import plain

P = ParamSpec("P")
R = TypeVar("R")


class Alone(Asker, Protocol):
    """What a self-check needs of an app."""

    warning: str
    """Said before the first statement, where the terminal is recorded; else empty."""

    async def off_loop(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Runs a use case off the event loop; an error is the caller's."""
        ...


async def choose(desk: Desk, scene: Scene) -> None:
    """Which survey, then the self-check, from the main screens."""
    found = await desk.attempt(catalogue, desk.workspace, scene.team.language)
    if found is None:
        return
    offered = [survey for survey in found.offered if survey.kind != "dive"]
    choices = [Choice(survey.id, plain(survey.title), plain(survey.intro)) for survey in offered]
    about = "Answered for yourself alone, in the middle of a sprint or at any time; nobody else sees it."
    chosen = await desk.ask(Choose("A private self-check", choices, "start", about=about)) if choices else None
    if chosen is None:
        return
    private = await desk.attempt(service.prepare, desk.workspace.library, chosen, scene.team.language)
    if private is None:
        return
    team = Beside(scene.team.language, scene.summary)
    # What somebody does in a demo is not kept, and that is what its first screen says.
    keeping = None if desk.places is None or desk.is_demo else Keeping(desk.places[1], desk.places[0])
    asked = OwnCheck(private, desk.workspace.library, team, scene.today, keeping)
    async with desk.covered("Looking at your answers ..."):
        said = await run(desk, asked)
    desk.tell(said)


async def run(desk: Alone, asked: OwnCheck) -> str:
    """One self-check; returns the sentence that says what became of it."""
    opened = asked.private.round
    screen = AnswerScreen(Asked(opened, WHOSE, warning=desk.warning, alone=True), begin(opened, SystemRandom().shuffle))
    handed = await desk.ask(screen)
    if handed is None:
        return LEFT_ALONE
    shown = await desk.off_loop(service.show, asked, handed.sheet)
    await desk.ask(Reader(f"{shown.title}, {WHOSE}", plain(picture_text(shown), lines=True), "go on"))
    if asked.keeping is None:
        return GONE
    if not asked.wanted and not await desk.ask(Confirm(KEEP, KEEP_EXPLAINED, "keep them", "let them go")):
        return GONE
    try:
        return await _keep(desk, asked, asked.keeping, handed.sheet)
    except TuiretroError as error:
        return f"{GONE} {error.message}"


async def _keep(desk: Alone, asked: OwnCheck, keeping: Keeping, sheet: Sheet) -> str:
    lock = await desk.off_loop(service.locking, keeping)
    said, changed = [GONE], list[str]()

    async def use(values: Mapping[str, str]) -> None:
        words = lock.passphrase(values.get("passphrase", ""), values.get("again", ""))
        try:
            said.append(await desk.off_loop(service.keep, keeping, asked, sheet, lock, words))
        except UnconfirmedError as error:
            # Kept once more, it would stand there twice.
            said.append(error.message)
        except ChangedError as error:
            # This form asks for what is of no use any more.
            changed.append(error.message)

    if lock.times:
        await fill_in(desk, _form(lock), use)
    else:
        await use({})
    if not changed:
        return said[-1]
    if await desk.ask(Confirm(KEEP, changed[-1], "keep them", "let them go")):
        return await _keep(desk, asked, keeping, sheet)
    return GONE


def _form(lock: Locking) -> Form:
    first = Field("passphrase", "Passphrase", about=PASSPHRASE, is_hidden=True)
    if lock.times == 1:
        return Form("Your passphrase", [first], about=LOCKED, verb="keep")
    again = Field("again", "Once more", is_hidden=True)
    return Form("A passphrase, or none", [first, again], about=BEFORE_LOCKING, verb="keep")
