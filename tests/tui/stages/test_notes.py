"""Notes: counted while they are hidden, listed by column when they are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.tui.stages.rooms import BROUGHT, FOCUS_COLUMNS, OPEN, TITLES, WIDTH, a_shown, drawn, keys_of
from tuiretro.model.board_format import Column
from tuiretro.model.retro import Added, Note, Revealed
from tuiretro.tui.stages.notes import note_detail, note_rows

FOCUS = ("data-cleaning", "no-pilot")
UNREAD = "what nobody may read yet"


def test_hidden_notes_are_counted_and_not_one_word_of_them_is_shown() -> None:
    many = (*(Added("start", f"{UNREAD} {at}") for at in range(80)), Added("saw", UNREAD))
    rows = note_rows(a_shown(*many, stage="notes"), WIDTH)
    assert keys_of(rows) == []
    assert UNREAD not in drawn(rows)
    assert drawn(rows).splitlines() == [
        "1 Start                                2 Stop",
        "",
        "",
        "80, hidden                             none yet",
        "▪" * 36,
        "▪" * 36,
        "▪" * 8,
        "",
        "1 note in the other columns.",
    ]


def test_a_board_of_mistakes_shows_the_columns_of_one_at_a_time() -> None:
    shown = a_shown(Added("data-cleaning-saw", UNREAD), notes=BROUGHT, columns=FOCUS_COLUMNS, focus=FOCUS)
    first = drawn(note_rows(shown, WIDTH)).splitlines()
    assert first == [
        "1 of 2: Underestimating the data cleaning burden",
        "tab leads on to the next mistake",
        "",
        "1 Saw                                  2 Why",
        "saw?                                   why?",
        "",
        "1, hidden                              none yet",
        "▪",
        "",
        "1 note brought along from the sprint.",
    ]
    second = drawn(note_rows(replace(shown, column=2), WIDTH)).splitlines()
    assert second[0] == "2 of 2: No pilot before scaling"
    assert "1 note in the other columns." in second


@pytest.mark.parametrize("width", [30, 57, 77, 117])
def test_columns_and_hints_of_any_length_stay_within_the_width(width: int) -> None:
    columns = tuple(Column(f"c{at}", "A very long title", "And a hint that goes on " * 4) for at in range(4))
    lines = drawn(note_rows(a_shown(columns=columns), width)).splitlines()
    assert max(map(len, lines)) <= max(width, 38)
    assert lines[0].startswith("1 A ver")


def test_shown_notes_lie_under_their_columns_and_those_brought_along_last() -> None:
    changes = (Added("data-cleaning-saw", "x"), Added("no-pilot-why", "again " * 20), Revealed())
    rows = note_rows(a_shown(*changes, notes=BROUGHT, columns=FOCUS_COLUMNS, focus=FOCUS), WIDTH)
    assert keys_of(rows) == ["n2", "n3", "n1"]
    assert drawn(rows).splitlines() == [
        TITLES["data-cleaning"],
        "1 Saw  1",
        "- x",
        TITLES["no-pilot"],
        "4 Why  1",
        "- " + " ".join(["again"] * 12),
        "  " + " ".join(["again"] * 8),
        "Brought along  1, m moves one into a column",
        "- dropped on Tuesday",
    ]


def test_columns_of_one_mistake_share_its_title() -> None:
    changes = (Added("data-cleaning-saw", "x"), Added("data-cleaning-why", "y"), Revealed())
    rows = drawn(note_rows(a_shown(*changes, columns=FOCUS_COLUMNS, focus=FOCUS), WIDTH))
    assert rows.count(TITLES["data-cleaning"]) == 1


def test_a_note_of_a_column_that_the_format_lost_is_not_lost() -> None:
    rows = note_rows(a_shown(Revealed(), notes=(Note(1, "gone", "still here"),)), WIDTH)
    assert keys_of(rows) == ["n1"]
    assert "still here" in drawn(rows)


def test_an_empty_board_says_how_to_begin() -> None:
    assert drawn(note_rows(a_shown(Revealed()), WIDTH)) == "No note lies on the board yet. i types the first one."


def test_below_the_board_stands_what_is_typed_into_for_whoever_leads() -> None:
    shown = a_shown(*OPEN, columns=FOCUS_COLUMNS, focus=FOCUS)
    open_, hidden = (
        note_detail(one, None).plain.splitlines() for one in (replace(shown, column=1), a_shown(*OPEN[:-1]))
    )
    assert open_ == ["into 2 Why   why?", "The notes are shown, so what is typed now is read at once."]
    assert hidden[1].startswith("escape before the keyboard is passed on")
    waiting = note_detail(replace(shown, column=1, waiting=1), None).plain.splitlines()[1]
    assert waiting == "1 refused note waits for the line; enter brings the next one."
    assert note_detail(replace(shown, reason="Another program leads it."), None).plain == ""
