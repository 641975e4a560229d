"""Whatever stands in a file is shown as text in the Library: no markup, no links, nothing that steers a terminal.

Most of it is refused by the library of files; here it is also handed straight to the screen, to prove that the display
holds as well.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.tui.seat import LARGE, SMALL, Seat, drawn_by, seated
from tests.tui.states import app_on, opened_at
from tests.tui.test_hostile import HOSTILE, LITERAL, assert_harmless
from tests.tui.test_library import TINY, chosen, in_library, listed, page
from tests.tui.test_library_search import searching
from tuiretro.core.searching import sought
from tuiretro.model.survey import Facet, Headline, Mistake, Play, Survey, SurveyItem, Template
from tuiretro.service.browsing import Browsing, browse
from tuiretro.service.catalogue import Catalogue
from tuiretro.tui.screens.library import LibraryScreen
from tuiretro.tui.screens.messages import PlayChosen, TemplateWanted
from tuiretro.tui.screens.template_page import Paper
from tuiretro.tui.widgets.rows import RowList

SIZES = (LARGE, TINY, SMALL)


def a_play(text: str) -> Play:
    return Play("p", "f", text, text, text, text, text, "S", "t0")


def a_mistake(at: int, text: str) -> Mistake:
    facet = Facet("f", text, text, text)
    headline = Headline(f"m{at}", text, text)
    return Mistake(f"m{at}", at, text, "data", text, (text,), "", headline, (facet,), (a_play(text),))


def a_survey(at: int, text: str) -> Survey:
    item = SurveyItem("f", text, text, "safety", mistakes=(f"m{at}",))
    return Survey(f"s{at}", text, text, credits=(text,), items=(item,), plays=(a_play(text),))


def hostile() -> Browsing:
    """A catalogue in which every text is hostile."""
    mistakes = tuple(a_mistake(at, text) for at, text in enumerate(HOSTILE))
    surveys = tuple(a_survey(at, text) for at, text in enumerate(HOSTILE))
    templates = tuple(
        Template(f"t{at}", text, text, f"# {text}\n\n{text}\n| {text} | {text} |\n```\n{text}\n```\n")
        for at, text in enumerate(HOSTILE)
    )
    pages = {survey.id: f"# {survey.title}\n\n- {survey.intro}\n{survey.intro}" for survey in surveys}
    found = Catalogue(mistakes, surveys, templates, pages, HOSTILE)
    books = found.play_books
    entries = [sought(f"mistake:{m.id}", m.title) for m in mistakes] + [sought(f"survey:{s.id}", "T") for s in surveys]
    entries += [sought(f"play:{b.id}.p", b.title) for b in books] + [sought(f"item:{s.id}.f", "T") for s in surveys]
    return Browsing(found, {book.id: book.plays for book in books}, tuple(entries))


async def shown(seat: Seat) -> LibraryScreen:
    """The Library on a hostile catalogue."""
    await in_library(seat)
    screen = seat.app.screen
    assert isinstance(screen, LibraryScreen)
    screen.take(hostile())
    await seat.pilot.pause()
    return screen


async def checked(seat: Seat, keys: list[str]) -> None:
    for key in keys:
        assert seat.one(RowList).point_at(key)
        await seat.pilot.pause()
        assert_harmless(seat)


async def test_every_row_and_page_of_the_whole_list(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await shown(seat)
        await checked(seat, listed(seat))


async def test_every_row_and_page_of_what_was_found(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await shown(seat)
        await (await seat.press("slash")).press("t")
        assert listed(seat)
        await checked(seat, listed(seat))


@pytest.mark.parametrize("size", SIZES)
async def test_plays_and_templates_in_every_size(size: tuple[int, int], with_team: Path) -> None:
    async with seated(app_on(with_team), size) as seat:
        screen = await shown(seat)
        for at in range(len(HOSTILE)):
            screen.point_at(f"mistake:m{at}")
            await seat.press("enter")
            assert chosen(seat) == f"play:m{at}.p"
            assert_harmless(seat)
            screen.point_at(f"template:t{at}")
            await seat.pilot.pause()
            assert_harmless(seat)


async def test_a_search_for_anything_is_harmless(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_library(seat)
        for text in HOSTILE:
            await searching(seat, text)
            assert_harmless(seat)
            await seat.press("escape")


async def test_the_form_for_a_play_and_the_page_and_the_form_of_a_template(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_library(seat)
        for at, text in enumerate(HOSTILE):
            seat.app.on_play_chosen(PlayChosen("no.play", a_play(text)))
            await seat.at("Form")
            assert_harmless(seat)
            await (await seat.press("escape")).at("LibraryScreen")
            template = hostile().catalogue.templates[at]
            seat.app.on_template_wanted(TemplateWanted(template, write=False))
            await seat.at("TemplatePage")
            assert_harmless(seat)
            await (await seat.press("t")).at("Form")
            assert_harmless(seat)
            await (await seat.press("escape")).at("TemplatePage")
            await (await seat.press("escape")).at("LibraryScreen")


async def test_no_text_became_a_link(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        screen = await shown(seat)
        for key in ("mistake:m1", "plays:s1", "survey:s1", "template:t1"):
            screen.point_at(key)
            await seat.pilot.pause()
            assert LITERAL[1] in page(seat)
            styles = [segment.style for _, strip in drawn_by(seat.app.screen) for segment in strip if segment.style]
            assert not [style for style in styles if "quit" in str(style.meta)]


async def test_own_files_with_markup_long_words_and_wide_letters_are_literal(with_team: Path) -> None:
    own = with_team / "surveys"
    (own / "templates").mkdir(parents=True, exist_ok=True)
    long, wide = "W" * 3000, "数据清洗" * 300
    (own / "templates" / "ours.md").write_text(
        f"# Ours [/nope]\n\nFor [@click=app.quit()]x[/] us.\n\n{long}\n\n| {wide} |\n", encoding="utf-8"
    )
    (own / "templates" / "steering.md").write_text("# T\n\nA\x1b[2J\n", encoding="utf-8")
    async with seated(app_on(with_team)) as seat:
        await in_library(seat, "template:ours")
        assert "For [@click=app.quit()]x[/] us." in page(seat)
        assert_harmless(seat)
        assert not [key for key in listed(seat) if "steering" in key]
        assert any("steering.md" in problem for problem in browse_of(with_team).catalogue.problems)
        await (await seat.press("enter")).at("TemplatePage")
        for size in SIZES:
            await seat.pilot.resize_terminal(*size)
            await seat.still()
            assert_harmless(seat)
        assert seat.one(Paper).max_scroll_x > 1000
        await seat.press("right", "right")
        assert_harmless(seat)
        await (await seat.press("escape")).at("LibraryScreen")


def browse_of(place: Path) -> Browsing:
    workspace = opened_at(place)
    return browse(workspace, workspace.store.teams()[0])


async def test_a_catalogue_without_anything_is_no_fault(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_library(seat)
        screen = seat.app.screen
        assert isinstance(screen, LibraryScreen)
        screen.take(replace(hostile(), catalogue=Catalogue((), ()), plays={}, sought=()))
        await seat.pilot.pause()
        await seat.press("enter", "t", "s", "space", "escape", "slash", "x", "enter", "escape")
        assert seat.screen == "LibraryScreen"
