"""Where the files of a workspace lie, by name.

Owns the names and what may become part of a path. Reads and writes nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
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

BACKUPS = "backups"
"""What a restore replaced, one backup each."""
STAGING = ".tuiretro-staging"
"""A restore that is being made ready; nothing of it counts before the folder has its other name."""
RESTORING = ".tuiretro-restoring"
"""A restore that counts, on its way into place."""

_LONGEST_NAME = 255
"""Bytes; what the usual disks can do."""
_FOREIGN = frozenset("\\:")
"""Windows takes them for something else than letters of a name."""
_ID = re.compile(r"[0-9a-f]{8,64}")
_OLD = r"\.schema-[0-9]+(\.[0-9]+)?"
_OURS = (
    rf"({WORKSPACE}|{_ID.pattern}/({HISTORY}|{ACTIONS}|retros/[0-9]+\.json))({_OLD})?"
    rf"|{_ID.pattern}/{ROUNDS}/{_ID.pattern}/{ROUND}"
)
"""Left uncompiled: only the audit and doctor look for them, and every start would pay."""


def without_copy_mark(path: str) -> str:
    """The path of the file that a copy was made of before a migration; any other path as it is."""
    return re.sub(rf"{_OLD}\Z", "", path)


def copy_name(name: str, schema: int, number: int) -> str:
    """The name of the n-th copy, from 1 on, of a file of an older schema: 'history.json.schema-1'."""
    return f"{name}.schema-{schema}{f'.{number}' if number > 1 else ''}"


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
    return re.fullmatch(_OURS, path) is not None


def is_inside(path: str) -> bool:
    """True for a path with '/' that can only lie inside the folder that it is put behind, on every system."""
    parts = path.split("/")
    is_short = all(len(part.encode(errors="replace")) <= _LONGEST_NAME for part in parts)
    return path.isprintable() and _FOREIGN.isdisjoint(path) and is_short and {"", ".", ".."}.isdisjoint(parts)


@lru_cache(maxsize=256)
def inside(folder: Path, name: str) -> Path:
    """What bears a name in a folder, kept: putting a path together takes longer than asking the disk about it."""
    return folder / name


def team_folder(place: Path, team: str) -> Path:
    """The folder of one team.

    Raises:
        BadInputError: `team` is no id.
    """
    return inside(place, checked_id(team))


def round_folder(team: Path, opened: str) -> Path:
    """The folder of one round inside a team's folder.

    Raises:
        BadInputError: `opened` is no id.
    """
    return inside(inside(team, ROUNDS), checked_id(opened))
