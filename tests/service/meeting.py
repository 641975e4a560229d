"""Retros that the tests of their use cases begin, fill and end."""

from __future__ import annotations

from collections.abc import Callable

from tuiretro.core.notes import add, find_column
from tuiretro.model.retro import Change
from tuiretro.model.team import Team
from tuiretro.service import retro_checks, retros
from tuiretro.service.retros import Room
from tuiretro.service.workspace import Workspace

LAYOUT = "start-stop-continue"
Step = Callable[[Workspace, Room], object]


def begun(workspace: Workspace, team: Team, layout: str = LAYOUT) -> Room:
    return retros.begin(workspace, team, layout)


def with_notes(workspace: Workspace, here: Room, *texts: str) -> Room:
    """The retro with notes in its first column."""
    for text in texts:

        def step(now: Room, text: str = text) -> tuple[Change, ...]:
            return add(now.board, find_column(now.retro.format, "1"), text)

        here = retros.change(workspace, here, step)
    return here


def doing(workspace: Workspace, here: Room, *changes: Change) -> Room:
    return retros.change(workspace, here, lambda _: changes)


def say_welcome(workspace: Workspace, here: Room, *answers: int | None) -> Room:
    """So many people answer the first question."""
    for value in answers:
        here = retro_checks.answer(workspace, here, "welcome", retro_checks.question(workspace, here, "welcome"), value)
    return here


def texts(here: Room) -> list[str]:
    return [note.text for note in here.board.notes]
