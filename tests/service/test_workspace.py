from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from tests.service.conftest import Clock, a_sprint, a_team
from tuiretro.errors import WorkspaceError
from tuiretro.service import insight
from tuiretro.service.workspace import Workspace, open_workspace


def test_a_folder_that_is_not_there_is_an_empty_workspace(tmp_path: Path) -> None:
    opened = open_workspace(tmp_path / "new")

    assert opened.store.teams() == ()
    assert opened.store.place == str(tmp_path / "new")
    assert opened.today == date.today
    assert isinstance(opened.random, random.SystemRandom)
    assert not (tmp_path / "new").exists()


def test_what_was_saved_is_there_when_it_is_opened_again(tmp_path: Path, clock: Clock) -> None:
    first = open_workspace(tmp_path / "kept", today=clock)
    team = a_team(first)
    release = a_sprint(first, team)

    again = open_workspace(tmp_path / "kept", today=clock)

    assert again.store.teams() == (team,)
    assert again.store.history(team.id).releases == (release,)
    assert insight.scene(again, team) == insight.scene(first, team)


def test_a_file_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("hello")

    with pytest.raises(WorkspaceError):
        open_workspace(tmp_path / "file")


def test_own_surveys_lie_in_the_workspace(tmp_path: Path) -> None:
    place = tmp_path / "kept"
    (place / "surveys").mkdir(parents=True)
    place.chmod(0o700)
    (place / "surveys" / "own.toml").write_text(
        'id = "own"\ntitle = "Own"\nintro = "Hello."\n'
        '[[items]]\nid = "a"\nshort = "We met"\ntext = "In this sprint we met."\n'
    )

    assert open_workspace(place).library.survey("own").title == "Own"


def test_ids_follow_the_randomness_that_is_handed_in(workspace: Workspace, clock: Clock) -> None:
    one, other = (Workspace(workspace.store, workspace.library, clock, random.Random(3)) for _ in range(2))
    ids = [one.new_id() for _ in range(200)]

    assert ids == [other.new_id() for _ in range(200)]
    assert len(set(ids)) == 200
    assert all(len(id_) == 16 for id_ in ids)
