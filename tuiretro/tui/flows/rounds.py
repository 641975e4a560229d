"""A round on the screen: opened, answered by one person after the other, closed or abandoned."""

from __future__ import annotations

from textual.content import Content

from tuiretro.core.promises import ABANDONING, CLOSING, before_answering
from tuiretro.errors import TuiretroError
from tuiretro.service import rounds
from tuiretro.service.catalogue import catalogue
from tuiretro.service.insight import Results, Scene, results
from tuiretro.service.status import status
from tuiretro.tui.flows.desk import Desk
from tuiretro.tui.screens.comments import comments_screen
from tuiretro.tui.screens.dialogs import Choice, Choose, Confirm, Reader
from tuiretro.tui.text import plain


async def open_round(desk: Desk, scene: Scene) -> None:
    """Which survey, then open."""
    found = await desk.attempt(catalogue, desk.workspace)
    if found is None:
        return
    choices = [
        Choice(s.id, plain(s.title), plain(s.intro)) for s in sorted(found.surveys, key=lambda s: s.kind != "pulse")
    ]
    about = f"Fixed once it is open: the questions, {scene.team.people} people, and k = {scene.team.minimum}."
    chosen = await desk.ask(Choose("Open a round", choices, "open", about=about))
    if chosen:
        await desk.attempt(rounds.open_round, desk.workspace, scene.team, chosen)
        await desk.reload()


async def close_round(desk: Desk, scene: Scene) -> None:
    """Close after a question, and show what came out."""
    question = Confirm("Close the round and show the results?", CLOSING, "close it", "leave it open")
    if await desk.ask(question):
        released = await desk.attempt(rounds.close, desk.workspace, scene.team)
        await desk.reload()
        if released is not None:
            desk.go("results")


async def abandon_round(desk: Desk, scene: Scene) -> None:
    """Destroy the open round after a question."""
    question = Confirm("Abandon the round?", ABANDONING, "destroy it", "keep it")
    if await desk.ask(question):
        await desk.attempt(rounds.abandon, desk.workspace, scene.team)
        await desk.reload()


async def answer(desk: Desk, scene: Scene) -> None:
    """One person after the other, until somebody goes home."""
    from tuiretro.tui.screens.answer import AnswerScreen, Asked
    from tuiretro.tui.screens.pass_on import PassScreen

    team = scene.team
    while (opened := await desk.attempt(rounds.require_round, desk.workspace, team)) is not None:
        asked = Asked(opened, team.name, last_time(scene))
        screen = AnswerScreen(asked, rounds.sit(desk.workspace, opened))
        while (handed := await desk.ask(screen)) is not None:
            try:
                await desk.off_loop(rounds.answer, desk.workspace, team, opened, handed.sheet)
            except TuiretroError as error:
                screen = AnswerScreen(asked, handed, error.message)
                continue
            break
        if handed is None:
            break
        now = await desk.attempt(status, desk.workspace, team)
        if not await desk.ask(PassScreen(last=now is None or now.full)):
            break
    await desk.reload()


def last_time(scene: Scene) -> str:
    """What became of what was taken on before, in one sentence; empty if nothing was."""
    if not scene.released:
        return ""
    before = [action for action in scene.actions if action.sprint >= scene.released[-1]]
    if not before:
        return "Nothing was taken on after the last round."
    done = [action.title for action in before if action.status == "done"]
    waiting = [action.title for action in before if action.status == "open"]
    parts = [f"Done since the last round: {'; '.join(done)}."] if done else []
    parts += [f"Still open: {'; '.join(waiting)}."] if waiting else []
    return " ".join(parts) or "What was taken on after the last round was dropped."


async def kept(desk: Desk, scene: Scene) -> None:
    """What is kept, and what cannot be hidden."""
    if scene.status is not None:
        text = Content("\n\n").join([plain(paragraph) for paragraph in before_answering(scene.status.round)])
        await desk.ask(Reader("What is kept, and what cannot be hidden", text))


async def show_sprint(desk: Desk, scene: Scene, number: int) -> None:
    """The results of another sprint."""
    found = await desk.attempt(results, desk.workspace, scene.team, number)
    if found is not None:
        desk.area("results").take(found)


async def comments(desk: Desk, _: Scene, shown: Results) -> None:
    """The comments of a sprint."""
    await desk.ask(comments_screen(shown))
