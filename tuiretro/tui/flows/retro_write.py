"""The summary of a retro as a file that somebody names."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tuiretro.core.text import typed
from tuiretro.errors import BadInputError
from tuiretro.service import export_file, retro_story
from tuiretro.tui.flows.answers import yes_or_no
from tuiretro.tui.flows.desk import fill_in
from tuiretro.tui.flows.hall import Hall
from tuiretro.tui.screens.dialogs import Field, Form
from tuiretro.tui.screens.room import Wish

FILE, WITH_OWNERS = "file", "with owners"


async def write(hall: Hall, _: Wish) -> None:
    """Asks for a file and writes the summary to it, as it stands now."""
    number = hall.room.retro.sprint.number
    form = Form(
        "Write the summary to a file",
        [
            Field("file", "File, .md or .json", f"retro-sprint-{number}.md", about=FILE),
            Field("owners", "Name owners, yes or no", "no", about=WITH_OWNERS),
        ],
        about=_about(hall),
        verb="write",
    )

    async def use(values: Mapping[str, str]) -> None:
        from tuiretro.export.retro_json import retro_json
        from tuiretro.export.retro_markdown import retro_markdown

        path = _path(values["file"])
        owners = yes_or_no(values["owners"], WITH_OWNERS)
        place = hall.desk.workspace.store.place
        told = await hall.desk.off_loop(retro_story.story, hall.desk.workspace, hall.room)
        text = (retro_json if path.suffix == ".json" else retro_markdown)(told, owners=owners)
        await hall.desk.off_loop(export_file.write, path, text, replace=False, place=place)
        hall.desk.tell(f"Written: {path.absolute()}. Only you can read it.")

    await fill_in(hall.desk, form, use)


def _about(hall: Hall) -> str:
    state = "As it ended." if hall.room.retro.is_over else "As it stands now: it will say that the retro is under way."
    return f"{state} A file that is there is never overwritten."


def _path(said: str) -> Path:
    typed(said, FILE, limit=export_file.PATH_LIMIT)
    path = Path(said.strip())
    if path.suffix not in {".md", ".json"}:
        raise BadInputError("The file's name must end in .md or .json. Nothing was written.", FILE)
    # Of a user who is not there, the path stays as it was typed, and writing says what is wrong with it.
    with suppress(RuntimeError):
        path = path.expanduser()
    return path
