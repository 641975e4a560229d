from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.boards import a_retro, an_action
from tuiretro.core.decisions import as_left, done_again, fate_of, taken_back, with_action
from tuiretro.core.steps import board_of, redo, undo
from tuiretro.errors import NotNowError
from tuiretro.model.action import Action
from tuiretro.model.retro import Board, Change, Decided, Revealed

ONE, TWO = an_action(1, "One"), an_action(2, "Two")
TAKEN_ON = Decided(None, TWO)
DONE = Decided(ONE, replace(ONE, status="done", closed=14), "done")
REWORDED = Decided(ONE, replace(ONE, title="In other words"))
MOVED_ELSEWHERE = replace(TWO, owner="Ole")


def test_an_action_is_put_into_its_place_or_added() -> None:
    assert with_action((ONE,), TWO) == (ONE, TWO)
    assert with_action((ONE, TWO), DONE.after) == (DONE.after, TWO)


@settings(deadline=None)
@given(st.booleans(), st.sampled_from((TAKEN_ON, DONE, REWORDED)))
def test_what_was_decided_can_be_taken_back_and_done_again(others: bool, change: Decided) -> None:  # noqa: FBT001
    more = (an_action(7, "Another"),) if others else ()
    before = (*(() if change.before is None else (change.before,)), *more)
    after = with_action(before, change.after)

    assert taken_back(after, change) == (before, True)
    assert set(done_again(before, change)[0]) == set(after)


def test_other_changes_have_nothing_to_do_with_actions() -> None:
    assert taken_back((ONE,), Revealed()) == done_again((ONE,), Revealed()) == ((ONE,), True)


@pytest.mark.parametrize(
    ("actions", "change"),
    [((MOVED_ELSEWHERE,), TAKEN_ON), ((), TAKEN_ON), ((replace(ONE, status="dropped"),), DONE)],
)
def test_an_action_that_was_changed_elsewhere_is_not_taken_back(actions: tuple[Action, ...], change: Decided) -> None:
    assert taken_back(actions, change) == (actions, False)


def test_an_action_that_was_left_when_it_was_taken_back_is_left_again() -> None:
    reworded = replace(TWO, title="Reworded elsewhere")
    retro, change = undo(a_retro(Revealed(), TAKEN_ON))
    again = redo(as_left(retro, (ONE, reworded)))
    assert (change, board_of(again[0]).decided) == (TAKEN_ON, (2,))
    assert done_again((ONE, reworded), again[1]) == ((ONE, reworded), True)
    assert taken_back((ONE, reworded), again[1]) == ((ONE, reworded), True)
    assert done_again((MOVED_ELSEWHERE,), again[1]) == ((MOVED_ELSEWHERE,), False)


@pytest.mark.parametrize("change", [TAKEN_ON, DONE, Revealed()])
def test_a_step_whose_action_is_gone_or_was_not_taken_on_by_it_stays_as_it_was(change: Change) -> None:
    retro, _ = undo(a_retro(change))
    assert as_left(retro, (ONE,)) == retro


def test_what_was_said_of_an_action_that_changed_elsewhere_since_is_another_thing() -> None:
    reopened = Board(reviewed={1: "done", 2: "kept"})
    assert [fate_of(reopened, action) for action in (ONE, TWO, an_action(3))] == [None, "kept", None]
    assert fate_of(reopened, DONE.after) == "done"
    assert fate_of(reopened, replace(TWO, status="dropped")) is None


def test_a_step_that_was_left_is_left_again() -> None:
    assert done_again((replace(ONE, owner="Ole"),), DONE) == ((replace(ONE, owner="Ole"),), False)


@pytest.mark.parametrize("other", [an_action(2, "Three"), MOVED_ELSEWHERE, TWO])
def test_an_action_is_not_taken_on_again_under_a_number_that_another_one_has(other: Action) -> None:
    with pytest.raises(NotNowError, match=r"Number 2 went to another action.*'Two'.*nothing was changed\. Take it on"):
        done_again((other,), TAKEN_ON)
