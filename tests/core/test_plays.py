from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.decision_histories import history, release
from tuiretro.core.plays import has_tried, mark_of, play_reference, side_means, suggest, talk_first
from tuiretro.model.action import Action, Status
from tuiretro.model.release import ItemResult, Spread
from tuiretro.model.survey import Effort, Facet, Headline, Mistake, Play, Survey, SurveyItem


def _play(name: str, facet: str, effort: Effort) -> Play:
    return Play(name, facet, name, "why", "first step", "done when", "watch", effort)


def _action(play: str | None, mistake: str | None = None) -> Action:
    return Action(1, "An action", 1, date(2026, 1, 5), mistake=mistake, play=play)


PLAYS = (
    _play("x-large", "x", "L"),
    _play("x-small", "x", "S"),
    _play("y-medium", "y", "M"),
    _play("z-small", "z", "S"),
    _play("z-medium", "z", "M"),
)
MISTAKE = Mistake(
    "m01",
    1,
    "Title",
    "data",
    "Summary",
    (),
    "source",
    Headline("m01", "short", "text"),
    tuple(Facet(name, name, name, name) for name in ("x", "y", "z")),
    PLAYS,
)


def _names(plays: tuple[Play, ...]) -> list[str]:
    return [play.id for play in plays]


def test_without_answers_facets_come_in_the_files_order_and_smaller_effort_first() -> None:
    assert _names(suggest(MISTAKE, history(), ())) == ["x-small", "x-large", "y-medium", "z-small", "z-medium"]


def test_plays_for_the_weakest_facet_come_first_by_its_latest_shown_mean() -> None:
    past = history(
        release(1, {"m01.x": 1.5, "m01.y": 3.0, "m01.z": 2.5}),
        release(2, {"m01.x": 4.0}),
        release(3, {"m01.x": None, "m02.x": 1.5}),
    )

    assert _names(suggest(MISTAKE, past, ())) == ["z-small", "z-medium", "y-medium", "x-small", "x-large"]


def test_facets_never_shown_come_after_those_that_were() -> None:
    past = history(release(1, {"m01.y": 4.5, "m01.x": None}))

    assert _names(suggest(MISTAKE, past, ()))[0] == "y-medium"


def test_between_facets_that_are_equally_weak_the_smaller_effort_decides() -> None:
    past = history(release(1, {"m01.x": 3.0, "m01.y": 3.0, "m01.z": 3.0}))

    assert _names(suggest(MISTAKE, past, ())) == ["x-small", "z-small", "y-medium", "z-medium", "x-large"]


def test_tried_plays_come_last_but_are_still_offered() -> None:
    tried = [_action("m01.x-small"), _action("y-medium", "m01"), _action("z-small")]

    assert _names(suggest(MISTAKE, history(), tried)) == ["x-large", "z-medium", "x-small", "y-medium", "z-small"]


@pytest.mark.parametrize(
    "action", [_action("x-small", "m02"), _action("m02.x-small"), _action(None, "m01"), _action("x-large", "m01")]
)
def test_an_action_with_another_play_tries_nothing(action: Action) -> None:
    assert not has_tried(MISTAKE, PLAYS[1], [action])


def test_a_play_is_named_with_its_mistake() -> None:
    assert play_reference(MISTAKE, PLAYS[1]) == "m01.x-small"


@pytest.mark.parametrize(("spread", "first"), [("split", True), ("mixed", False), ("together", False), (None, False)])
def test_talking_comes_first_only_where_people_are_split(spread: Spread | None, *, first: bool) -> None:
    assert talk_first(ItemResult("m01", 1, 7, 3.0, spread)) is first


def test_an_item_that_was_not_asked_needs_no_talk() -> None:
    assert not talk_first(None)


def test_plays_of_a_survey_go_by_its_items() -> None:
    items = (SurveyItem("one", "One", "First."), SurveyItem("two", "Two", "Second."))
    plays = (_play("for-one", "one", "S"), _play("for-two", "two", "L"))
    survey = Survey("safety", "Safety", "Hello.", items=items, plays=plays)
    past = history(release(1, {"safety.one": 3.0, "safety.two": 2.0, "one": 1.5}))

    assert side_means(survey, past) == {"one": 3.0, "two": 2.0}
    assert _names(suggest(survey, history(), ())) == ["for-one", "for-two"]
    assert _names(suggest(survey, past, ())) == ["for-two", "for-one"]
    assert _names(suggest(survey, past, [_action("safety.for-two")])) == ["for-one", "for-two"]
    assert play_reference(survey, plays[0]) == "safety.for-one"


@given(st.integers(0, 10_000))
def test_every_play_is_suggested_once(seed: int) -> None:
    drawn = random.Random(seed)
    past = history(release(1, {f"m01.{f}": drawn.randint(15, 45) / 10 for f in "xyz" if drawn.random() < 0.7}))
    tried = [_action(play_reference(MISTAKE, play)) for play in PLAYS if drawn.random() < 0.5]

    suggested = suggest(MISTAKE, past, tried)

    assert sorted(_names(suggested)) == sorted(_names(PLAYS))
    flags = [has_tried(MISTAKE, play, tried) for play in suggested]
    assert flags == sorted(flags)


@pytest.mark.parametrize(
    ("states", "mark"),
    [((), ""), (("open",), "taken on"), (("done", "open"), "taken on"), (("done",), "tried"), (("dropped",), "tried")],
)
def test_a_play_is_marked_by_what_became_of_it(states: tuple[Status, ...], mark: str) -> None:
    actions = [
        Action(at, "What", 1, date(2026, 3, 29), play="m01.x-small", status=status) for at, status in enumerate(states)
    ]
    other = Action(9, "Another", 1, date(2026, 3, 29), play="m01.x-large")
    assert mark_of("m01.x-small", (*actions, other)) == mark
