"""The room of a retro: in and out, along the agenda, its clock, its keys, and what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.retros import Hand, begun, board_at, in_room, names, retro_at, room_of, stage, stage_of, typed
from tests.tui.seat import Seat, seated
from tests.tui.states import a_release, a_team, app_on, opened_at
from tuiretro.core.agenda import SUMMARY
from tuiretro.model.board_format import STAGES
from tuiretro.service import retros
from tuiretro.service.workspace import Workspace
from tuiretro.tui.flows.retro import GRANTS
from tuiretro.tui.retro_commands import ASKING, RETRO_GROUPS
from tuiretro.tui.screens.room import KEPT_EVERY
from tuiretro.tui.widgets.typing import NoteLine

ALL_KEYS = sorted({command.binding.key.split(",")[0] for _, group in RETRO_GROUPS for command in group})


async def test_the_agenda_is_walked_to_the_summary_and_back_and_everything_is_kept(with_team: Path) -> None:
    begun(with_team)
    async with in_room(with_team) as seat:
        await seat.see("SAFETY CHECK")
        assert "WELCOME, stage 1 of 9" in seat.text
        await seat.press("b")
        for place in STAGES[1:]:
            await stage(await seat.press("escape", "n") if stage_of(seat) == "notes" else await seat.press("n"), place)
            assert retro_at(with_team).stage == place
        await stage(await seat.press("n"), SUMMARY)
        assert seat.text.splitlines()[0].startswith(" Retro  Atlas  sprint 1")
        await seat.see("Retro of sprint 1, held on 2026-11-23")
        await stage(await seat.press("n", "b"), "close")
        assert retro_at(with_team).seen == STAGES
        await (await seat.press("j")).at("Choose")
        await (await seat.see("Go to which stage?")).press("escape")
        await (await seat.at("RoomScreen")).press("j")
        await (await seat.at("Choose")).press("home", "enter")
        await stage(seat, "welcome")
        await (await seat.press("q")).at("HomeScreen")


async def test_keys_that_mean_nothing_at_a_stage_change_nothing(with_team: Path) -> None:
    begun(with_team)
    async with in_room(with_team) as seat:
        for place in ("vote", SUMMARY):
            workspace = opened_at(with_team)
            before = retros.go_to(workspace, retros.room(workspace, workspace.store.teams()[0]), place)
            await stage(await seat.press("ctrl+b"), place)
            await seat.told("The bell")
            seat.app.clear_notifications()
            await seat.pilot.pause()
            possible = {key for command in room_of(seat).commands for key in command.key.split(",")}
            await seat.press("ctrl+c", "shift+tab", "enter")
            # Textual's own: how to quit.
            seat.app.clear_notifications()
            for key in ALL_KEYS:
                if key not in possible:
                    await seat.press(key)
            assert seat.screen == "RoomScreen"
            assert seat.notified == ""
            assert retro_at(with_team).changes == before.retro.changes == ()
            assert retro_at(with_team).stage == place


async def test_the_stage_before_takes_no_key_that_was_meant_for_it(with_team: Path) -> None:
    begun(with_team)
    async with in_room(with_team) as seat:
        room = room_of(seat)
        room.action_wish("next")
        room.action_wish("answer")
        room.action_wish("next")
        await stage(seat, "results")
        assert seat.screen == "RoomScreen"
        assert seat.notified == ""


async def test_a_key_held_down_opens_one_dialog_and_what_is_typed_meanwhile_stays(with_team: Path) -> None:
    begun(with_team, stage="notes")
    async with in_room(with_team) as seat:
        room = room_of(seat)
        for _ in range(3):
            room.action_wish("say")
        room.on_note_line_typed(NoteLine.Typed("typed"))
        room.action_wish("write")
        await seat.at("Reader")
        room.action_wish("jump")
        await (await seat.press("escape")).at("RoomScreen")
        await seat.until(lambda: len(board_at(with_team).notes) == 1)
        await (await seat.press("escape")).pilot.pause()
        assert room.wishes.empty()
        assert GRANTS.keys() >= ASKING
        await (await seat.press("question_mark")).at("Reader")
        room.action_wish("say")
        assert room.wishes.empty()
        await (await seat.press("escape")).at("RoomScreen")
        room.action_wish("say")
        await (await seat.at("Reader")).see("What to say")


async def test_palette_and_help_offer_what_is_possible_at_the_stage(with_team: Path) -> None:
    begun(with_team)
    async with in_room(with_team, (80, 60)) as seat:
        assert names(seat) >= {"check-answer", "stage-next", "clock-pause", "say", "retro-leave"}
        assert not names(seat) & {"stage-back", "undo", "redo", "check-show", "note-reveal", "retro-finish"}
        await (await seat.press("question_mark")).at("Reader")
        await seat.see("As one person; then pass the keyboard.")
        assert "Show the notes" not in seat.text
        await (await seat.press("escape")).at("RoomScreen")
        await (await seat.press("ctrl+p")).at("CommandPalette")
        await seat.see("Answer the question")
        for absent in ("Show the notes", "The stage before", "Open a round", "Quit"):
            assert absent not in seat.text
        seat.one(Input).value = "What to say"
        await seat.see("Words for the facilitator of this stage. Key: s")
        await (await seat.press("enter")).at("Reader")
        await seat.see("What to say: welcome")
        await (await seat.press("escape")).at("RoomScreen")
        await stage(await seat.press("b", "n"), "actions")
        await (await (await seat.press("s")).see("What to say: actions")).press("escape")


async def test_the_summary_has_words_as_well(with_team: Path) -> None:
    begun(with_team, stage=SUMMARY)
    async with in_room(with_team) as seat:
        await (await seat.press("s")).see("What to say: summary")
        await seat.see("This is what we take along.")


async def test_the_clock_runs_stands_gets_a_minute_and_is_kept(with_team: Path) -> None:
    begun(with_team)
    hand = Hand()
    async with in_room(with_team, clock=hand) as seat:
        hand.now += 65
        room_of(seat).tick()
        assert "1:05 of 3:00" in seat.text
        await (await seat.press("p")).see("1:05 of 3:00, paused")
        hand.now += 500
        room_of(seat).tick()
        assert "1:05 of 3:00, paused" in seat.text
        await seat.press("p")
        await seat.until(lambda: "paused" not in seat.text)
        await (await seat.press("plus")).see("1:05 of 4:00")
        hand.now += 180
        room_of(seat).tick()
        assert "time is up, 4:05 of 4:00" in seat.text
        room_of(seat).keep_time()
        await seat.until(lambda: retro_at(with_team).clock.spent == {"welcome": 245})
        hand.now += 10
        await stage(await seat.press("n"), "actions")
        hand.now += 7
        await (await seat.press("escape")).at("HomeScreen")
    assert retro_at(with_team).clock.spent == {"welcome": 255, "actions": 7}
    async with in_room(with_team, clock=hand) as seat:
        assert "0:07 of 4:00" in seat.text
    assert KEPT_EVERY <= 15, "so much a crash may cost the timers"


async def test_the_bell_rings_once_at_the_end_of_a_time_and_only_if_it_is_wanted(
    with_team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(with_team)
    hand = Hand()
    async with in_room(with_team, clock=hand) as seat:
        rung: list[float] = []
        monkeypatch.setattr(seat.app, "bell", lambda: rung.append(hand.now))
        hand.now += 300
        room_of(seat).tick()
        assert rung == []
        await (await seat.press("ctrl+b")).told("The bell rings when a time is up.")
        await stage(await seat.press("n"), "actions")
        room_of(seat).tick()
        assert rung == []
        hand.now += 240
        for _ in range(3):
            room_of(seat).tick()
        assert rung == [540]
        await (await seat.press("ctrl+b")).told("The bell is off.")


async def test_whoever_looks_at_a_dialog_is_not_disturbed_by_the_clock(with_team: Path) -> None:
    begun(with_team)
    hand = Hand()
    async with in_room(with_team, clock=hand) as seat:
        room = room_of(seat)
        await (await seat.press("s")).at("Reader")
        hand.now += 30
        room.tick()
        await (await seat.press("escape")).at("RoomScreen")
        room.tick()
        assert "0:30 of 3:00" in seat.text


async def test_leaving_frees_the_room_and_another_app_goes_on_where_the_team_was(with_team: Path) -> None:
    begun(with_team, stage="notes")
    async with in_room(with_team) as seat:
        await typed(seat, "slow builds")
        await seat.see("1, hidden")
        await (await seat.press("escape", "escape")).at("HomeScreen")
        async with in_room(with_team) as other:
            assert "only looking" not in other.text
            await other.see("1, hidden")
    assert [note.text for note in board_at(with_team).notes] == ["slow builds"]


async def test_steps_are_taken_back_and_done_again_also_by_a_new_app(with_team: Path) -> None:
    begun(with_team, stage="notes", notes=("slow builds", "flaky tests"))
    async with in_room(with_team) as seat:
        await (await seat.press("escape", "u")).told("Taken back: a note.")
        await (await seat.press("q")).at("HomeScreen")
    async with in_room(with_team) as seat:
        await (await seat.press("escape", "u")).told("Taken back: a note.")
        await seat.until(lambda: board_at(with_team).notes == ())
        await seat.until(lambda: "undo" not in names(seat))
        await (await seat.press("u", "U")).told("Done again: a note.")
        await (await seat.press("r")).see("slow builds")
        assert "redo" not in names(seat)
        await (await seat.press("u")).told("Taken back: showing the notes.")


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_the_app_opened_on_a_retro_goes_home_when_the_room_is_left(key: str, with_team: Path) -> None:
    begun(with_team)
    async with in_room(with_team) as seat:
        await (await seat.press(key)).at("HomeScreen")
        await (await seat.press("5")).at("RetroScreen")
        await seat.see("Go on with the retro of sprint 1: WELCOME, stage 1 of 9")
        assert isinstance(seat, Seat)


async def test_the_app_can_be_ended_from_within_the_room(with_team: Path) -> None:
    begun(with_team)
    async with seated(app_on(with_team, start="retro")) as seat:
        await (await seat.at("RoomScreen")).press("ctrl+q")
    async with in_room(with_team) as seat:
        assert "only looking" not in seat.text


async def test_the_results_are_read_with_their_comments(workspace: Workspace, place: Path) -> None:
    a_release(workspace, a_team(workspace), comment=lambda number: f"Comment {number}")
    begun(place, stage="results")
    async with in_room(place) as seat:
        await seat.see("v reads them")
        assert " v comments" in seat.keys
        await (await (await seat.press("v")).at("Reader")).see("▪ Comment 1")
        await (await seat.press("escape")).at("RoomScreen")
        await (await seat.press("down")).see("In this sprint")
