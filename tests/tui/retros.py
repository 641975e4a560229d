"""Retros for the tests of the room: begun through the service, and a seat in front of one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.widgets import Input

from tests.tui.seat import SMALL, Seat, seated
from tests.tui.states import app_on, opened_at
from tuiretro.core.notes import add, name, put_together, topic_of
from tuiretro.model.retro import Board, Retro, Revealed
from tuiretro.service import retro_checks, retros
from tuiretro.service.retros import Room
from tuiretro.service.workspace import Workspace
from tuiretro.tui.screens.room import RoomScreen
from tuiretro.tui.widgets.rows import RowList

NOTES = ("slow builds", "flaky tests", "a demo every week", "nobody owns churn_table")


class Hand:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def begun(
    place: Path,
    *,
    stage: str = "welcome",
    layout: str = "start-stop-continue",
    notes: tuple[str, ...] = (),
    shown: bool = False,
    grouped: bool = False,
) -> Workspace:
    """A retro under way, at a stage; notes 1 and 2 may lie in a group with a name, number 5."""
    workspace = opened_at(place)
    here = retros.begin(workspace, workspace.store.teams()[0], layout)
    for at, note in enumerate(notes):
        column = here.retro.format.columns[at % len(here.retro.format.columns)]
        here = retros.change(workspace, here, lambda room, c=column, n=note: add(room.board, c, n))  # type: ignore[misc]
    if shown:
        here = retros.change(workspace, here, lambda _: (Revealed(),))
    if grouped:
        here = retros.change(workspace, here, lambda room: put_together(room.topics, (1, 2)))
        number = next(topic.id for topic in here.topics if topic.is_group)
        here = retros.change(workspace, here, lambda room: name(topic_of(room.topics, number), "Build and test"))
    retros.go_to(workspace, here, stage)
    return workspace


def room_at(place: Path, number: int | None = None) -> Room:
    """The retro as it lies on the disk."""
    workspace = opened_at(place)
    return retros.room(workspace, workspace.store.teams()[0], number)


def retro_at(place: Path) -> Retro:
    return room_at(place).retro


def board_at(place: Path) -> Board:
    return room_at(place).board


def answered(place: Path, count: int, value: int = 4) -> None:
    """So many people answer the question of the stage."""
    workspace, here = opened_at(place), room_at(place)
    check = next(check for check in retros.CHECKS if check == here.retro.stage)
    for _ in range(count):
        retro_checks.answer(workspace, here, check, retro_checks.question(workspace, here, check), value)


@asynccontextmanager
async def in_room(
    place: Path, size: tuple[int, int] = SMALL, clock: Callable[[], float] = lambda: 0.0
) -> AsyncIterator[Seat]:
    """Somebody in the room of the retro that is under way."""
    async with seated(app_on(place, start="retro", clock=clock), size) as seat:
        yield await seat.at("RoomScreen")


def room_of(seat: Seat) -> RoomScreen:
    assert isinstance(seat.app.screen, RoomScreen)
    return seat.app.screen


def stage_of(seat: Seat) -> str:
    """Where the team stands, as the room shows it."""
    return next(screen for screen in seat.app.screen_stack if isinstance(screen, RoomScreen)).shown.stage


async def stage(seat: Seat, wanted: str) -> Seat:
    """Waits for a stage."""
    await seat.until(lambda: stage_of(seat) == wanted)
    await seat.pilot.pause()
    return seat


async def typed(seat: Seat, text: str) -> Seat:
    """Types a note and adds it."""
    seat.one(Input, "#note").value = text
    return await seat.press("enter")


async def on_row(seat: Seat, key: str) -> Seat:
    """Puts the cursor on a row."""
    await seat.until(lambda: any(option.id == key for option in seat.one(RowList).options))
    assert seat.one(RowList).point_at(key)
    await seat.pilot.pause()
    return seat


def names(seat: Seat) -> set[str]:
    """The ids of the commands that are possible now."""
    return {command.id for command in room_of(seat).commands}
