"""Templates: read on the whole width, and written to a file that is never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from tests.tui.seat import LARGE, SMALL, Seat, seated
from tests.tui.states import a_team, app_on, opened_at
from tests.tui.test_library import TINY, chosen, in_library, in_plays, page
from tuiretro.service.workspace import Workspace
from tuiretro.tui.screens.messages import PlaysWanted
from tuiretro.tui.screens.template_page import Paper
from tuiretro.tui.widgets.rows import RowList

WITH_TEMPLATE = "play:data-versioning.first-data-card"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the app was started in."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def text_of(place: Path, template: str) -> str:
    return opened_at(place).library.template(template).text


async def asked(seat: Seat, row: str = "template:data-card") -> Seat:
    """The form that asks for the file."""
    await (await (await in_library(seat, row)).press("t")).at("Form")
    return await seat.until(lambda: seat.one(Input, "#file").has_focus)


def refusal(seat: Seat) -> str:
    """Why the form is shown again."""
    return str(seat.one(Static, "#refused").content)


async def test_a_template_is_written_to_the_file_that_was_proposed(with_team: Path, folder: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await asked(seat)
        assert seat.one(Input, "#file").value == "data-card.md"
        await seat.see("A file that is there is never overwritten.")
        await (await seat.press("enter")).at("LibraryScreen")
        await seat.told("Written:")
        assert str(folder / "data-card.md") in seat.notified.replace(" ", "")
    assert (folder / "data-card.md").read_text("utf-8") == text_of(with_team, "data-card")


async def test_the_template_of_a_play_is_written_from_the_plays_row(with_team: Path, folder: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_plays(seat, "mistake:data-versioning")
        assert seat.one(RowList).point_at(WITH_TEMPLATE)
        await (await seat.press("t")).at("Form")
        await (await seat.press("ctrl+s")).at("LibraryScreen")
        assert chosen(seat) == WITH_TEMPLATE
    assert (folder / "data-card.md").exists()


async def test_a_folder_gets_a_file_named_after_the_template(with_team: Path, folder: Path) -> None:
    (folder / "pages").mkdir()
    async with seated(app_on(with_team)) as seat:
        await (await asked(seat)).fill(file="pages")
        await (await seat.press("enter")).at("LibraryScreen")
    assert (folder / "pages" / "data-card.md").exists()


async def test_a_file_that_is_there_is_left_as_it_is_and_the_form_stays(with_team: Path, folder: Path) -> None:
    (folder / "data-card.md").write_text("mine", encoding="utf-8")
    async with seated(app_on(with_team)) as seat:
        await (await asked(seat)).press("enter")
        await seat.see("'data-card.md' is there already, and was left as it is")
        assert seat.screen == "Form"
        assert (folder / "data-card.md").read_text("utf-8") == "mine"
        await seat.fill(file="other.md")
        await (await seat.press("enter")).at("LibraryScreen")
    assert sorted(path.name for path in folder.iterdir()) == ["data-card.md", "other.md"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "The file is empty"),
        ("  ", "The file is empty"),
        ("no/such/folder/x.md", "could not be written"),
        ("x" * 300, "could not be written"),
        ("x" * 1001, "1000 are the most that fit"),
        ("a\x00b", "characters that cannot be shown"),
        ("[/nope]/[/.md", "'[/nope]/[/.md' could not be written"),
        ("~nobody-of-that-name/x", "there is no home folder"),
    ],
)
async def test_a_path_that_cannot_be_is_refused_in_the_form(
    typed: str, said: str, with_team: Path, folder: Path
) -> None:
    async with seated(app_on(with_team), LARGE) as seat:
        await (await asked(seat)).fill(file=typed)
        await seat.press("enter")
        await seat.until(lambda: seat.screen == "Form" and said in refusal(seat))
    assert list(folder.iterdir()) == []


async def test_leaving_the_form_writes_nothing(with_team: Path, folder: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await asked(seat)).press("escape")).at("LibraryScreen")
    assert list(folder.iterdir()) == []


async def test_a_template_is_read_on_the_whole_width_and_written_from_there(with_team: Path, folder: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await in_library(seat, "template:data-card")).press("enter")).at("TemplatePage")
        await seat.see("Data card: what this dataset is good for, and what not")
        await seat.see("## At a glance")
        paper = seat.one(Paper)
        await seat.press("pagedown")
        await seat.until(lambda: paper.scroll_offset.y > 0)
        at = paper.scroll_offset.y
        await (await seat.press("t")).at("Form")
        await (await seat.press("enter")).at("TemplatePage")
        await seat.until(lambda: seat.one(Paper).scroll_offset.y == at)
        await (await seat.press("escape")).at("LibraryScreen")
        assert chosen(seat) == "template:data-card"
    assert (folder / "data-card.md").exists()


async def test_a_table_that_is_too_wide_is_read_sideways_and_prose_is_folded(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await in_library(seat, "template:test-charter")).press("enter")).at("TemplatePage")
        await seat.see("left/right sideways")
        paper = seat.one(Paper)
        assert paper.max_scroll_x > 0
        await seat.press("right")
        await seat.until(lambda: paper.scroll_offset.x > 0)
        await seat.press("left")
        await seat.until(lambda: paper.scroll_offset.x == 0)
        await seat.see("who did not build it. Half a day, then an hour per release.")


async def test_where_all_lines_fit_the_page_is_as_it_is_written(with_team: Path) -> None:
    async with seated(app_on(with_team), LARGE) as seat:
        await (await (await in_library(seat, "template:test-charter")).press("enter")).at("TemplatePage")
        await seat.see("## 1. Who decides")
        assert "sideways" not in seat.text
        _, _, below = text_of(with_team, "test-charter").partition("\n")
        assert str(seat.one(Static, "#paper").content) == below.strip("\n")


async def test_a_resize_lays_the_page_out_anew(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await in_library(seat, "template:test-charter")).press("enter")).at("TemplatePage")
        for size, is_wide in ((LARGE, False), (TINY, True), (SMALL, True)):
            await seat.pilot.resize_terminal(*size)
            await seat.still()
            assert ("left/right" in seat.text) is is_wide
            assert (seat.one(Paper).max_scroll_x > 0) is is_wide
            assert "escape back" in seat.text


async def test_beside_the_list_a_table_is_cut_and_prose_is_folded(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_library(seat, "template:data-card")
        await seat.see("enter reads it on the whole width")
        assert "enter read" in seat.keys
        assert "t template" in seat.keys
        assert "| Name and version" in page(seat)
        assert "help desk. ## At a glance" in page(seat)


async def test_a_template_that_vanished_meanwhile_is_said_in_the_form(
    workspace: Workspace, place: Path, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    a_team(workspace)
    own = place / "surveys" / "templates"
    own.mkdir(parents=True)
    (own / "ours.md").write_text("# Ours\n\nFor us.\n", encoding="utf-8")
    async with seated(app_on(place)) as seat:
        await asked(seat, "template:ours")
        (own / "ours.md").unlink()
        monkeypatch.setattr(seat.app, "workspace", opened_at(place, seed=5))
        await (await seat.press("enter")).see("There is no template 'ours'")
        assert seat.screen == "Form"
    assert list(folder.iterdir()) == []


async def test_a_template_that_is_broken_by_now_is_said_among_the_plays(with_team: Path) -> None:
    own = with_team / "surveys"
    (own / "templates").mkdir(parents=True, exist_ok=True)
    (own / "plays").mkdir(exist_ok=True)
    (own / "templates" / "ours.md").write_text("no title", encoding="utf-8")
    (own / "plays" / "data-cleaning.toml").write_text(
        'for = "data-cleaning"\n[[plays]]\nid = "ours"\nfacet = "dark-data"\ntitle = "Ours"\nwhy = "w"\n'
        'first_step = "f"\ndone_when = "d"\nwatch = "x"\neffort = "S"\ntemplate = "ours"\n',
        encoding="utf-8",
    )
    async with seated(app_on(with_team), (80, 60)) as seat:
        await in_plays(seat, "mistake:data-cleaning")
        assert seat.one(RowList).point_at("play:data-cleaning.ours")
        await seat.pilot.pause()
        assert "Its template 'ours' is there no more." in page(seat)
        assert "t template" not in seat.keys
        seat.app.on_plays_wanted(PlaysWanted("data-cleaning"))
        await seat.at("ChoosePlay")
        assert seat.one(RowList).point_at("data-cleaning.ours")
        # A long path is broken anywhere.
        await (await seat.press("t")).until(lambda: "ours.md" in seat.notified.replace(" ", ""))
        await seat.at("ChoosePlay")
        assert seat.one(RowList).chosen == "data-cleaning.ours"


async def test_on_home_a_play_hands_its_template_out_and_stays_chosen(history: Path, folder: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("enter")).at("ChoosePlay")
        rows = seat.one(RowList)
        assert "t template" not in seat.text
        await seat.press("t")
        assert seat.screen == "ChoosePlay"
        while "t template" not in seat.text:
            await seat.press("down")
            await seat.pilot.pause()
        key = rows.chosen
        await (await seat.press("t")).at("Form")
        await (await seat.press("enter")).at("ChoosePlay")
        assert seat.one(RowList).chosen == key
        await (await seat.press("escape")).at("HomeScreen")
    assert len(list(folder.iterdir())) == 1


async def test_from_home_the_library_opens_at_the_play(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("enter")).at("ChoosePlay")
        await (await seat.press("l")).at("LibraryScreen")
        await seat.until(lambda: (chosen(seat) or "").startswith("play:model-drift."))
        await seat.see("plays, best first")
        await (await seat.press("1")).at("HomeScreen")


async def test_from_home_the_library_opens_at_the_play_also_in_the_middle_of_something_else(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await (await in_plays(seat, "mistake:no-pilot")).press("slash", "x", "tab", "1")).at("HomeScreen")
        await (await seat.press("enter")).at("ChoosePlay")
        await (await seat.press("l")).at("LibraryScreen")
        await seat.until(lambda: (chosen(seat) or "").startswith("play:model-drift."))
        await seat.see("plays, best first")
