from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tuiretro.core import focus, signals
from tuiretro.core.calendar import sprint_on
from tuiretro.core.invented import DROPPING, RARE, RISING, SPLIT
from tuiretro.errors import BadInputError, NotFoundError
from tuiretro.model.release import History
from tuiretro.model.round import Sheet
from tuiretro.model.team import Team
from tuiretro.service import demo, insight, past, rounds, teams
from tuiretro.service.workspace import Workspace, open_workspace

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Team]:
    place = tmp_path_factory.mktemp("demo") / "atlas"
    team = demo.build(place, today=TODAY)
    return open_workspace(place, today=lambda: TODAY), team


@pytest.fixture(scope="module")
def history(atlas: tuple[Workspace, Team]) -> History:
    workspace, team = atlas
    return workspace.store.history(team.id)


def lasting_files(place: Path) -> dict[str, bytes]:
    """Everything but the open round, whose keys and boxes are random by design, and locks."""
    return {
        str(path.relative_to(place)): path.read_bytes()
        for path in place.rglob("*.json")
        if "rounds" not in path.relative_to(place).parts
    }


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    demo.build(tmp_path / "one", today=TODAY, seed=7)
    demo.build(tmp_path / "two", today=TODAY, seed=7)
    first = lasting_files(tmp_path / "one")
    assert {name.rpartition("/")[2] for name in first} == {"workspace.json", "history.json", "actions.json"}
    assert first == lasting_files(tmp_path / "two")


def test_another_seed_gives_another_history(tmp_path: Path) -> None:
    demo.build(tmp_path / "one", today=TODAY, sprints=2, seed=7)
    demo.build(tmp_path / "two", today=TODAY, sprints=2, seed=8)
    assert lasting_files(tmp_path / "one") != lasting_files(tmp_path / "two")


def test_every_sprint_has_results(history: History) -> None:
    assert [release.sprint.number for release in history.releases] == list(range(1, 27))


@pytest.mark.parametrize("day", [date(2026, 11, day) for day in range(16, 30)])
def test_the_demo_ends_early_in_a_sprint_that_starts_on_a_monday(tmp_path: Path, day: date) -> None:
    team = demo.build(tmp_path, sprints=1, today=day)
    span = sprint_on(team, day)
    assert span.number == 2
    assert span.starts.weekday() == 0
    assert 2 <= (day - span.starts).days <= 8


def test_the_last_round_is_open_with_room_for_a_visitor(tmp_path: Path) -> None:
    team = demo.build(tmp_path, sprints=3, today=TODAY)
    workspace = open_workspace(tmp_path, today=lambda: TODAY)
    opened = rounds.require_round(workspace, team)
    assert (opened.sprint, workspace.store.sheets(team.id)) == (4, 5)
    rounds.answer(workspace, team, opened, Sheet({question.id: 4 for question in opened.questions}))
    assert rounds.close(workspace, team).answered == 6


@pytest.mark.parametrize(("people", "sheets"), [(4, 3), (5, 4), (6, 5), (12, 5)])
def test_the_open_round_always_waits_for_somebody(tmp_path: Path, people: int, sheets: int) -> None:
    team = demo.build(tmp_path, sprints=2, people=people, today=TODAY)
    workspace = open_workspace(tmp_path, today=lambda: TODAY)
    assert workspace.store.sheets(team.id) == sheets
    assert team.people == people


def test_the_drop_of_model_drift_is_found_and_enters_the_focus_list(
    atlas: tuple[Workspace, Team], history: History
) -> None:
    workspace, team = atlas
    judged = signals.judge(history, team.changes)
    low = [
        release.sprint.number
        for release, judgement in zip(history.releases, judged, strict=True)
        if DROPPING in judgement.items and judgement.items[DROPPING].signal == "low"
    ]
    assert low
    assert min(low) in {19, 20}
    lists = focus.replay(history, judged, workspace.library.numbers())
    change = lists[min(low) - 1]
    assert (change.why, change.entered) == ("drop", (DROPPING,))


def test_the_bad_sprint_is_found(atlas: tuple[Workspace, Team], history: History) -> None:
    judged = signals.judge(history, atlas[1].changes)
    unusual = [
        release.sprint.number
        for release, judgement in zip(history.releases, judged, strict=True)
        if judgement.whole is not None and judgement.whole.signal == "low"
    ]
    assert unusual == [11]


def test_data_cleaning_leaves_the_focus_list_after_the_team_has_worked_on_it(
    atlas: tuple[Workspace, Team], history: History
) -> None:
    workspace, team = atlas
    lists = focus.replay(history, signals.judge(history, team.changes), workspace.library.numbers())
    assert lists[4].entry(RISING) is not None
    assert lists[-1].entry(RISING) is None
    done = [action for action in workspace.store.actions(team.id) if action.mistake == RISING]
    assert any(action.status == "done" and (action.closed or 0) < 10 for action in done)


def test_the_focus_list_is_full(atlas: tuple[Workspace, Team]) -> None:
    assert len(insight.summary(*atlas).focus) == 3


def test_the_team_change_is_kept(atlas: tuple[Workspace, Team]) -> None:
    workspace, team = atlas
    assert teams.pick(workspace, "Atlas") == team
    assert (team.people, team.changes) == (8, (14,))


def test_an_item_is_suppressed_because_too_few_answered(history: History) -> None:
    first = history.releases[0].item(RARE)
    assert first is not None
    assert (first.n, first.mean) == (None, None)


def test_an_item_stays_split_with_enough_answers(history: History) -> None:
    asked = [item for release in history.releases if (item := release.item(SPLIT)) is not None]
    split = [item for item in asked if item.spread == "split"]
    assert len(split) >= 5
    assert all(item.n is not None and item.n >= 6 for item in split)


def test_comments_are_released_in_some_rounds_and_dropped_in_others(history: History) -> None:
    with_comments = [release for release in history.releases if release.comments]
    assert 3 <= len(with_comments) < len(history.releases)
    assert all(len(release.comments) >= 3 for release in with_comments)


def test_actions_are_done_dropped_open_and_one_is_late(atlas: tuple[Workspace, Team]) -> None:
    workspace, team = atlas
    actions = workspace.store.actions(team.id)
    assert {action.status for action in actions} == {"done", "dropped", "open"}
    assert sum(action.status == "open" and action.due < TODAY for action in actions) == 1
    assert sum(action.play is None for action in actions) == 1
    assert {action.owner for action in actions} == {"Mina", "Jo", "Tomas", "Aiko", "Ravi"}
    assert max(sum(action.sprint == number for action in actions) for number in range(1, 27)) <= 3


def test_plays_were_taken_from_the_focus_list_of_their_sprint(atlas: tuple[Workspace, Team], history: History) -> None:
    workspace, team = atlas
    lists = focus.replay(history, signals.judge(history, team.changes), workspace.library.numbers())
    for action in workspace.store.actions(team.id):
        if action.mistake is not None:
            assert lists[action.sprint - 1].entry(action.mistake) is not None


def test_the_noise_is_left_alone(atlas: tuple[Workspace, Team], history: History) -> None:
    moved = signals.judge(history, atlas[1].changes)
    calm = [judgement for number, judgement in enumerate(moved, start=1) if number not in {7, 8, 9, 11, 19, 20, 21}]
    false = sum(item.signal is not None for judgement in calm for item in judgement.items.values())
    assert sum(len(judgement.items) for judgement in calm) > 250
    assert false <= 3


def test_the_trends_show_what_happened(atlas: tuple[Workspace, Team]) -> None:
    found = past.trends(*atlas)
    assert found.wholes == ((11, "low"),)
    drop, rise, rare = (past.line(found, wanted) for wanted in (DROPPING, RISING, RARE))
    assert [dot.sprint for dot in drop.dots if dot.signal == "low"][:3] == [19, 20, 21]
    assert [dot.sprint for dot in drop.dots if dot.start == "baseline"] == [19]
    assert [dot.start for dot in rise.dots if dot.start][:3] == ["first", "baseline", "team"]
    assert rare.too_few[0] == 1
    assert rare.dots[0].sprint > 6
    assert [dot.start for dot in past.line(found, "quality").dots if dot.start] == ["first", "statement", "team"]


def test_one_action_rose_more_and_others_show_no_clear_change(atlas: tuple[Workspace, Team]) -> None:
    workspace, team = atlas
    told = past.followed(workspace, team)
    by_mistake = {action.id: action.mistake for action in workspace.store.actions(team.id)}
    assert RISING in {by_mistake[number] for number, one in told.items() if one.follow_up.state == "rose"}
    states = [one.follow_up.state for one in told.values()]
    assert states.count("unclear") >= 2
    assert "early" in states
    assert any(one.follow_up.note for one in told.values())


@pytest.mark.parametrize("sprints", [1, 2, 5])
def test_a_short_demo_has_results_and_open_actions(tmp_path: Path, sprints: int) -> None:
    seen: list[tuple[int, int]] = []
    team = demo.build(tmp_path, sprints=sprints, today=TODAY, step=lambda done, of: seen.append((done, of)))
    workspace = open_workspace(tmp_path, today=lambda: TODAY)
    scene = insight.scene(workspace, team)
    assert scene.released == tuple(range(1, sprints + 1))
    assert scene.summary is not None
    assert len(scene.summary.focus) == 3
    assert any(action.status == "open" for action in scene.actions)
    assert seen == [(number, sprints) for number in range(1, sprints + 1)]


def test_a_longer_demo_takes_no_play_on_twice(tmp_path: Path) -> None:
    team = demo.build(tmp_path, sprints=60, people=4, today=TODAY)
    plays = [a.play for a in open_workspace(tmp_path).store.actions(team.id) if a.play is not None]
    assert len(plays) == len(set(plays)) > 15


@pytest.mark.parametrize(
    ("sprints", "people", "seed"), [(0, 8, 1), (261, 8, 1), (-1, 8, 1), (26, 3, 1), (26, 61, 1), (26, 8, -1)]
)
def test_bad_numbers_are_refused_before_anything_is_written(
    tmp_path: Path, sprints: int, people: int, seed: int
) -> None:
    place = tmp_path / "new"
    with pytest.raises(BadInputError, match="Nothing was written"):
        demo.build(place, sprints=sprints, people=people, seed=seed, today=TODAY)
    assert not place.exists()


def test_a_workspace_with_a_team_is_left_alone(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path, today=lambda: TODAY)
    teams.add(workspace, "Ours", people=7, starts=TODAY, every="2 weeks")
    with pytest.raises(BadInputError, match="holds a team already"):
        demo.build(tmp_path, sprints=1, today=TODAY)
    with pytest.raises(NotFoundError):
        teams.pick(workspace, "Atlas")
