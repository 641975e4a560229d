"""The retro as text, at the size that must work, a smaller and a larger one; see `test_snapshots`."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.tui.retros import NOTES, Hand, answered, begun, board_at, in_room, on_row, room_at, room_of
from tests.tui.seat import LARGE, SMALL, Seat, seated
from tests.tui.states import app_on, opened_at
from tuiretro.model.retro import Counted, Voted
from tuiretro.service import actions, retros
from tuiretro.service.retro_decisions import take_on

TINY = (60, 20)
SIZES = pytest.mark.parametrize("size", [TINY, SMALL], ids=["tiny", "small"])
LONG = "the staging table changed its currency column and nobody told us until the forecast was off by a third"


@pytest.fixture
def rich(with_team: Path) -> Path:
    """A team with two earlier actions."""
    workspace = opened_at(with_team)
    for title in ("Write the data card for the churn table", "Name one owner for retraining"):
        actions.add(workspace, workspace.store.teams()[0], title, owner="Mina", done_when="It is on the wiki.")
    return with_team


async def shown(seat: Seat, said: str) -> str:
    """The screen once it says something."""
    await seat.see(said)
    return await seat.still() + "\n"


async def test_lobby(rich: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(rich)) as seat:
        await (await seat.press("5")).at("RetroScreen")
        assert await shown(seat, "No note waits") == picture


async def test_formats(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history)) as seat:
        await (await (await seat.press("5")).see("Begin the retro")).press("enter")
        assert await shown(await seat.at("Choose"), "stages") == picture


@SIZES
async def test_welcome(size: tuple[int, int], rich: Path, picture: SnapshotAssertion) -> None:
    begun(rich)
    answered(rich, 4)
    async with in_room(rich, size) as seat:
        assert await shown(seat, "4 or more answered") == picture


async def test_question(rich: Path, picture: SnapshotAssertion) -> None:
    begun(rich)
    async with in_room(rich) as seat:
        await (await (await seat.press("a")).at("QuestionScreen")).press("4")
        assert await shown(seat, "enter hands it in") == picture


async def test_last_actions(rich: Path, picture: SnapshotAssertion) -> None:
    begun(rich, stage="actions")
    async with in_room(rich) as seat:
        await (await seat.press("k")).see("kept")
        assert await shown(seat, "Done when") == picture


@SIZES
async def test_notes(size: tuple[int, int], rich: Path, picture: SnapshotAssertion) -> None:
    begun(rich, stage="notes", notes=(*NOTES, LONG))
    async with in_room(rich, size) as seat:
        assert await shown(seat, "2, hidden") == picture


async def test_notes_of_a_focus_list(history: Path, picture: SnapshotAssertion) -> None:
    begun(history, stage="notes", layout="from-focus", notes=NOTES, shown=True)
    async with in_room(history) as seat:
        assert await shown(seat, "slow builds") == picture


@SIZES
async def test_groups(size: tuple[int, int], rich: Path, picture: SnapshotAssertion) -> None:
    begun(rich, stage="group", notes=(*NOTES, LONG), grouped=True, shown=True)
    async with in_room(rich, size) as seat:
        await (await on_row(seat, "t3")).press("space")
        assert await shown(seat, "1 marked") == picture


async def test_votes(rich: Path, picture: SnapshotAssertion) -> None:
    workspace = begun(rich, stage="vote", notes=(*NOTES, LONG), grouped=True, shown=True)
    retros.change(workspace, room_at(rich), lambda _: (Voted({3: 2}, 4),))
    async with in_room(rich) as seat:
        assert await shown(seat, "4 of 5 have voted") == picture


async def test_ballot(rich: Path, picture: SnapshotAssertion) -> None:
    begun(rich, stage="vote", notes=(*NOTES, LONG), grouped=True, shown=True)
    async with in_room(rich) as seat:
        await (await (await seat.press("v")).at("BallotScreen")).press("space", "space", "down", "right")
        assert await shown(seat, "0 votes left") == picture


@SIZES
async def test_discussion(size: tuple[int, int], rich: Path, picture: SnapshotAssertion) -> None:
    workspace = begun(rich, stage="discuss", notes=(*NOTES, LONG), grouped=True, shown=True)
    number = board_at(rich).groups[0].id
    retros.change(workspace, room_at(rich), lambda _: (Counted(number, 3), Counted(3, 1), Counted(4, 1)))
    hand = Hand()
    async with in_room(rich, size, clock=hand) as seat:
        hand.now += 312
        room_of(seat).tick()
        assert await shown(seat, "More time?") == picture


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
async def test_decisions(size: tuple[int, int], history: Path, picture: SnapshotAssertion) -> None:
    workspace = begun(history, stage="decide", layout="from-focus", notes=(*NOTES, LONG), grouped=True, shown=True)
    take_on(
        workspace, room_at(history), "Ask the owners of the staging table for a heads-up before it changes", owner="Jo"
    )
    async with in_room(history, size) as seat:
        assert await shown(seat, "TAKEN ON 1") == picture


@SIZES
async def test_summary(size: tuple[int, int], rich: Path, picture: SnapshotAssertion) -> None:
    workspace = begun(rich, stage="close", notes=(*NOTES, LONG), grouped=True, shown=True)
    take_on(workspace, room_at(rich), "Ask the owners of the staging table", owner="Jo", done_when="They have agreed.")
    answered(rich, 4)
    async with in_room(rich, size) as seat:
        await (await (await seat.press("c")).at("Confirm")).press("y")
        await (await (await seat.at("RoomScreen")).see("4.0 ±0.9")).press("n")
        assert await shown(seat, "DECIDED") == picture


async def test_file(rich: Path, picture: SnapshotAssertion) -> None:
    begun(rich)
    async with in_room(rich) as seat:
        await (await seat.press("w")).at("Form")
        assert await shown(seat, "never overwritten") == picture
