from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.boards import an_action
from tuiretro.core.decisions import done_again, taken_back, with_action
from tuiretro.errors import NotNowError
from tuiretro.model.action import Action
from tuiretro.model.retro import Decided, Revealed

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
    assert done_again((MOVED_ELSEWHERE,), TAKEN_ON) == ((MOVED_ELSEWHERE,), False)
    assert done_again((replace(ONE, owner="Ole"),), DONE) == ((replace(ONE, owner="Ole"),), False)


def test_an_action_is_not_taken_on_again_under_a_number_that_another_one_has() -> None:
    with pytest.raises(NotNowError, match=r"Number 2 went to another action.*'Two'.*nothing was changed\. Take it on"):
        done_again((an_action(2, "Three"),), TAKEN_ON)
