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
RETROS = "retros"
DROPPED = "dropped.json"
"""Notes for the next retro, in the folder of the retros."""
CHECKS = "checks"
"""The table of a retro's file that holds sealed answers and their keys: these must be nowhere else."""
JOURNAL = "retro-journal.json"
"""A change of several of a team's files that is under way."""
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
_SPRINT = r"[1-9][0-9]{0,3}"
_OLD = r"\.schema-[0-9]+(\.[0-9]+)?"
_OURS = (
    rf"({WORKSPACE}|{_ID.pattern}/({HISTORY}|{ACTIONS}|{RETROS}/({_SPRINT}\.json|{DROPPED})))({_OLD})?"
    rf"|{_ID.pattern}/{JOURNAL}"
    rf"|{_ID.pattern}/{ROUNDS}/{_ID.pattern}/{ROUND}"
)
"""Left uncompiled: only the audit and doctor look for them, and every start would pay."""


def without_copy_mark(path: str) -> str:
    """The path of the file that a copy was made of before a migration; any other path as it is."""
    return re.sub(rf"{_OLD}\Z", "", path)


def copy_name(name: str, schema: int, number: int) -> str:
    """The name of the n-th copy, from 1 on, of a file of an older schema: 'history.json.schema-1'."""
    return f"{name}.schema-{schema}{f'.{number}' if number > 1 else ''}"


def retro_name(sprint: int) -> str:
    """Where the retro of a sprint lies within its team's folder."""
    return f"{RETROS}/{sprint}.json"


def is_retro(path: str) -> bool:
    """True for a path, relative to the workspace and with '/', of a retro's file or a copy of one."""
    return re.fullmatch(rf"{_ID.pattern}/{RETROS}/{_SPRINT}\.json({_OLD})?", path) is not None


def is_in_journal(path: str) -> bool:
    """True for a path within a team's folder of a file that may change together with others."""
    return re.fullmatch(rf"{ACTIONS}|{RETROS}/({_SPRINT}\.json|{DROPPED})", path) is not None


def retro_lock(sprint: int) -> str:
    """Where the lock of whoever leads the retro of a sprint lies within its team's folder."""
    return f"{RETROS}/{sprint}.lock"


def retro_sprint(name: str) -> int | None:
    """The sprint of the retro whose file has that name; None for another file."""
    found = re.fullmatch(rf"({_SPRINT})\.json", name)
    return int(found[1]) if found else None


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
