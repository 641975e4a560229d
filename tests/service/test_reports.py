from __future__ import annotations

from datetime import timedelta

import pytest

from tests.service.conftest import STARTS, Clock, a_sprint, a_team
from tuiretro.errors import BadInputError, NotFoundError
from tuiretro.model.report import Report
from tuiretro.model.team import Team
from tuiretro.service import insight, reports
from tuiretro.service.workspace import Workspace


def sprints(found: Report) -> list[int]:
    return [summary.sprint.number for summary in found.summaries]


@pytest.fixture
def played(workspace: Workspace, clock: Clock) -> Team:
    """A team with results of sprints 1, 3 and 4."""
    team = a_team(workspace)
    for number in (1, 3, 4):
        clock.to_sprint(number)
        a_sprint(workspace, team, value=number)
    return team


def test_without_ends_a_report_holds_every_sprint_with_results(workspace: Workspace, played: Team) -> None:
    found = reports.report(workspace, played)
    assert found.summaries == tuple(insight.summary(workspace, played, number) for number in (1, 3, 4))
    assert found.is_range


def test_a_report_knows_the_day_on_which_it_is_made(workspace: Workspace, played: Team) -> None:
    for found in (
        reports.report(workspace, played),
        reports.of_sprint(workspace, played),
        reports.between(workspace, played),
        reports.since(workspace, played, STARTS),
    ):
        assert found.today == workspace.today()


@pytest.mark.parametrize(
    ("first", "last", "expected"), [(2, None, [3, 4]), (None, 2, [1]), (2, 3, [3]), (4, 4, [4]), (1, 9, [1, 3, 4])]
)
def test_a_range_holds_the_sprints_between_its_ends(
    workspace: Workspace, played: Team, first: int | None, last: int | None, expected: list[int]
) -> None:
    assert sprints(reports.report(workspace, played, first=first, last=last)) == expected


def test_a_range_without_results_is_answered_with_what_there_is(workspace: Workspace, played: Team) -> None:
    with pytest.raises(NotFoundError, match=r"No sprint from 5 to 7 has results.*end with sprint 4\."):
        reports.report(workspace, played, first=5, last=7)
    with pytest.raises(NotFoundError, match="No sprint from 2 to 2 has results"):
        reports.report(workspace, played, first=2, last=2)


@pytest.mark.parametrize(("number", "expected"), [(None, 4), (3, 3)])
def test_one_sprint_is_no_range(workspace: Workspace, played: Team, number: int | None, expected: int) -> None:
    found = reports.of_sprint(workspace, played, number)
    assert (sprints(found), found.is_range) == ([expected], False)


def test_since_a_day_takes_the_sprint_that_was_under_way(workspace: Workspace, played: Team) -> None:
    third = insight.summary(workspace, played, 3).sprint
    assert sprints(reports.since(workspace, played, third.ends)) == [3, 4]
    assert sprints(reports.since(workspace, played, third.ends + timedelta(days=1))) == [4]
    assert sprints(reports.since(workspace, played, STARTS)) == [1, 3, 4]
    with pytest.raises(NotFoundError, match=r"No sprint since 2199-01-01 has results. The last that has: sprint 4"):
        reports.since(workspace, played, STARTS.replace(year=2199, month=1, day=1))


def test_without_a_closed_round_there_is_no_report(workspace: Workspace, atlas: Team) -> None:
    for read in (reports.report, reports.of_sprint):
        with pytest.raises(NotFoundError, match="No round has been closed yet"):
            read(workspace, atlas)
    with pytest.raises(NotFoundError, match="No round has been closed yet"):
        reports.since(workspace, atlas, STARTS)


def test_between_takes_the_last_two_with_results(workspace: Workspace, played: Team) -> None:
    assert sprints(reports.between(workspace, played)) == [3, 4]
    assert sprints(reports.between(workspace, played, last=3)) == [1, 3]
    assert sprints(reports.between(workspace, played, 1)) == [1, 3, 4]
    assert sprints(reports.between(workspace, played, 1, 3)) == [1, 3]


def test_between_of_the_first_sprint_is_that_one_alone(workspace: Workspace, played: Team) -> None:
    assert sprints(reports.between(workspace, played, last=1)) == [1]


@pytest.mark.parametrize(("since", "last"), [(4, 4), (4, 3), (4, None)])
def test_between_needs_an_earlier_sprint(workspace: Workspace, played: Team, since: int, last: int | None) -> None:
    with pytest.raises(BadInputError, match=r"Sprint 4 is not before sprint \d, so nothing can have changed"):
        reports.between(workspace, played, since, last)


@pytest.mark.parametrize(("since", "last"), [(2, None), (None, 2)])
def test_between_needs_sprints_with_results(
    workspace: Workspace, played: Team, since: int | None, last: int | None
) -> None:
    with pytest.raises(NotFoundError, match="Sprint 2 has no results"):
        reports.between(workspace, played, since, last)
