"""What somebody types while answering reaches no clipboard, neither the terminal's nor the next person's."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from textual.widgets import TextArea

from tests.promises.traces import APP, COMMENT, Watched, answer_in_app
from tests.tui.seat import Seat, seated
from tests.tui.states import app_on
from tests.tui.test_answering import reviewed

SELECT_ALL = "f7"


async def commenting(seat: Seat, comment: str = COMMENT) -> TextArea:
    await (await reviewed(seat)).press("c")
    return await commented(seat, comment)


async def commented(seat: Seat, comment: str) -> TextArea:
    await seat.at("CommentScreen")
    page = seat.one(TextArea)
    page.text = comment
    await seat.pilot.pause()
    return page


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+x"])
async def test_cutting_and_copying_stay_in_the_page_that_is_written(asking: Path, key: str) -> None:
    app = app_on(asking)
    async with seated(app) as seat:
        page = await commenting(seat)
        await seat.press(SELECT_ALL, key)
        assert page.text == ("" if key == "ctrl+x" else COMMENT)
        assert app.clipboard == ""
        await seat.press("right", "ctrl+v")
        assert page.text == (COMMENT if key == "ctrl+x" else COMMENT * 2)


async def test_cutting_without_a_selection_takes_the_line_and_pasting_brings_it_back(asking: Path) -> None:
    app = app_on(asking)
    async with seated(app) as seat:
        page = await commenting(seat, "one\ntwo")
        await seat.press("ctrl+x")
        assert page.text == "two"
        await seat.press("ctrl+v")
        assert page.text == "one\ntwo"
        assert app.clipboard == ""


async def test_nothing_cut_is_nothing_to_paste(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        page = await commenting(seat)
        await seat.press("ctrl+c", "ctrl+v")
        assert page.text == COMMENT


async def test_the_next_person_cannot_paste_what_the_one_before_cut(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await commenting(seat)
        await seat.press(SELECT_ALL, "ctrl+x", "escape")
        await (await seat.see("check and submit")).press("s")
        await (await seat.at("PassScreen")).press("space")
        await seat.at("AnswerScreen")
        await seat.press("enter", *["3"] * 8)
        await (await seat.see("check and submit")).press("c")
        page = await commented(seat, "")
        await seat.press("ctrl+v")
        assert page.text == ""


async def test_what_is_selected_on_the_screen_while_answering_is_not_copied(asking: Path) -> None:
    app = app_on(asking)
    async with seated(app) as seat:
        await reviewed(seat)
        app.copy_to_clipboard(COMMENT)
        assert app.clipboard == ""


async def test_elsewhere_copying_works_as_ever(asking: Path) -> None:
    app = app_on(asking)
    async with seated(app) as seat:
        assert not app.is_answering
        app.copy_to_clipboard("a play")
        assert app.clipboard == "a play"
        await seat.press("a")
        await seat.at("AnswerScreen")
        assert app.is_answering


def test_no_terminal_gets_what_is_typed_as_clipboard(asking: Path, tmp_path: Path) -> None:
    with Watched(tmp_path / "watched", asking).runs(*APP) as terminal:
        answer_in_app(terminal)
        terminal.send("c")
        terminal.expect("characters left")
        for key in ("ctrl+c", "ctrl+x"):
            terminal.send("\x1b[18~", key)
            terminal.settle(0.2)
        terminal.expect("500 characters left")
    assert b"\x1b]52" not in terminal.heard
    assert b64encode(COMMENT.encode()) not in terminal.heard
