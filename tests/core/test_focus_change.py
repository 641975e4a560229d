from __future__ import annotations

from msgspec.structs import replace

from tests.export.summaries import focus, rich_summary
from tuiretro.core.focus_change import focus_change, focus_changes
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
