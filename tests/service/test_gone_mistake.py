"""A mistake of a team's own whose file goes away or breaks after it was rated: the team's numbers stay in sight."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.library.conftest import a_mistake, put
from tests.service.conftest import Clock, a_team
from tuiretro.errors import NotFoundError, SurveyError
from tuiretro.library import Library
from tuiretro.model.round import Sheet
from tuiretro.model.summary import Summary
from tuiretro.model.team import Team
from tuiretro.service import insight, rounds, teams
from tuiretro.service.workspace import Workspace

OWN = "slow-tools"


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    (tmp_path / "surveys" / "mistakes").mkdir(parents=True)
    return put(tmp_path / "surveys" / "mistakes" / f"21-{OWN}.toml", a_mistake(OWN, 21))


def with_own(workspace: Workspace, file: Path) -> Workspace:
    return replace(workspace, library=Library(own=file.parents[1]))


def rated(workspace: Workspace) -> tuple[Team, Summary]:
    """A pulse in which the team's own mistake came out lowest."""
    team = a_team(workspace)
    opened = rounds.open_round(workspace, team, "pulse")
    for _ in range(5):
        rounds.answer(workspace, team, opened, Sheet({q.id: 2 if q.id == OWN else 3 for q in opened.questions}))
    rounds.close(workspace, team)
    return team, insight.summary(workspace, team)


@pytest.mark.parametrize(
    ("fault", "when"), [(fault, when) for fault in ("gone", "broken") for when in ("before the start", "since")]
)
def test_nothing_else_is_hidden(workspace: Workspace, clock: Clock, own_file: Path, fault: str, when: str) -> None:
    team, healthy = rated(with_own(workspace, own_file))
    assert (healthy.focus[0].title, healthy.focus[0].number) == ("Putting up with slow tools", 21)

    # A library reads the names of all files at once, and a file when it is first asked for.
    early = with_own(workspace, own_file)
    if fault == "gone":
        own_file.unlink()
    else:
        own_file.write_text("id = ")
    workspace = early if when == "since" else with_own(workspace, own_file)

    summary = insight.summary(workspace, team)
    first = summary.focus[0]
    assert (first.mistake, first.title, first.plays) == (OWN, "Tools were quick", ())
    assert first.number == (0 if (fault, when) == ("gone", "before the start") else 21)
    assert (first.level, first.reason) == (healthy.focus[0].level, healthy.focus[0].reason)
    assert summary.focus[1:] == healthy.focus[1:]
    assert summary.themes == healthy.themes
    assert insight.scene(workspace, team).summary == insight.results(workspace, team).summary == summary
    clock.to_sprint(2)
    assert OWN not in {question.id for question in rounds.open_round(workspace, team, "pulse").questions}


@pytest.mark.parametrize(("left", "refused"), [(None, NotFoundError), ("id = ", SurveyError)])
def test_its_plays_are_refused_in_a_sentence(
    workspace: Workspace, own_file: Path, left: str | None, refused: type[Exception]
) -> None:
    team, _ = rated(with_own(workspace, own_file))
    own_file.unlink()
    if left is not None:
        own_file.write_text(left)
    workspace = with_own(workspace, own_file)

    assert insight.find_mistake(workspace.library, OWN) is None
    with pytest.raises(refused, match=OWN):
        insight.plays(workspace, team, OWN)


def test_its_star_can_be_taken_away_but_not_given(workspace: Workspace, own_file: Path) -> None:
    team = a_team(workspace)
    starred = teams.star(with_own(workspace, own_file), team, OWN)
    assert starred.starred == (OWN,)

    assert teams.star(workspace, starred, OWN).starred == ()
    with pytest.raises(NotFoundError, match=OWN):
        teams.star(workspace, team, OWN)
