"""Workspaces in every state, and snapshots of screens as text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests.tui.states import ENOUGH, PEOPLE, TODAY, a_release, a_round, a_team, opened_at
from tuiretro.service.demo import build
from tuiretro.service.workspace import Workspace


class ScreenFile(SingleFileSnapshotExtension):
    """One text file for each screen, to be read in a diff."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compares a screen with its text file."""
    return snapshot.use_extension(ScreenFile)


@pytest.fixture(autouse=True)
def in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """The surroundings decide nothing."""
    for name in ("NO_COLOR", "TUIRETRO_TEAM", "TUIRETRO_WORKSPACE", "TUIRETRO_TODAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the workspace will be."""
    return tmp_path / "workspace"


@pytest.fixture
def workspace(place: Path) -> Workspace:
    """Empty."""
    return opened_at(place)


@pytest.fixture
def with_team(workspace: Workspace, place: Path) -> Path:
    """A team of five without a round."""
    a_team(workspace)
    return place


@pytest.fixture
def asking(workspace: Workspace, place: Path) -> Path:
    """A round is open and nobody has answered."""
    a_round(workspace, a_team(workspace))
    return place


@pytest.fixture
def enough(workspace: Workspace, place: Path) -> Path:
    """Four of five have answered."""
    a_round(workspace, a_team(workspace), ENOUGH)
    return place


@pytest.fixture
def full(workspace: Workspace, place: Path) -> Path:
    """All five have answered."""
    a_round(workspace, a_team(workspace), PEOPLE)
    return place


@pytest.fixture
def released(workspace: Workspace, place: Path) -> Path:
    """One round is closed; this sprint has its results."""
    a_release(workspace, a_team(workspace))
    return place


@pytest.fixture(scope="session")
def finished_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, built once; nobody writes into it."""
    place = tmp_path_factory.mktemp("demo") / "workspace"
    build(place, today=TODAY)
    return place


@pytest.fixture
def history(finished_demo: Path, place: Path) -> Path:
    """A copy of the demo: 26 sprints, and a round with five of nine sheets."""
    shutil.copytree(finished_demo, place)
    return place
