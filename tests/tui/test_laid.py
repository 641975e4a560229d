"""Lines that remember how they were drawn look like lines that do not."""

from __future__ import annotations

from textual.app import App
from textual.content import Content
from textual.visual import Visual
from textual.widgets import Static

from tuiretro.tui.laid import Laid, laid

LINES = [Content.styled("a line of some words", "bold $text-error"), Content("and [another] 漢字")]
WHOLE = Content("\n").join(LINES)
WAYS = [(40, None), (12, None), (12, 1), (7, None), (40, None)]


async def test_however_often_and_in_whatever_theme_they_are_drawn() -> None:
    app, remembering = App[None](), Laid(LINES)
    async with app.run_test() as pilot:
        widget = Static()
        await app.screen.mount(widget)
        seen = set[str]()
        for theme in ("textual-dark", "textual-light", "textual-dark"):
            app.theme = theme
            await pilot.pause()
            for width, height in WAYS:
                expected, found = (
                    Visual.to_strips(widget, lines, width, height, widget.visual_style)
                    for lines in (WHOLE, remembering)
                )
                assert found == expected
                assert remembering.get_height({}, width) == WHOLE.get_height({}, width)
                seen.add(str(found))
    assert len(seen) == 2 * (len(WAYS) - 1), "in two themes, and once of each way"


def test_lines_that_are_laid_out_already_stay_the_same_object() -> None:
    one = Laid(LINES)
    assert laid([one]) is one
    assert laid([one, one]).plain == f"{one.plain}\n{one.plain}"
    assert laid(LINES).is_like(one)
    assert not laid([Content(WHOLE.plain)]).is_like(one)
    assert not one.is_like(WHOLE)
