"""The teams of a workspace on disk, and whether one of them is still there.

Owns the table of `workspace.json`. Knows nothing of what lies in the folders of teams.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tuiretro.files import read_bytes
from tuiretro.model.team import Team
from tuiretro.store.documents import Tables, damaged, decoded, read_tables, structs
from tuiretro.store.layout import WORKSPACE, inside, is_id
from tuiretro.store.protocol import by_name
from tuiretro.store.refusals import no_such_team

if TYPE_CHECKING:
    from tuiretro.store.storage import Database

_YEARS = 1900, 2999
"""Wider than what can be typed; a day beyond them comes from damage, and counting sprints from it would overflow."""


def read_teams(place: Path) -> tuple[Team, ...]:
    """All teams of the workspace in the folder `place`, by name.

    Raises:
        WorkspaceError: The file is damaged.
    """
    return decoded_teams(read_tables(place / WORKSPACE), place / WORKSPACE)


def decoded_teams(tables: Tables, path: Path) -> tuple[Team, ...]:
    """All teams in a file's tables, by name.

    Raises:
        WorkspaceError: A team does not decode; the sentence names `path`.
    """
    teams = structs(tables, "teams", Team, path)
    for cadence in (cadence for team in teams for cadence in team.cadences):
        if not _YEARS[0] <= cadence.starts.year <= _YEARS[1]:
            raise damaged(path, f"no sprint starts on {cadence.starts}")
    return by_name(teams)


def keep_teams(database: Database, teams: tuple[Team, ...]) -> None:
    """Replaces all teams in an opened file."""
    from tuiretro.store.storage import document

    table = database.table("teams")
    table.truncate()
    table.insert_multiple(document(team, number) for number, team in enumerate(teams, 1))


def team_ids(place: Path) -> tuple[str, ...]:
    """The ids of the workspace's teams in order, also of one whose other fields are damaged.

    Raises:
        WorkspaceError: The file is damaged, newer than this program, or cannot be read.
    """
    path = inside(place, WORKSPACE)
    try:
        return _ids(read_bytes(path), path)
    except FileNotFoundError:
        return ()


@lru_cache(maxsize=8)
def _ids(data: bytes, path: Path) -> tuple[str, ...]:
    # Asked about for every sheet, and the file hardly ever changes.
    ids = (team.get("id") for team in decoded(data, path).get("teams", {}).values())
    return tuple(sorted({id_ for id_ in ids if isinstance(id_, str) and is_id(id_)}))


def require_team(place: Path, team: str) -> None:
    """Makes sure that the workspace still holds a team, so that nothing is written where nobody would find it.

    Raises:
        WorkspaceError: The workspace was moved or removed, its file is damaged, or the team is not in it.
    """
    if team not in team_ids(place):
        raise no_such_team(str(place))
