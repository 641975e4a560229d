from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.boards import BOARDS, CHANGES, SERIES, a_retro, an_action, written
from tuiretro.core.steps import board_of, board_since, do, finished, in_force, redo, undo, words
from tuiretro.core.topics import shown_board
from tuiretro.errors import NotNowError
from tuiretro.model.retro import (
    Added,
    Board,
    Change,
    Counted,
    Decided,
    Discussed,
    Edited,
    Grouped,
    Moved,
    Named,
    Removed,
    Revealed,
    Ungrouped,
    Voted,
    VoteRules,
)

QUICK = settings(max_examples=150, deadline=None)
ACTION = an_action(3)
TOLD: tuple[tuple[Change, str], ...] = (
    (Added("start", "slow builds"), "note 'slow builds'"),
    (Edited(1, "x"), "the new text of a note"),
    (Moved(1, "stop"), "a note's way into another column"),
    (Removed(1), "the removal of a note"),
    (Revealed(), "showing the notes"),
    (Revealed(shown=False), "hiding the notes"),
    (Grouped((1, 2)), "putting notes together"),
    (Ungrouped((1,)), "taking notes apart"),
    (Named(3, "Builds"), "the name 'Builds'"),
    (Named(3, ""), "taking a group's name away"),
    (VoteRules(5, several=True), "the rules of the vote"),
    (Counted(1, 2), "a count of votes"),
    (Voted({1: 2}, 1), "all votes that were cast by passing the keyboard"),
    (Discussed(1), "marking a topic as discussed"),
    (Discussed(1, done=False), "opening a topic again"),
    (Decided(None, ACTION), "action 3, 'Write the data card'"),
    (Decided(ACTION, ACTION, "kept"), "what became of action 3, 'Write the data card'"),
)


@QUICK
@given(BOARDS, SERIES)
def test_all_that_was_done_can_be_taken_back_and_done_again(base: Board, changes: tuple[Change, ...]) -> None:
    retro = do(a_retro(base=base), *changes)
    boards = [board_of(retro)]
    while in_force(retro):
        retro, change = undo(retro)
        assert change == retro.changes[-retro.undone]
        boards.append(board_of(retro))
    assert boards[-1] == base

    for board in reversed(boards[:-1]):
        standing = len(in_force(retro))
        retro, change = redo(retro)
        assert (board_of(retro), change) == (board, retro.changes[standing])
    assert retro == do(a_retro(base=base), *changes)


@QUICK
@given(st.lists(CHANGES | st.sampled_from(("undo", "redo")), max_size=25))
def test_no_two_sums_of_votes_ever_stand_in_one_retro(steps: list[Change | str]) -> None:
    retro = a_retro(base=written(3))
    for step in steps:
        if isinstance(step, str):
            can = in_force(retro) if step == "undo" else retro.undone
            retro = (undo if step == "undo" else redo)(retro)[0] if can else retro
        else:
            retro = do(retro, step)
        assert sum(isinstance(change, Voted) for change in retro.changes) <= 1


def test_a_change_takes_the_place_of_those_that_were_taken_back() -> None:
    retro = undo(undo(a_retro(Added("start", "one"), Added("start", "two"), Revealed()))[0])[0]
    changed = do(retro, Added("start", "three"))

    assert (changed.changes, changed.undone) == ((Added("start", "one"), Added("start", "three")), 0)


def test_doing_nothing_keeps_what_can_be_done_again() -> None:
    retro = undo(a_retro(Revealed()))[0]

    assert do(retro) == retro


def test_a_sum_of_votes_is_taken_back_as_a_whole() -> None:
    retro = do(a_retro(base=written(2)), Voted({1: 1}, 1), Counted(2, 1), Voted({1: 1, 2: 4}, 2))
    assert retro.changes == (Counted(2, 1), Voted({1: 1, 2: 4}, 2))

    board = board_of(undo(retro)[0])
    assert (board.votes, board.voters) == ({2: 1}, 0)


@pytest.mark.parametrize("undone", [0, 5])
def test_there_is_an_end_to_taking_back_and_doing_again(undone: int) -> None:
    with pytest.raises(NotNowError, match="nothing to take back in this retro; nothing was changed"):
        undo(replace(a_retro(), undone=undone))
    with pytest.raises(NotNowError, match="nothing to do again in this retro; nothing was changed"):
        redo(replace(a_retro(), undone=undone))


def test_a_file_that_takes_back_more_than_was_done_is_read_as_nothing_done() -> None:
    assert in_force(replace(a_retro(Revealed(), Revealed()), undone=3)) == ()


@QUICK
@given(SERIES)
def test_a_retro_that_is_over_holds_its_board_and_no_step(changes: tuple[Change, ...]) -> None:
    retro = a_retro(*changes)
    over = finished(retro, 4)

    assert (board_of(over), over.changes, over.undone) == (shown_board(board_of(retro), 4), (), 0)
    assert (over.stage, over.is_over) == ("summary", True)


def test_what_was_taken_back_stays_so_when_a_retro_ends() -> None:
    assert board_of(finished(undo(a_retro(Added("start", "one")))[0], 4)).notes == ()


@pytest.mark.parametrize(("change", "said"), TOLD, ids=lambda value: value if isinstance(value, str) else "")
def test_every_change_has_its_words(change: Change, said: str) -> None:
    assert words(change) == said


def test_no_kind_of_change_is_without_words() -> None:
    assert {type(change) for change, _ in TOLD} == set(Change.__args__)
    with pytest.raises(TypeError):
        words("no change")  # type: ignore[arg-type]


def test_a_note_that_is_hidden_is_not_told_by_taking_it_back() -> None:
    assert words(Added("start", "the lead is late"), is_revealed=False) == "a note"
    assert words(Removed(1), is_revealed=False) == "the removal of a note"


@pytest.mark.parametrize(("voters", "kept"), [(3, {}), (4, {1: 2})])
def test_votes_that_may_never_be_shown_end_with_the_retro(voters: int, kept: dict[int, int]) -> None:
    retro = a_retro(Added("start", "one"), Voted({1: 2}, voters))
    assert finished(retro, 4).base.votes == kept


@given(BOARDS, SERIES, st.data())
def test_a_board_that_was_known_leads_to_the_same_as_one_made_from_the_beginning(
    base: Board, changes: tuple[Change, ...], data: st.DataObject
) -> None:
    retro = replace(a_retro(), base=base, changes=changes)
    known = replace(retro, undone=data.draw(st.integers(0, len(changes))))
    now = replace(retro, undone=data.draw(st.integers(0, len(changes))))

    assert board_since(known, board_of(known), now) == board_of(now)


def test_a_board_of_another_beginning_is_no_step_towards_this_one() -> None:
    known, now = a_retro(base=Board(next_id=7)), a_retro(Added("start", "new"))

    assert board_since(known, board_of(known), now) == board_of(now)
