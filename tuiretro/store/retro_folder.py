"""The retros of a team on disk: a folder with one file each, the dropped notes, and the locks of whoever leads.

Owns the times in it: a midnight for the folder and every retro, 1970 for the notes, so that nothing tells when somebody
answered a question or dropped a note. A crashed write leaves another time on the folder, which is how it is found.
Knows nothing of locks: whoever changes something holds the team's.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from tuiretro.files import is_folder, private_folder, read_bytes, remove_stale, sync_folder, unlinked
from tuiretro.store.documents import read_tables
from tuiretro.store.layout import DROPPED, RETROS, retro_name, retro_sprint

if TYPE_CHECKING:
    from tuiretro.store.checks import Standing

NOTES_DAY = date(1970, 1, 1)
"""What the time of the file with the dropped notes tells: even the day of the last one could say whose it is."""
_DAY = 86_400


def midnight(day: date) -> float:
    """The beginning of a day, UTC, in seconds since 1970."""
    return datetime.combine(day, time(), tzinfo=UTC).timestamp()


def retro_sprints(team: Path) -> tuple[int, ...]:
    """The sprints whose retros lie in a team's folder, in their order.

    Raises:
        WorkspaceError: The folder of retros is a link.
        OSError: It cannot be read.
    """
    if not is_folder(team / RETROS):
        return ()
    found = (retro_sprint(path.name) for path in (team / RETROS).iterdir())
    return tuple(sorted(sprint for sprint in found if sprint is not None))


def read_retro(team: Path, sprint: int) -> Standing:
    """A retro and its open questions; an empty one if there is none.

    Raises:
        WorkspaceError: The file is damaged, or the folder of retros a link.
    """
    from tuiretro.store.retro_file import read_file

    return read_file(unlinked(team / RETROS) / Path(retro_name(sprint)).name)


class _State(Struct):
    is_over: bool


class _Glance(Struct):
    retro: dict[str, _State]


def under_way(team: Path) -> int | None:
    """The sprint of the last retro that is not over. Boards and steps are not looked at: a year of them would be felt.

    Raises:
        WorkspaceError: The folder of retros is a link, or a file is damaged.
        OSError: The folder cannot be read.
    """
    for sprint in reversed(retro_sprints(team)):
        path = team / retro_name(sprint)
        try:
            found = msgspec.json.decode(read_bytes(path), type=_Glance)
        except FileNotFoundError:
            # Another program took it away since the folder was listed.
            continue
        except (msgspec.MsgspecError, ValueError, RecursionError):
            standing = read_retro(team, sprint).retro
            is_over = standing is None or standing.is_over
        else:
            is_over = all(state.is_over for state in found.retro.values())
        if not is_over:
            return sprint
    return None


def read_notes(team: Path) -> tuple[str, ...]:
    """The dropped notes by their random ids; none if there is no file.

    Raises:
        WorkspaceError: The file is damaged, or the folder of retros a link.
    """
    from tuiretro.store.retro_file import decoded_notes

    path = unlinked(team / RETROS) / DROPPED
    return decoded_notes(read_tables(path), path)


def make_folder(team: Path, day: date) -> None:
    """Makes the folder of retros, if it is not there; neither it nor the team's tells at what time.

    Raises:
        WorkspaceError: It is a link.
        OSError: It cannot be made.
    """
    if not is_folder(team / RETROS):
        private_folder(team / RETROS)
        set_back(team, day)
        os.utime(team, (midnight(day), midnight(day)))


def set_back(team: Path, day: date) -> None:
    """Takes the time at which something was made off the folder of retros."""
    os.utime(team / RETROS, (midnight(day), midnight(day)))


def has_leftovers(team: Path) -> bool:
    """True if a crashed write left the moment of its last step as the folder's time, and perhaps a temporary file.

    Raises:
        WorkspaceError: The folder of retros is a link.
        OSError: It cannot be looked at.
    """
    return is_folder(team / RETROS) and (team / RETROS).stat().st_mtime % _DAY != 0


def clean(team: Path) -> None:
    """Removes the temporary files of crashed writes, and the time that they left on the folder.

    Raises:
        WorkspaceError: The folder of retros is a link.
        OSError: The disk refused; cleaning again does it.
    """
    if has_leftovers(team):
        remove_stale(team / RETROS)
        set_back(team, NOTES_DAY)
        sync_folder(team / RETROS)
