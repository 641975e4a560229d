"""Writing results for others: which sprints, a look at every format, and a file that somebody names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from textual.content import Content

from tuiretro.core.text import plural
from tuiretro.errors import BadInputError
from tuiretro.service import export_file, exporting, off_limits
from tuiretro.service.exporting import Draft, Scope
from tuiretro.service.insight import Scene
from tuiretro.tui.flows.answers import yes_or_no
from tuiretro.tui.flows.desk import Desk, fill_in
from tuiretro.tui.screens.dialogs import Choice, Choose, Confirm, Field, Form
from tuiretro.tui.text import DIM, plain, stack

WITH_OWNERS = "with owners"
SEEN_LINES = 400
"""Lines of a preview: more than anybody reads there."""
FORMATS: Mapping[str, tuple[str, str]] = {
    "md": ("Markdown", "A page that reads well as it stands, and in every wiki and merge request."),
    "html": ("HTML", "A page for any browser, with charts, that needs no network and prints well. Below: its words."),
    "csv": ("CSV", "A table with one row for each figure, for spreadsheets and data frames."),
    "json": ("JSON", "For programs; a schema describes every key."),
    "checklist": ("Check-list of the actions", "The actions as a list to tick off, in Markdown."),
    "ical": ("Calendar of the actions", "The open actions with their due dates, for calendars."),
}
"""The title of each format, and what it is good for."""
ACTION_FORMS = ("checklist", "ical")


async def export(desk: Desk, scene: Scene, sprint: int | None = None, start: str = "md") -> None:
    """Asks what is to be written, shows it in every format, and writes it.

    Args:
        desk: The desk.
        scene: A team with results.
        sprint: The sprint that somebody looks at; None takes the last one with results.
        start: The format that the cursor is on first.
    """
    number = sprint or scene.released[-1]
    scope = await _scope(desk, scene, number)
    if scope is None:
        return
    async with desk.covered("The report is put together."):
        found = await desk.attempt(exporting.drafts, desk.workspace, scene.team, scope, number)
    if found is None:
        return
    # Whoever looks at the actions wants their forms first.
    ordered = sorted(found, key=lambda draft: start in ACTION_FORMS and draft.form not in ACTION_FORMS)
    choices = [Choice(draft.form, plain(FORMATS[draft.form][0]), _preview(draft, found)) for draft in ordered]
    about = "Nothing is written yet. Comments are never in it, and owners of actions only if you ask for them."
    chosen = await desk.ask(
        Choose(f"Export {_title(scope, scene, number)}", choices, "write", about=about, much=True, start=start)
    )
    draft = next((draft for draft in found if draft.form == chosen), None)
    if draft is not None:
        await _write(desk, draft)


async def _scope(desk: Desk, scene: Scene, number: int) -> Scope | None:
    offered = exporting.scopes(scene.released, number)
    if len(offered) == 1:
        return offered[0]
    told: Mapping[Scope, str] = {
        "sprint": "Its results, the focus list, and what was taken on.",
        "brief": "For people who were not there: what was unusual, what was decided, what nobody can say.",
        "range": "The lines over them, each of their results, and what became of the actions.",
        "all": "The lines over all sprints, and what became of the actions.",
    }
    choices = [
        Choice(scope, plain(_title(scope, scene, number).capitalize()), plain(told[scope], DIM)) for scope in offered
    ]
    chosen = await desk.ask(Choose("Export results: which sprints?", choices, "choose"))
    return next((scope for scope in offered if scope == chosen), None)


def _title(scope: Scope, scene: Scene, number: int) -> str:
    if scope == "all":
        return f"all {len(scene.released)} sprints with results"
    if scope == "sprint":
        return f"sprint {number}"
    if scope == "range":
        count = len(exporting.recent(scene.released, number))
        return f"the last {count} sprints" + ("" if number == scene.released[-1] else f" up to sprint {number}")
    before = max(released for released in scene.released if released < number)
    return f"what changed from sprint {before} to sprint {number}"


def _preview(draft: Draft, found: tuple[Draft, ...]) -> Content:
    # A page for browsers says the same as the one for readers, between a lot of marks.
    shown = next(other for other in found if other.form == "md") if draft.form == "html" else draft
    lines = shown.text.splitlines()
    more = len(lines) - SEEN_LINES
    return stack(
        plain(FORMATS[draft.form][1], DIM),
        plain(""),
        *(plain(line) for line in lines[:SEEN_LINES]),
        *((plain(f"And {plural(more, 'line')} more.", DIM),) if more > 0 else ()),
    )


async def _write(desk: Desk, draft: Draft) -> None:
    owners = Field("owners", "Name owners, yes or no", "no", about=WITH_OWNERS)
    form = Form(
        f"Write it as {FORMATS[draft.form][0]}",
        [Field("file", "File", draft.name, about=off_limits.FILE), *((owners,) if draft.has_owners else ())],
        about="In the folder that tuiretro was started in, unless you name another. "
        "Before a file that is there is replaced, you are asked.",
        verb="write",
    )

    async def use(values: Mapping[str, str]) -> None:
        path = await desk.off_loop(exporting.path_of, values["file"], draft.name)
        text = draft.with_owners if yes_or_no(values.get("owners", ""), WITH_OWNERS) else draft.text
        place = desk.workspace.store.place
        await desk.off_loop(off_limits.require_outside, place, path)
        replaces = await desk.off_loop(exporting.is_there, path)
        if replaces and not await desk.ask(_question(path)):
            raise BadInputError("The file was left as it is. Name another one, or go back.", off_limits.FILE)
        await desk.off_loop(export_file.write, path, text, replace=replaces, place=place)
        desk.tell(f"Written: {path.absolute()}. Only you can read it; what others may see of it is up to you.")

    await fill_in(desk, form, use)


def _question(path: Path) -> Confirm:
    return Confirm(
        "Replace the file?", f"{path.absolute()} is there already. What it holds now is lost.", "replace it", "leave it"
    )
