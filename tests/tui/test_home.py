"""Home in each of its states, and which keys it offers there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.tui.seat import LARGE, seated
from tests.tui.states import ENOUGH, NEXT_SPRINT, a_pulse, a_round, a_team, app_on, opened_at
from tuiretro.core.figures import SPLIT_ADVICE
from tuiretro.service import actions, retros, teams
from tuiretro.service.workspace import Workspace
from tuiretro.tui.screens.messages import PlaysWanted
from tuiretro.tui.widgets.rows import RowList


async def test_without_a_round_home_asks_to_open_the_first_one(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await seat.see("NOW No round has been closed yet; open the first one. o open")
        assert "HOW IT GOES" in seat.text
        assert "o open" in seat.keys
        assert not {"a answer", "c close", "enter open"} & set(seat.keys.split("  "))


async def test_an_open_round_asks_for_answers_and_cannot_be_opened_again(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await seat.see("Psychological safety is open: waiting for 4 or more answers. a answer")
        assert "a answer  c close" in seat.keys
        assert "o open" not in seat.keys


async def test_from_k_answers_on_home_offers_to_close_and_tells_no_finer_number(enough: Path) -> None:
    async with seated(app_on(enough)) as seat:
        await seat.see("is open: 4 or more answered. a answer c close")


async def test_a_full_round_looks_like_any_round_with_enough_answers(full: Path, tmp_path: Path) -> None:
    less = opened_at(tmp_path / "less")
    a_round(less, a_team(less), ENOUGH)
    async with seated(app_on(full)) as seat:
        everybody = await seat.still()
    async with seated(app_on(tmp_path / "less")) as seat:
        assert await seat.still() == everybody


async def test_before_the_first_sprint_no_round_can_be_opened(workspace: Workspace, place: Path) -> None:
    teams.add(workspace, "Atlas", people=5, starts=NEXT_SPRINT, every="2 weeks")
    async with seated(app_on(place)) as seat:
        await seat.see("The first round can open on 1 Dec, when sprint 1 starts.")
        assert "starts in 8 days" in seat.text.splitlines()[0]
        assert "o open" not in seat.keys
        await seat.press("o")
        assert seat.screen == "HomeScreen"


@pytest.mark.parametrize(
    ("values", "said"), [((5, 4, 4, 4), "Nothing is under 4.0: no mistake needs you now."), ((3, 4, 4, 4), "3 of 20")]
)
async def test_only_what_is_under_the_ceiling_needs_a_team(
    values: tuple[int, ...], said: str, workspace: Workspace, place: Path
) -> None:
    a_pulse(workspace, a_team(workspace), values)
    async with seated(app_on(place)) as seat:
        await seat.see(f"FOCUS {said}")


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


async def test_results_of_long_ago_have_their_date(workspace: Workspace, place: Path) -> None:
    a_pulse(workspace, a_team(workspace, people=8), [1, 2, 2, 3])
    for day, is_said in ((NEXT_SPRINT, False), (NEXT_SPRINT + timedelta(days=14), True)):
        async with seated(app_on(place, today=day)) as seat:
            await seat.see("FOCUS")
            assert ("sprint 1, 16-29 Nov 2026; 5 is best" in seat.text) == is_said


async def test_a_round_of_an_earlier_sprint_says_so(asking: Path) -> None:
    async with seated(app_on(asking, today=NEXT_SPRINT)) as seat:
        await seat.see("Psychological safety for sprint 1 is open")


async def test_home_shows_the_focus_list_the_actions_and_the_themes(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await seat.see("FOCUS 3 of 20 mistakes, lowest first; 5 is best level answered")
        assert "3 actions open" in seat.words
        assert "days late" in seat.words
        assert "THEMES" in seat.text
        assert "enter open" in seat.keys
        assert "enter plays" in seat.words


async def test_on_a_small_screen_the_entry_under_the_cursor_unfolds(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await seat.see("3-sprint average 2.1, lowest of 20")
        assert seat.text.count("▸") == 1
        await (await seat.press("down")).see("3-sprint average 2.5, 2nd lowest of 20")
        assert "lowest of 20; on your list for 8" not in seat.text
        assert seat.text.count("▸") == 1
        await (await seat.press("down")).see("Entered for Misunderstanding the role")
        before = await seat.still()
        await seat.press("down")
        assert await seat.still() == before, "an action unfolds nothing and folds nothing"
        await (await seat.press("up", "up", "up")).see("3-sprint average 2.1, lowest of 20")


async def test_the_entry_that_was_unfolded_is_the_one_that_enter_opens(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("down")).see("2nd lowest of 20")
        await (await seat.press("enter")).at("ChoosePlay")
        await seat.see("Plays for: Communication gaps with stakeholders")


async def test_split_answers_say_to_talk_first_instead_of_naming_a_play(workspace: Workspace, place: Path) -> None:
    a_pulse(workspace, a_team(workspace, people=8), [1, 1, 1, 5, 5, 5])
    async with seated(app_on(place)) as seat:
        await seat.see(f"▸ talk first {SPLIT_ADVICE}")
        assert "enter plays" not in seat.words


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


async def test_the_theme_of_safety_opens_the_plays_of_the_safety_survey(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        rows = seat.app.screen.query_one(RowList)
        while rows.chosen != "theme:safety":
            await seat.press("down")
        assert "enter open" in seat.keys
        await (await seat.press("enter")).at("ChoosePlay")
        await seat.see("Plays for: Psychological safety")
        await seat.see("Nobody is asked to explain a score or to say who they are.")
        key = seat.one(RowList).chosen
        await (await seat.press("enter")).at("Form")
        await (await seat.press("ctrl+s")).at("HomeScreen")
        await seat.see("4 actions open")
        assert rows.chosen == "theme:safety"
    store = opened_at(history).store
    newest = store.actions(store.teams()[0].id)[-1]
    assert (newest.play, newest.mistake) == (key, None)


async def test_no_other_theme_stops_the_cursor(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        keys = [option.id for option in seat.app.screen.query_one(RowList).options if option.id is not None]
        assert [key for key in keys if key.startswith("theme:")] == ["theme:safety"]


async def test_from_the_plays_for_safety_the_library_opens_at_them(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        assert seat.app.screen.query_one(RowList).point_at("theme:safety")
        await (await seat.press("enter")).at("ChoosePlay")
        await (await seat.press("l")).at("LibraryScreen")
        await seat.until(lambda: seat.one(RowList).chosen == "play:safety.hardest-topics-by-note")


async def test_a_book_without_plays_says_so_instead_of_an_empty_choice(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        seat.app.on_plays_wanted(PlaysWanted("pulse"))
        await seat.told("Sprint pulse has no plays.")
        assert seat.screen == "HomeScreen"


async def test_a_retro_under_way_is_said_with_its_key(workspace: Workspace, place: Path) -> None:
    team = a_team(workspace)
    retros.begin(workspace, team, "mad-sad-glad")
    async with seated(app_on(place)) as seat:
        await seat.see("The retro of sprint 1 is under way. 5 retro")
