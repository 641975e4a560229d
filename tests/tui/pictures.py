"""The pictures of the README, made from the demo: run `python -m tests.tui.pictures docs/pictures`.

The app draws itself as SVG, the same each time and without a font from elsewhere; a part of the HTML report is
photographed by Chromium, where there is one. Owns what is on the pictures.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.export.browser import browser, installed
from tests.tui.retros import in_room
from tests.tui.seat import Seat, seated
from tests.tui.states import TODAY, app_on, opened_at
from tuiretro.core.notes import add, name, put_together, topic_of
from tuiretro.export import EXPORTERS
from tuiretro.model.retro import Counted, Revealed
from tuiretro.service import demo, reports, retros
from tuiretro.tui.widgets.rows import RowList

SIZE = (100, 32)
WIDE, HIGH = 1100, 785
"""Pixels of the report that are seen."""
_FONTS = re.compile(r"@font-face\s*\{.*?\}\s*", re.S)
BOARD = (
    (
        "nobody looked at the inputs since March",
        "the drift alert rang and we had no one on call",
        "retraining took four days",
    ),
    ("the label set changed in spring", "who owns the model after launch?", "no date for the next retraining"),
    ("compare last month's inputs with the training data", "one owner for each model", "a dry run of the switch"),
)
GROUPS = (((1, 4), "Inputs changed"), ((2, 5, 8), "Who owns it?"), ((3, 6), "Retraining"))
VOTES = (4, 5, 3)


async def home(place: Path) -> str:
    async with seated(app_on(place), SIZE) as seat:
        return await _drawn(await seat.see("FOCUS"))


async def answer(place: Path) -> str:
    async with seated(app_on(place), SIZE) as seat:
        await (await seat.press("a")).at("AnswerScreen")
        await (await seat.press("enter")).see("1 of ")
        return await _drawn(seat)


async def trends(place: Path) -> str:
    async with seated(app_on(place), SIZE) as seat:
        await (await seat.press("4")).at("TrendsScreen")
        seat.one(RowList).point_at("model-drift")
        return await _drawn(await seat.see("Failing to plan for drift"))


async def retro(place: Path) -> str:
    _board(place)
    async with in_room(place, SIZE) as seat:
        return await _drawn(await seat.see("DISCUSS, stage 7"))


def _board(place: Path) -> None:
    """A retro from the focus list with three topics, and hands that were counted."""
    workspace = opened_at(place)
    here = retros.begin(workspace, workspace.store.teams()[0], "from-focus")
    for column, texts in zip(here.retro.format.columns, BOARD, strict=False):
        for text in texts:
            here = retros.change(workspace, here, lambda room, c=column, t=text: add(room.board, c, t))  # type: ignore[misc]
    here = retros.change(workspace, here, lambda _: (Revealed(),))
    for marked, title in GROUPS:
        here = retros.change(workspace, here, lambda room, m=marked: put_together(room.topics, m))  # type: ignore[misc]
        number = max(topic.id for topic in here.topics)
        here = retros.change(workspace, here, lambda room, n=number, t=title: name(topic_of(room.topics, n), t))  # type: ignore[misc]
    groups = [topic.id for topic in here.topics if topic.is_group]
    here = retros.change(workspace, here, lambda _: tuple(map(Counted, groups, VOTES)))
    retros.go_to(workspace, here, "discuss")


async def _drawn(seat: Seat) -> str:
    await seat.still()
    return _FONTS.sub("", seat.app.export_screenshot(title="tuiretro"))


PICTURES: Mapping[str, Callable[[Path], Coroutine[None, None, str]]] = {
    "home": home,
    "answer": answer,
    "trends": trends,
    "retro": retro,
}
"""By the name of the file: what draws it on a copy of the demo."""


def photograph(place: Path, scratch: Path) -> bytes:
    """The focus list of the HTML report over all sprints, as PNG.

    Args:
        place: A demo.
        scratch: An empty folder.
    """
    workspace = opened_at(place)
    page = scratch / "report.html"
    page.write_text(EXPORTERS["html"](reports.report(workspace, workspace.store.teams()[0])), encoding="utf-8")
    with browser(scratch) as shown:
        shown.show(page, WIDE)
        return shown.picture(shown.value("document.querySelector('#focus').getBoundingClientRect().top"), HIGH)


async def _draw(place: Path, folder: Path) -> None:
    for wanted, draw in PICTURES.items():
        (folder / f"{wanted}.svg").write_text(await draw(place), encoding="utf-8")


def main() -> None:
    """Draws all pictures into the folder that the command line names."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        place = Path(scratch) / "workspace"
        demo.build(place, today=TODAY)
        if installed() is None:
            sys.stderr.write("No Chromium is installed, so the picture of the report was left as it is.\n")
        else:
            (folder / "report.png").write_bytes(photograph(place, Path(scratch)))
        asyncio.run(_draw(place, folder))


if __name__ == "__main__":
    main()
