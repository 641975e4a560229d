from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from msgspec.structs import replace

from tests.core.boards import LAYOUT, written
from tuiretro.core import pointing
from tuiretro.core.board import board_after
from tuiretro.core.topics import LARGEST_BUDGET, topics
from tuiretro.errors import BadInputError, TuiretroError
from tuiretro.model.retro import Counted, Grouped, Named, Ungrouped

BOARD = written(5, Grouped((1, 2)), Counted(6, 3))
"""Notes 3, 4 and 5 on their own, and group 6 with three votes."""
FOUND = topics(BOARD, LAYOUT)

REFUSED: dict[str, Callable[[], object]] = {
    "no such number": lambda: pointing.topic_at(FOUND, 9),
    "one topic by two of its notes": lambda: pointing.grouped(BOARD, LAYOUT, (1, 2)),
    "a group with a name that is too long": lambda: pointing.grouped(BOARD, LAYOUT, (3, 4), "x" * 61),
    "a note that lies in no group": lambda: pointing.ungrouped(FOUND, 3),
    "no vote": lambda: pointing.votes_typed(()),
    "votes for nothing": lambda: pointing.ballot_of(FOUND, {9: 1}),
    "a count that cannot be": lambda: pointing.counted(FOUND, {3: 5 * LARGEST_BUDGET + 1}, 5),
    **{
        f"the vote {word!r}": partial(pointing.votes_typed, (word,))
        for word in ("", "x", "3=", "-1", "3=-1", "3==2", "²", "٣", "1" * 6)
    },
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_points_at_nothing_is_refused_and_nothing_was_changed(why: str) -> None:
    with pytest.raises(TuiretroError, match=re.compile("nothing was (saved|changed)", re.IGNORECASE)) as refused:
        REFUSED[why]()

    assert refused.value.message.endswith(".")
    assert len(refused.value.message) < 200


@pytest.mark.parametrize(("number", "topic"), [(1, 6), (2, 6), (6, 6), (3, 3)])
def test_a_number_is_a_topic_or_a_note_in_one(number: int, topic: int) -> None:
    assert pointing.topic_at(FOUND, number).id == topic


def test_notes_are_put_together_by_any_of_their_numbers_and_get_their_name_in_the_same_go() -> None:
    changes = pointing.grouped(BOARD, LAYOUT, (3, 1), " Deploys ")

    assert changes == (Grouped((3, 1, 2)), Named(6, "Deploys"))
    assert pointing.grouped(BOARD, LAYOUT, (3, 4)) == (Grouped((3, 4)),)
    assert pointing.grouped(BOARD, LAYOUT, (3, 4), "New") == (Grouped((3, 4)), Named(7, "New"))
    assert pointing.topic_at(topics(board_after(BOARD, changes), LAYOUT), 3).title == "Deploys"


def test_a_group_comes_apart_as_a_whole_or_note_by_note() -> None:
    assert pointing.ungrouped(FOUND, 6) == (Ungrouped((1, 2)),)
    assert pointing.ungrouped(FOUND, 2) == (Ungrouped((2,)),)


@pytest.mark.parametrize(
    ("typed", "stage"),
    [
        ("1", "welcome"),
        (" 4 ", "notes"),
        ("silent Writing", "notes"),
        ("0", "0"),
        ("10", "10"),
        ("Lunch", "lunch"),
        ("summary", "summary"),
    ],
)
def test_a_stage_is_found_by_number_id_or_title_and_anything_else_is_judged_later(typed: str, stage: str) -> None:
    stages = tuple(replace(one, title="Silent writing") if one.id == "notes" else one for one in LAYOUT.stages)
    assert pointing.stage_at(replace(LAYOUT, stages=stages), typed) == stage


def test_votes_add_up_however_they_are_typed() -> None:
    assert pointing.votes_typed(("3", "4=2", "3=1", "5=0")) == {3: 2, 4: 2, 5: 0}
    assert pointing.ballot_of(FOUND, {1: 1, 2: 1, 6: 1, 3: 1}) == {6: 3, 3: 1}


def test_a_count_takes_the_place_of_what_a_topic_has() -> None:
    assert pointing.counted(FOUND, {6: 5, 3: 2, 4: 0}, 5) == (Counted(6, 2), Counted(3, 2))
    assert pointing.counted(FOUND, {1: 0}, 5) == (Counted(6, -3),)
    assert pointing.counted(FOUND, {6: 3}, 5) == ()


def test_a_word_that_is_no_vote_is_told_cut_short() -> None:
    with pytest.raises(BadInputError, match=r"'x{19}…'"):
        pointing.votes_typed(("x" * 500,))
