"""A round on the screen: opened, answered by one person after the other, closed or abandoned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from tuiretro.core.asking import may_ask
from tuiretro.core.promises import (
    ABANDONING,
    AUDIT,
    CLOSING,
    KEPT,
    MEANING,
    NOT_HIDDEN,
    SAVED,
    SEALED_BESIDE,
    before_answering,
)
from tuiretro.core.release import too_few
from tuiretro.core.telling import last_time, unspoken
from tuiretro.core.text import clip, plural
from tuiretro.errors import NotNowError, TuiretroError, UnconfirmedError, UnreadableError
from tuiretro.model.round import Round
from tuiretro.model.survey import Mistake, Survey
from tuiretro.service import rounds
from tuiretro.service.catalogue import Catalogue, catalogue
from tuiretro.service.insight import Results, Scene, results
from tuiretro.service.status import status
from tuiretro.tui.flows.desk import Desk, fill_in
from tuiretro.tui.flows.guards import GUARDED, Guard, choose_guard, closing_form, code_form, keep_words, show_secrets
from tuiretro.tui.screens.comments import comments_screen
from tuiretro.tui.screens.dialogs import CHOICE_ROOM, Choice, Choose, Confirm
from tuiretro.tui.screens.kept import kept_page
from tuiretro.tui.text import ACT, DIM, plain, row, short

_TEAM = 24
"""Cells of a team's name in a question, which takes one line."""


async def open_round(desk: Desk, scene: Scene) -> None:
    """Which survey, of which mistake where it is about one, then open."""
    found = await desk.attempt(catalogue, desk.workspace, scene.team.language)
    if found is None:
        return
    choices = [Choice(survey.id, plain(survey.title), plain(_intro(survey, scene, found))) for survey in found.offered]
    about = (
        f"Fixed once it is open: the questions, {scene.team.people} people, and k = {scene.team.minimum}. There is one "
        "round a sprint: what is not asked now waits for the next one."
    )
    guarded = Choice("", row(plain("+ ", ACT), plain("with one-time codes or a closing code")), plain(GUARDED))
    chosen = await desk.ask(Choose("Open a round", [*choices, guarded], "open", about=about))
    guard = Guard()
    if chosen == "":
        wanted = await choose_guard(desk, scene)
        if wanted is None:
            return
        guard = wanted
        chosen = await desk.ask(Choose("Open a round", choices, "open", about=about))
    survey = found.survey(chosen) if chosen else None
    if survey is not None and survey.kind == "dive":
        chosen = await _which_mistake(desk, scene, found.mistakes, survey)
    if chosen:
        await _open(desk, scene, guard, chosen)


async def _open(desk: Desk, scene: Scene, guard: Guard, survey: str) -> None:
    call = (desk.workspace, scene.team, survey)
    unconfirmed = ""
    try:
        await desk.off_loop(guard.check, *call)
        if not await keep_words(desk, guard):
            return
        opened: Round | None = await desk.off_loop(guard.open, *call)
    except UnconfirmedError as error:
        # It is open all the same, and its secrets are shown only now.
        opened, unconfirmed = None, error.message
    except TuiretroError as error:
        await desk.reload()
        desk.refuse(error.message)
        return
    await desk.reload()
    if guard != Guard():
        await show_secrets(desk, scene, guard)
    if unconfirmed:
        desk.refuse(unconfirmed)
    elif opened is not None and opened.language != scene.team.language:
        desk.tell(unspoken(scene.team.language))


async def _which_mistake(desk: Desk, scene: Scene, mistakes: Sequence[Mistake], survey: Survey) -> str | None:
    """The mistake that a deep dive is to be about; those on the focus list stand first."""
    listed = [line.mistake for line in scene.summary.focus] if scene.summary else []
    first = [mistake for id_ in listed for mistake in mistakes if mistake.id == id_]
    choices = [
        Choice(mistake.id, _mistake_line(mistake, is_listed=mistake.id in listed), plain(mistake.summary))
        for mistake in (*first, *(mistake for mistake in mistakes if mistake.id not in listed))
    ]
    if not choices:
        desk.refuse("There is no mistake to ask about: the catalogue is empty. Nothing was opened.")
        return None
    return await desk.ask(Choose(f"{survey.title}: about which mistake?", choices, "open", much=True))


def _mistake_line(mistake: Mistake, *, is_listed: bool) -> Content:
    mark = "  focus" if is_listed else ""
    title = short(mistake.title, CHOICE_ROOM - 4 - len(mark))
    return row(plain(f"{mistake.number:>2}  ", DIM), title, plain(mark, ACT))


def _intro(survey: Survey, scene: Scene, found: Catalogue) -> str:
    safety = found.safety
    if survey.kind == "pulse" and not scene.released and safety is not None:
        asked = plural(len(may_ask(survey, found.mistakes, safety)), "statement")
        return f"{survey.intro} The first pulse asks everything once: {asked}, about three minutes."
    return survey.intro


async def close_round(desk: Desk, scene: Scene) -> None:
    """Close after a question, and show what came out."""
    now = await desk.attempt(status, desk.workspace, scene.team)
    if now is None:
        await desk.reload()
        return
    if not now.enough:
        desk.refuse(too_few(now.round.minimum))
        return
    title = f"{clip(scene.team.name, _TEAM)}: close the round and show the results?"
    question = Confirm(title, CLOSING, "close it", "leave it open")
    if await desk.ask(question) and await _close(desk, scene, now.round):
        desk.go("results")


async def _close(desk: Desk, scene: Scene, opened: Round) -> bool:
    """Closes the round that somebody was asked about; True once it is closed."""

    async def use(values: Mapping[str, str]) -> None:
        asked = (desk.workspace, scene.team, opened, values.get("words", ""))
        try:
            await desk.off_loop(rounds.close, *asked)
        except UnreadableError as error:
            if not await desk.ask(Confirm("Close it as it is?", error.message, "close it", "leave it open")):
                raise
            await desk.off_loop(rounds.close, *asked, without_unreadable=True)
        await desk.reload()

    if opened.two_person:
        return await fill_in(desk, closing_form(), use)
    try:
        await use({})
    except TuiretroError as error:
        desk.refuse(error.message)
        await desk.reload()
        return False
    return True


async def abandon_round(desk: Desk, scene: Scene) -> None:
    """Destroy the open round after a question."""
    asked = scene.status.round if scene.status is not None else None
    title = f"{clip(scene.team.name, _TEAM)}: abandon the round?"
    question = Confirm(title, ABANDONING, "destroy it", "keep it")
    if await desk.ask(question):
        await desk.attempt(rounds.abandon, desk.workspace, scene.team, asked)
        await desk.reload()


async def answer(desk: Desk, scene: Scene) -> None:
    """One person after the other, until somebody goes home."""
    from tuiretro.tui.screens.pass_on import PassScreen

    async with desk.covered("Sealing your sheet ..."):
        while (opened := await desk.attempt(rounds.require_place, desk.workspace, scene.team)) is not None:
            said = await _one_person(desk, scene, opened)
            if said is None or not await desk.ask(PassScreen(said)):
                break
    await desk.reload()


async def _one_person(desk: Desk, scene: Scene, opened: Round) -> str | None:
    """One person's way to a stored sheet; returns what to say then, or None if the person left."""
    from tuiretro.tui.screens.answer import AnswerScreen, Asked

    code = await _code(desk, scene, opened)
    if code is None:
        return None
    asked = Asked(opened, scene.team.name, last_time(scene.actions, scene.released), desk.warning)
    screen, wants_another = AnswerScreen(asked, rounds.sit(desk.workspace, opened)), False
    while (handed := await desk.ask(screen)) is not None:
        another = await _code(desk, scene, opened) if wants_another else code
        if another is None:
            screen = AnswerScreen(asked, handed, screen.refused)
            continue
        code = another
        try:
            await desk.off_loop(rounds.answer, desk.workspace, scene.team, opened, handed.sheet, code)
        except UnconfirmedError as error:
            return error.message
        except TuiretroError as error:
            screen = AnswerScreen(asked, handed, error.message)
            # Somebody else may have used the same code meanwhile; with another one nothing has to be answered again.
            wants_another = opened.asks_code and isinstance(error, NotNowError)
        else:
            return SAVED
    return None


async def _code(desk: Desk, scene: Scene, opened: Round) -> str | None:
    """The person's one-time code, empty in a round without; None if the person left."""
    if not opened.asks_code:
        return ""
    found: list[str] = []

    async def use(values: Mapping[str, str]) -> None:
        code = await desk.off_loop(rounds.require_code, desk.workspace, scene.team, opened, values["code"])
        found.append(code)

    return found[0] if await fill_in(desk, code_form(opened.title), use) else None


async def kept(desk: Desk, scene: Scene) -> None:
    """What is kept, and what cannot be hidden."""
    said = (
        before_answering(scene.status.round)
        if scene.status is not None
        else (f"{KEPT} {SEALED_BESIDE}", MEANING, NOT_HIDDEN)
    )
    await desk.ask(kept_page(before=(*said, AUDIT)))


async def show_sprint(desk: Desk, scene: Scene, number: int) -> None:
    """The results of another sprint."""
    found = await desk.attempt(results, desk.workspace, scene.team, number)
    if found is not None:
        desk.area("results").take(found)


async def comments(desk: Desk, _: Scene, shown: Results) -> None:
    """The comments of a sprint."""
    await desk.ask(comments_screen(shown))
