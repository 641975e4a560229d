"""Notes and groups: typed, shown, changed, put together and found again."""

from __future__ import annotations

from pathlib import Path

from textual.events import Key, Paste
from textual.widgets import Input

from tests.tui.retros import NOTES, begun, board_at, in_room, names, on_row, room_at, room_of, stage, typed
from tests.tui.states import opened_at
from tuiretro.core.rules import NOTE_LIMIT
from tuiretro.service import retros
from tuiretro.tui.flows.retro_board import UNSAVED
from tuiretro.tui.widgets.typing import NoteLine, SearchLine


async def test_notes_are_typed_one_after_the_other_into_any_column(with_team: Path) -> None:
    begun(with_team, stage="notes")
    async with in_room(with_team) as seat:
        assert "enter add  tab next column  escape done" in seat.keys
        await seat.see("into 1 Start")
        await seat.press("up", "enter", *"n b 2", "enter")
        await seat.see("1, hidden")
        assert "n b 2" not in seat.text
        await seat.until(lambda: "up last note" in seat.keys)
        await (await seat.press("tab")).see("into 2 Stop")
        await typed(seat, "second")
        await (await seat.press("tab", "tab")).see("into 1 Start")
        await (await seat.press("shift+tab")).see("into 3 Continue")
        await typed(seat, "third")
        await seat.until(lambda: len(board_at(with_team).notes) == 3)
        await (await seat.press("escape", "9", "2")).see("into 2 Stop")
        await typed(seat, "by digit")
        await seat.until(lambda: len(board_at(with_team).notes) == 4)
        await (await seat.press("up")).at("Form")
        assert seat.one(Input, "#note").value == "by digit"
        await (await seat.fill(note="")).press("enter")
        await seat.see("The note is empty")
        await (await seat.fill(note="by a digit")).press("enter")
        await (await seat.at("RoomScreen")).press(*"half", "up")
        assert seat.screen == "RoomScreen"
        assert seat.one(Input, "#note").value == "half"
    assert [(note.column, note.text) for note in board_at(with_team).notes] == [
        ("start", "n b 2"),
        ("stop", "second"),
        ("continue", "third"),
        ("stop", "by a digit"),
    ]


async def test_a_note_that_is_refused_comes_back_into_the_line_and_never_over_another(with_team: Path) -> None:
    begun(with_team, stage="notes")
    long = "x" * (NOTE_LIMIT + 1)
    async with in_room(with_team) as seat:
        await (await typed(seat, long)).told(f"The note is {NOTE_LIMIT + 1} characters long")
        await seat.until(lambda: seat.one(Input, "#note").value == long)
        await typed(seat, "short")
        await seat.see("1, hidden")
        await typed(seat, "   ")
        assert seat.notified == "" or "characters long" in seat.notified
    assert [note.text for note in board_at(with_team).notes] == ["short"]


async def test_refused_notes_wait_in_their_order_until_the_line_is_free_and_none_is_forgotten_unsaid(
    with_team: Path,
) -> None:
    begun(with_team, stage="notes")
    first, second, third = (f"{name} {'x' * NOTE_LIMIT}" for name in ("first", "second", "third"))
    async with in_room(with_team) as seat:
        line = seat.one(NoteLine, "#note")
        await seat.press("tab")
        line.post_message(Paste(f"{first}\n{second}\nsaved\n{third}"))
        line.post_message(Key("h", "h"))
        await seat.told("3 refused notes wait for the line; enter brings the next one.")
        assert seat.app.farewell == UNSAVED
        await (await seat.press("tab", "i", "enter")).until(lambda: line.value == first)
        await seat.see("into 2 Stop")
        line.value = ""
        for text in ("first", " "):
            room_of(seat).on_note_line_typed(NoteLine.Typed(text))
        assert line.value == "", "what comes in one go is judged as a whole, lest keys fall into an older note"
        await seat.until(lambda: line.value == second)
        await (await seat.press("enter")).until(lambda: line.value == second)
        line.value = ""
        await (await seat.press("escape")).until(lambda: line.value == third)
        for _ in range(2):
            room_of(seat).action_wish("leave")
        await (await seat.at("Confirm")).see("Leave without 1 note?")
        await (await (await seat.press("n")).at("RoomScreen")).press("i")
        await typed(seat, "third")
        await seat.until(lambda: seat.app.farewell == "")
    written = [(note.column, note.text) for note in board_at(with_team).notes]
    assert written == [("stop", "saved"), ("continue", "hi"), ("stop", "first"), ("stop", "third")]


async def test_shown_notes_are_edited_moved_removed_and_hidden_again(with_team: Path) -> None:
    begun(with_team, stage="notes", notes=NOTES)
    async with in_room(with_team) as seat:
        await seat.press("escape", "e", "m", "x")
        assert not names(seat) & {"note-edit", "note-move", "note-remove"}
        await (await (await seat.press("r")).see("slow builds")).until(lambda: "note-edit" in names(seat))
        await (await (await on_row(seat, "n1")).press("e")).at("Form")
        await (await seat.fill(note="very slow builds")).press("enter")
        await (await seat.at("RoomScreen")).see("very slow builds")
        await (await (await on_row(seat, "n1")).press("m")).at("Choose")
        await (await seat.press("escape")).at("RoomScreen")
        await (await seat.press("m")).at("Choose")
        await (await seat.press("end", "enter")).at("RoomScreen")
        await seat.see("3 Continue 2 - very slow builds")
        await (await on_row(seat, "n2")).press("x", "x")
        await seat.until(lambda: len(board_at(with_team).notes) == 2)
        await seat.told("Removed; u brings it back.")
        await (await seat.press("u")).told("Taken back: the removal of a note.")
        await (await seat.press("i")).see("into 1 Start")
        await typed(seat, "one more")
        await seat.see("- one more")
        await (await seat.press("escape", "r")).see("2, hidden none yet 2, hidden")
        assert "one more" not in seat.text
    assert {note.text: note.column for note in board_at(with_team).notes}["very slow builds"] == "continue"


async def test_a_note_that_went_away_while_its_key_was_pressed_is_left_alone(with_team: Path) -> None:
    begun(with_team, stage="notes", notes=NOTES, shown=True)
    async with in_room(with_team) as seat:
        await on_row(seat, "n1")
        for wish in ("remove", "edit", "remove"):
            room_of(seat).action_wish(wish)
        await seat.told("There is no note 1 on the board; nothing was changed.")
        assert seat.screen == "RoomScreen"
        await (await on_row(seat, "n2")).press("m")
        await seat.at("Choose")
        workspace = opened_at(with_team)
        retros.close(workspace, room_at(with_team))
        await (await seat.press("down", "enter")).at("RoomScreen")
        await seat.told("The retro of sprint 1 is over; nothing was changed.")
        await seat.see("minutes; over.")


async def test_a_form_that_another_program_makes_pointless_says_so(with_team: Path) -> None:
    begun(with_team, stage="notes", notes=NOTES, shown=True)
    async with in_room(with_team) as seat:
        await (await (await on_row(seat, "n1")).press("e")).at("Form")
        retros.close(opened_at(with_team), room_at(with_team))
        await (await seat.press("enter")).see("The retro of sprint 1 is over; nothing was changed.")
        await (await seat.press("escape")).at("Confirm")
        await (await seat.press("y")).at("RoomScreen")
        await (await seat.press("u")).told("is over; nothing was changed.")


async def test_marked_notes_become_a_group_that_has_a_name_and_is_taken_apart(with_team: Path) -> None:
    begun(with_team, stage="group", notes=NOTES, shown=True)
    async with in_room(with_team) as seat:
        await seat.see("0 marked")
        await (await seat.press("g")).told("Mark two or more notes or groups")
        await (await on_row(seat, "t1")).press("space", "down", "space")
        await seat.see("2 marked g puts them together")
        await (await seat.press("g")).at("Form")
        await (await seat.press("escape")).at("RoomScreen")
        await seat.see("a group without a name; e names it 2 notes")
        await seat.see("0 marked")
        await (await (await on_row(seat, "t3")).press("e")).told("Only a group can have a name")
        await (await (await on_row(seat, "t5")).press("e")).at("Form")
        await (await seat.fill(name="x" * 200)).press("enter")
        await (await seat.see("The name is 200 characters long")).fill(name="Build and test")
        await (await (await seat.press("enter")).at("RoomScreen")).see("[ ] Build and test 2 notes")
        await (await (await on_row(seat, "n2")).press("e")).at("Form")
        await (await (await seat.press("escape")).at("RoomScreen")).press("space")
        await seat.see("[x] Build and test")
        await (await on_row(seat, "t4")).press("space", "g")
        await seat.see("Build and test 3 notes")
        await (await on_row(seat, "n4")).press("t")
        await seat.see("Build and test 2 notes")
        await (await (await on_row(seat, "t3")).press("t")).told("This note lies in no group")
        await (await on_row(seat, "t5")).press("t")
        await seat.until(lambda: board_at(with_team).groups == ())
        await (await seat.press("u")).told("Taken back: taking notes apart.")
        await (await seat.see("Build and test 2 notes")).press("escape")
        await seat.at("HomeScreen")


async def test_the_last_row_can_be_marked_and_the_mark_taken_away(with_team: Path) -> None:
    begun(with_team, stage="group", notes=NOTES)
    async with in_room(with_team) as seat:
        await (await on_row(seat, "t4")).press("space")
        await seat.see("1 marked")
        await (await seat.press("space")).see("0 marked")


async def test_notes_are_found_by_what_they_hold_and_marks_outlive_the_search(with_team: Path) -> None:
    begun(with_team, stage="group", notes=NOTES)
    async with in_room(with_team) as seat:
        await (await seat.press("slash", *"demo")).see("a demo every week")
        await seat.until(lambda: "slow builds" not in seat.text)
        await (await seat.press("enter", "space")).see("1 marked only what holds 'demo'")
        await (await seat.press("slash", *"tests")).see("flaky tests")
        assert seat.one(SearchLine).value == "tests"
        await seat.press("down", "up", "pagedown", "pageup", "enter", "space", "g")
        await (await (await seat.at("Form")).press("escape")).at("RoomScreen")
        await (await seat.see("a group without a name")).press("escape")
        await seat.see("slow builds")
        assert seat.screen == "RoomScreen"
        await (await seat.press("slash", *"zzz")).see("No note holds 'zzz'.")
        await (await seat.press("escape")).see("slow builds")
        await (await seat.press("slash", *"demo", "enter", "n")).pilot.pause()
        await stage(seat, "vote")
        await stage(await seat.press("b"), "group")
        await seat.see("slow builds")
        assert not seat.one(SearchLine).display


async def test_enter_means_what_stands_before_it_however_quickly_keys_arrive(with_team: Path) -> None:
    begun(with_team, stage="notes")
    async with in_room(with_team) as seat:
        await seat.see("into 1 Start")
        line = seat.one(NoteLine, "#note")
        for character in "one\rtwo\rthree\r":
            line.post_message(Key("enter", None) if character == "\r" else Key(character, character))
        await seat.until(lambda: len(board_at(with_team).notes) == 3)
        line.post_message(Paste("four\n\n five \nsix"))
        await seat.until(lambda: len(board_at(with_team).notes) == 6)
        line.post_message(Paste("half a note"))
        await seat.until(lambda: line.value == "half a note")
        line.cursor_position = len("half a")
        line.post_message(Paste(" long\nseven"))
        await seat.until(lambda: len(board_at(with_team).notes) == 8)
        line.post_message(Paste(""))
    texts = [note.text for note in board_at(with_team).notes]
    assert texts == ["one", "two", "three", "four", "five", "six", "half a long note", "seven"]
