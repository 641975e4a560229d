"""The language of the statements: chosen with one key, and readable on a small terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.tui.seat import SMALL, Seat, seated
from tests.tui.states import a_team, app_on, opened_at
from tuiretro.model.team import Team
from tuiretro.service import rounds, teams
from tuiretro.service.workspace import Workspace
from tuiretro.tui.widgets.rows import RowList

NOT_REVIEWED = "not yet reviewed by native speakers"
NOTICE = {"es": "Esta traducción aún no", "de": "Diese Übersetzung ist noch nicht"}


def the_team(place: Path) -> Team:
    return opened_at(place).store.teams()[0]


async def asked(seat: Seat) -> Seat:
    await (await seat.press("ctrl+l")).at("Choose")
    return await seat.see("Language of the statements")


async def test_the_choice_says_when_it_counts_and_what_nobody_has_reviewed(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await asked(seat)
        await seat.see("It counts from the next round on. Another wording starts a new line in every chart")
        assert seat.one(RowList).chosen == "en"
        await seat.see("English chosen now")
        await seat.see(f"Español Spanish {NOT_REVIEWED}")
        await seat.see(f"Deutsch German {NOT_REVIEWED}")
        assert seat.words.count(NOT_REVIEWED) == 2


async def test_what_is_chosen_counts_from_the_next_round_on(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await asked(seat)
        while seat.one(RowList).chosen != "es":
            await seat.press("down")
        await (await seat.press("enter")).at("HomeScreen")
        await seat.told("Asked in Spanish from the next round on.")
        await (await seat.press("o")).at("Choose")
        await seat.see("Seguridad psicológica")
        await (await seat.press("escape")).at("HomeScreen")
    assert the_team(with_team).language == "es"


async def test_a_round_that_is_open_keeps_its_language(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await asked(seat)).press("up")
        await seat.see("The round that is open keeps its language.")
        await (await seat.press("enter")).told("Asked in German from the next round on.")
        await (await seat.press("a")).at("AnswerScreen")
        await seat.see("These statements are about how your team dealt with problems")
        await (await seat.press("escape")).at("HomeScreen")


@pytest.mark.parametrize("key", ["escape", "enter"])
async def test_leaving_it_as_it_is_changes_and_says_nothing(key: str, with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await asked(seat)).press(key)).at("HomeScreen")
        await seat.pilot.pause()
        assert seat.notified == ""
    assert the_team(with_team).language == "en"


async def test_a_team_that_is_gone_is_said(with_team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await asked(seat)).press("up")
        opened_at(with_team, seed=3).store.change_teams(lambda _: ())
        await (await seat.press("enter")).told("The team 'Atlas' is there no more.")


@pytest.mark.parametrize("key", ["3", "6", "7"])
async def test_the_language_is_at_hand_on_every_screen(key: str, with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await seat.press(key)
        await seat.pilot.pause()
        await asked(seat)


async def test_a_language_of_the_teams_own_files_can_be_chosen(workspace: Workspace, place: Path) -> None:
    a_team(workspace)
    own = place / "surveys"
    own.mkdir(exist_ok=True)
    own.joinpath("own.toml").write_text(
        'id = "own"\ntitle = "T [/nope]"\nintro = "I"\ntranslations.fr = { title = "Le nôtre [/" }\n'
        '[[items]]\nid = "one"\nshort = "S"\ntext = "We did it."\n',
        encoding="utf-8",
    )
    async with seated(app_on(place)) as seat:
        await asked(seat)
        while seat.one(RowList).chosen != "fr":
            await seat.press("down")
        await (await seat.press("enter")).at("HomeScreen")
        await (await seat.press("7")).at("LibraryScreen")
        await seat.see("Le nôtre [/")


@pytest.mark.parametrize("language", ["es", "de"])
async def test_answering_in_another_language_fits_a_small_terminal(
    language: str, workspace: Workspace, place: Path
) -> None:
    team = teams.speak(workspace, a_team(workspace), language)
    opened = rounds.open_round(workspace, team, "safety")
    async with seated(app_on(place), SMALL) as seat:
        await (await seat.press("a")).at("AnswerScreen")
        await seat.see(NOTICE[language])
        await (await seat.press("enter")).see("1 of 8")
        for label in opened.labels:
            await seat.see(label)
        await seat.press(*"01234512")
        await seat.see("check and submit")
        rows = seat.text.splitlines()
        for value in range(6):
            shown = [row for row in rows if row.endswith(f" {value or '-'}  {opened.labels[value]}")]
            assert shown, opened.labels[value]
            assert all(cell_len(row) <= SMALL[0] for row in shown)
        assert seat.one(RowList).virtual_size.height == len(opened.questions), "no answer takes two rows"


async def test_opening_says_that_no_file_speaks_the_language_any_more(workspace: Workspace, place: Path) -> None:
    team = a_team(workspace)
    languages = place / "surveys" / "languages"
    languages.mkdir(parents=True)
    file = languages / "fr.toml"
    file.write_text('id = "fr"\ntitle = "Français"\nname = "French"\nreviewed = true\n', encoding="utf-8")
    teams.speak(opened_at(place), team, "fr")
    file.unlink()
    async with seated(app_on(place)) as seat:
        await (await seat.press("o")).at("Choose")
        await (await seat.press("enter")).told("It is asked in English: no sound file speaks the team's language 'fr'")
