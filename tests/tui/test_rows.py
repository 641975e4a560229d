"""A list of rows is filled again with every key: what stays the same stays where it is."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets.option_list import Option

from tests.tui.seat import screen_text
from tuiretro.tui.text import HEAD, plain
from tuiretro.tui.widgets.rows import FEW, RowList, entry, heading

LINES = [plain(f"row {number}") for number in range(40)]


def rows(changed: dict[int, Content] | None = None) -> list[Option]:
    """Forty rows under a heading, some of which look different."""
    lines = [(changed or {}).get(at, line) for at, line in enumerate(LINES)]
    return [heading(plain("HEAD")), *(entry(f"t{at}", line) for at, line in enumerate(lines))]


def said(options: Sequence[Option]) -> list[tuple[str | None, str]]:
    return [(option.id, str(option.prompt)) for option in options]


class Rows(App[None]):
    def compose(self) -> ComposeResult:
        yield RowList(markup=False)


async def test_a_row_that_looks_different_is_drawn_anew_and_the_list_stays_where_it_is() -> None:
    async with Rows().run_test(size=(40, 10)) as pilot:
        listed = pilot.app.query_one(RowList)
        listed.fill(rows(), "t20")
        await pilot.pause()
        before, options = listed.scroll_y, list(listed.options)
        untouched = options[23].prompt

        listed.fill(rows({20: plain("row 20\nin two lines", lines=True), 21: plain("row 21", HEAD)}))
        await pilot.pause()
        assert (listed.chosen, listed.scroll_y) == ("t20", before + 1), "the row has grown by a line"
        assert list(listed.options) == options
        assert "in two lines" in screen_text(pilot.app)
        assert listed.get_option("t21").prompt == plain("row 21", HEAD)
        assert listed.get_option("t22").prompt is untouched


async def test_another_colour_and_another_width_are_drawn_and_nothing_that_was_drawn_before() -> None:
    async with Rows().run_test(size=(40, 10)) as pilot:
        listed = pilot.app.query_one(RowList)
        for width, colour in ((40, "$text-error"), (12, "$text-error"), (12, "$text-success")):
            await pilot.resize_terminal(width, 10)
            listed.fill(rows({0: plain("a line of some words", colour)}))
            await pilot.pause()
            first = listed.get_option("t0").prompt
            assert isinstance(first, Content)
            assert [span.style for span in first.spans] == [colour]
            assert ("a line of some words" in screen_text(pilot.app)) == (width == 40)
            assert "words" in screen_text(pilot.app)


async def test_a_row_that_the_cursor_may_stop_at_no_more_is_passed_over() -> None:
    async with Rows().run_test(size=(40, 10)) as pilot:
        listed = pilot.app.query_one(RowList)
        listed.fill(rows(), "t0")
        listed.fill([heading(plain("HEAD")), Option(LINES[0], id="t0", disabled=True), *rows()[2:]])
        await pilot.pause()
        assert listed.chosen == "t1"


async def test_other_rows_or_many_that_look_different_are_laid_out_anew() -> None:
    async with Rows().run_test(size=(40, 10)) as pilot:
        listed = pilot.app.query_one(RowList)
        for filled in (rows({at: plain(f"new {at}") for at in range(FEW + 1)}), rows()[:-1], rows()[1:]):
            listed.fill(rows(), "t20")
            listed.fill(filled)
            await pilot.pause()
            assert said(listed.options) == said(filled)
            assert listed.chosen == "t20"


async def test_without_rows_the_cursor_is_nowhere() -> None:
    async with Rows().run_test(size=(40, 10)) as pilot:
        listed = pilot.app.query_one(RowList)
        listed.fill(rows())
        listed.fill([heading(plain("nothing"))])
        assert listed.chosen is None
