"""Where the files of a workspace lie, by name.

Owns the names and what may become part of a path. Reads and writes nothing.
"""

from __future__ import annotations

import re
from pathlib import Path

from tuiretro.errors import BadInputError

WORKSPACE = "workspace.json"
HISTORY = "history.json"
ACTIONS = "actions.json"
ROUNDS = "rounds"
ROUND = "round.json"
KEY = "key"
WORKSPACE_LOCK = "workspace.lock"
TEAM_LOCK = "team.lock"
"""One per team and outside the round's folder: a lock inside it would be destroyed under those who wait for it."""

_ID = re.compile(r"[0-9a-f]{8,64}")
_OURS = re.compile(
    rf"{WORKSPACE}|{_ID.pattern}/({HISTORY}|{ACTIONS}|retros/[0-9]+\.json|{ROUNDS}/{_ID.pattern}/{ROUND})"
)


def is_id(text: str) -> bool:
    """True for a random id of ours: 8 to 64 small hexadecimal digits."""
    return _ID.fullmatch(text) is not None


def checked_id(text: str) -> str:
    """An id that may become part of a path.

    Raises:
        BadInputError: Anything else than 8 to 64 small hexadecimal digits.
    """
    if not is_id(text):
        raise BadInputError(f"{text[:80]!r} is not an id of a team or round; nothing was changed.")
    return text


def is_database(path: str) -> bool:
    """True for a path, relative to the workspace and with '/', of a file that TinyDB keeps for us."""
    return _OURS.fullmatch(path) is not None


def team_folder(place: Path, team: str) -> Path:
    """The folder of one team.

    Raises:
        BadInputError: `team` is no id.
    """
    return place / checked_id(team)


def round_folder(team: Path, opened: str) -> Path:
    """The folder of one round inside a team's folder.

    Raises:
        BadInputError: `opened` is no id.
    """
    return team / ROUNDS / checked_id(opened)
