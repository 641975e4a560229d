"""Keys that come in one go: the first one that closes a screen closes it, and nothing below it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App
from textual.content import Content
from textual.events import Key

from tests.core.rounds import a_round
from tuiretro.core.topics import Topic
from tuiretro.model.survey import Template
from tuiretro.tui.screens.alone import Ballot, BallotScreen, QuestionScreen
from tuiretro.tui.screens.closing import ClosesOnce
from tuiretro.tui.screens.comment import CommentScreen
from tuiretro.tui.screens.cover import CoverScreen
from tuiretro.tui.screens.dialogs import Choice, Choose, Confirm, Field, Form, Reader
from tuiretro.tui.screens.pass_on import PassScreen
from tuiretro.tui.screens.template_page import TemplatePage

TOPIC = Topic(1, "Tests", (), 0, 0, False, (), False)
CASES: dict[str, tuple[Callable[[], ClosesOnce[Any]], str, object]] = {
    "question": (lambda: QuestionScreen(a_round(), "Atlas", ""), "4 enter enter enter", 4),
    "ballot": (lambda: BallotScreen(Ballot((TOPIC,), 3, several=True)), "space s s s", {1: 1}),
    "passing": (lambda: PassScreen("Saved."), "enter 4 escape", True),
    "comment": (lambda: CommentScreen("words"), "escape escape ctrl+s", "words"),
    "yes": (lambda: Confirm("Close?", "", "close"), "y y n", True),
    "reading": (lambda: Reader("Page", Content("text")), "enter q escape", None),
    "choice": (lambda: Choose("Which?", [Choice("a", Content("A"), Content(""))], "take"), "enter enter enter", "a"),
    "form": (lambda: Form("New", [Field("name", "Name", "Atlas")]), "ctrl+s ctrl+s enter", {"name": "Atlas"}),
    "template": (lambda: TemplatePage(Template("card", "Card", "", "text")), "q enter t", None),
}
"""How a screen is made, keys of which one closes it and more come after that, and what it gives."""


@pytest.mark.parametrize("case", CASES)
async def test_the_keys_after_the_one_that_closes_a_screen_close_nothing_more(case: str) -> None:
    make, keys, value = CASES[case]
    app, below, given = App[None](), CoverScreen("below"), list[object]()
    async with app.run_test() as pilot:
        await app.push_screen(below)
        await app.push_screen(make(), given.append)
        await pilot.pause()
        for key in keys.split():
            app.post_message(Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        assert app.screen is below
        assert given == [value]
