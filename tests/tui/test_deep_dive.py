"""Opening a round: the surveys in the order in which they are asked, and a deep dive into one mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.seat import LARGE, SMALL, Seat, seated
from tests.tui.states import NEXT_SPRINT, a_team, app_on, opened_at
from tests.tui.test_rounds import the_round, the_team
from tuiretro.service import rounds, teams
from tuiretro.service.workspace import Workspace
from tuiretro.tui.widgets.rows import RowList

OWN = 'id = "a-own"\ntitle = "Ours"\nintro = "I"\n[[items]]\nid = "one"\nshort = "S"\ntext = "We did it."\n'


def keys_of(seat: Seat) -> list[str]:
    return [option.id for option in seat.one(RowList).options if option.id is not None]


async def opening(seat: Seat, survey: str) -> Seat:
    """The choice of a survey with the cursor on one."""
    await (await seat.press("o")).at("Choose")
    await seat.see("Open a round")
    assert seat.one(RowList).point_at(survey)
    await seat.pilot.pause()
    return seat


async def which(seat: Seat) -> Seat:
    """The question which mistake a deep dive is about."""
    await (await opening(seat, "deep-dive")).press("enter")
    return await seat.see("Deep dive: about which mistake?")


@pytest.fixture
def next_round(history: Path) -> Path:
    """A history without an open round."""
    workspace = opened_at(history, seed=4)
    rounds.abandon(workspace, workspace.store.teams()[0])
    return history


async def test_surveys_stand_in_the_order_in_which_they_are_asked_and_own_ones_last(
    workspace: Workspace, place: Path
) -> None:
    a_team(workspace)
    (place / "surveys").mkdir(exist_ok=True)
    (place / "surveys" / "a-own.toml").write_text(OWN, encoding="utf-8")
    async with seated(app_on(place)) as seat:
        await opening(seat, "pulse")
        assert keys_of(seat) == ["pulse", "safety", "quarterly", "process", "deep-dive", "a-own", ""], (
            "the last row asks for codes"
        )


async def test_a_deep_dive_asks_about_one_mistake(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await which(seat)
        assert keys_of(seat) == list(opened_at(with_team).library.numbers())
        assert seat.one(RowList).point_at("data-cleaning")
        await seat.see("Plans give most of the time to the model")
        await (await seat.press("enter")).at("HomeScreen")
        await seat.see("Underestimating the data cleaning burden is open")
    opened = the_round(with_team)
    assert opened is not None
    assert opened.survey == "data-cleaning"
    assert len(opened.questions) == 4


async def test_the_focus_list_stands_first(next_round: Path) -> None:
    async with seated(app_on(next_round)) as seat:
        await which(seat)
        assert keys_of(seat)[:3] == ["model-drift", "communication-gaps", "shiny-objects"]
        assert len(keys_of(seat)) == len(set(keys_of(seat))) == 20
        assert seat.words.count("focus") == 3


async def test_escape_from_the_question_opens_nothing(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await which(seat)).press("escape")).at("HomeScreen")
    assert the_round(with_team) is None


async def test_a_deep_dive_is_asked_in_the_language_of_the_team(with_team: Path) -> None:
    workspace = opened_at(with_team)
    teams.speak(workspace, the_team(with_team), "de")
    async with seated(app_on(with_team)) as seat:
        await (await opening(seat, "deep-dive")).press("enter")
        await seat.see("Vertiefung: about which mistake?")
        await (await seat.press("enter")).at("HomeScreen")
    opened = the_round(with_team)
    assert opened is not None
    assert opened.questions[0].language == "de"


async def test_no_mistake_takes_two_rows_and_the_question_survives_a_resize(next_round: Path) -> None:
    async with seated(app_on(next_round)) as seat:
        await which(seat)
        for size in (LARGE, (60, 20), SMALL):
            await seat.pilot.resize_terminal(*size)
            await seat.see("about which mistake?")
            assert seat.one(RowList).chosen == "model-drift"
        assert seat.one(RowList).virtual_size.height == 20


async def test_the_next_sprint_can_have_a_quarterly_survey(released: Path) -> None:
    async with seated(app_on(released, today=NEXT_SPRINT)) as seat:
        await (await (await opening(seat, "quarterly")).press("enter")).at("HomeScreen")
        await seat.see("Quarterly survey is open")
    opened = the_round(released)
    assert opened is not None
    assert len(opened.questions) == 28
