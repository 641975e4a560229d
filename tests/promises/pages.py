"""Everything that a team can see of its own numbers: each command in each form, and each screen at two sizes.

Owns which pages there are. The Library and the pages of plays are left out: what stands there is the catalogue's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from click.testing import CliRunner

from tests.export.html_pages import read
from tests.tui.seat import LARGE, SMALL, Seat, seated
from tests.tui.states import TODAY, app_on
from tuiretro.cli.main import program
from tuiretro.export import BRIEFS, EXPORTERS
from tuiretro.model.release import History
from tuiretro.tui.widgets.rows import RowList

COMMANDS = (
    *(("results", "--format", form) for form in ("text", "md", "json", "csv")),
    *(("focus", "--format", form) for form in ("text", "md", "json", "csv")),
    *(("trends", "--format", form) for form in ("text", "md", "json", "csv")),
    *(("trends", "--heatmap", "--format", form) for form in ("text", "md")),
    ("trends", "--explain"),
    *(("action", "list", "--all", "--format", form) for form in ("text", "md", "json", "csv")),
    *(("export", "--format", form) for form in ("md", "json")),
    *(("export", "--all", "--format", form) for form in EXPORTERS),
    *(("brief", "--format", form) for form in BRIEFS),
    *(("round", "status", "--format", form) for form in ("text", "json")),
    *(("team", "show", "--format", form) for form in ("text", "json")),
    ("team", "list"),
    ("audit",),
)
FORMS = ("text", "md", "json", "csv")
Pages = dict[str, str]
"""What is shown, by what showed it."""


def commands(place: Path, history: History) -> Pages:
    """What every command prints, for each sprint and each line where it can be asked for one."""
    runner = CliRunner(env={"TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": str(TODAY), "TUIRETRO_TEAM": None})
    wanted: list[tuple[str, ...]] = [*COMMANDS]
    for release in history.releases:
        number = str(release.sprint.number)
        wanted += [("results", "--sprint", number), ("export", "--format", "md", "--sprint", number)]
    lines = {str(name) for question in history.questions for name in (question.theme, question.mistake) if name}
    wanted += [("trends", "--of", line, "--explain") for line in sorted(lines)]
    pages: Pages = {}
    for words in wanted:
        result = runner.invoke(program, list(words))
        assert result.exit_code == 0, (words, result.output)
        pages[" ".join(words)] = read(result.output) if "html" in words else result.output
    return pages


async def screens(place: Path, history: History, sizes: tuple[tuple[int, int], ...] = (SMALL, LARGE)) -> Pages:
    """What every screen shows, with the cursor on each row that changes what is shown."""
    pages: Pages = {}
    for size in sizes:
        async with seated(app_on(place), size) as seat:
            async for name, text in _walk(seat, history):
                pages[f"{name} {size[0]}"] = text
    return pages


async def _walk(seat: Seat, history: History) -> AsyncIterator[tuple[str, str]]:
    await seat.see("THEMES")
    yield "home", await seat.still()
    await (await seat.press("3")).at("ResultsScreen")
    await seat.see("SAFETY")
    for at in range(len(_keys(seat))):
        yield f"results, row {at}", await seat.still()
        await seat.press("down")
    for release in history.releases[-4:-1][::-1]:
        await (await seat.press("left")).see(f"Sprint {release.sprint.number} ")
        yield f"results of sprint {release.sprint.number}", await seat.still()
    await (await seat.press("4")).at("TrendsScreen")
    await seat.until(lambda: bool(_keys(seat)))
    for key in _keys(seat):
        assert seat.one(RowList).point_at(key)
        await seat.pilot.pause()
        yield f"trends of {key}", await seat.still()
        await seat.press("e")
        yield f"trends of {key}, explained", await seat.still()
        await seat.press("e")
    await seat.press("h")
    yield "heatmap", await seat.still()
    await (await seat.press("6")).at("ActionsScreen")
    await seat.pilot.pause()
    for key in _keys(seat):
        assert seat.one(RowList).point_at(key)
        await seat.pilot.pause()
        yield f"action {key}", await seat.still()
    await (await seat.press("question_mark")).at("Reader")
    yield "help", await seat.still()


def _keys(seat: Seat) -> list[str]:
    return [option.id for option in seat.one(RowList).options if option.id is not None and not option.disabled]
