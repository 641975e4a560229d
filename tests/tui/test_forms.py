"""Forms: what was typed survives a refusal and a wrong key."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.seat import Seat, seated
from tests.tui.states import app_on, opened_at

TYPED = {"name": "Atlas", "people": "3"}


async def refused(seat: Seat) -> Seat:
    """The set-up form after it has refused a team of three."""
    await (await seat.press("enter")).at("Form")
    await seat.fill(**TYPED)
    return await (await seat.press("ctrl+s")).see("A team of 3 cannot be protected")


async def test_typing_after_a_refusal_replaces_what_was_refused(place: Path) -> None:
    async with seated(app_on(place)) as seat:
        await (await refused(seat)).press("7")
        assert seat.one(Input, "#people").value == "7"
        await (await seat.press("ctrl+s")).at("HomeScreen")
    (team,) = opened_at(place).store.teams()
    assert (team.name, team.people) == ("Atlas", 7)


async def test_typing_replaces_what_is_proposed_and_adds_to_what_was_typed(place: Path) -> None:
    async with seated(app_on(place)) as seat:
        await (await seat.press("enter")).at("Form")
        people, every = seat.one(Input, "#people"), seat.one(Input, "#every")
        await seat.press("A", "enter", "7", "tab", "x")
        assert (people.value, every.value) == ("7", "x")
        await seat.press("shift+tab", "1")
        assert people.value == "71"


async def test_the_next_refusal_moves_the_cursor_to_its_own_line(place: Path) -> None:
    async with seated(app_on(place)) as seat:
        await refused(seat)
        await seat.fill(people="7", name="")
        await (await seat.press("ctrl+s")).see("The team name is empty")
        assert seat.app.focused is seat.one(Input, "#name")
        assert "A team of 3" not in seat.words


async def asked(seat: Seat) -> Seat:
    """The question whether typed text may be lost."""
    await (await seat.press("escape")).at("Confirm")
    return await seat.see("Leave the form? What you typed is forgotten; nothing has been saved.")


@pytest.mark.parametrize("key", ["n", "escape"])
async def test_escape_asks_before_typed_text_is_lost(key: str, place: Path) -> None:
    async with seated(app_on(place)) as seat:
        await (await seat.press("enter")).at("Form")
        await seat.press(*"At")
        await asked(seat)
        await (await seat.press(key)).at("Form")
        assert seat.one(Input, "#name").value == "At"
        assert seat.app.focused is seat.one(Input, "#name")
        await asked(seat)
        await (await seat.press("y")).see("Welcome to tuiretro")
    assert not place.exists()


async def test_escape_asks_after_a_refusal_too(place: Path) -> None:
    async with seated(app_on(place)) as seat:
        await asked(await refused(seat))
        await (await seat.press("n")).at("Form")
        assert {key: seat.one(Input, f"#{key}").value for key in TYPED} == TYPED
        await asked(seat)
        await (await seat.press("y")).see("Welcome to tuiretro")


async def test_text_that_was_taken_back_is_left_without_a_question(place: Path) -> None:
    async with seated(app_on(place)) as seat:
        await (await seat.press("enter")).at("Form")
        await seat.press("A", "backspace", "escape")
        await seat.see("Welcome to tuiretro")


async def test_a_form_that_was_filled_in_for_somebody_is_left_without_a_question(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("enter")).at("ChoosePlay")
        await (await seat.press("enter")).at("Form")
        await (await seat.press("escape")).at("HomeScreen")
