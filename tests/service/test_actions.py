from __future__ import annotations

from dataclasses import replace as replace_library
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.core.hostile import HOSTILE
from tests.library.conftest import a_mistake, put
from tests.service.conftest import STARTS, Clock, a_team
from tuiretro.core.text import LINE_LIMIT, NAME_LIMIT, clean
from tuiretro.errors import BadInputError, NotFoundError
from tuiretro.library import Library
from tuiretro.model.action import Action
from tuiretro.model.team import Team
from tuiretro.service import actions, insight, teams
from tuiretro.service.workspace import Workspace

PLAY = "data-cleaning.map-data-sources"


def test_an_action_is_due_at_the_end_of_the_next_sprint(either: Workspace, clock: Clock) -> None:
    team = a_team(either)
    clock.to_sprint(2)

    action = actions.add(either, team, " Map\tthe sources ", owner=" Mina ", done_when="A map hangs.")

    assert action == Action(1, "Map the sources", 2, date(2026, 2, 15), "Mina", "A map hangs.")
    assert either.store.actions(team.id) == (action,)


def test_actions_are_counted_up_and_numbers_not_used_again(either: Workspace) -> None:
    team = a_team(either)
    first, second = actions.add(either, team, "One"), actions.add(either, team, "Two")
    actions.finish(either, team, 1, "dropped")

    assert (first.id, second.id, actions.add(either, team, "Three").id) == (1, 2, 3)


def test_a_play_brings_its_words(workspace: Workspace, atlas: Team) -> None:
    mistake, play = actions.play_of(workspace.library, PLAY)
    action = actions.add(workspace, atlas, play=PLAY)

    assert (action.title, action.done_when) == (clean(play.title), clean(play.done_when))
    assert (action.mistake, action.play) == (mistake.id, PLAY) == ("data-cleaning", PLAY)


def test_own_words_win_over_those_of_the_play(workspace: Workspace, atlas: Team) -> None:
    action = actions.add(workspace, atlas, "Ours", play=PLAY, done_when="Then.")

    assert (action.title, action.done_when, action.play) == ("Ours", "Then.", PLAY)


def test_every_bundled_play_can_be_taken_on(workspace: Workspace, atlas: Team) -> None:
    plays = [f"{mistake.id}.{play.id}" for mistake in workspace.library.mistakes() for play in mistake.plays]
    for reference in plays:
        assert actions.add(workspace, atlas, play=reference).play == reference

    assert len(workspace.store.actions(atlas.id)) == len(plays)


@pytest.mark.parametrize("reference", ["data-cleaning.no-such-play", "data-cleaning", "data-cleaning."])
def test_an_unknown_play_is_answered_with_the_known_ones(workspace: Workspace, atlas: Team, reference: str) -> None:
    with pytest.raises(NotFoundError, match=f"There is no play '{reference}'.*{PLAY}"):
        actions.add(workspace, atlas, play=reference)

    assert workspace.store.actions(atlas.id) == ()


def test_a_play_of_an_unknown_mistake_is_refused(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="There is no mistake"):
        actions.play_of(workspace.library, "data-cleanin.map-data-sources")


def test_a_play_of_a_survey_belongs_to_no_mistake(workspace: Workspace, atlas: Team) -> None:
    reference = "safety.lead-goes-first-review"
    survey, play = actions.play_of(workspace.library, reference)
    action = actions.add(workspace, atlas, play=reference)

    assert (survey.id, action.title, action.done_when) == ("safety", clean(play.title), clean(play.done_when))
    assert (action.mistake, action.play) == (None, reference)
    assert insight.plays(workspace, atlas, "safety")[1][-1].id == play.id
    with pytest.raises(NotFoundError, match=r"The plays of 'Psychological safety' are: safety\."):
        actions.add(workspace, atlas, play="safety.no-such-play")
    with pytest.raises(NotFoundError, match=r"The plays of 'Sprint pulse' are: none\."):
        actions.add(workspace, atlas, play="pulse.anything")


def test_a_play_is_taken_on_in_the_words_of_the_team(workspace: Workspace, tmp_path: Path) -> None:
    made = a_mistake("slow-tools", 21)
    made["plays"][0]["translations"] = {"es": {"title": "Medir el tiempo"}}
    (tmp_path / "mistakes").mkdir()
    put(tmp_path / "mistakes" / "21-slow-tools.toml", made)
    workspace = replace_library(workspace, library=Library(own=tmp_path))
    team = teams.speak(workspace, a_team(workspace), "es")
    action = actions.add(workspace, team, play="slow-tools.time-builds")

    assert (action.title, action.done_when) == ("Medir el tiempo", "A number is on the board.")


@pytest.mark.parametrize("title", ["", "  ", "a\x1b[2J", "x" * (LINE_LIMIT + 1)])
def test_a_title_that_is_not_fit_to_keep_is_refused(workspace: Workspace, atlas: Team, title: str) -> None:
    with pytest.raises(BadInputError, match="The action"):
        actions.add(workspace, atlas, title)

    assert workspace.store.actions(atlas.id) == ()


@pytest.mark.parametrize("title", ["", " \t"])
def test_an_empty_title_is_refused_also_with_a_play(workspace: Workspace, atlas: Team, title: str) -> None:
    with pytest.raises(BadInputError, match="The action is empty"):
        actions.add(workspace, atlas, title, play=PLAY)

    assert workspace.store.actions(atlas.id) == ()


def test_without_a_play_there_must_be_a_title(workspace: Workspace, atlas: Team) -> None:
    with pytest.raises(BadInputError, match="The action is empty"):
        actions.add(workspace, atlas)

    assert workspace.store.actions(atlas.id) == ()


def test_owner_and_done_when_are_looked_at_too(workspace: Workspace, atlas: Team) -> None:
    with pytest.raises(BadInputError, match="The owner"):
        actions.add(workspace, atlas, "One", owner="x" * (NAME_LIMIT + 1))
    with pytest.raises(BadInputError, match="The done-when"):
        actions.add(workspace, atlas, "One", done_when="\u202e x")
    assert workspace.store.actions(atlas.id) == ()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_title_is_refused_or_kept_harmless(workspace: Workspace, atlas: Team, name: str) -> None:
    try:
        kept = actions.add(workspace, atlas, HOSTILE[name]).title
    except BadInputError:
        assert workspace.store.actions(atlas.id) == ()
        return

    assert clean(kept) == kept


def test_nothing_is_due_in_the_past(workspace: Workspace, atlas: Team) -> None:
    yesterday = STARTS - timedelta(days=1)

    assert actions.add(workspace, atlas, "One", due=STARTS).due == STARTS
    with pytest.raises(BadInputError, match="in the past"):
        actions.add(workspace, atlas, "Two", due=yesterday)
    with pytest.raises(BadInputError, match="in the past"):
        actions.move(workspace, atlas, 1, due=yesterday)
    assert [action.due for action in workspace.store.actions(atlas.id)] == [STARTS]


def test_an_action_is_done_dropped_and_opened_again(either: Workspace, clock: Clock) -> None:
    team = a_team(either)
    action = actions.add(either, team, "One")
    other = actions.add(either, team, "Two")
    clock.to_sprint(3)

    assert actions.finish(either, team, 1, "done") == replace(action, status="done", closed=3)
    assert actions.finish(either, team, 1, "dropped") == replace(action, status="dropped", closed=3)
    assert actions.finish(either, team, 1, "open") == action
    assert either.store.actions(team.id) == (action, other)


def test_an_action_is_moved_handed_over_or_both(workspace: Workspace, atlas: Team) -> None:
    action = actions.add(workspace, atlas, "One", owner="Mina")
    later = action.due + timedelta(days=7)

    assert actions.move(workspace, atlas, 1, due=later) == replace(action, due=later)
    assert actions.move(workspace, atlas, 1, due=None, owner=" Ole ") == replace(action, due=later, owner="Ole")
    assert actions.move(workspace, atlas, 1, due=None) == replace(action, due=later, owner="Ole")
    assert actions.move(workspace, atlas, 1, due=None, owner="").owner == ""
    with pytest.raises(BadInputError, match="The owner"):
        actions.move(workspace, atlas, 1, due=None, owner="\x07x")


@pytest.mark.parametrize("number", [0, -1, 2])
def test_an_action_that_is_not_there_is_not_changed(either: Workspace, number: int) -> None:
    team = a_team(either)
    action = actions.add(either, team, "One")

    with pytest.raises(NotFoundError, match=f"There is no action {number}"):
        actions.finish(either, team, number, "done")
    with pytest.raises(NotFoundError, match="nothing was changed"):
        actions.move(either, team, number, due=None, owner="Ole")
    assert either.store.actions(team.id) == (action,)
