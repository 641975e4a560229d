from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.core.boards import BOARDS, GROUPINGS, SERIES, all_votes, an_action, topics_on, written
from tuiretro.core.board import applied, board_after
from tuiretro.model.retro import (
    Added,
    Board,
    Change,
    Counted,
    Decided,
    Discussed,
    Edited,
    Group,
    Grouped,
    Moved,
    Named,
    Note,
    Removed,
    Revealed,
    Ungrouped,
    Voted,
    VoteRules,
)

QUICK = settings(max_examples=200, deadline=None)
NOWHERE = (
    Edited(99, "x"), Moved(99, "stop"), Removed(99), Grouped((98, 99)), Named(99, "x"), Ungrouped((99,)),
    Counted(99, 3), Discussed(99), Discussed(99, done=False),
)  # fmt: skip


def test_a_note_is_found_in_a_file_that_holds_them_in_any_order() -> None:
    board = Board(tuple(Note(number, "start", f"note {number}") for number in (3, 1, 2)), next_id=4)
    for number in (1, 2, 3):
        edited = applied(board, Edited(number, "new"))
        assert [note.id for note in edited.notes if note.text == "new"] == [number]
        moved = applied(board, Moved(number, "stop"))
        assert [note.id for note in moved.notes if note.column == "stop"] == [number]


def ids(board: Board) -> set[int]:
    return {note.id for note in board.notes} | {group.id for group in board.groups}


@QUICK
@given(SERIES)
def test_no_changes_whatever_leave_a_board_that_contradicts_itself(changes: tuple[Change, ...]) -> None:
    board = board_after(Board(), changes)

    assert len(ids(board)) == len(board.notes) + len(board.groups)
    assert max(ids(board), default=0) < board.next_id
    assert {group.id for group in board.groups} == {note.group for note in board.notes} - {None}
    assert set(board.votes) | set(board.discussed) <= topics_on(board)
    assert all(votes > 0 for votes in board.votes.values())
    assert len(set(board.discussed)) == len(board.discussed)


@QUICK
@given(BOARDS, GROUPINGS)
def test_no_vote_is_lost_by_putting_notes_together(board: Board, change: Grouped) -> None:
    assert all_votes(applied(board, change)) == all_votes(board)


@QUICK
@given(SERIES)
def test_no_number_is_used_twice(changes: tuple[Change, ...]) -> None:
    board, given_out = Board(), set[int]()
    for change in changes:
        before, board = board, applied(board, change)
        fresh = ids(board) - ids(before)
        assert not fresh & given_out
        given_out |= fresh


@pytest.mark.parametrize("change", NOWHERE, ids=lambda change: type(change).__name__)
def test_what_names_nothing_on_the_board_changes_nothing(change: Change) -> None:
    board = written(2, Grouped((1, 2)), Counted(3, 2), Discussed(3), Revealed())

    assert applied(board, change) == board


def test_a_note_is_added_edited_moved_and_removed() -> None:
    board = board_after(Board(), (Added("start", "one"), Added("stop", "two"), Edited(1, "uno"), Moved(1, "stop")))

    assert board.notes == (Note(1, "stop", "uno"), Note(2, "stop", "two"))
    assert applied(board, Removed(1)).notes == (Note(2, "stop", "two"),)


def test_notes_go_into_the_first_group_among_them_or_a_new_one() -> None:
    board = written(5, Grouped((1, 2)), Grouped((3, 4)))
    assert [note.group for note in board.notes] == [6, 6, 7, 7, None]

    merged = applied(board, Grouped((5, 4, 3, 1, 2)))
    assert {note.group for note in merged.notes} == {7}
    assert merged.groups == (Group(7, ""),)


def test_votes_of_notes_that_become_one_topic_are_added_up() -> None:
    board = written(3, Counted(1, 2), Counted(2, 3), Counted(3, 1), Grouped((1, 2)))
    assert board.votes == {3: 1, 4: 5}

    assert applied(board, Grouped((1, 2, 3))).votes == {4: 6}


def test_a_group_that_keeps_a_note_keeps_its_votes_too() -> None:
    board = written(4, Grouped((1, 2)), Counted(5, 3), Grouped((2, 3)))
    assert board.votes == {5: 3}

    parted = board_after(written(4, Grouped((1, 2)), Grouped((3, 4)), Counted(6, 2)), (Grouped((1, 3)),))
    assert (parted.votes, [note.group for note in parted.notes]) == ({6: 2}, [5, 5, 5, 6])


def test_a_group_has_a_name_until_its_last_note_is_gone() -> None:
    board = written(2, Grouped((1, 2)), Named(3, "Builds"), Removed(1))
    assert board.groups == (Group(3, "Builds"),)

    assert applied(board, Removed(2)) == Board(next_id=4)


def test_the_only_note_of_a_group_keeps_votes_and_mark_when_it_is_taken_out() -> None:
    board = written(2, Grouped((1, 2)), Counted(3, 2), Discussed(3), Ungrouped((1,)))
    assert (board.votes, board.discussed) == ({3: 2}, (3,))

    alone = applied(board, Ungrouped((2,)))
    assert (alone.votes, alone.discussed, alone.groups) == ({2: 2}, (2,), ())


def test_votes_for_a_group_belong_to_none_of_its_notes_when_it_is_taken_apart() -> None:
    board = written(3, Counted(3, 1), Grouped((1, 2)), Counted(4, 2), Ungrouped((1, 2)))

    assert (board.votes, board.groups) == ({3: 1}, ())


def test_counted_votes_are_taken_back_down_to_none() -> None:
    board = written(1, Counted(1, 2), Counted(1, -1))
    assert board.votes == {1: 1}

    assert applied(board, Counted(1, -5)).votes == {}


def test_a_sum_of_votes_takes_the_place_of_what_was_there() -> None:
    board = written(2, Counted(1, 2), Voted({2: 3, 9: 1}, 4))

    assert (board.votes, board.voters) == ({2: 3}, 4)


def test_notes_are_shown_and_hidden_and_the_vote_has_rules() -> None:
    board = written(1, Revealed(), VoteRules(5, several=False))

    assert (board.is_revealed, board.budget, board.several) == (True, 5, False)
    assert not applied(board, Revealed(shown=False)).is_revealed


def test_what_was_discussed_stands_in_the_order_in_which_it_was() -> None:
    board = written(3, Discussed(2), Discussed(1), Discussed(2))
    assert board.discussed == (1, 2)

    assert applied(board, Discussed(1, done=False)).discussed == (2,)


def test_what_was_taken_on_is_told_from_what_became_of_earlier_actions() -> None:
    action = an_action(4)
    board = written(
        0, Decided(None, action), Decided(action, an_action(4, "Other")), Decided(None, an_action(2), "kept")
    )

    assert (board.decided, board.reviewed) == ((4,), {2: "kept"})
