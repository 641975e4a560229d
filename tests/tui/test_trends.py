"""Trends: the list, the chart under the cursor, the heatmap, and the words behind the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.seat import LARGE, SMALL, Seat, seated
from tests.tui.states import a_pulse, a_team, app_on, opened_at
from tuiretro.core.heatmap import MEANING
from tuiretro.service.workspace import Workspace
from tuiretro.tui.widgets.pane import Pane
from tuiretro.tui.widgets.rows import RowList


async def on_trends(seat: Seat) -> Seat:
    await (await seat.press("4")).at("TrendsScreen")
    await seat.until(lambda: seat.one(RowList).chosen is not None)
    return seat


def page(seat: Seat) -> str:
    """All that the page on the right holds, in one line."""
    return " ".join(seat.app.screen.query_one(Pane).text.plain.split())


async def pointed(seat: Seat, line: str) -> str:
    """The page of a line."""
    assert seat.one(RowList).point_at(line)
    await seat.pilot.pause()
    return page(seat)


async def test_before_any_result_a_sentence_and_a_key_say_how_to_get_one(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await seat.press("4")
        await seat.see("No round has been closed yet, so there are no trends.")
        await seat.see("1 goes home, where o opens a round.")
        assert not {"h heatmap", "e explain"} & set(seat.keys)


async def test_the_key_of_exports_stands_behind_the_ways_to_other_screens_where_there_is_room(history: Path) -> None:
    for size, end in ((SMALL, "  5 retro"), (LARGE, "  p export")):
        async with seated(app_on(history), size) as seat:
            await (await seat.press("4")).at("TrendsScreen")
            assert (await seat.still()).splitlines()[-1].endswith(f"{end}  ? help  ^p find")


async def test_while_the_first_round_is_open_its_results_are_promised(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await seat.press("4")
        await seat.see("A round is open; its results will be the first dots here.")


async def test_the_first_sprints_are_too_early_for_trends(workspace: Workspace, place: Path) -> None:
    a_pulse(workspace, a_team(workspace), [2, 3, 3, 4])
    async with seated(app_on(place)) as seat:
        await on_trends(seat)
        await seat.see("Too early for trends: 1 of 5 sprints.")
        assert "Nothing is called unusual yet" not in page(seat)
        await seat.press("e")
        await seat.until(lambda: "Nothing is called unusual yet" in page(seat))


async def test_the_chart_follows_the_cursor(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await on_trends(seat)
        assert "safety" in page(seat)
        await seat.press("down")
        assert "direction" in page(seat)
        shown = await pointed(seat, "model-drift")
        for said in (
            "Failing to plan for drift and maintenance",
            "±0.7",
            "upper",
            "usual",
            "B new baseline",
            "◆ unusual",
        ):
            assert said in shown


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_chart_fits_the_screen(size: tuple[int, int], history: Path) -> None:
    async with seated(app_on(history), size) as seat:
        await on_trends(seat)
        for option in seat.one(RowList).options:
            await pointed(seat, str(option.id))
            pane = seat.app.screen.query_one(Pane)
            assert pane.max_scroll_y == 0, option.id


async def test_the_sentences_of_a_theme_stand_under_its_chart(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await on_trends(seat)
        assert page(seat).endswith("No unusual change. No clear direction.")


async def test_the_figures_are_explained_and_the_chart_comes_back(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await on_trends(seat)
        await pointed(seat, "model-drift")
        await seat.press("e")
        for said in ("the average of all answers, to one decimal", "Usual for you", "Limits", "people joined or left"):
            assert said in page(seat)
        assert "e chart" in seat.keys
        await seat.press("e")
        assert "upper" in page(seat)


async def test_the_heatmap_holds_every_mistake_with_its_numbers(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await on_trends(seat)
        await (await seat.press("h")).see("s26")
        assert len(seat.one(RowList).options) == 21
        assert "2.6!" in seat.text
        assert MEANING.split("   ")[0] in str(seat.one(RowList).options[-1].prompt)
        await (await seat.press("left")).until(lambda: "s26" not in seat.text)
        await (await seat.press("right")).see("s26")
        await (await seat.press("h")).until(lambda: "upper" in page(seat))


async def test_earlier_sprints_are_turned_to_and_back(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await on_trends(seat)
        assert "s1 " not in page(seat)
        assert "→ later" not in seat.keys
        for _ in range(4):
            await seat.press("left")
        assert "s1 " in page(seat)
        assert "← earlier" not in seat.keys
        for _ in range(4):
            await seat.press("right")
        assert "s25" in page(seat)


async def test_enter_opens_the_plays_of_a_mistake_and_does_nothing_on_a_theme(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await on_trends(seat)
        assert "enter plays" not in seat.keys
        await seat.press("enter")
        assert seat.screen == "TrendsScreen"
        await pointed(seat, "model-drift")
        await (await seat.press("enter")).at("ChoosePlay")


async def test_another_team_has_trends_of_its_own(history: Path) -> None:
    a_team(opened_at(history, seed=9), "Borea")
    async with seated(app_on(history)) as seat:
        await on_trends(seat)
        await (await seat.press("w")).at("Choose")
        await (await seat.press("down", "enter")).at("TrendsScreen")
        await seat.see("No round has been closed yet, so there are no trends.")


async def test_without_colour_everything_is_still_told(history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with seated(app_on(history)) as seat:
        await on_trends(seat)
        assert "◆" in await pointed(seat, "model-drift")
        await (await seat.press("h")).see("2.6!")
