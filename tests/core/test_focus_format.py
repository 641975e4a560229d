from __future__ import annotations

import pytest

from tuiretro.core.focus_format import for_focus
from tuiretro.errors import NotNowError
from tuiretro.model.board_format import Column, Format, Stage

COLUMNS = (Column("saw", "What we saw", "What did you see?"), Column("try", "What we could try"))
STAGES = (Stage("notes", "notes", 8),)
FOCUS = Format("from-focus", "From the focus list", "Columns of mistakes.", COLUMNS, STAGES, 7, from_focus=True)
PLAIN = Format("plain", "Plain", "Two columns.", COLUMNS, STAGES)
MISTAKES = ("model-drift", "data-cleaning")


def test_columns_stand_once_for_each_mistake_in_the_order_of_the_list() -> None:
    made = for_focus(FOCUS, MISTAKES)
    assert made.columns == (
        Column("model-drift.saw", "What we saw", "What did you see?", "model-drift"),
        Column("model-drift.try", "What we could try", "", "model-drift"),
        Column("data-cleaning.saw", "What we saw", "What did you see?", "data-cleaning"),
        Column("data-cleaning.try", "What we could try", "", "data-cleaning"),
    )


def test_all_else_of_the_format_stays() -> None:
    made = for_focus(FOCUS, MISTAKES)
    assert (made.id, made.title, made.stages, made.topic_minutes) == (FOCUS.id, FOCUS.title, STAGES, 7)
    assert made.from_focus


def test_without_a_focus_list_it_is_refused_with_what_to_do() -> None:
    with pytest.raises(NotNowError) as refused:
        for_focus(FOCUS, ())
    assert refused.value.message == (
        "'From the focus list' has no columns, since the focus list is empty: choose another format, or close a round "
        "first; no retro was begun."
    )


@pytest.mark.parametrize("mistakes", [(), MISTAKES])
def test_any_other_format_stays_as_it_is(mistakes: tuple[str, ...]) -> None:
    assert for_focus(PLAIN, mistakes) is PLAIN
