"""Workspaces in the states that the screens tell apart, made through the same calls that real use takes."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from tuiretro.model.round import Round, Sheet
from tuiretro.model.team import Team
from tuiretro.service import rounds, teams
from tuiretro.service.insight import first_scene
from tuiretro.service.workspace import Workspace, open_workspace
from tuiretro.store.tinydb_store import TinyDBStore
from tuiretro.tui.app import TuiretroApp
from tuiretro.tui.desk import Step

TODAY = date(2026, 11, 23)
NEXT_SPRINT = date(2026, 12, 1)
STARTS = date(2026, 11, 16)
ENOUGH, PEOPLE = 4, 5
Comment = Callable[[int], str]
"""The comment of the sheet with that number."""
Handing = Callable[[Callable[[], None], Sheet], None]
"""What happens in place of storing a sheet: gets what would store it, and the sheet."""


class HandingStore(TinyDBStore):
    """A store on a folder that leaves the handing in of sheets to a test."""

    handing: Handing

    def add_sheet(self, team: str, opened: Round, sheet: Sheet, code: bytes | None = None) -> None:
        self.handing(lambda: TinyDBStore.add_sheet(self, team, opened, sheet, code), sheet)


def with_handing(workspace: Workspace, place: Path, handing: Handing) -> Workspace:
    """The workspace in a folder, where that happens when a sheet is handed in."""
    store = HandingStore.open(place, today=workspace.today)
    store.handing = handing
    return replace(workspace, store=store)


def opened_at(place: Path, today: date = TODAY, seed: int = 1) -> Workspace:
    """The workspace in a folder, on a fixed day, with chance that is the same for the same seed."""
    return open_workspace(place, today=lambda: today, chance=random.Random(seed))


def app_on(
    place: Path,
    *,
    today: date = TODAY,
    demo: Path | None = None,
    team: str | None = None,
    start: str = "home",
    note: str = "",
    handing: Handing | None = None,
    clock: Callable[[], float] = lambda: 0.0,
) -> TuiretroApp:
    """An app on a folder.

    `demo` is a finished demo that it may copy, `handing` happens when a sheet is handed in, and `clock` is what the
    timers of a retro read; without one, no time goes by.
    """

    def build(step: Step) -> Workspace:
        assert demo is not None
        copy = place.parent / "throw-away"
        shutil.copytree(demo, copy)
        step(1, 1)
        return opened_at(copy, today)

    # Another seed than that of the state: ids that one program draws are not drawn by another.
    workspace = opened_at(place, today, seed=2)
    if handing is not None:
        workspace = with_handing(workspace, place, handing)
    return TuiretroApp(
        workspace,
        first_scene(workspace, team),
        start=start,
        note=note,
        demo=build if demo else None,
        clock=clock,
    )


def a_team(workspace: Workspace, name: str = "Atlas", people: int = PEOPLE) -> Team:
    """A team in the second week of its first sprint."""
    return teams.add(workspace, name, people=people, starts=STARTS, every="2 weeks")


def a_round(workspace: Workspace, team: Team, sheets: int = 0, *, comment: Comment = lambda _: "") -> Round:
    """An open round on safety, which is short, with some sheets in it."""
    opened = rounds.open_round(workspace, team, "safety")
    for number in range(sheets):
        rounds.answer(workspace, team, opened, a_sheet(opened, 1 + number % 5, comment(number)))
    return opened


def a_sheet(opened: Round, value: int = 4, comment: str = "") -> Sheet:
    """The same answer to everything."""
    return Sheet(dict.fromkeys((question.id for question in opened.questions), value), comment)


def a_pulse(workspace: Workspace, team: Team, values: Sequence[int]) -> None:
    """A closed round that asked everything, with one sheet for each value."""
    opened = rounds.open_round(workspace, team)
    for value in values:
        rounds.answer(workspace, team, opened, a_sheet(opened, value))
    rounds.close(workspace, team)


def a_release(workspace: Workspace, team: Team, comment: Comment = lambda _: "") -> None:
    """One closed round."""
    a_round(workspace, team, ENOUGH, comment=comment)
    rounds.close(workspace, team)
