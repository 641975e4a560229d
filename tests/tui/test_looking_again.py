"""What other programs change is shown: every few seconds, and whenever somebody switches screens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.seat import Seat, seated
from tests.tui.states import ENOUGH, a_sheet, app_on, opened_at
from tests.tui.test_plays import on_mistake
from tuiretro.service import actions, rounds
from tuiretro.tui.widgets.pane import Pane

MORE = "4 or more answered"


def others_answer(place: Path) -> None:
    """Another program stores sheets until k have answered."""
    other = opened_at(place, seed=3)
    team = other.store.teams()[0]
    opened = other.store.round(team.id)
    assert opened is not None
    for _ in range(ENOUGH):
        rounds.answer(other, team, opened, a_sheet(opened))


def others_take_on(place: Path) -> None:
    """Another program writes an action down."""
    other = opened_at(place, seed=3)
    actions.add(other, other.store.teams()[0], "Written elsewhere")


async def looked(seat: Seat) -> Seat:
    """One look, to its end."""
    await seat.app.look_again().wait()
    await seat.pilot.pause()
    return seat


async def test_a_look_shows_that_enough_have_answered_elsewhere(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await seat.see("waiting for 4 or more answers")
        others_answer(asking)
        await looked(seat)
        await seat.see(f"{MORE}. a answer c close")


async def test_a_screen_may_be_opened_for_the_first_time_while_another_one_is_fed(
    asking: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on(asking)
    async with seated(app) as seat:
        monkeypatch.setattr(app.area("home"), "load", lambda *_: app.call_from_thread(app.area, "library"))
        await app.reload()
        assert "library" in app.areas
        assert await seat.still()


@pytest.mark.parametrize("way", [("6", "1"), ("3", "1"), ("7", "1")])
async def test_switching_screens_looks_too(way: tuple[str, str], asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await seat.see("waiting for 4 or more answers")
        others_answer(asking)
        await seat.press(*way)
        await (await seat.at("HomeScreen")).see(MORE)


async def test_the_app_looks_by_itself(asking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuiretro.tui.app.LOOK_AGAIN", 0.05)
    async with seated(app_on(asking)) as seat:
        others_answer(asking)
        await seat.see(MORE)


@pytest.mark.parametrize("key", ["i", "w", "question_mark", "ctrl+x", "ctrl+p"])
async def test_nothing_changes_behind_a_dialog(key: str, asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await seat.press(key)
        await seat.until(lambda: seat.screen != "HomeScreen")
        before = seat.app.scene
        others_answer(asking)
        await looked(seat)
        assert seat.app.scene is before
        await (await seat.press("escape")).at("HomeScreen")
        await looked(seat)
        await seat.see(MORE)


async def test_nothing_changes_while_somebody_answers(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await seat.press("a")).at("AnswerScreen")
        others_answer(asking)
        before = seat.app.scene
        await looked(seat)
        assert seat.app.scene is before
        await (await seat.press("escape")).at("HomeScreen")
        await seat.see(MORE)


async def test_a_look_that_finds_nothing_new_draws_nothing(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        before = seat.app.scene
        await looked(seat)
        assert seat.app.scene is before


async def test_a_look_that_the_disk_refuses_says_nothing_and_shows_what_was_there(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        file = asking / "workspace.json"
        kept = file.read_bytes()
        file.write_bytes(b"{")
        await looked(seat)
        assert seat.notified == ""
        await seat.see("waiting for 4 or more answers")
        file.write_bytes(kept)
        others_answer(asking)
        await looked(seat)
        await seat.see(MORE)


async def test_the_cursor_stays_where_it_is(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("down")).see("2nd lowest of 20")
        others_take_on(history)
        await looked(seat)
        await seat.see("4 actions open")
        assert "2nd lowest of 20" in seat.text


async def test_an_older_sprint_stays_on_the_screen(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("3")).see("Sprint 26")
        await (await seat.press("left")).see("Sprint 25")
        await (await seat.press("left", "down")).see("Sprint 24")
        before = await seat.still()
        others_take_on(history)
        await looked(seat)
        assert seat.app.scene is not None
        assert seat.app.scene.actions[-1].title == "Written elsewhere"
        assert await seat.still() == before


async def test_a_page_stays_where_it_was_read(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await on_mistake(seat)).press("space")
        page = seat.one(Pane)
        await seat.until(lambda: page.scroll_offset.y > 0)
        before = await seat.still()
        others_take_on(history)
        await looked(seat)
        assert await seat.still() == before


async def test_a_round_that_is_closed_elsewhere_shows_its_results(enough: Path) -> None:
    async with seated(app_on(enough)) as seat:
        await (await seat.press("3")).see("The open one shows nothing before it is closed")
        other = opened_at(enough, seed=3)
        rounds.close(other, other.store.teams()[0])
        await looked(seat)
        await seat.see("SAFETY")
