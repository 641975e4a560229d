"""What other programs do to a retro while somebody is in its room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.structs import replace as replace_struct

from tests.tui.retros import NOTES, begun, board_at, in_room, names, room_at, room_of, stage, typed
from tests.tui.seat import seated
from tests.tui.states import app_on, opened_at
from tuiretro.errors import BusyError
from tuiretro.model.retro import Revealed, Voted
from tuiretro.service import retros
from tuiretro.store.tinydb_store import TinyDBStore
from tuiretro.tui.flows import retro as flow
from tuiretro.tui.screens.room import RoomScreen, Wish


def retro_file(place: Path) -> Path:
    (file,) = place.glob("*/retros/1.json")
    return file


async def test_a_second_program_only_looks_and_says_why_and_sees_what_changes(
    with_team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "LOOK_AGAIN", 0.05)
    workspace = begun(with_team, stage="notes", notes=NOTES)
    with retros.leading(workspace, room_at(with_team)):
        async with in_room(with_team) as seat:
            assert "only looking" in seat.text.splitlines()[0]
            await seat.see("Another program leads the retro of sprint 1, so this one only shows it; to lead it")
            await seat.see("2, hidden")
            await seat.press("i", "2", "r", "u", "n", "b", "p", "plus", "ctrl+b", "j", "space")
            assert seat.screen == "RoomScreen"
            assert "slow builds" not in seat.text
            assert names(seat) == {"say", "retro-write", "retro-leave", "theme", "help", "find"}
            here = retros.change(workspace, room_at(with_team), lambda _: (Revealed(),))
            await seat.see("slow builds")
            here = retros.go_to(workspace, here, "vote")
            await stage(seat, "vote")
            here = retros.change(workspace, here, lambda _: (Voted({1: 2}, 4),))
            await seat.until(lambda: room_of(seat).shown.room.board.voters == 4)
            assert "vote-show" not in names(seat), "whoever leads shows the votes"
            retros.show_votes(workspace, here)
            await seat.see("2 slow builds")
            await (await seat.press("s")).at("Reader")
            await (await seat.press("escape")).at("RoomScreen")
            room_of(seat).keep_time()
            retro_file(with_team).unlink()
            await seat.pilot.pause(0.2)
            assert seat.notified == "", "whoever looks is not told every two seconds"
            await (await seat.press("q")).at("HomeScreen")


async def test_whoever_comes_after_the_leader_leads(with_team: Path) -> None:
    workspace = begun(with_team)
    with retros.leading(workspace, room_at(with_team)):
        async with in_room(with_team) as seat:
            assert "only looking" in seat.text
            await (await seat.press("q")).at("HomeScreen")
    async with in_room(with_team) as seat:
        assert "only looking" not in seat.text
        await stage(await seat.press("n"), "actions")
        with pytest.raises(BusyError), retros.leading(opened_at(with_team), room_at(with_team)):
            pass


async def test_a_retro_that_was_closed_elsewhere_says_so_and_shows_its_summary(with_team: Path) -> None:
    workspace = begun(with_team, stage="notes")
    async with in_room(with_team) as seat:
        retros.close(workspace, room_at(with_team))
        await (await typed(seat, "too late")).told("The retro of sprint 1 is over; nothing was changed.")
        await stage(seat, "summary")
        await seat.see("No note was written.")
        await (await seat.press("n", "b", "f", "q")).at("Confirm")
        await (await seat.see("Leave without 1 note?")).press("y")
        await seat.at("HomeScreen")
        assert seat.app.farewell == ""
    assert board_at(with_team).notes == ()


async def test_a_retro_that_is_gone_or_damaged_is_a_sentence_and_the_room_can_be_left(with_team: Path) -> None:
    begun(with_team, stage="notes", notes=NOTES[:1])
    async with in_room(with_team) as seat:
        whole = retro_file(with_team).read_bytes()
        retro_file(with_team).write_bytes(b"{")
        await (await typed(seat, "kept in the line")).told("is damaged")
        assert retro_file(with_team).read_bytes() == b"{"
        retro_file(with_team).unlink()
        await (await seat.press("enter")).told("Atlas has no such retro; nothing was changed.")
        for key in ("u", "ctrl+b"):
            seat.app.clear_notifications()
            await (await seat.press("escape", key) if key == "u" else await seat.press(key)).told(
                "Atlas has no such retro"
            )
        (next(with_team.glob("*/retros")) / "1.json").write_bytes(whole)
        await (await seat.press("i", "enter")).see("2, hidden")
        await (await seat.press("escape", "q")).at("HomeScreen")
    assert [note.text for note in board_at(with_team).notes] == [NOTES[0], "kept in the line"]


async def test_a_disk_that_lets_nobody_lead_is_a_sentence(with_team: Path) -> None:
    begun(with_team)
    lock = retro_file(with_team).with_suffix(".lock")
    lock.unlink(missing_ok=True)
    lock.mkdir()
    async with seated(app_on(with_team, start="retro")) as seat:
        await seat.until(lambda: seat.notified.startswith("Not done"))
        assert seat.screen == "HomeScreen"


class VanishingStore(TinyDBStore):
    """A store whose retro is gone as soon as somebody leads it."""

    @contextmanager
    def leading(self, team: str, sprint: int) -> Iterator[None]:
        with super().leading(team, sprint):
            retro_file(Path(self.place)).unlink()
            yield


async def test_a_retro_that_goes_away_on_the_way_in_is_a_sentence(with_team: Path) -> None:
    begun(with_team)
    app = app_on(with_team, start="retro")
    store = VanishingStore.open(with_team, today=app.workspace.today)
    app.workspace = replace(app.workspace, store=store)
    async with seated(app) as seat:
        await seat.told("Atlas has no retro of sprint 1 yet.")
        assert seat.screen == "HomeScreen"


async def test_what_went_away_under_the_cursor_is_left_alone(with_team: Path) -> None:
    begun(with_team, notes=NOTES)
    gone = {
        "notes": ("edit", "move note", "remove"),
        "group": ("name", "apart"),
        "vote": ("count",),
        "discuss": ("discussed",),
        "actions": ("done", "move action"),
        "results": ("comments",),
    }
    async with in_room(with_team) as seat:
        workspace = opened_at(with_team)
        before = room_at(with_team).board
        for place, wishes in gone.items():
            retros.go_to(workspace, room_at(with_team), place)
            await stage(await seat.press("ctrl+b"), place)
            for wish in wishes:
                room_of(seat).wishes.put_nowait(Wish(wish, row="", text="1", stage=place))
            await seat.until(room_of(seat).wishes.empty)
            await seat.pilot.pause()
            assert seat.screen == "RoomScreen"
    assert room_at(with_team).board == replace_struct(before, is_revealed=True)


async def test_numbers_that_cannot_be_read_keep_nobody_from_leaving(released: Path) -> None:
    begun(released)
    (file,) = released.glob("*/history.json")
    async with seated(app_on(released)) as seat:
        await (await seat.press("5")).see("UNDER WAY")
        file.write_bytes(b"{")
        await (await seat.press("enter")).told("is damaged")
        assert seat.screen == "RetroScreen"


async def test_a_room_that_is_not_on_the_screen_takes_what_it_is_told_and_draws_nothing(with_team: Path) -> None:
    begun(with_team)
    async with in_room(with_team) as seat:
        shown = room_of(seat).shown
        room = RoomScreen(shown, clock=lambda: 0.0)
        room.show(replace(shown, reason="Another program leads it."))
        assert (room.shown.reason, room.chosen) == ("Another program leads it.", "")
