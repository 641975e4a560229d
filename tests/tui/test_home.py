"""Home in each of its states, and which keys it offers there."""

from __future__ import annotations

from pathlib import Path

from tests.tui.seat import LARGE, seated
from tests.tui.states import NEXT_SPRINT, a_team, app_on, opened_at
from tuiretro.service import actions


async def test_without_a_round_home_asks_to_open_the_first_one(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await seat.see("NOW No round has been closed yet; open the first one. o open")
        assert "HOW IT GOES" in seat.text
        assert "o open" in seat.keys
        assert not {"a answer", "c close", "enter take on"} & set(seat.keys.split("  "))


async def test_an_open_round_asks_for_answers_and_cannot_be_opened_again(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await seat.see("Psychological safety is open: waiting for answers. a answer")
        assert "a answer  c close" in seat.keys
        assert "o open" not in seat.keys


async def test_from_k_answers_on_home_offers_to_close_and_tells_no_finer_number(enough: Path) -> None:
    async with seated(app_on(enough)) as seat:
        await seat.see("is open: 4 or more answered. a answer c close")


async def test_a_full_round_asks_for_closing_only(full: Path) -> None:
    async with seated(app_on(full)) as seat:
        await seat.see("is open: everybody has answered. c close")
        assert "a answer" not in seat.keys
        await seat.press("a")
        assert seat.screen == "HomeScreen"


async def test_with_results_home_says_when_the_next_round_can_open(released: Path) -> None:
    async with seated(app_on(released)) as seat:
        await seat.see("Sprint 1 has its results. The next round can open on 30 Nov.")
        assert "o open" not in seat.keys
        await seat.press("o")
        assert seat.screen == "HomeScreen"


async def test_a_survey_without_mistakes_says_nothing_good_about_them(released: Path) -> None:
    async with seated(app_on(released)) as seat:
        await seat.see("FOCUS No mistake has been rated yet; a sprint pulse asks about them.")
        assert "no mistake needs you" not in seat.words
        assert "ACTIONS None yet." in seat.words


async def test_keys_that_do_not_fit_beside_what_is_asked_stand_below_it(enough: Path) -> None:
    async with seated(app_on(enough)) as seat:
        await seat.see("4 or more answered. a answer c close")
        assert "          a answer   c close" in seat.text


async def test_in_the_next_sprint_home_asks_for_the_next_round(released: Path) -> None:
    async with seated(app_on(released, today=NEXT_SPRINT)) as seat:
        await seat.see("No round is open for sprint 2. o open")
        assert "Sprint 2" in seat.text.splitlines()[0]


async def test_a_round_of_an_earlier_sprint_says_so(asking: Path) -> None:
    async with seated(app_on(asking, today=NEXT_SPRINT)) as seat:
        await seat.see("Psychological safety for sprint 1 is open")


async def test_home_shows_the_focus_list_the_actions_and_the_themes(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await seat.see("FOCUS 3 of 20 mistakes level asked")
        assert "3 actions open" in seat.words
        assert "days late" in seat.words
        assert "THEMES" in seat.text
        assert "enter take on" in seat.keys


async def test_a_large_screen_gives_every_focus_entry_its_reason_and_play(history: Path) -> None:
    async with seated(app_on(history), LARGE) as seat:
        await seat.see("FOCUS")
        assert seat.text.count("▸") == 3


async def test_an_action_on_home_is_followed_up_with_enter(with_team: Path) -> None:
    workspace = opened_at(with_team)
    team = workspace.store.teams()[0]
    actions.add(workspace, team, "Write the data card")
    async with seated(app_on(with_team)) as seat:
        await (await seat.press("enter")).at("Choose")
        await seat.see("Write the data card")
        await (await seat.press("enter")).at("HomeScreen")
        await seat.see("ACTIONS None open.")
    assert [action.status for action in workspace.store.actions(team.id)] == ["done"]


async def test_more_actions_than_fit_are_counted(with_team: Path) -> None:
    workspace = opened_at(with_team)
    for number in range(4):
        actions.add(workspace, workspace.store.teams()[0], f"Action {number}")
    async with seated(app_on(with_team)) as seat:
        await seat.see("4 actions open, 2 more on 6")


async def test_a_team_named_on_the_command_line_is_shown_first(with_team: Path) -> None:
    a_team(opened_at(with_team, seed=3), "Zephyr")
    async with seated(app_on(with_team, team="zephyr")) as seat:
        await seat.see("tuiretro Zephyr")
