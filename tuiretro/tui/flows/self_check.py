"""A private self-check on the screen: answered, looked at, and kept only if its person asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import SystemRandom
from typing import ParamSpec, Protocol, TypeVar

from tuiretro.core.passphrase import PASSPHRASE, typed_passphrase
from tuiretro.core.self_check_words import (
    BEFORE_LOCKING,
    FORGET,
    FORGOTTEN,
    GONE,
    KEEP,
    KEEP_EXPLAINED,
    LEFT_ALONE,
    LOCKED,
    LOCKED_AS_KEPT,
    NOTHING_KEPT,
    WHOSE,
)
from tuiretro.core.sheets import begin
from tuiretro.errors import ChangedError, TuiretroError, UnconfirmedError
from tuiretro.export.own_history import history_text
from tuiretro.export.self_check import picture_text
from tuiretro.model.round import Sheet
from tuiretro.service import self_check as service
from tuiretro.service.catalogue import catalogue
from tuiretro.service.insight import Scene
from tuiretro.service.self_check import Beside, Keeping, OwnCheck
from tuiretro.tui.flows.desk import Asker, Desk, fill_in
from tuiretro.tui.screens.answer import AnswerScreen, Asked
from tuiretro.tui.screens.dialogs import Choice, Choose, Confirm, Field, Form, Reader
from tuiretro.tui.text import plain

LOOK_BACK = ":look-back"
"""No survey is called so."""
OF_KEPT: Mapping[str, tuple[str, str]] = {
    LOOK_BACK: (
        "What is kept",
        "Your earlier self-checks side by side, with the little that one person's answers say.",
    ),
    ":forget": ("Forget what is kept", "Removes all your kept self-checks for good, after a question."),
}
_FIRST = Field("passphrase", "Passphrase", about=PASSPHRASE, is_hidden=True)
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
    # What somebody does in a demo is not kept, and that is what its first screen says.
    keeping = None if desk.places is None or desk.is_demo else Keeping(desk.places[1], desk.places[0])
    if keeping is not None and await desk.attempt(service.is_locked, keeping) is not None:
        choices += [Choice(key, plain(title), plain(about)) for key, (title, about) in OF_KEPT.items()]
    about = "Answered for yourself alone, in the middle of a sprint or at any time; nobody else sees it."
    chosen = await desk.ask(Choose("A private self-check", choices, "start", about=about)) if choices else None
    if chosen is None:
        return
    if keeping is not None and chosen in OF_KEPT:
        await (_look_back if chosen == LOOK_BACK else _forget)(desk, keeping)
        return
    private = await desk.attempt(service.prepare, desk.workspace.library, chosen, scene.team.language)
    if private is None:
        return
    team = Beside(scene.team.language, scene.summary)
    asked = OwnCheck(private, desk.workspace.library, team, scene.today, keeping)
    async with desk.covered("Looking at your answers ..."):
        said = await run(desk, asked)
    desk.tell(said)


async def _look_back(desk: Desk, keeping: Keeping) -> None:
    async def use(values: Mapping[str, str]) -> None:
        found = await desk.off_loop(service.history, keeping, typed_passphrase(values["passphrase"]))
        page = history_text(found) if found is not None else NOTHING_KEPT
        await desk.ask(Reader(f"Your self-checks, {WHOSE}", plain(page, lines=True)))

    is_locked = await desk.attempt(service.is_locked, keeping)
    async with desk.covered("Looking at your answers ..."):
        if is_locked:
            await fill_in(desk, _form(LOCKED_AS_KEPT, "look"), use)
            return
        try:
            await use({"passphrase": ""})
        except TuiretroError as error:
            desk.refuse(error.message)


async def _forget(desk: Desk, keeping: Keeping) -> None:
    if await desk.ask(Confirm(FORGET, "Not a single answer of yours stays kept.", "remove them", "leave them")):
        was_there = await desk.attempt(service.forget, keeping)
        if was_there is not None:
            desk.tell(FORGOTTEN if was_there else NOTHING_KEPT)


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
    wanted, said = asked.wanted, ""
    while not said:
        if not wanted and not await desk.ask(Confirm(KEEP, KEEP_EXPLAINED, "keep them", "let them go")):
            return GONE
        # Whoever goes back from the passphrase has not let the answers go.
        wanted = False
        try:
            said = await _keep(desk, asked, asked.keeping, handed.sheet)
        except TuiretroError as error:
            said = f"{GONE} {error.message}"
    return said


async def _keep(desk: Alone, asked: OwnCheck, keeping: Keeping, sheet: Sheet) -> str:
    """What became of the answers; empty if the person went back."""
    lock = await desk.off_loop(service.locking, keeping)
    said, changed = [""], list[str]()

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
        await fill_in(desk, _form(LOCKED, "keep") if lock.times == 1 else _new_form(), use)
    else:
        await use({})
    if not changed:
        return said[-1]
    if await desk.ask(Confirm(KEEP, changed[-1], "keep them", "let them go")):
        return await _keep(desk, asked, keeping, sheet)
    return GONE


def _form(about: str, verb: str) -> Form:
    return Form("Your passphrase", [_FIRST], about=about, verb=verb)


def _new_form() -> Form:
    again = Field("again", "Once more", is_hidden=True)
    return Form("A passphrase, or none", [_FIRST, again], about=BEFORE_LOCKING, verb="keep")
