from __future__ import annotations

from collections import Counter
from datetime import timedelta

import msgspec
import pytest

from tests.service.conftest import STARTS, Clock, a_sprint, a_team, answer
from tuiretro.core.calendar import sprint
from tuiretro.errors import NotFoundError, WorkspaceError
from tuiretro.model.team import Team
from tuiretro.service import actions, insight, retros, rounds
from tuiretro.service.workspace import Workspace


def test_a_fresh_team_may_open_its_first_round(workspace: Workspace, atlas: Team) -> None:
    scene = insight.scene(workspace, atlas)

    assert (scene.team, scene.teams, scene.today) == (atlas, (atlas,), workspace.today())
    assert (scene.sprint, scene.status, scene.summary) == (sprint(atlas, 1), None, None)
    assert (scene.actions, scene.released, scene.may_open) == ((), (), True)


def test_while_a_round_is_open_no_other_may_be_opened(workspace: Workspace, atlas: Team) -> None:
    opened = rounds.open_round(workspace, atlas, "safety")
    answer(workspace, atlas, opened, 6, 1)
    scene = insight.scene(workspace, atlas)

    assert scene.status is not None
    assert scene.status.round == opened
    assert not scene.may_open
    assert scene.summary is None


def test_after_closing_the_scene_shows_the_results(either: Workspace, clock: Clock) -> None:
    team = a_team(either)
    a_sprint(either, team)
    action = actions.add(either, team, "One")
    scene = insight.scene(either, team)

    assert scene.summary is not None
    assert scene.summary == insight.summary(either, team)
    assert (scene.actions, scene.released, scene.may_open) == ((action,), (1,), False)
    clock.to_sprint(2)
    assert insight.scene(either, team).may_open


def test_results_are_those_of_the_last_sprint_or_of_the_one_asked_for(workspace: Workspace, clock: Clock) -> None:
    team = a_team(workspace)
    for number, value in ((1, 2), (3, 4)):
        clock.to_sprint(number)
        a_sprint(workspace, team, value=value)

    first, last = insight.results(workspace, team, 1).summary, insight.results(workspace, team).summary
    assert insight.results(workspace, team, 3).summary == last
    assert [(one.sprint.number, one.sprints) for one in (first, last)] == [(1, 1), (3, 2)]
    assert [{item.mean for theme in one.themes for item in theme.items} for one in (first, last)] == [{2.0}, {4.0}]


def test_the_results_of_a_sprint_stay_what_they_were(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    a_sprint(workspace, atlas, "safety", value=2)
    then = insight.results(workspace, atlas, 1)
    clock.to_sprint(2)
    a_sprint(workspace, atlas, "process", value=4)

    assert insight.results(workspace, atlas, 1) == then


def test_actions_of_later_sprints_are_no_part_of_an_earlier_one(either: Workspace, clock: Clock) -> None:
    team = a_team(either)
    taken = []
    for number in (1, 2, 3):
        clock.to_sprint(number)
        a_sprint(either, team)
        taken.append(actions.add(either, team, f"Of sprint {number}"))
    clock.to_sprint(4)
    taken.append(actions.add(either, team, "Of sprint 4"))

    told = [insight.results(either, team, number).summary.actions for number in (1, 2, 3, None)]

    assert told == [(taken[0],), tuple(taken[:2]), tuple(taken), tuple(taken)]


def test_a_play_that_was_taken_on_later_is_still_untried_in_an_earlier_sprint(
    workspace: Workspace, clock: Clock, atlas: Team
) -> None:
    a_sprint(workspace, atlas, "pulse", value=2)
    entry = insight.summary(workspace, atlas).focus[0]
    clock.to_sprint(2)
    a_sprint(workspace, atlas, "pulse", value=2)
    actions.add(workspace, atlas, play=entry.plays[0].reference)

    then = next(line for line in insight.summary(workspace, atlas, 1).focus if line.mistake == entry.mistake)
    now = next(line for line in insight.summary(workspace, atlas).focus if line.mistake == entry.mistake)
    assert then.plays == entry.plays
    assert now.plays[-1] == entry.plays[0]


def test_before_its_first_day_a_team_may_not_open_a_round(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    clock.day = STARTS - timedelta(days=1)
    assert not insight.scene(workspace, atlas).may_open
    clock.day = STARTS
    assert insight.scene(workspace, atlas).may_open


def test_the_plays_of_a_mistake_come_with_the_best_first(workspace: Workspace, atlas: Team) -> None:
    mistake, before = insight.plays(workspace, atlas, "data-cleaning")
    actions.add(workspace, atlas, play=f"data-cleaning.{before[0].id}")
    _, after = insight.plays(workspace, atlas, "data-cleaning")

    assert mistake == workspace.library.mistake("data-cleaning")
    assert Counter(play.id for play in before) == Counter(play.id for play in mistake.plays)
    assert after == (*before[1:], before[0])
    with pytest.raises(NotFoundError, match="data-cleaning"):
        insight.plays(workspace, atlas, "data-cleanin")


@pytest.mark.parametrize("number", [None, 1])
def test_without_a_closed_round_there_are_no_results(workspace: Workspace, atlas: Team, number: int | None) -> None:
    rounds.open_round(workspace, atlas, "safety")

    for read in (insight.results, insight.summary):
        with pytest.raises(NotFoundError, match="No round has been closed yet"):
            read(workspace, atlas, number)


@pytest.mark.parametrize("number", [0, 2, -1, 99])
def test_a_sprint_without_results_is_answered_with_those_that_have(
    workspace: Workspace, clock: Clock, number: int
) -> None:
    team = a_team(workspace)
    for done in (1, 3):
        clock.to_sprint(done)
        a_sprint(workspace, team)

    with pytest.raises(NotFoundError, match=f"Sprint {number} has no results. The last ones that have: 1, 3"):
        insight.results(workspace, team, number)


def test_comments_are_on_the_results_alone(workspace: Workspace, atlas: Team) -> None:
    opened = rounds.open_round(workspace, atlas, "safety")
    for word in ("zebra crossing", "fifth column", "old lantern", ""):
        answer(workspace, atlas, opened, 1, comment=word)
    rounds.close(workspace, atlas)

    results = insight.results(workspace, atlas)
    assert sorted(results.comments) == ["fifth column", "old lantern", "zebra crossing"]
    for kept in (results.summary, insight.scene(workspace, atlas), insight.summary(workspace, atlas)):
        assert b"zebra" not in msgspec.json.encode(kept)
    assert results.summary.comments == 3


def test_the_two_stores_tell_the_same(either: Workspace, workspace: Workspace, clock: Clock) -> None:
    told = []
    for one in (either, workspace):
        clock.to_sprint(1)
        team = a_team(one, f"Team {len(one.store.teams())}")
        for number, value in ((1, 2), (2, 4)):
            clock.to_sprint(number)
            a_sprint(one, team, "pulse", value=value)
        told.append(msgspec.structs.replace(insight.summary(one, team), team=""))

    assert told[0] == told[1]


def test_a_retro_under_way_is_part_of_the_scene_and_a_damaged_one_hides_nothing(
    workspace: Workspace, atlas: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert insight.scene(workspace, atlas).retro is None
    here = retros.begin(workspace, atlas, "mad-sad-glad")
    assert insight.scene(workspace, atlas).retro == here.retro.sprint.number

    def refuse(_: str) -> int | None:
        raise WorkspaceError("damaged")

    monkeypatch.setattr(workspace.store, "retro_under_way", refuse)
    assert insight.scene(workspace, atlas).retro is None
