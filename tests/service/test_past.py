from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace as replace_workspace
from datetime import date
from pathlib import Path

import pytest

from tests.library.conftest import a_mistake, put
from tests.service.conftest import Clock, a_team
from tuiretro.core.calendar import sprint
from tuiretro.core.follow_up import BOUNCES, NO_TOPIC, Drawn
from tuiretro.core.rules import DRAW_RANGE
from tuiretro.errors import BadInputError, NotFoundError
from tuiretro.library import Library
from tuiretro.model.action import Action, Draw
from tuiretro.model.round import Sheet
from tuiretro.model.survey import THEMES
from tuiretro.model.team import Team
from tuiretro.model.trends import Trends
from tuiretro.service import actions, past, rounds, teams
from tuiretro.service.workspace import Workspace

TOPIC = "data-cleaning"
PLAY = f"{TOPIC}.map-data-sources"
OTHERS = ("testing", "culture", "automation")
OWN = "slow-tools"


def a_quarter(workspace: Workspace, clock: Clock, team: Team, number: int, **values: int) -> None:
    """A sprint that asks every mistake; those that are not named, with _ for -, are rated 3."""
    clock.to_sprint(number)
    opened = rounds.open_round(workspace, team, "quarterly")
    for _ in range(5):
        rounds.answer(
            workspace, team, opened, Sheet({q.id: values.get(q.id.replace("-", "_"), 3) for q in opened.questions})
        )
    rounds.close(workspace, team)


def quarters(workspace: Workspace, clock: Clock, team: Team, numbers: Iterable[int], **values: int) -> None:
    for number in numbers:
        a_quarter(workspace, clock, team, number, **values)


def play_of(mistake: str, workspace: Workspace) -> str:
    return f"{mistake}.{workspace.library.mistake(mistake).plays[0].id}"


def with_own(workspace: Workspace, folder: Path) -> tuple[Workspace, Path]:
    """A workspace with a mistake of the team's own, and its file."""
    (folder / "mistakes").mkdir()
    file = put(folder / "mistakes" / f"21-{OWN}.toml", a_mistake(OWN, 21))
    return replace_workspace(workspace, library=Library(own=folder)), file


def titles(found: Trends) -> dict[str, str]:
    return {line.id: line.title for line in found.lines if line.mistake is not None}


def test_without_results_there_are_no_lines(either: Workspace) -> None:
    found = past.trends(either, a_team(either))
    assert (found.team, found.sprints, found.lines) == ("Atlas", (), ())


def test_trends_hold_what_was_released_and_taken_on(either: Workspace, clock: Clock) -> None:
    team = a_team(either)
    quarters(either, clock, team, (1, 2), testing=2)
    actions.add(either, team, play=PLAY)
    team = teams.change(either, team, members_changed=True)
    found = past.trends(either, team)

    assert found.sprints == (sprint(team, 1), sprint(team, 2))
    assert [dot.value for dot in past.line(found, "testing").dots] == [2.0, 2.0]
    assert [(mark.sprint, mark.mistake, mark.theme) for mark in found.actions] == [(2, TOPIC, "data")]
    assert found.changes == team.changes == (3,)
    assert tuple(line.id for line in found.lines if line.mistake is None) == THEMES[:6]


def test_titles_are_read_for_the_mistakes_that_are_shown(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    a_quarter(workspace, clock, atlas, 1)
    labels = {id_: workspace.library.mistake(id_).question.short for id_ in workspace.library.numbers()}
    known = {id_: workspace.library.mistake(id_).title for id_ in workspace.library.numbers()}

    assert titles(past.trends(workspace, atlas)) == labels
    assert titles(past.trends(workspace, atlas, None)) == known
    some = past.trends(workspace, atlas, ("testing", "data", "no-such-mistake"))
    assert titles(some) == labels | {"testing": known["testing"]}


def test_titles_are_in_the_language_of_the_team(workspace: Workspace, clock: Clock, tmp_path: Path) -> None:
    workspace, file = with_own(workspace, tmp_path)
    put(file, a_mistake(OWN, 21) | {"translations": {"es": {"title": "Herramientas lentas"}}})
    team = teams.speak(workspace, a_team(workspace), "es")
    a_quarter(workspace, clock, team, 1)

    assert past.line(past.trends(workspace, team, None), OWN).title == "Herramientas lentas"


@pytest.mark.parametrize("fault", ["gone", "broken"])
def test_a_mistake_whose_file_is_gone_or_broken_keeps_its_line(
    workspace: Workspace, clock: Clock, tmp_path: Path, fault: str
) -> None:
    workspace, file = with_own(workspace, tmp_path)
    team = a_team(workspace)
    a_quarter(workspace, clock, team, 1, slow_tools=2)
    if fault == "gone":
        file.unlink()
    else:
        file.write_text("id = ")
    workspace = replace_workspace(workspace, library=Library(own=tmp_path))

    for titled in ((), (OWN,), None):
        line = past.line(past.trends(workspace, team, titled), OWN)
        assert (line.title, line.dots[0].value) == ("Tools were quick", 2.0)


def test_a_line_is_found_by_its_name(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    a_quarter(workspace, clock, atlas, 1)
    found = past.trends(workspace, atlas)

    assert past.line(found, "data").mistake is None
    assert past.line(found, TOPIC).mistake == TOPIC


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("data-cleanin", "'data-cleanin' was asked so far; did you mean 'data-cleaning'?"),
        ("saftey", "; did you mean 'safety'?"),
        ("", "'' was asked so far; these were: safety, direction, software-mindset, "),
        ("zzz", ", documentation."),
        ("z" * 50, f"'{'z' * 40}' was"),
    ],
)
def test_a_line_that_is_none_is_answered_with_the_nearest_or_all(
    workspace: Workspace, clock: Clock, atlas: Team, wanted: str, said: str
) -> None:
    a_quarter(workspace, clock, atlas, 1)

    with pytest.raises(NotFoundError) as refused:
        past.line(past.trends(workspace, atlas), wanted)
    assert said in refused.value.message


def test_before_the_first_results_no_line_can_be_meant(workspace: Workspace, atlas: Team) -> None:
    with pytest.raises(NotFoundError, match=r"'data' was asked so far; nothing was yet\.$"):
        past.line(past.trends(workspace, atlas), "data")


def test_where_nothing_was_taken_on_or_all_was_dropped_there_is_nothing_to_follow(
    either: Workspace, clock: Clock
) -> None:
    team = a_team(either)
    a_quarter(either, clock, team, 1)
    assert past.followed(either, team) == {}
    actions.add(either, team, play=PLAY)
    actions.finish(either, team, 1, "dropped")
    assert past.followed(either, team) == {}


def test_every_action_but_a_dropped_one_is_followed(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    for number in (1, 2, 3):
        actions.add(workspace, atlas, play=PLAY)
        actions.finish(workspace, atlas, number, ("open", "done", "dropped")[number - 1])
    actions.add(workspace, atlas, "Our own")
    assert {number: told.follow_up.state for number, told in past.followed(workspace, atlas).items()} == {
        1: "early",
        2: "early",
        4: "none",
    }

    quarters(workspace, clock, atlas, (1, 2))
    told = {number: told.follow_up for number, told in past.followed(workspace, atlas).items()}
    assert {number: follow_up.state for number, follow_up in told.items()} == {1: "early", 2: "early", 4: "none"}
    assert told[1].words == "Too early (1 of 3 sprints)."
    assert told[4].words == NO_TOPIC


def test_a_topic_is_followed_from_too_early_to_a_verdict(either: Workspace, clock: Clock) -> None:
    team = a_team(either)
    quarters(either, clock, team, (1, 2, 3), data_cleaning=2)
    for mistake in (TOPIC, "testing"):
        actions.add(either, team, play=play_of(mistake, either))
    states = []
    for number in (4, 5, 6, 7):
        a_quarter(either, clock, team, number, data_cleaning=4 if number < 7 else 1)
        states.append([told.follow_up.state for told in past.followed(either, team).values()])

    assert states == [["early", "early"], ["early", "early"], ["rose", "unclear"], ["rose", "unclear"]]
    told = past.followed(either, team)[1].follow_up
    assert (told.before, told.after) == ((2.0, 2.0, 2.0), (4.0, 4.0, 4.0))
    assert told.change == pytest.approx(2.0)
    assert told.others == pytest.approx(0.0)


def test_nothing_is_compared_across_a_change_of_the_team(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    quarters(workspace, clock, atlas, (1, 2, 3))
    actions.add(workspace, atlas, play=PLAY)
    clock.to_sprint(5)
    team = teams.change(workspace, atlas, members_changed=True)
    quarters(workspace, clock, team, (5, 6, 7))
    assert past.followed(workspace, team)[1].follow_up.state == "apart"


def test_a_low_topic_bounces_back_if_it_was_low_when_it_was_taken_on(
    workspace: Workspace, clock: Clock, atlas: Team
) -> None:
    quarters(workspace, clock, atlas, (1, 2, 3), data_cleaning=2, testing=1, culture=1, automation=1)
    for mistake in (TOPIC, *OTHERS):
        actions.add(workspace, atlas, play=play_of(mistake, workspace))
    # From here on the first one is the lowest of all.
    quarters(workspace, clock, atlas, (4, 5, 6), data_cleaning=3, testing=5, culture=5, automation=5)

    told = [told.follow_up for told in past.followed(workspace, atlas).values()]
    assert [follow_up.note for follow_up in told] == ["", BOUNCES, BOUNCES, BOUNCES]
    assert told[0].change == pytest.approx(1.0)


def test_what_was_taken_on_before_the_first_results_was_not_low_yet(
    workspace: Workspace, clock: Clock, atlas: Team
) -> None:
    actions.add(workspace, atlas, play=PLAY)
    quarters(workspace, clock, atlas, (2, 3, 4), data_cleaning=1)
    told = past.followed(workspace, atlas)[1].follow_up
    assert (told.state, told.note) == ("apart", "")


def drawn_action(workspace: Workspace, clock: Clock, team: Team, start: int) -> Action:
    """An action of sprint 3 that could have started in sprints 4 to 6, and was drawn to start in one of them."""
    quarters(workspace, clock, team, (1, 2, 3), data_cleaning=2)
    while True:
        action = actions.add(workspace, team, play=PLAY, draw=3)
        if action.draw == Draw((4, 5, 6), start):
            return action
        actions.finish(workspace, team, action.id, "dropped")


@pytest.mark.parametrize("start", [4, 5, 6])
def test_a_drawn_start_is_spoken_of_after_three_askings_from_the_last_one_on(
    workspace: Workspace, clock: Clock, atlas: Team, start: int
) -> None:
    action = drawn_action(workspace, clock, atlas, start)
    told = []
    for number in range(4, 10):
        a_quarter(workspace, clock, atlas, number, data_cleaning=4 if number >= start else 2)
        told.append(past.followed(workspace, atlas)[action.id].drawn)

    assert told == [None] * 4 + [Drawn(1, 3)] * 2


def test_a_drawn_action_is_marked_in_the_sprint_in_which_it_was_to_start(
    workspace: Workspace, clock: Clock, atlas: Team
) -> None:
    action = drawn_action(workspace, clock, atlas, 5)
    marks = {mark.id: mark.sprint for mark in past.trends(workspace, atlas).actions}
    assert marks[action.id] == 5


def test_of_starts_that_show_the_same_rise_none_is_special(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    action = drawn_action(workspace, clock, atlas, 5)
    quarters(workspace, clock, atlas, range(4, 9), data_cleaning=2)
    assert past.followed(workspace, atlas)[action.id].drawn == Drawn(3, 3)


def test_a_drawn_start_is_not_spoken_of_across_a_change_of_the_team(
    workspace: Workspace, clock: Clock, atlas: Team
) -> None:
    action = drawn_action(workspace, clock, atlas, 4)
    clock.to_sprint(6)
    team = teams.change(workspace, atlas, members_changed=True)
    quarters(workspace, clock, team, range(6, 9))
    assert past.followed(workspace, team)[action.id].drawn is None


def test_a_start_is_drawn_from_the_next_sprints_by_chance(either: Workspace, clock: Clock) -> None:
    team = a_team(either)
    clock.to_sprint(2)
    found = [actions.add(either, team, play=PLAY, draw=count) for count in DRAW_RANGE * 20]

    assert either.store.actions(team.id) == tuple(found)
    for action, count in zip(found, DRAW_RANGE * 20, strict=True):
        assert action.draw is not None
        assert action.draw.starts == tuple(range(3, 3 + count))
        assert action.due == sprint(team, action.draw.start + 1).ends
    assert {action.draw.start for action in found if action.draw and len(action.draw.starts) == 5} == {3, 4, 5, 6, 7}
    assert actions.add(either, team, play=PLAY).draw is None


def test_a_drawn_start_stays_through_every_change(workspace: Workspace, atlas: Team) -> None:
    due = date(2026, 1, 30)
    action = actions.add(workspace, atlas, play=PLAY, draw=4, due=due)
    assert action.due == due
    assert actions.move(workspace, atlas, 1, due=date(2026, 3, 1)).draw == action.draw
    assert actions.finish(workspace, atlas, 1, "done").draw == action.draw


@pytest.mark.parametrize(
    ("title", "play", "draw", "said"),
    [
        ("Own", None, 3, "for a play of a mistake alone"),
        (None, "safety.lead-goes-first-review", 3, "for a play of a mistake alone"),
        *((None, PLAY, draw, f"from 3 to 5 sprints, not {draw}. ") for draw in (-1, 0, 1, 2, 6, 10**9)),
    ],
)
def test_a_start_that_cannot_be_drawn_is_refused(
    workspace: Workspace, atlas: Team, title: str | None, play: str | None, draw: int, said: str
) -> None:
    with pytest.raises(BadInputError, match=r"Nothing was saved") as refused:
        actions.add(workspace, atlas, title, play=play, draw=draw)

    assert said in refused.value.message
    assert refused.value.about == actions.START
    assert workspace.store.actions(atlas.id) == ()


def test_the_plays_of_actions_are_those_that_are_still_there(workspace: Workspace, tmp_path: Path) -> None:
    workspace, file = with_own(workspace, tmp_path)
    team = a_team(workspace)
    for play in (PLAY, None, "safety.lead-goes-first-review", f"{OWN}.time-builds"):
        actions.add(workspace, team, "Ours", play=play)
    expected = {
        number: actions.play_of(workspace.library, action.play)[1]
        for number, action in enumerate(actions.listed(workspace, team), start=1)
        if action.play is not None
    }

    assert actions.plays_of(workspace, team) == expected
    for text in ("id = ", None):
        file.write_text(text) if text else file.unlink()
        without = replace_workspace(workspace, library=Library(own=tmp_path))
        assert actions.plays_of(without, team) == {number: expected[number] for number in (1, 3)}


def test_the_plays_of_actions_are_in_the_language_of_the_team(workspace: Workspace, atlas: Team) -> None:
    actions.add(workspace, atlas, play=PLAY)
    spanish = teams.speak(workspace, atlas, "es")
    expected = actions.play_of(workspace.library.speaking("es"), PLAY)[1]

    assert actions.plays_of(workspace, spanish) == {1: expected}
    assert actions.plays_of(workspace, atlas) == {1: actions.play_of(workspace.library, PLAY)[1]}
