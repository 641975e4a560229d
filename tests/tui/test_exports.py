"""Exports in the app: a look first, then a file that is replaced only by who was asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input, Static

from tests.tui.seat import LARGE, SMALL, Seat, seated
from tests.tui.states import app_on, opened_at
from tuiretro.export import BRIEFS, EXPORTERS
from tuiretro.service import exporting, reports
from tuiretro.tui.flows.exports import FORMATS
from tuiretro.tui.widgets.rows import RowList

TEXTS = {"md": "# Atlas: sprint 26", "html": "# Atlas: sprint 26", "csv": "team,sprint", "json": '"schema"'}
"""What each preview shows of its text."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the app was started in."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


async def looking(seat: Seat, scope: str = "sprint", area: str = "3", name: str = "ResultsScreen") -> Seat:
    """The look at every format."""
    await (await seat.press(area)).at(name)
    await (await seat.press("p")).see("which sprints?")
    assert seat.one(RowList).point_at(scope)
    await seat.press("enter")
    return await seat.see("Nothing is written yet.")


async def naming(seat: Seat, form: str) -> Seat:
    """The form that asks for the file."""
    assert seat.one(RowList).point_at(form)
    await (await seat.press("enter")).at("Form")
    return await seat.until(lambda: seat.one(Input, "#file").has_focus)


def written(place: Path, form: str, *, owners: bool = False) -> str:
    workspace = opened_at(place)
    (team,) = workspace.store.teams()
    return EXPORTERS[form](reports.of_sprint(workspace, team), owners=owners)


async def test_every_format_is_looked_at_before_one_is_written(history: Path, folder: Path) -> None:
    async with seated(app_on(history), LARGE) as seat:
        await looking(seat)
        for form in exporting.ENDINGS:
            assert seat.one(RowList).point_at(form)
            await seat.see(TEXTS.get(form, FORMATS[form][1]))
        assert list(folder.iterdir()) == []
        await naming(seat, "html")
        assert seat.one(Input, "#file").value == "tuiretro-sprint-26.html"
        await (await seat.press("ctrl+s")).at("ResultsScreen")
        await seat.told("Written:")
    assert [path.name for path in folder.iterdir()] == ["tuiretro-sprint-26.html"]
    assert (folder / "tuiretro-sprint-26.html").read_text("utf-8") == written(history, "html")
    assert (folder / "tuiretro-sprint-26.html").stat().st_mode & 0o777 == 0o600


async def test_owners_are_named_only_by_who_says_so(history: Path, folder: Path) -> None:
    async with seated(app_on(history), LARGE) as seat:
        await looking(seat, area="6", name="ActionsScreen")
        assert [option.id for option in seat.one(RowList).options][:3] == ["checklist", "ical", "md"]
        assert seat.one(RowList).chosen == "checklist"
        await naming(seat, "checklist")
        await seat.fill(owners="perhaps")
        await (await seat.press("ctrl+s")).see("Type yes to name the owners")
        assert seat.app.focused is seat.one(Input, "#owners")
        await seat.fill(owners="yes")
        await (await seat.press("ctrl+s")).at("ActionsScreen")
    text = (folder / "tuiretro-actions-sprint-26.md").read_text("utf-8")
    assert text == written(history, "checklist", owners=True) != written(history, "checklist")


async def test_a_file_that_is_there_is_replaced_only_after_a_yes(history: Path, folder: Path) -> None:
    path = folder / "tuiretro-sprint-26.csv"
    path.write_text("mine", encoding="utf-8")
    async with seated(app_on(history), LARGE) as seat:
        await naming(await looking(seat), "csv")
        await (await seat.press("ctrl+s")).at("Confirm")
        await seat.see("is there already. What it holds now is lost.")
        await (await seat.press("n")).at("Form")
        assert "The file was left as it is" in str(seat.one(Static, "#refused").content)
        assert path.read_text("utf-8") == "mine"
        await (await seat.press("ctrl+s")).at("Confirm")
        await (await seat.press("y")).at("ResultsScreen")
    assert path.read_bytes() == written(history, "csv").encode()


async def test_a_folder_that_became_a_link_while_a_question_was_open_gets_nothing(history: Path, folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "workspace.lock").write_text("mine", encoding="utf-8")
    async with seated(app_on(history), LARGE) as seat:
        await naming(await looking(seat), "csv")
        await seat.fill(file="out/workspace.lock")
        await (await seat.press("ctrl+s")).at("Confirm")
        (folder / "out").rename(folder / "gone")
        (folder / "out").symlink_to(history)
        await (await seat.press("y")).at("Form")
        assert "lies in the workspace" in str(seat.one(Static, "#refused").content)
    assert (history / "workspace.lock").read_bytes() == b""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "The name of the file is empty"),
        ("no/such/folder/x.md", "the folder 'no/such/folder' is not there"),
        ("a\x00b", "characters that cannot be shown"),
        ("link.md", "is no regular file"),
    ],
)
async def test_a_path_that_cannot_be_is_refused_in_the_form(
    typed: str, said: str, released: Path, folder: Path
) -> None:
    (folder / "link.md").symlink_to(folder / "elsewhere")
    async with seated(app_on(released), LARGE) as seat:
        await (await seat.press("3")).at("ResultsScreen")
        await (await seat.press("p")).see("Nothing is written yet.")
        await naming(seat, "md")
        await seat.fill(file=typed)
        await seat.press("ctrl+s")
        await seat.until(lambda: seat.screen == "Form" and said in str(seat.one(Static, "#refused").content))
    assert [path.name for path in folder.iterdir()] == ["link.md"]


async def test_the_sprint_that_is_looked_at_is_exported(history: Path, folder: Path) -> None:
    async with seated(app_on(history), LARGE) as seat:
        await (await seat.press("3")).at("ResultsScreen")
        await (await seat.press("left")).see("Sprint 25")
        await (await seat.press("p")).see("What changed from sprint 24 to sprint 25")
        assert "The last 12 sprints up to sprint 25" in seat.text
        await seat.press("down", "enter")
        await seat.see("Nothing is written yet.")
        await naming(seat, "md")
        await (await seat.press("ctrl+s")).at("ResultsScreen")
    workspace = opened_at(history)
    (team,) = workspace.store.teams()
    found = BRIEFS["md"](reports.between(workspace, team, 24, 25))
    assert (folder / "tuiretro-brief-sprint-25.md").read_text("utf-8") == found


async def test_escape_leads_back_and_nothing_is_written(history: Path, folder: Path) -> None:
    async with seated(app_on(history)) as seat:
        await looking(seat)
        await (await seat.press("escape")).at("ResultsScreen")
        await (await seat.press("p")).see("which sprints?")
        await (await seat.press("escape")).at("ResultsScreen")
        await naming(await looking(seat), "json")
        await (await seat.press("escape")).at("ResultsScreen")
    assert list(folder.iterdir()) == []


async def test_without_results_nothing_can_be_exported(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        assert "export" not in {command.id for command in seat.app.screen.commands}  # type: ignore[attr-defined] # Keyed


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_look_at_a_format(size: tuple[int, int], history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history), size) as seat:
        await looking(seat, "all")
        assert await seat.still() == picture
