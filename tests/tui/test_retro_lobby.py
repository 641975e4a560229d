"""The way into the room: what stands, waits and was, and how a retro begins."""

from __future__ import annotations

from pathlib import Path

from tests.tui.retros import begun, on_row, retro_at, room_at, stage
from tests.tui.seat import LARGE, Seat, seated
from tests.tui.states import NEXT_SPRINT, a_team, app_on, opened_at
from tuiretro.core.agenda import SUMMARY
from tuiretro.service import dropped, retros
from tuiretro.tui.screens.retro import RetroScreen
from tuiretro.tui.widgets.rows import RowList

FORMATS = ("start-stop-continue", "mad-sad-glad", "four-ls", "sailboat", "lean-coffee")


async def in_lobby(seat: Seat) -> Seat:
    return await (await seat.press("5")).at("RetroScreen")


async def test_a_team_without_a_retro_is_told_how_to_begin_and_how_to_drop_a_note(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await in_lobby(seat)).see("No retro is under way.")
        await seat.see("▸ Begin the retro of sprint 1, 16-29 Nov")
        await seat.see("No note waits for the next retro yet; n drops one, or 'tuiretro note' from any terminal.")
        assert seat.keys.startswith(" enter open  n drop a note")
        await (await seat.press("n")).at("Form")
        await seat.fill(note=" ")
        await (await seat.press("ctrl+s")).see("The note is empty")
        await seat.fill(note="the staging table changed")
        await (await seat.press("ctrl+s")).at("RetroScreen")
        await seat.told("Kept for the next retro.")
        await seat.see("1 note for the next retro so far; n drops one")
        await (await (await seat.press("enter")).at("Choose")).press("enter")
        await (await seat.at("RoomScreen")).see("1 note from the sprint lies on the board already.")
    assert [note.text for note in room_at(with_team).board.notes] == ["the staging table changed"]


async def test_a_retro_can_be_begun_in_each_format_that_the_team_can_use(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await in_lobby(seat)).press("enter")).at("Choose")
        await seat.see("With results and a focus list, a retro can also be made from that list.")
        for at, layout in enumerate(FORMATS):
            await seat.press(*(["home"] + ["down"] * at))
            title = opened_at(with_team).library.format(layout).title
            await seat.see(title)
            assert "stages, " in seat.words
        await seat.press("escape")
        await (await seat.at("RetroScreen")).press("enter")
        await (await seat.at("Choose")).press("end", "enter")
        await (await seat.at("RoomScreen")).see("SAFETY CHECK")
    assert retro_at(with_team).format.id in FORMATS


async def test_with_a_focus_list_a_retro_is_made_from_it(history: Path) -> None:
    async with seated(app_on(history), LARGE) as seat:
        await (await in_lobby(seat)).see("Begin the retro of sprint")
        await (await seat.press("enter")).at("Choose")
        choices = seat.one(RowList)
        wanted = next(at for at, option in enumerate(choices.options) if option.id == "from-focus")
        choices.highlighted = wanted
        await seat.see("focus list")
        await (await seat.press("enter")).at("RoomScreen")
        here = room_at(history)
        assert here.retro.format.from_focus
        assert len(here.retro.format.columns) == 3 * len(here.retro.focus)
        for mistake in here.retro.focus:
            await seat.see(retros.titles(opened_at(history), here)[mistake])
        await stage(await seat.press("n"), "actions")
        await stage(await seat.press("n"), "results")
        await seat.see("agreeing is good: 5 is best")
        await stage(await seat.press("n"), "notes")
        await seat.see(f"1 of {len(here.retro.focus)}: ")
        await seat.press("tab", "tab", "tab")
        await seat.see(f"2 of {len(here.retro.focus)}: ")


async def test_a_retro_under_way_is_gone_on_with_and_one_that_is_over_is_read(with_team: Path) -> None:
    workspace = begun(with_team, stage="vote", notes=("slow builds",))
    async with seated(app_on(with_team)) as seat:
        await (await in_lobby(seat)).see("UNDER WAY ▸ Go on with the retro of sprint 1: VOTE, stage 6 of 9")
        retros.close(workspace, room_at(with_team))
        await (await seat.press("1", "5")).see("Sprint 1 has had its retro. The next one comes with the next sprint.")
        await seat.see("EARLIER RETROS Sprint 1, held on 2026-11-23: Start, stop, continue, 0 actions taken on")
        await (await seat.press("enter")).at("RoomScreen")
        await seat.see("0 of 45 minutes; over.")
        await seat.see("slow builds")
        assert seat.text.splitlines()[0].endswith("SUMMARY   over")
        await seat.press("b", "n", "f", "u", "plus")
        assert seat.keys.strip().startswith("w write")
        await (await seat.press("s")).see("This is what we take along.")
        await (await (await seat.press("escape")).at("RoomScreen")).press("q")
        await seat.at("RetroScreen")
    async with seated(app_on(with_team, today=NEXT_SPRINT)) as seat:
        await (await in_lobby(seat)).see("Begin the retro of sprint 2, 30 Nov - 13 Dec")
        await (await on_row(seat, "1")).press("enter")
        await (await seat.at("RoomScreen")).see("Retro of sprint 1")
    assert retro_at(with_team).stage == SUMMARY


async def test_the_lobby_sees_what_other_programs_do(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await in_lobby(seat)).see("No note waits for the next retro yet")
        workspace = opened_at(with_team)
        dropped.drop(workspace, workspace.store.teams()[0], "from a terminal")
        seat.app.look_again()
        await seat.see("1 note for the next retro so far")
        begun(with_team)
        seat.app.look_again()
        await seat.see("UNDER WAY")


async def test_another_teams_retros_are_not_shown_as_this_ones(with_team: Path) -> None:
    begun(with_team)
    a_team(opened_at(with_team, seed=7), "Boreas")
    async with seated(app_on(with_team)) as seat:
        await (await in_lobby(seat)).see("UNDER WAY")
        boreas = next(team for team in opened_at(with_team).store.teams() if team.name == "Boreas")
        await seat.app.reload(boreas.id)
        await seat.see("Retro Boreas")
        await seat.see("No retro is under way.")


async def test_retros_that_cannot_be_read_are_said_to_be_so(with_team: Path) -> None:
    begun(with_team)
    (file,) = with_team.glob("*/retros/1.json")
    file.write_text("{", encoding="utf-8")
    async with seated(app_on(with_team)) as seat:
        await (await in_lobby(seat)).see("The retros could not be read; 'tuiretro doctor' says what is wrong")
        seat.app.look_again()
        await (await seat.press("enter")).pilot.pause()
        assert seat.screen == "RetroScreen"
        await (await seat.press("n")).at("Form")
    async with seated(app_on(with_team, start="retro")) as seat:
        await seat.told("is damaged")
        assert seat.screen == "HomeScreen"


async def test_the_demo_left_behind_leaves_no_lobby(finished_demo: Path, place: Path) -> None:
    async with seated(app_on(place, demo=finished_demo)) as seat:
        await (await (await seat.at("Choose")).press("down", "enter")).at("HomeScreen")
        await (await in_lobby(seat)).see("Begin the retro of sprint")
        await (await seat.press("ctrl+d")).at("Choose")
        retro = seat.app.area("retro")
        assert isinstance(retro, RetroScreen)
        assert retro.lobby is None


async def test_a_retro_that_begins_elsewhere_meanwhile_is_not_begun_twice(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await in_lobby(seat)).press("enter")).at("Choose")
        begun(with_team)
        await (await seat.press("enter")).told("The retro of sprint 1 is under way, so no other one was begun.")
        await seat.at("RetroScreen")


async def test_a_retro_that_went_away_is_a_sentence(with_team: Path) -> None:
    workspace = begun(with_team)
    retros.close(workspace, room_at(with_team))
    async with seated(app_on(with_team)) as seat:
        await (await in_lobby(seat)).see("EARLIER RETROS")
        for file in with_team.glob("*/retros/1.json"):
            file.unlink()
        await (await seat.press("enter")).told("Atlas has no retro of sprint 1 yet.")
    async with seated(app_on(with_team)) as seat:
        await (await in_lobby(seat)).see("No retro is under way.")
