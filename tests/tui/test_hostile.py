"""Whatever somebody typed or a file holds is shown as text: no markup, no links, nothing that steers a terminal.

Most of it cannot come in through the service, which refuses it; here it is put straight into the store's files, to
prove that the display holds as well.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from tests.store.builders import keep_team
from tests.tui.seat import Anywhere, drawn_by, seated
from tests.tui.states import app_on, opened_at
from tests.tui.test_answering import answering
from tuiretro.model.action import Action
from tuiretro.model.release import ItemResult, Release
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question
from tuiretro.model.team import Cadence, Every, Sprint, Team
from tuiretro.service.workspace import Workspace

LITERAL = ("[/nope]", "[@click=app.quit()]x[/]", "[/", "[bold]b", "Arr[0] [type=x, v={'a[0]'}]", "$accent \\[x]")
"""Shown letter for letter."""
STEERING = (
    "a\x1b]52;c;SGVsbG8=\x07b",
    "a\x1b[2Jb\x1b[H",
    "a\x9b2J\x90\x85b",
    "a\u202eevil\u202c b",
    "a\u2066b\u2069\u200fc",
    "a\u200bb\u200dc\ufeffd",
    "Z" + "\u0301\u0336" * 30 + "z",
    "a\r\nb\tc\x00d\x7f",
    "\ue000\U0010ffff\ufdd0 private",
)
WIDE = ("W" * 300, "数据清洗" * 40, "\U0001f469\u200d\U0001f469\u200d\U0001f467\U0001f44d\U0001f3fd" * 20)
HOSTILE = (*LITERAL, *STEERING, *WIDE)
SPAN = Sprint(1, date(2026, 11, 2), date(2026, 11, 15))
TEAM = "a1b2c3d4e5f60718"
TALL = (80, 70)


def team(id_: str, name: str) -> Team:
    return Team(id_, name, 5, (Cadence(1, SPAN.starts, Every(2, "week")),))


def questions() -> tuple[Question, ...]:
    return tuple(Question(f"own.{at}", text, text, "own") for at, text in enumerate(HOSTILE))


def a_round(number: int) -> Round:
    return Round(f"{number:016x}", number, "own", "T [/nope] \x1b[2J", "I [/ \x1b[2J", 5, 4, questions())


def filled(workspace: Workspace, name: str = "[/nope] \x1b[2J\u202e") -> None:
    """A team of that name with a release, actions and an open round that hold every text."""
    store = workspace.store
    keep_team(store, team(TEAM, name))
    actions = tuple(
        Action(1 + at, text, 1, date(2026, 12, 20 + at % 9), owner=text, done_when=text)
        for at, text in enumerate(HOSTILE)
    )
    store.change_actions(TEAM, lambda _: actions)
    store.open_round(TEAM, a_round(1))

    def tally(_: tuple[Sheet, ...]) -> tuple[Release, tuple[Question, ...]]:
        items = tuple(ItemResult(q.id, q.version, 7, 3.4, "split") for q in questions())
        return Release(a_round(1).id, SPAN, "own", a_round(1).title, 8, 4, 7, items, comments=HOSTILE), questions()

    store.close_round(TEAM, a_round(1), tally)
    store.open_round(TEAM, a_round(2))


def steering(text: str) -> list[str]:
    """The characters of `text` that no terminal should get."""
    bidi = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return [
        c for c in text if unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} or unicodedata.bidirectional(c) in bidi
    ]


def assert_harmless(seat: Anywhere[Any]) -> None:
    """Nothing that any widget of the screen draws steers a terminal, and every row is as wide as its widget."""
    for widget, strip in drawn_by(seat.app.screen):
        found = steering("".join(segment.text for segment in strip if not segment.control))
        assert not found, f"{widget!r}: {found!r}"
    rows = seat.text.splitlines()
    assert not [row for row in rows if steering(row)]
    assert not [row for row in rows if "\u0301\u0336" * 3 in row]


@pytest.fixture
def hostile(place: Path) -> Path:
    filled(opened_at(place))
    return place


@pytest.mark.parametrize("key", ["1", "3", "6", "7"])
async def test_main_screens_show_text_as_text(key: str, hostile: Path) -> None:
    async with seated(app_on(hostile), TALL) as seat:
        await seat.press(key)
        await seat.see("[/nope]")
        await seat.pilot.pause()
        assert_harmless(seat)
        for _ in range(3):
            await seat.press("down")
            assert_harmless(seat)


@pytest.mark.parametrize("screen", ["3", "6"])
async def test_every_literal_text_is_letter_for_letter_on_the_screen(screen: str, hostile: Path) -> None:
    async with seated(app_on(hostile), (200, 150)) as seat:
        await seat.press(screen)
        for text in LITERAL:
            await seat.see(text)


async def test_no_text_became_a_link(hostile: Path) -> None:
    async with seated(app_on(hostile), TALL) as seat:
        for key in ("1", "3", "6"):
            await seat.press(key)
            await seat.see("[/nope]")
            styles = [segment.style for _, strip in drawn_by(seat.app.screen) for segment in strip if segment.style]
            assert styles
            assert not [style for style in styles if "quit" in str(style.meta)]


async def test_the_comments_show_text_as_text(hostile: Path) -> None:
    async with seated(app_on(hostile), (80, 120)) as seat:
        await (await seat.press("3")).see("[/nope]")
        await (await seat.press("v")).at("Reader")
        for text in LITERAL:
            await seat.see(f"▪ {text}")
        assert_harmless(seat)


async def test_answering_shows_text_as_text(hostile: Path) -> None:
    async with seated(app_on(hostile)) as seat:
        await (await seat.press("a")).at("AnswerScreen")
        assert_harmless(seat)
        await (await seat.press("enter")).see("1 of 18")
        for _ in HOSTILE:
            assert_harmless(seat)
            answering(seat).sitting = answering(seat).sitting.answer(3)
            await seat.pilot.pause()
        await seat.see("check and submit")
        assert_harmless(seat)
        await (await seat.press("c")).at("CommentScreen")
        seat.one(TextArea).text = "\n".join(HOSTILE)[:480]
        await seat.pilot.pause()
        assert_harmless(seat)
        await (await seat.press("ctrl+s")).at("AnswerScreen")
        await seat.see("Your comment:")
        assert_harmless(seat)
        await (await seat.press("s")).at("PassScreen")
        assert_harmless(seat)


async def test_any_team_name_is_harmless_on_home_and_in_the_switcher(place: Path) -> None:
    store = opened_at(place).store
    for at, name in enumerate(HOSTILE):
        keep_team(store, team(f"{at:016x}", name))
    async with seated(app_on(place), TALL) as seat:
        for at, name in enumerate(HOSTILE):
            await seat.app.reload(f"{at:016x}")
            await seat.pilot.pause()
            assert_harmless(seat)
            assert "Sprint 2" in seat.text.splitlines()[0]
            assert name not in LITERAL or f"tuiretro  {name}" in seat.text
        await (await seat.press("w")).at("Choose")
        await seat.see("[/nope]")
        for _ in HOSTILE:
            assert_harmless(seat)
            await seat.press("down")


async def test_following_an_action_up_shows_text_as_text(hostile: Path) -> None:
    async with seated(app_on(hostile)) as seat:
        await seat.see("[/nope]")
        await (await seat.press("enter")).at("Choose")
        await seat.see("It is done")
        assert_harmless(seat)


async def test_moving_an_action_shows_text_as_text(hostile: Path) -> None:
    async with seated(app_on(hostile)) as seat:
        await (await seat.press("6")).see("[/nope]")
        for _ in range(4):
            await (await seat.press("m")).at("Form")
            assert_harmless(seat)
            await (await seat.press("escape")).at("ActionsScreen")
            await seat.press("down", "down", "down")


async def test_dialogs_on_the_round_show_text_as_text(hostile: Path) -> None:
    async with seated(app_on(hostile)) as seat:
        await (await seat.press("i")).at("Reader")
        await seat.see("T [/nope]")
        assert_harmless(seat)


async def test_a_notification_shows_text_as_text(place: Path) -> None:
    workspace = opened_at(place)
    keep_team(workspace.store, team(TEAM, "[/nope] \x1b[2J\u202e"))
    async with seated(app_on(place)) as seat:
        await (await seat.press("o")).at("Choose")
        workspace.store.open_round(TEAM, a_round(2))
        await (await seat.press("enter")).told("A round is open for [/nope]")
        assert_harmless(seat)


async def test_a_form_that_refuses_shows_text_as_text(place: Path) -> None:
    async with seated(app_on(place)) as seat:
        await (await seat.press("enter")).at("Form")
        for text in HOSTILE:
            await seat.fill(name=text, people=text, every=text, starts=text)
            assert_harmless(seat)
        for text in ("[/nope]", "a\x1b[2J\u202eb"):
            await seat.fill(name="Atlas", people=text)
            await (await seat.press("ctrl+s")).see("is not a whole number")
            assert_harmless(seat)


async def test_own_survey_texts_are_literal_in_library_and_round(place: Path) -> None:
    workspace = opened_at(place)
    keep_team(workspace.store, team(TEAM, "Atlas"))
    own = place / "surveys"
    own.mkdir(exist_ok=True)
    own.joinpath("own.toml").write_text(
        'id = "own"\ntitle = "Our [/nope] own"\nintro = "[@click=app.quit()]x[/]"\n'
        '[[items]]\nid = "one"\nshort = "[/"\ntext = "We said [/nope] [/"\n',
        encoding="utf-8",
    )
    async with seated(app_on(place), (80, 60)) as seat:
        await (await seat.press("7")).at("LibraryScreen")
        await seat.see("Our [/nope] own")
        while "· We said [/nope] [/" not in seat.words:
            await seat.press("down")
        assert "[@click=app.quit()]x[/]" in seat.text
        assert_harmless(seat)
        await (await seat.press("1", "o")).at("Choose")
        while "[@click=app.quit()]x[/]" not in seat.words:
            await seat.press("down")
        assert_harmless(seat)


async def test_what_is_typed_into_the_palette_is_drawn_as_text(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await seat.press("ctrl+p")).at("CommandPalette")
        for text in HOSTILE:
            seat.one(Input).value = text
            await seat.pilot.pause()
            assert_harmless(seat)
        # A palette that still looks for commands must not outlive its list.
        await (await seat.press("escape")).at("HomeScreen")
