"""Templates: read on the whole width, and written to a file that somebody names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tuiretro.core.text import typed
from tuiretro.model.survey import Play, Template
from tuiretro.service import export_file, templates
from tuiretro.service.insight import Scene
from tuiretro.tui.flows.desk import Desk, fill_in
from tuiretro.tui.screens.dialogs import Field, Form


async def write(desk: Desk, _: Scene, template: Template) -> None:
    """Asks for a file and writes the template to it."""
    form = Form(
        f"Template: {template.title}",
        [Field("file", "File", f"{template.id}.md", about=templates.FILE)],
        about="In the folder that tuiretro was started in, unless you name another. "
        "A file that is there is never overwritten.",
    )

    async def use(values: Mapping[str, str]) -> None:
        typed(values["file"], templates.FILE, limit=export_file.PATH_LIMIT)
        path = Path(values["file"].strip())
        place = Path(desk.workspace.store.place)
        written = await desk.off_loop(templates.write, desk.workspace.library, template.id, path, place)
        desk.tell(f"Written: {written.absolute()}")

    await fill_in(desk, form, use)


async def write_for(desk: Desk, scene: Scene, play: Play) -> None:
    """The same for the template that a play names."""
    template = await desk.attempt(templates.template_of, desk.workspace, play)
    if template is not None:
        await write(desk, scene, template)


async def read(desk: Desk, scene: Scene, template: Template) -> None:
    """Shows the template until the person goes back; it can be written to a file from there."""
    from tuiretro.tui.screens.template_page import TemplatePage

    page = TemplatePage(template)
    while (top := await desk.ask(page)) is not None:
        await write(desk, scene, template)
        page = TemplatePage(template, top)
