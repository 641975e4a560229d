"""Answers from other machines: an invitation to send, and envelopes to collect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from textual.content import Content

from tuiretro.core.promises import asking_the_keeper
from tuiretro.core.text import typed
from tuiretro.model.round import Round
from tuiretro.service import carrying, export_file, guarded
from tuiretro.service.envelope_files import sources_in
from tuiretro.service.insight import Scene
from tuiretro.service.rounds import require_round
from tuiretro.tui.flows.desk import Desk, fill_in
from tuiretro.tui.screens.dialogs import Confirm, Field, Form, Reader
from tuiretro.tui.text import HEAD, plain


async def invite(desk: Desk, scene: Scene) -> None:
    """Writes the invitation to the open round into a file."""
    opened = await desk.attempt(require_round, desk.workspace, scene.team)
    if opened is None:
        return
    question = Confirm("Invite without a closing code?", carrying.ONE_PERSON, "the team knows and agrees", "back")
    if not opened.two_person and not await desk.ask(question):
        return
    form = Form(
        "An invitation for other machines",
        [Field("file", "File", f"invitation-sprint-{opened.sprint}.json")],
        about="In the folder in which tuiretro was started. It holds the statements and public keys, and no names.",
        verb="write it",
    )
    written: list[tuple[Path, str]] = []

    async def use(values: Mapping[str, str]) -> None:
        written.append(await desk.off_loop(_write, desk, scene, opened, values["file"]))

    if await fill_in(desk, form, use):
        path, words = written[0]
        told = (
            f"{path} is the invitation: send it to the team. Each person answers with 'tuiretro answer --invite FILE' "
            "and sends back an envelope; put the envelopes into one folder and collect them with e on Home.",
            f"These are its check words. {asking_the_keeper(opened)}",
        )
        last = carrying.together(opened.minimum)
        await desk.ask(Reader("The invitation is written", _paragraphs(*told, strong=words, last=last)))


def _write(desk: Desk, scene: Scene, opened: Round, name: str) -> tuple[Path, str]:
    path = guarded.require_free(desk.workspace, name)
    text, words = carrying.invite(desk.workspace, scene.team, opened, one_person=True)
    export_file.write(path, text, replace=False, place=desk.workspace.store.place)
    return path, words


async def collect(desk: Desk, scene: Scene) -> None:
    """Takes the envelopes of a folder."""
    opened = await desk.attempt(require_round, desk.workspace, scene.team)
    if opened is None:
        return
    form = Form(
        "Collect envelopes",
        [Field("folder", "Folder", "envelopes")],
        about=f"The files that people sent, all in one folder. {carrying.together(opened.minimum)}",
        verb="collect",
    )
    found: list[tuple[Sequence[carrying.Source], carrying.Harvest]] = []

    async def use(values: Mapping[str, str]) -> None:
        found.append(await desk.off_loop(_take, desk, scene, opened, values["folder"]))

    if await fill_in(desk, form, use):
        sources, harvest = found[0]
        if harvest.is_held and not await desk.ask(_question(harvest.sentence)):
            await _show(desk, "Nothing was taken; nothing was changed.", harvest)
            return
        if harvest.is_held:
            last = await desk.attempt(carrying.collect, desk.workspace, scene.team, opened, sources, is_last=True)
        else:
            last = harvest
        await desk.reload()
        if last is not None:
            await _show(desk, last.sentence, last)


def _question(why: str) -> Confirm:
    return Confirm("Take these envelopes now?", why, "take them, nobody else sends one", "wait")


async def _show(desk: Desk, said: str, harvest: carrying.Harvest) -> None:
    refused = [f"Refused: {name} {why}." for name, why in harvest.refused]
    await desk.ask(Reader("Envelopes", _paragraphs(said, *refused)))


def _take(desk: Desk, scene: Scene, opened: Round, folder: str) -> tuple[Sequence[carrying.Source], carrying.Harvest]:
    typed(folder, "folder", limit=export_file.PATH_LIMIT)
    sources = sources_in(Path(folder.strip()).expanduser())
    return sources, carrying.collect(desk.workspace, scene.team, opened, sources)


def _paragraphs(*said: str, strong: str = "", last: str = "") -> Content:
    parts = [*map(plain, said), plain(strong, HEAD), plain(last)]
    return Content("\n\n").join([part for part in parts if part.plain])
