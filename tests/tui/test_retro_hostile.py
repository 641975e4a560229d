"""Whatever people write at a retro, or a format of their own holds, is shown as text at every stage."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from tests.core.hostile import HOSTILE as CORPUS
from tests.store.builders import keep_team
from tests.tui.retros import in_room, on_row, stage
from tests.tui.seat import seated
from tests.tui.states import app_on, opened_at
from tests.tui.test_hostile import HOSTILE, LITERAL, SPAN, TEAM, assert_harmless, team
from tuiretro.core.agenda import SUMMARY
from tuiretro.model.action import Action
from tuiretro.model.board_format import STAGES, Column, Format, Stage
from tuiretro.model.retro import Board, Group, Note, Retro
from tuiretro.store.protocol import Store
from tuiretro.tui.widgets.rows import RowList

TEXTS = (*HOSTILE, *(text for text in CORPUS.values() if "\ud800" not in text and len(text) < 300))
TITLES = ("T [/nope] \x1b[2J", "[@click=app.quit()]x[/]", "[/")
OURS = Format(
    "ours",
    "Our [/nope] own \x1b[2J",
    "About [/ it \x1b[2J\u202e",
    tuple(Column(f"c{at}", text, text) for at, text in enumerate(TITLES)),
    tuple(Stage(id_, f"{id_} [/", 5, ("Say [/nope] \x1b[2J\u202e", "[@click=app.quit()]y[/]")) for id_ in STAGES),
)
WIDE, TALL = (80, 60), (100, 230)


def board(texts: tuple[str, ...]) -> Board:
    """Every text as a note, the first three in a group with a hostile name."""
    notes = tuple(
        Note(at, ("c0", "c1", "c2", "")[at % 4], text, 900 if at < 4 else None) for at, text in enumerate(texts, 1)
    )
    return Board(
        notes,
        (Group(900, "G [/nope] \x1b[2J\u202e"),),
        next_id=901,
        is_revealed=True,
        votes={900: 3, 5: 3},
        decided=tuple(range(1, 6)),
        reviewed={6: "kept", 7: "done"},
    )


def standing(store: Store, at: str, texts: tuple[str, ...] = TEXTS) -> None:
    """A team with a hostile name whose retro stands at a stage, full of every text."""
    keep_team(store, team(TEAM, "[/nope] \x1b[2J\u202e"))
    actions = tuple(
        Action(number, text, 1, date(2026, 12, 20), owner=text, done_when=text) for number, text in enumerate(texts, 1)
    )
    retro = Retro(SPAN, SPAN.starts, OURS, base=board(texts), stage=at, focus=("[/nope]",), is_over=at == SUMMARY)
    store.change_retro(TEAM, 1, lambda table: replace(table, retro=retro, actions=actions))


@pytest.mark.parametrize("at", ["welcome", "actions", "notes", "group", "vote", "discuss", "decide", "close"])
async def test_every_stage_shows_text_as_text(at: str, place: Path) -> None:
    standing(opened_at(place).store, at)
    async with in_room(place, TALL) as seat:
        await stage(seat, at)
        assert_harmless(seat)
        if at in {"notes", "group", "vote", "discuss"}:
            for text in LITERAL:
                await seat.see(text)
        rows = [option.id for option in seat.one(RowList).options if option.id]
        for key in rows[:6]:
            await on_row(seat, key)
            assert_harmless(seat)
        await (await seat.press("s")).at("Reader")
        await seat.see("[@click=app.quit()]y[/]")
        assert_harmless(seat)


async def test_the_summary_of_an_earlier_retro_shows_text_as_text(place: Path) -> None:
    standing(opened_at(place).store, SUMMARY)
    async with seated(app_on(place), TALL) as seat:
        await (await seat.press("5")).see("Our [/nope] own")
        assert_harmless(seat)
        await (await (await on_row(seat, "1")).press("enter")).at("RoomScreen")
        for text in LITERAL:
            await seat.see(text)
        assert_harmless(seat)
        for _ in range(6):
            await seat.press("pagedown")
            assert_harmless(seat)


async def test_dialogs_of_the_room_show_text_as_text(place: Path) -> None:
    standing(opened_at(place).store, "notes", LITERAL)
    async with in_room(place, WIDE) as seat:
        await (await (await on_row(seat, "n1")).press("m")).at("Choose")
        await seat.see("[@click=app.quit()]x[/]")
        assert_harmless(seat)
        await (await (await seat.press("escape")).at("RoomScreen")).press("e")
        await seat.at("Form")
        assert_harmless(seat)
        await (await (await seat.press("escape")).at("RoomScreen")).press("j")
        await (await seat.at("Choose")).see("welcome [/")
        assert_harmless(seat)
        await (await (await seat.press("escape")).at("RoomScreen")).press("i")
        for text in (*HOSTILE, "\x1b[2J"):
            seat.one(Input, "#note").value = text
            await seat.pilot.pause()
            assert_harmless(seat)
        await (await seat.press("enter")).told("characters that cannot be shown")
        assert_harmless(seat)


async def test_voting_alone_and_deciding_show_text_as_text(place: Path) -> None:
    standing(opened_at(place).store, "vote", LITERAL)
    async with in_room(place, WIDE) as seat:
        await (await seat.press("v")).at("BallotScreen")
        assert_harmless(seat)
        await (await (await seat.press("escape")).at("RoomScreen")).press("n")
        await (await stage(seat, "discuss")).press("n")
        await (await (await stage(seat, "decide")).see("TAKEN ON 5")).press("enter")
        await seat.at("Form")
        assert_harmless(seat)
