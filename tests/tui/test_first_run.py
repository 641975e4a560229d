"""The first run: welcome, the set-up form, the demo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.seat import Seat, seated
from tests.tui.states import app_on
from tuiretro.service.workspace import Workspace
from tuiretro.tui.desk import DEMO_NOTE

GOOD = {"name": "Atlas", "people": "7", "every": "2 weeks", "starts": "2026-11-16", "minimum": "5"}


async def to_the_form(seat: Seat) -> Seat:
    await seat.press("enter")
    return await seat.at("Form")


async def test_an_empty_workspace_says_welcome_and_offers_three_ways(place: Path) -> None:
    async with seated(app_on(place)) as seat:
        await seat.see("Welcome to tuiretro")
        for said in ("Set up your team", "Look at the demo first", "Leave", "two minutes."):
            assert said in seat.words
        assert not place.exists()


async def test_leaving_the_welcome_ends_the_app_and_writes_nothing(place: Path) -> None:
    async with seated(app_on(place)) as seat:
        await seat.press("down", "down", "enter")
        await seat.until(lambda: not seat.app.is_running)
    assert not place.exists()


async def test_escape_on_the_welcome_leaves_too(place: Path) -> None:
    async with seated(app_on(place)) as seat:
        await seat.press("escape")
        await seat.until(lambda: not seat.app.is_running)
    assert not place.exists()


async def test_good_values_set_a_team_up_and_home_says_what_comes_next(workspace: Workspace, place: Path) -> None:
    async with seated(app_on(place)) as seat:
        await (await to_the_form(seat)).fill(**GOOD)
        await (await seat.press("ctrl+s")).at("HomeScreen")
        await seat.see("No round has been closed yet; open the first one. o open")
        assert seat.text.startswith(" tuiretro  Atlas")
    (team,) = workspace.store.teams()
    assert (team.name, team.people, team.minimum, str(team.cadences[0].every)) == ("Atlas", 7, 5, "2 weeks")
    assert team.cadences[0].starts == date(2026, 11, 16)


async def test_enter_goes_from_line_to_line_and_saves_on_the_last(workspace: Workspace, place: Path) -> None:
    async with seated(app_on(place)) as seat:
        await (await to_the_form(seat)).fill(**GOOD)
        await (await seat.press(*["enter"] * 5)).at("HomeScreen")
    assert [team.name for team in workspace.store.teams()] == ["Atlas"]


WRONG = {
    "name": ("", "The team name is empty"),
    "name-long": ("x" * 61, "The team name is 61 characters long"),
    "name-steering": ("At\x1blas", "characters that cannot be shown"),
    "people": ("3", "A team of 3 cannot be protected"),
    "people-word": ("seven", "'seven' is not a whole number"),
    "people-none": ("", "The number of people is empty; type a whole number."),
    "people-many": ("61", "The number of people is 61; it can be 4 to 60"),
    "every": ("a while", "'a while'"),
    "starts": ("23/11/2026", "'23/11/2026'"),
    "starts-impossible": ("2026-13-01", "'2026-13-01'"),
    "minimum": ("3", "The minimum (k) is 3; it can be 4 to 10"),
    "minimum-above": ("8", "With 7 people and a minimum of 8 nothing could ever be shown"),
}


@pytest.mark.parametrize("case", WRONG)
async def test_a_wrong_value_is_said_in_the_form_and_keeps_what_was_typed(
    case: str, workspace: Workspace, place: Path
) -> None:
    key = case.partition("-")[0]
    value, sentence = WRONG[case]
    async with seated(app_on(place)) as seat:
        await (await to_the_form(seat)).fill(**{**GOOD, key: value})
        await seat.press("ctrl+s")
        await seat.see(sentence)
        assert seat.screen == "Form"
        assert {field: seat.one(Input, f"#{field}").value for field in GOOD} == {**GOOD, key: value}
        assert seat.app.focused is seat.one(Input, f"#{key}")
        assert seat.one(Input, f"#{key}").selected_text == value
        assert seat.keys
        assert "ctrl+s save" in seat.words
    assert workspace.store.teams() == ()
    assert not place.exists()


async def test_escape_in_the_form_goes_back_to_the_welcome(place: Path) -> None:
    async with seated(app_on(place)) as seat:
        await (await to_the_form(seat)).press("escape")
        await seat.see("Look at the demo first")
    assert not place.exists()


async def test_the_demo_is_shown_instead_and_leaving_it_comes_back_to_the_welcome(
    place: Path, finished_demo: Path
) -> None:
    async with seated(app_on(place, demo=finished_demo)) as seat:
        await (await seat.press("down", "enter")).at("HomeScreen")
        await seat.see("FOCUS 3 of 20 mistakes")
        assert "Atlas  demo, not kept" in seat.text
        await seat.press("ctrl+d")
        await seat.see("Welcome to tuiretro")
        assert "Atlas" not in seat.text
    assert not place.exists()


async def test_no_team_is_set_up_in_a_demo_that_the_app_was_started_on(history: Path) -> None:
    async with seated(app_on(history, note=DEMO_NOTE)) as seat:
        await (await seat.press("w")).at("Choose")
        await seat.see("This is a throw-away copy; start tuiretro without 'demo' for your own team.")
        assert "set up" not in seat.words
        await (await seat.press("escape")).at("HomeScreen")
        assert "leave demo" not in seat.keys
        await seat.press("ctrl+d")
        await seat.pilot.pause()
        assert "demo, not kept" in seat.text


async def test_from_a_demo_that_the_app_built_the_switcher_leads_to_ones_own_team(
    place: Path, finished_demo: Path
) -> None:
    async with seated(app_on(place, demo=finished_demo)) as seat:
        await (await seat.press("down", "enter")).at("HomeScreen")
        assert "ctrl+d leave demo" in seat.keys
        await (await seat.press("w")).at("Choose")
        await seat.see("+ leave the demo and set up your team")
        assert "set up another team" not in seat.words
        assert "without 'demo'" not in seat.words
        await (await seat.press("down", "enter")).see("Welcome to tuiretro")
        await (await to_the_form(seat)).fill(**GOOD)
        await (await seat.press("ctrl+s")).at("HomeScreen")
        await seat.see("open the first one")
        assert "demo" not in seat.text
    assert place.exists()


async def test_leaving_the_demo_is_offered_only_in_the_demo(with_team: Path, finished_demo: Path) -> None:
    async with seated(app_on(with_team, demo=finished_demo)) as seat:
        assert "leave demo" not in seat.keys
        await seat.press("ctrl+d")
        await seat.see("No round has been closed yet")
