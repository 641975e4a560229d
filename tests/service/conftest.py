"""Workspaces, teams and rounds for the tests of the use cases."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from tuiretro.library import Library
from tuiretro.model.release import Release
from tuiretro.model.round import Round, Sheet
from tuiretro.model.team import Team
from tuiretro.service import rounds, teams
from tuiretro.service.workspace import Workspace, open_workspace
from tuiretro.store.memory import MemoryStore

STARTS = date(2026, 1, 5)
"""First day of the first sprint of every team here; sprints last two weeks."""


class Clock:
    """A day that tests move by hand."""

    def __init__(self, day: date = STARTS) -> None:
        self.day = day

    def __call__(self) -> date:
        return self.day

    def to_sprint(self, number: int) -> None:
        self.day = STARTS + timedelta(weeks=2 * (number - 1))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def bundled() -> Library:
    return Library()


@pytest.fixture
def workspace(clock: Clock, bundled: Library) -> Workspace:
    """A workspace in memory."""
    return Workspace(MemoryStore(), bundled, clock, random.Random(7))


@pytest.fixture(params=["memory", "disk"])
def either(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock, workspace: Workspace) -> Workspace:
    """The same in memory and on disk."""
    on_disk = request.param == "disk"
    return open_workspace(tmp_path / "kept", today=clock, chance=random.Random(7)) if on_disk else workspace


@pytest.fixture
def atlas(workspace: Workspace) -> Team:
    """A team of seven in memory."""
    return a_team(workspace)


def a_team(workspace: Workspace, name: str = "Atlas", people: int = 7, minimum: int = 4) -> Team:
    return teams.add(workspace, name, people=people, starts=STARTS, every="2 weeks", minimum=minimum)


def answer(
    workspace: Workspace, team: Team, opened: Round, count: int, value: int | None = 3, comment: str = ""
) -> None:
    """So many people hand in a sheet that gives every item the same answer."""
    for _ in range(count):
        rounds.answer(workspace, team, opened, Sheet({q.id: value for q in opened.questions}, comment))


def a_sprint(workspace: Workspace, team: Team, survey: str = "safety", count: int = 5, value: int = 3) -> Release:
    """A round of this sprint from opening to closing."""
    answer(workspace, team, rounds.open_round(workspace, team, survey), count, value)
    return rounds.close(workspace, team)
