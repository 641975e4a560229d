from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from tests.core.decision_histories import NUMBERS, history, release
from tests.core.summaries import steady
from tuiretro.core.follow_up import BOUNCES
from tuiretro.core.followed import followed
from tuiretro.core.judged import judged
from tuiretro.model.action import Action, Draw


def action(number: int, sprint: int = 3, mistake: str | None = "m07") -> Action:
    return Action(number, "Fix it", sprint, date(2026, 5, 1), mistake=mistake)


def test_every_action_that_was_not_dropped_is_followed_up() -> None:
    past = judged(history(*steady(9)), (), NUMBERS)
    told = followed(past, (), (action(1), replace(action(2), status="dropped"), action(3, mistake=None)))
    assert {number: found.words for number, found in told.items()} == {1: "No clear change yet.", 3: ""}
    assert followed(past, (), (replace(action(2), status="dropped"),)) == {}


def test_the_lowest_mistakes_are_those_of_the_sprint_in_which_it_was_taken_on() -> None:
    others = dict.fromkeys(("m01", "m02", "m03", "m04", "m05", "m06"), 3.0)
    means = [2.0, 2.0, 2.0, 3.8, 3.8, 3.8, 3.8]
    past = judged(history(*(release(n, {**others, "m07": mean}) for n, mean in enumerate(means, 1))), (), NUMBERS)
    assert followed(past, (), (action(1, sprint=3),))[1].follow_up.note == BOUNCES
    early = followed(past, (), (action(1, sprint=0),))[1].follow_up
    assert early.note == ""


def test_a_drawn_start_is_judged_once_its_sprints_are_over() -> None:
    drawn = replace(action(1), draw=Draw((4, 5, 6), 5))
    short, long = (judged(history(*steady(sprints)), (), NUMBERS) for sprints in (7, 9))
    assert followed(short, (), (drawn,))[1].drawn is None
    assert followed(long, (), (drawn,))[1].drawn is not None
