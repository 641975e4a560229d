"""Real workspaces for trials, and what a judge reads from them.

Owns how they are made and looked at, through the same service and store that people use.
"""

from __future__ import annotations

import json
import os
import stat
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from tests.torture.trial import TODAY
from tuiretro.errors import TuiretroError
from tuiretro.files import is_temporary
from tuiretro.model.round import Round, Sheet
from tuiretro.model.team import Team
from tuiretro.service import rounds, teams
from tuiretro.service.workspace import Workspace, open_workspace
from tuiretro.store import urn
from tuiretro.store.layout import round_folder, team_folder
from tuiretro.store.round_folder import RoundFolder

LONG_AGO = date(2001, 1, 1)
"""First day of the teams: weekly sprints since then leave room for a thousand closings."""


def opened(place: Path) -> Workspace:
    """A start of the program on a workspace."""
    return open_workspace(place, today=lambda: TODAY)


def with_team(place: Path, name: str = "Atlas", people: int = 60) -> tuple[Workspace, Team]:
    """A workspace with one more team."""
    workspace = opened(place)
    team = teams.add(workspace, name, people=people, starts=TODAY, every="1 week")
    old = replace(team, cadences=tuple(replace(cadence, starts=LONG_AGO) for cadence in team.cadences))
    workspace.store.change_teams(lambda kept: (*(other for other in kept if other.id != team.id), old))
    return workspace, old


def next_round(workspace: Workspace, team: Team) -> Round:
    """Opens a round for the sprint after the last one."""
    last = workspace.store.history(team.id).last
    return rounds.open_round(workspace, team, "safety", number=last.sprint.number + 1 if last else 1)


def signed(asked: Round, token: str) -> Sheet:
    """A sheet that its comment makes known, to the trial alone."""
    return Sheet({question.id: 1 + (len(token) + at) % 5 for at, question in enumerate(asked.questions)}, token)


def sheets_in(place: Path, team: Team, asked: Round) -> tuple[Sheet, ...]:
    """The sheets of an open round in the order of its file, read with the round's own key."""
    folder = RoundFolder(round_folder(team_folder(place, team.id), asked.id), bytes)
    return urn.sheets(folder, None, without_unreadable=False)


def tokens(workspace: Workspace, place: Path, team: Team) -> dict[str, Counter[str]]:
    """By round, open or closed: how often each comment is there."""
    found: dict[str, Counter[str]] = {r.round: Counter(r.comments) for r in workspace.store.history(team.id).releases}
    asked = workspace.store.round(team.id)
    if asked is not None:
        found[asked.id] = Counter(sheet.comment for sheet in sheets_in(place, team, asked))
    return found


def damage(place: Path) -> list[str]:
    """What is wrong with the files as they lie there, before any start could mend something."""
    found = []
    for path in sorted(place.rglob("*")):
        if is_temporary(path.name) or not stat.S_ISREG(path.lstat().st_mode):
            continue
        if path.suffix == ".json" and not _is_whole(path):
            found.append(f"{path.relative_to(place)} is damaged")
        if path.name == "key" and path.stat().st_size != 32:
            found.append(f"{path.relative_to(place)} is cut")
    return found


def _is_whole(path: Path) -> bool:
    try:
        return bool(json.loads(path.read_bytes())["meta"]["1"]["schema"])
    except (ValueError, KeyError, TypeError):
        return False


def leftovers(place: Path) -> list[str]:
    """Temporary files."""
    return [str(path.relative_to(place)) for path in place.rglob("*") if is_temporary(path.name)]


def tree(place: Path) -> dict[str, bytes]:
    """Every file but locks, with its content."""
    return {
        str(path.relative_to(place)): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def told(work: Callable[[], object]) -> str:
    """The sentence that a use of the product was refused with; '' if it was done."""
    try:
        work()
    except TuiretroError as error:
        return error.message
    return ""


def surroundings(place: Path) -> dict[str, str]:
    """Environment variables that lead the command line to a workspace."""
    return {**os.environ, "TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY.isoformat()}
