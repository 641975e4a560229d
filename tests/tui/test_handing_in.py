"""Handing a sheet in: what the store may do meanwhile, and who comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from tests.tui.seat import seated
from tests.tui.states import app_on
from tests.tui.test_answering import answering, reviewed, sheets
from tuiretro.core.promises import SAVED
from tuiretro.errors import UnconfirmedError, WorkspaceError
from tuiretro.model.round import Sheet

UNCONFIRMED = "Your sheet is stored, but the disk has not confirmed it. Do not hand it in again."
PATIENCE = 30.0
NO_PLACE = "All 5 people of this round have answered, so nobody else can."


class SlowDisk:
    """Stores a sheet once it is told to."""

    def __init__(self) -> None:
        self.asked, self.may_go_on = Event(), Event()

    def __call__(self, store: Callable[[], None], _: Sheet) -> None:
        self.asked.set()
        assert self.may_go_on.wait(PATIENCE)
        store()


@pytest.fixture
def slow() -> Iterator[SlowDisk]:
    disk = SlowDisk()
    yield disk
    # A test that failed must not leave the app waiting for its thread.
    disk.may_go_on.set()


async def test_no_key_of_home_works_while_a_sheet_is_sealed(asking: Path, slow: SlowDisk) -> None:
    async with seated(app_on(asking, handing=slow)) as seat:
        try:
            await (await (await reviewed(seat)).press("s")).at("CoverScreen")
            await seat.until(slow.asked.is_set)
            await seat.see("Sealing your sheet ...")
            for key in ("a", "c", "o", "ctrl+x", "i", "w", "1", "3", "6", "7", "enter", "escape", "q", "ctrl+p", "x"):
                await seat.press(key)
                await seat.pilot.pause()
                assert seat.screen == "CoverScreen", key
            assert "Psychological safety" not in seat.text
        finally:
            slow.may_go_on.set()
        await seat.at("PassScreen")
        await seat.see(SAVED)
    assert sheets(asking) == 1


async def test_a_sheet_that_the_disk_did_not_confirm_counts_as_handed_in(asking: Path) -> None:
    def unconfirmed(store: Callable[[], None], _: Sheet) -> None:
        store()
        raise UnconfirmedError(UNCONFIRMED)

    async with seated(app_on(asking, handing=unconfirmed)) as seat:
        await (await (await reviewed(seat)).press("s")).at("PassScreen")
        await seat.see(f"Thank you. {UNCONFIRMED} Pass the keyboard")
        assert SAVED not in seat.words
        await (await seat.press("x")).at("AnswerScreen")
        assert answering(seat).sitting.answers == {}
        assert "enter start" in seat.keys
    assert sheets(asking) == 1


@pytest.mark.parametrize("key", ["x", "enter", "space", "q", "1", "ctrl+p", "question_mark"])
async def test_any_key_but_escape_starts_for_the_next_person(key: str, asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await (await reviewed(seat)).press("s")).at("PassScreen")
        await (await seat.press(key)).at("AnswerScreen")
        await seat.see("Psychological safety, sprint 1: 8 statements.")
        assert "1 of 8" not in seat.text


async def test_after_the_last_person_the_next_one_is_refused_before_anything_is_asked(enough: Path) -> None:
    async with seated(app_on(enough)) as seat:
        await (await (await reviewed(seat)).press("s")).at("PassScreen")
        await seat.see("any key starts for the next person")
        await (await seat.press("x")).at("HomeScreen")
        await seat.told(NO_PLACE)
        await seat.see("is open: 4 or more answered. a answer c close")
    assert sheets(enough) == 5


async def test_a_round_without_a_place_refuses_before_anything_is_asked(full: Path) -> None:
    async with seated(app_on(full)) as seat:
        assert "a answer" in seat.keys
        await (await seat.press("a")).told(NO_PLACE)
        assert seat.screen == "HomeScreen"
        assert "everybody has" not in seat.words
    assert sheets(full) == 5


async def test_a_sheet_that_could_not_be_stored_can_be_handed_in_again(asking: Path) -> None:
    tries: list[Sheet] = []

    def once_full(store: Callable[[], None], sheet: Sheet) -> None:
        tries.append(sheet)
        if len(tries) == 1:
            raise WorkspaceError("The disk is full; nothing was stored.")
        store()

    async with seated(app_on(asking, handing=once_full)) as seat:
        await (await reviewed(seat, 2)).press("s")
        await seat.see("The disk is full; nothing was stored.")
        assert "check and submit" in seat.text
        await (await seat.press("s")).at("PassScreen")
        await seat.see(SAVED)
    assert tries[0] == tries[1]
    assert sheets(asking) == 1
