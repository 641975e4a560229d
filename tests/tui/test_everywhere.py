"""What works on every main screen: switching, help, palette, themes, teams."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.seat import Seat, seated
from tests.tui.states import a_round, a_team, app_on, opened_at
from tuiretro.tui.screens.area import Area
from tuiretro.tui.themes import DARK, LIGHT

SCREENS = {"1": "HomeScreen", "3": "ResultsScreen", "6": "ActionsScreen", "7": "LibraryScreen"}


async def test_digits_switch_between_the_main_screens_in_any_order(released: Path) -> None:
    async with seated(app_on(released)) as seat:
        for key in "3671631731":
            await (await seat.press(key)).at(SCREENS[key])
            await seat.see("Atlas")


@pytest.mark.parametrize("key", SCREENS)
async def test_help_lists_every_command_that_is_possible_here(key: str, history: Path) -> None:
    async with seated(app_on(history), (80, 80)) as seat:
        await (await seat.press(key)).at(SCREENS[key])
        await seat.pilot.pause()
        screen = seat.app.screen
        assert isinstance(screen, Area)
        possible = screen.commands
        assert len(possible) >= 10
        await (await seat.press("question_mark")).at("Reader")
        for command in possible:
            await seat.see(f"{command.keycap} {command.help.split()[0]}")
        await (await seat.press("escape")).at(SCREENS[key])


async def test_help_explains_the_words_and_the_focus_list(with_team: Path) -> None:
    async with seated(app_on(with_team), (80, 60)) as seat:
        await (await seat.press("question_mark")).at("Reader")
        await seat.press("end")
        await seat.see("How the focus list is made")
        await seat.see("Your team's own view.")


async def test_the_palette_finds_a_command_by_its_title_and_runs_it(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await seat.press("ctrl+p")).at("CommandPalette")
        seat.one(Input).value = "Open a round"
        await seat.see("Start asking a survey for this sprint. Key: o")
        await (await seat.press("enter")).at("Choose")
        await seat.see("Open a round")


async def test_the_palette_offers_only_what_is_possible(with_team: Path) -> None:
    async with seated(app_on(with_team), (80, 60)) as seat:
        await (await seat.press("ctrl+p")).at("CommandPalette")
        await seat.see("Library")
        assert "Close the round" not in seat.text
        assert "Leave the demo" not in seat.text
        assert "Screenshot" not in seat.text


@pytest.mark.parametrize("key", ["o", "question_mark", "w"])
async def test_the_palette_is_off_behind_a_dialog(key: str, with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await seat.press(key)
        await seat.until(lambda: seat.screen != "HomeScreen")
        before = seat.screen
        await seat.press("ctrl+p")
        assert seat.screen == before


async def test_light_and_dark_are_one_key_apart_and_say_the_same(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        before = await seat.still()
        assert seat.app.theme == DARK.name
        await seat.press("ctrl+t")
        assert await seat.still() == before
        assert seat.app.theme == LIGHT.name
        await seat.press("ctrl+t")
        await seat.until(lambda: seat.app.theme == DARK.name)


async def test_quitting_ends_the_app(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await seat.press("q")
        await seat.until(lambda: not seat.app.is_running)


async def switcher(seat: Seat) -> Seat:
    await (await seat.press("w")).at("Choose")
    return await seat.see("Which team?")


async def test_the_switcher_shows_another_team_on_every_screen(with_team: Path) -> None:
    workspace = opened_at(with_team, seed=3)
    a_round(workspace, a_team(workspace, "Zephyr", people=9))
    async with seated(app_on(with_team)) as seat:
        await seat.see("tuiretro Atlas")
        await switcher(seat)
        await (await seat.press("down")).see("9 people, sprints of 2 weeks, k is 4")
        await (await seat.press("enter")).at("HomeScreen")
        await seat.see("tuiretro Zephyr")
        await seat.see("Psychological safety is open")
        await (await seat.press("6")).see("Actions Zephyr")


@pytest.mark.parametrize("key", SCREENS)
async def test_switching_to_a_team_with_another_history_works_on_every_screen(key: str, history: Path) -> None:
    a_team(opened_at(history, seed=3), "Zephyr")
    async with seated(app_on(history)) as seat:
        await (await seat.press(key)).at(SCREENS[key])
        await seat.pilot.pause()
        await switcher(seat)
        await (await seat.press("down", "enter")).at(SCREENS[key])
        await seat.until(lambda: "Zephyr  " in seat.text.splitlines()[0])
        await switcher(seat)
        await (await seat.press("enter")).at(SCREENS[key])
        await seat.until(lambda: "Atlas  " in seat.text.splitlines()[0])


async def test_a_new_team_is_set_up_from_the_switcher_and_shown(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await switcher(seat)
        await (await seat.press("down", "enter")).at("Form")
        await seat.fill(name="Zephyr", people="6")
        await (await seat.press("ctrl+s")).at("HomeScreen")
        await seat.see("tuiretro Zephyr")
    assert [team.name for team in opened_at(with_team).store.teams()] == ["Atlas", "Zephyr"]


async def test_a_taken_name_is_refused_in_the_form(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await switcher(seat)
        await (await seat.press("down", "enter")).at("Form")
        await seat.fill(name="ATLAS", people="6")
        await (await seat.press("ctrl+s")).see("There is a team 'ATLAS' already")
    assert len(opened_at(with_team).store.teams()) == 1


async def test_escape_in_the_switcher_changes_nothing(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await switcher(seat)
        await (await seat.press("escape")).at("HomeScreen")
        await seat.see("tuiretro Atlas")


@pytest.mark.parametrize("size", [(40, 12), (30, 8), (80, 10)])
@pytest.mark.parametrize("area", ["1", "3", "6", "7"])
async def test_page_keys_are_safe_where_a_list_has_no_row_left(area: str, size: tuple[int, int], history: Path) -> None:
    async with seated(app_on(history), size) as seat:
        await seat.press(area)
        for _ in range(2):
            await seat.press("pagedown", "pageup")
        assert seat.app.is_running
        assert seat.app.fault == ""


async def test_the_palette_stays_shut_where_it_has_no_row(history: Path) -> None:
    async with seated(app_on(history), (40, 5)) as seat:
        await seat.press("ctrl+p")
        assert seat.screen == "HomeScreen"
