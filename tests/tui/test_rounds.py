"""Opening, closing and abandoning a round."""

from __future__ import annotations

from pathlib import Path

from tests.tui.seat import Seat, seated
from tests.tui.states import ENOUGH, a_sheet, app_on, opened_at
from tuiretro.model.round import Round
from tuiretro.model.team import Team
from tuiretro.service import rounds


def the_team(place: Path) -> Team:
    return opened_at(place).store.teams()[0]


def the_round(place: Path) -> Round | None:
    return opened_at(place).store.round(the_team(place).id)


async def asked_to_close(seat: Seat) -> Seat:
    await seat.press("c")
    await seat.at("Confirm")
    return await seat.see("Atlas: close the round and show the results?")


async def test_opening_says_what_will_be_fixed_and_opens_what_was_chosen(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await seat.press("o")).at("Choose")
        await seat.see("Fixed once it is open: the questions, 5 people, and k = 4.")
        await (await seat.press("enter")).at("HomeScreen")
        await seat.see("Sprint pulse is open: waiting for 4 or more answers.")
    opened = the_round(with_team)
    assert opened is not None
    assert (opened.survey, opened.sprint, opened.people, opened.minimum) == ("pulse", 1, 5, 4)


async def test_another_survey_can_be_chosen(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await seat.press("o")).at("Choose")
        while "how your team dealt with problems" not in seat.words:
            await seat.press("down")
        await (await seat.press("enter")).at("HomeScreen")
        await seat.see("Psychological safety is open")
    opened = the_round(with_team)
    assert opened is not None
    assert opened.survey == "safety"


async def test_escape_opens_nothing(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await seat.press("o")).at("Choose")
        await (await seat.press("escape")).at("HomeScreen")
    assert the_round(with_team) is None


async def test_an_impatient_second_key_opens_no_second_dialog(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await seat.press("o", "o", "w")).at("Choose")
        await (await seat.press("escape")).at("HomeScreen")
        await seat.pilot.pause()
        assert seat.screen == "HomeScreen"


async def test_a_round_opened_by_another_program_meanwhile_is_said_and_kept(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await seat.press("o")).at("Choose")
        rounds.open_round(opened_at(with_team), the_team(with_team), "safety")
        await seat.press("enter")
        await seat.told("A round is open for Atlas already.")
        await seat.see("Psychological safety is open")


async def test_closing_below_k_is_refused_without_a_question_and_the_round_stays_open(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await seat.press("c")
        await seat.told("Not done")
        assert seat.screen == "HomeScreen"
        assert "Fewer than 4 have answered" in seat.notified
        assert "The round stays open" in seat.notified
    assert the_round(asking) is not None
    assert opened_at(asking).store.history(the_team(asking).id).releases == ()


async def test_sheets_that_came_in_since_the_last_look_count_when_closing(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        opened = the_round(asking)
        assert opened is not None
        for _ in range(ENOUGH):
            rounds.answer(opened_at(asking), the_team(asking), opened, a_sheet(opened))
        await asked_to_close(seat)
        await (await seat.press("y")).at("ResultsScreen")


async def test_closing_a_round_that_another_program_closed_shows_what_is_there(enough: Path) -> None:
    async with seated(app_on(enough)) as seat:
        rounds.close(opened_at(enough), the_team(enough))
        await (await seat.press("c")).see("Sprint 1 has its results.")
        assert seat.screen == "HomeScreen"


async def test_closing_with_enough_answers_shows_the_results(enough: Path) -> None:
    async with seated(app_on(enough)) as seat:
        await asked_to_close(seat)
        await seat.see("the sheets are destroyed")
        await (await seat.press("y")).at("ResultsScreen")
        await seat.see("SAFETY")
        assert "Sprint 1" in seat.text.splitlines()[0]
        assert "k is 4" in seat.text.splitlines()[0]
    assert the_round(enough) is None
    assert len(opened_at(enough).store.history(the_team(enough).id).releases) == 1


async def test_saying_no_leaves_the_round_open(enough: Path) -> None:
    async with seated(app_on(enough)) as seat:
        await asked_to_close(seat)
        await (await seat.press("n")).at("HomeScreen")
    assert opened_at(enough).store.sheets(the_team(enough).id) == 4


async def test_abandoning_destroys_the_round_after_a_question(enough: Path) -> None:
    async with seated(app_on(enough)) as seat:
        await (await seat.press("ctrl+x")).at("Confirm")
        await seat.see("Atlas: abandon the round?")
        await seat.see("Abandoning destroys the round with every sheet in it")
        await (await seat.press("y")).at("HomeScreen")
        await seat.see("No round has been closed yet; open the first one.")
    assert the_round(enough) is None
    assert opened_at(enough).store.history(the_team(enough).id).releases == ()


async def test_keeping_the_round_destroys_nothing(enough: Path) -> None:
    async with seated(app_on(enough)) as seat:
        await (await seat.press("ctrl+x")).at("Confirm")
        await (await seat.press("escape")).at("HomeScreen")
    assert opened_at(enough).store.sheets(the_team(enough).id) == 4


async def test_keys_of_a_round_do_nothing_without_one(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        for key in ("a", "c", "ctrl+x"):
            await seat.press(key)
            assert seat.screen == "HomeScreen", key


async def test_what_is_kept_is_one_key_away_also_between_rounds(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await seat.press("i")).at("Reader")
        await seat.see("'tuiretro audit' prints everything that is kept")
        await (await seat.press("escape")).at("HomeScreen")


async def test_what_is_kept_is_one_key_away_while_a_round_is_open(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await seat.press("i")).at("Reader")
        await seat.see("Your answers are stored without name, time or order")
        await (await seat.press("escape")).at("HomeScreen")
