from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.core.boards import LAYOUT, written
from tests.core.hostile import HOSTILE
from tuiretro.core import notes
from tuiretro.core.board import applied, board_after
from tuiretro.core.rules import NOTE_LIMIT, NOTES_LIMIT
from tuiretro.core.text import NAME_LIMIT, clean
from tuiretro.core.topics import Topic, topics
from tuiretro.errors import BadInputError, TuiretroError
from tuiretro.model.board_format import Column
from tuiretro.model.retro import Added, Board, Edited, Grouped, Moved, Named, Removed, Ungrouped, VoteRules

START, STOP, SAW = LAYOUT.columns
BOARD = written(4, Grouped((1, 2)))
"""Notes 3 and 4 on their own, and group 5."""
TWICE = replace(LAYOUT, columns=(*LAYOUT.columns, Column("saw-2", "What we saw too")))
FULL = Board(written(1).notes * NOTES_LIMIT)


def on(board: Board, number: int) -> Topic:
    return notes.topic_of(topics(board, LAYOUT), number)


REFUSED: dict[str, Callable[[], object]] = {
    "no column": lambda: notes.find_column(LAYOUT, "lunch"),
    "no column at all": lambda: notes.find_column(LAYOUT, " "),
    "two columns": lambda: notes.find_column(TWICE, "what we"),
    "a column behind the last": lambda: notes.find_column(LAYOUT, "4"),
    "a number like one": lambda: notes.find_column(LAYOUT, "00011"),
    "an empty note": lambda: notes.add(BOARD, START, " \u200b"),
    "a long note": lambda: notes.checked_note("x" * (NOTE_LIMIT + 1)),
    "a budget of none": lambda: notes.vote_rules(BOARD, 0),
    "a full board": lambda: notes.add(FULL, START, "one more"),
    "no note": lambda: notes.note_of(BOARD, 9),
    "no topic": lambda: on(BOARD, 1),
    "edit nothing": lambda: notes.edit(BOARD, 9, "x"),
    "move nothing": lambda: notes.move(BOARD, 5, START),
    "remove nothing": lambda: notes.remove(BOARD, 0),
    "one thing together": lambda: notes.put_together(topics(BOARD, LAYOUT), (3, 3)),
    "a note of a group together": lambda: notes.put_together(topics(BOARD, LAYOUT), (3, 1)),
    "a note apart": lambda: notes.take_apart(on(BOARD, 3)),
    "a note out of no group": lambda: notes.take_out(notes.note_of(BOARD, 3)),
    "a name for a note": lambda: notes.name(on(BOARD, 3), "Builds"),
    "a long name": lambda: notes.name(on(BOARD, 5), "x" * (NAME_LIMIT + 1)),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_makes_no_sense_is_refused_and_the_sentence_says_that_nothing_changed(why: str) -> None:
    with pytest.raises(TuiretroError, match=re.compile("nothing was (saved|changed)", re.IGNORECASE)) as refused:
        REFUSED[why]()

    assert refused.value.message.endswith(".")
    assert len(refused.value.message) < 200


@pytest.mark.parametrize(
    ("wanted", "column"),
    [("1", START), (" 3 ", SAW), ("start", START), ("STOP", STOP), ("sto", STOP), ("What", SAW), ("saw", SAW)],
)
def test_a_column_is_found_by_number_id_or_the_beginning_of_its_title(wanted: str, column: Column) -> None:
    assert notes.find_column(LAYOUT, wanted) == column


def test_an_id_wins_over_the_beginning_of_titles() -> None:
    assert notes.find_column(replace(TWICE, columns=(*TWICE.columns, Column("what", "Else"))), "what").title == "Else"


def test_a_column_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(TuiretroError, match=r"'lunch' is no column; .*: 1 Start, 2 Stop, 3 What we saw\.$"):
        notes.find_column(LAYOUT, "lunch")
    with pytest.raises(TuiretroError, match="'s' fits more than one column"):
        notes.find_column(LAYOUT, "s")


def test_a_note_is_cleaned_before_it_is_kept() -> None:
    assert notes.add(BOARD, START, "  slow\tbuilds \n") == (Added("start", "slow builds"),)
    assert notes.edit(BOARD, 3, " new ") == (Edited(3, "new"),)
    assert notes.checked_note("x" * NOTE_LIMIT) == "x" * NOTE_LIMIT


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_note_is_refused_or_kept_harmless(name: str) -> None:
    try:
        kept = notes.checked_note(HOSTILE[name])
    except BadInputError:
        return

    assert clean(kept) == kept


def test_what_is_so_already_needs_no_change() -> None:
    assert notes.edit(BOARD, 3, " note 3 ") == ()
    assert notes.move(BOARD, 3, START) == ()


def test_a_note_is_moved_and_removed() -> None:
    assert notes.move(BOARD, 3, STOP) == (Moved(3, "stop"),)
    assert notes.remove(BOARD, 3) == (Removed(3),)


def test_topics_are_put_together_with_all_their_notes() -> None:
    changes = notes.put_together(topics(BOARD, LAYOUT), (3, 5, 3))

    assert changes == (Grouped((3, 1, 2)),)
    assert [note.group for note in board_after(BOARD, changes).notes] == [5, 5, 5, None]


def test_a_group_is_taken_apart_or_one_note_taken_out() -> None:
    assert notes.take_apart(on(BOARD, 5)) == (Ungrouped((1, 2)),)
    assert notes.take_out(notes.note_of(BOARD, 2)) == (Ungrouped((2,)),)


def test_a_group_gets_a_name_and_loses_it_again() -> None:
    assert notes.name(on(BOARD, 5), " Builds ") == (Named(5, "Builds"),)
    assert notes.name(on(BOARD, 5), "") == (Named(5, ""),)
    assert on(applied(BOARD, Named(5, "")), 5).title == "note 1"


@pytest.mark.parametrize(
    ("votes", "several", "rules"),
    [(3, None, VoteRules(3, several=True)), (None, False, VoteRules(None, several=False)), (None, True, None)],
)
def test_rules_of_the_vote_are_one_step_and_none_if_they_are_so_already(
    votes: int | None,
    several: bool | None,  # noqa: FBT001 - a case of the table
    rules: VoteRules | None,
) -> None:
    changes = notes.vote_rules(BOARD, votes, several=several)

    assert changes == (() if rules is None else (rules,))
    assert notes.vote_rules(board_after(BOARD, changes), votes, several=several) == ()
