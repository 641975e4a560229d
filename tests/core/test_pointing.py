from __future__ import annotations

import pytest

from tests.core.boards import LAYOUT, written
from tuiretro.core.board import applied, board_after
from tuiretro.core.pointing import ballot_of, counted, grouped, topic_at, ungrouped, votes_typed
from tuiretro.core.topics import LARGEST_BUDGET, topics
from tuiretro.errors import BadInputError, NotFoundError
from tuiretro.model.retro import Counted, Grouped, Named, Ungrouped

BOARD = written(4, Grouped((1, 2)))
"""Notes 3 and 4 on their own, and group 5."""
FOUND = topics(BOARD, LAYOUT)


def test_a_number_points_at_a_topic_or_at_the_one_that_its_note_lies_in() -> None:
    assert [topic_at(FOUND, number).id for number in (1, 2, 3, 5)] == [5, 5, 3, 5]
    with pytest.raises(NotFoundError, match="There is no topic 9; nothing was changed"):
        topic_at(FOUND, 9)


def test_notes_bring_their_topic_along_into_a_group_with_a_name() -> None:
    assert grouped(BOARD, LAYOUT, (2, 3)) == (Grouped((1, 2, 3)),)

    changes = grouped(BOARD, LAYOUT, (3, 4), " Builds ")
    assert changes == (Grouped((3, 4)), Named(6, "Builds"))
    assert topics(board_after(BOARD, changes), LAYOUT)[1].title == "Builds"


@pytest.mark.parametrize("numbers", [(1, 2), (3,), (5, 1)])
def test_one_topic_alone_is_not_put_together(numbers: tuple[int, ...]) -> None:
    with pytest.raises(BadInputError, match=r"two or more .* Nothing was changed"):
        grouped(BOARD, LAYOUT, numbers)


def test_a_group_is_taken_apart_or_one_note_of_it_taken_out() -> None:
    assert ungrouped(FOUND, 5) == (Ungrouped((1, 2)),)
    assert ungrouped(FOUND, 2) == (Ungrouped((2,)),)
    with pytest.raises(BadInputError, match=r"lies in no group.*nothing was changed"):
        ungrouped(FOUND, 3)


def test_votes_are_read_as_they_are_typed() -> None:
    assert votes_typed(["3", "4=2", "3=1"]) == {3: 2, 4: 2}


@pytest.mark.parametrize("words", [[], ["x"], ["3="], ["=2"], ["3=-1"], ["1" * 9], ["3,4"], ["\u0663"]])
def test_votes_that_are_none_are_refused(words: list[str]) -> None:
    with pytest.raises(BadInputError, match=r"such as .*3=2\. Nothing was saved\."):
        votes_typed(words)


def test_votes_for_a_note_go_to_its_topic() -> None:
    assert ballot_of(FOUND, {1: 1, 2: 1, 3: 1}) == {5: 2, 3: 1}


def test_a_count_says_how_many_votes_a_topic_has_and_not_how_many_more() -> None:
    found = topics(applied(BOARD, Counted(5, 3)), LAYOUT)

    assert counted(found, {1: 5, 3: 2}, people=7) == (Counted(5, 2), Counted(3, 2))
    assert counted(found, {5: 3}, people=7) == ()
    assert counted(found, {5: 0}, people=7) == (Counted(5, -3),)
    with pytest.raises(BadInputError, match=r"are more than 7 people have\. Nothing was saved"):
        counted(found, {5: 7 * LARGEST_BUDGET + 1}, people=7)
