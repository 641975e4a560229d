from __future__ import annotations

from msgspec.structs import replace

from tests.export.summaries import focus, rich_summary
from tuiretro.core.focus_change import Stint, came_and_went, focus_change, focus_changes, stints
from tuiretro.model.summary import Summary
from tuiretro.model.team import Sprint

CLEANING, DRIFT, PILOT = focus()


def listed(number: int, *mistakes: str) -> Summary:
    span = Sprint(number, rich_summary().sprint.starts, rich_summary().sprint.ends)
    return replace(rich_summary(), sprint=span, focus=tuple(e for e in focus() if e.mistake in mistakes))


def test_what_entered_stayed_and_left_is_told_from_two_lists() -> None:
    lower = replace(DRIFT, level=2.0)
    before, now = listed(3, "data-cleaning", "model-drift"), replace(listed(4, "no-pilot"), focus=(lower, PILOT))
    change = focus_change(before, now)
    assert (change.sprint, change.entered, change.stayed, change.left) == (4, (PILOT,), (lower,), (CLEANING,))


def test_without_a_sprint_before_everything_entered() -> None:
    change = focus_change(None, listed(1, "data-cleaning", "no-pilot"))
    assert (change.entered, change.stayed, change.left) == ((CLEANING, PILOT), (), ())


def test_only_sprints_that_changed_the_list_are_told() -> None:
    lists = [("no-pilot",), ("no-pilot",), ("no-pilot", "model-drift"), ("model-drift",), ("model-drift",)]
    found = focus_changes([listed(number, *mistakes) for number, mistakes in enumerate(lists, start=1)])
    assert [(c.sprint, c.entered, c.left) for c in found] == [(3, (DRIFT,), ()), (4, (), (PILOT,))]


def test_each_stay_has_its_first_and_last_sprint_and_the_entry_of_the_last() -> None:
    lists = [("no-pilot", "model-drift"), ("no-pilot",), ("model-drift",), ("model-drift",)]
    summaries = [listed(number, *mistakes) for number, mistakes in enumerate(lists, start=3)]
    lower = replace(DRIFT, level=2.0)
    summaries[3] = replace(summaries[3], focus=(lower,))
    assert stints(summaries) == (Stint(DRIFT, 3, 3), Stint(PILOT, 3, 4), Stint(lower, 5, 6))


def test_what_neither_the_first_nor_the_last_list_shows_came_and_went() -> None:
    lists = [("no-pilot",), ("model-drift", "data-cleaning"), ("model-drift",), ("no-pilot",), ("no-pilot",)]
    summaries = [listed(number, *mistakes) for number, mistakes in enumerate(lists, start=3)]
    assert came_and_went(summaries) == (Stint(CLEANING, 4, 4), Stint(DRIFT, 4, 5))
    assert came_and_went(summaries[:3]) == (Stint(CLEANING, 4, 4),)
    assert came_and_went(summaries[:1]) == ()
