from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from msgspec.structs import replace

from tests.core.decision_histories import NUMBERS, history, in_language, release
from tests.core.summaries import TEAM, find, steady, told
from tuiretro.core.report import report
from tuiretro.model.action import Action
from tuiretro.model.release import History, Release
from tuiretro.model.report import Report

LOW = {"m07": -1.5, "m03": -1.0}


def action(number: int, sprint: int, play: str | None = None, mistake: str | None = "m07") -> Action:
    return Action(number, f"Action {number}", sprint, date(2026, 5, 1), "Mina", "", mistake, play)


ACTIONS = (action(1, 3, "m07.check"), action(2, 3, "look", None), action(3, 9, "m03.label", "m03"), action(4, 30))


def reported(past: History, actions: tuple[Action, ...] = (), first: int = 1, last: int | None = None) -> Report:
    return report(TEAM, past, actions, find, NUMBERS, first=first, last=last)


def cut(past: History, count: int) -> History:
    return replace(past, releases=past.releases[:count])


def sprints(found: Report) -> list[int]:
    return [summary.sprint.number for summary in found.summaries]


@pytest.fixture(scope="module")
def eventful() -> History:
    """Items that drop, a statement that few answered, a theme left out for long, and two languages."""
    releases: list[Release] = steady(12, s5=LOW, s6=LOW, s7=LOW, s8=LOW)
    items = tuple(item for item in releases[9].items if item.id in {"m02", "safety.p"})
    releases[9] = replace(releases[9], items=items)
    releases[10] = in_language(releases[10], "de")
    releases[6] = release(7, {"m01": None, "m07": 2.0}, starred=["m01"])
    past = history(*releases)
    german = tuple(replace(question, language="de") for question in past.questions)
    return replace(past, questions=(*past.questions, *german))


def test_each_sprint_of_a_report_is_told_as_it_was_when_it_was_the_last(eventful: History) -> None:
    found = reported(eventful, ACTIONS)
    for count, summary in enumerate(found.summaries, start=1):
        actions = tuple(a for a in ACTIONS if a.sprint <= count) if count < len(eventful.releases) else ACTIONS
        assert summary == told(cut(eventful, count), actions)


def test_a_range_tells_what_the_whole_history_tells_of_its_sprints(eventful: History) -> None:
    whole, part = reported(eventful, ACTIONS), reported(eventful, ACTIONS, 4, 8)
    assert sprints(part) == [4, 5, 6, 7, 8]
    assert part.summaries == whole.summaries[3:8]
    assert part.trends == replace(
        reported(cut(eventful, 8), ACTIONS[:2]).trends,
        sprints=part.trends.sprints,
        lines=part.trends.lines,
        actions=(),
    )
    assert {dot.sprint for line in part.trends.lines for dot in line.dots} == {4, 5, 6, 7, 8}
    assert [sprint.number for sprint in part.trends.sprints] == [4, 5, 6, 7, 8]


def test_a_line_that_has_nothing_in_the_range_is_left_out() -> None:
    past = history(release(1, {"m01": 3.0, "m02": None}), release(2, {"m03": 3.0}), release(3, {"m04": None}))
    found = reported(past, first=2)
    assert [line.id for line in found.trends.lines if line.mistake] == ["m03", "m04"]


def test_marks_outside_the_range_are_left_out() -> None:
    team = replace(TEAM, changes=(2, 5, 7))
    found = report(team, history(*steady(8)), ACTIONS, find, NUMBERS, first=4, last=6)
    assert found.trends.changes == (5,)
    assert found.trends.actions == ()
    past = history(*steady(12, s8=dict.fromkeys(NUMBERS, -1.0)))
    assert [reported(past, first=first).trends.wholes for first in (1, 9)] == [((8, "low"),), ()]


@pytest.mark.parametrize(
    ("last", "expected"), [(2, []), (3, [1, 2]), (8, [1, 2]), (9, [1, 2, 3]), (None, [1, 2, 3, 4])]
)
def test_actions_are_those_taken_on_so_far_and_the_newest_sprint_lasts_until_today(
    last: int | None, expected: Sequence[int]
) -> None:
    found = reported(history(*steady(12)), ACTIONS[::-1], 1, last)
    assert [line.action.id for line in found.actions] == expected


def test_an_action_says_what_may_be_said_of_its_topic_today() -> None:
    dropped = replace(action(5, 3), status="dropped")
    found = reported(history(*steady(12)), (*ACTIONS, dropped), last=4)
    assert [line.followed for line in found.actions] == ["No clear change yet.", "", ""]


@pytest.mark.parametrize(("first", "last"), [(13, None), (1, 0), (5, 4)])
def test_a_range_without_results_is_no_report(first: int, last: int | None) -> None:
    with pytest.raises(ValueError, match="sprint with results"):
        reported(history(*steady(4)), first=first, last=last)


def test_a_range_may_end_where_no_sprint_has_results() -> None:
    past = history(*(one for one in steady(9) if one.sprint.number in {2, 3, 7}))
    assert sprints(reported(past, first=3, last=6)) == [3]
    assert not reported(past).is_range
