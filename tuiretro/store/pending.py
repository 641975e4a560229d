"""A restore on its way into place: how it is finished, and how others are kept from writing in between.

Owns the folder that it counts from, its plan and all locks at once. A restore counts from the moment in which its
folder got the name `RESTORING`: from then on it is only ever finished. Knows nothing of backups.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import takewhile
from pathlib import Path

import msgspec
from msgspec import Struct

from tuiretro.errors import NewerError, WorkspaceError
from tuiretro.files import (
    destroy_folder,
    is_folder,
    is_temporary,
    private_folder,
    read_bytes,
    remove_stale,
    sync_folder,
)
from tuiretro.locks import locked
from tuiretro.store.layout import RESTORING, RETROS, TEAM_LOCK, WORKSPACE_LOCK, inside, is_id, is_inside

PLAN = "plan.json"
FILES = "files"
"""The folder with the new files, each under its path within the workspace."""
PLAN_SCHEMA = 1


class Plan(Struct, frozen=True, forbid_unknown_fields=True):
    """What a restore does, in this order."""

    schema: int
    placed: tuple[str, ...]
    """Paths within the workspace of the new files."""
    removed: tuple[str, ...]
    """Paths of the files that the new state does not know."""


def team_folders(place: Path) -> tuple[Path, ...]:
    """The folders in a workspace that are named like a team's, whether it knows the team or not; no links."""
    if not place.is_dir():
        return ()
    with os.scandir(place) as entries:
        found = [place / entry.name for entry in entries if is_id(entry.name) and entry.is_dir(follow_symlinks=False)]
    return tuple(sorted(found))


@contextmanager
def all_locked(place: Path, patience: float) -> Iterator[None]:
    """Holds every lock of a workspace: nobody else changes anything meanwhile.

    Args:
        place: The workspace's folder; it must exist.
        patience: Seconds to wait for each lock.

    Raises:
        BusyError: Another program kept one of them for longer.
        OSError: A lock's file cannot be opened.
    """
    with ExitStack() as stack:
        stack.enter_context(locked(place / WORKSPACE_LOCK, patience))
        for team in team_folders(place):
            stack.enter_context(locked(team / TEAM_LOCK, patience))
        yield


@contextmanager
def guarded(place: Path, lock: Path, patience: float) -> Iterator[None]:
    """Holds one lock of a workspace, and refuses to where a restore is half in place: what it writes would be lost.

    Args:
        place: The workspace's folder.
        lock: The lock's file.
        patience: Seconds to wait for it.

    Raises:
        WorkspaceError: A restore was interrupted after this program was started.
        BusyError: Another program kept the lock for longer.
        OSError: The lock's file cannot be opened.
    """
    with locked(lock, patience):
        if is_folder(inside(place, RESTORING)):
            raise WorkspaceError(
                f"A restore of {place} was interrupted, so nothing was changed; close this program and start tuiretro "
                "again, which finishes it."
            )
        yield


def finish_restore(place: Path, patience: float) -> None:
    """Finishes a restore that counts; does nothing where there is none.

    Args:
        place: The workspace's folder; it need not exist.
        patience: Seconds to wait for each lock.

    Raises:
        WorkspaceError: The restore is damaged, or a link stands in its way.
        BusyError: Another program is at work in the workspace, perhaps at this very restore.
        OSError: The disk refused; doing it again finishes it.
    """
    if is_folder(place / RESTORING):
        with all_locked(place, patience):
            roll_forward(place)


def roll_forward(place: Path) -> None:
    """Puts the files of a restore that counts into their places; for the holder of all locks.

    Raises:
        WorkspaceError: The restore is damaged, or a link stands in its way.
        OSError: The disk refused; doing it again finishes it.
    """
    folder = place / RESTORING
    if not is_folder(folder):
        return
    # Before anything leaves the folder, its name must be one that a power cut cannot take back.
    sync_folder(place)
    plan = _plan(folder / PLAN)
    if plan is not None:
        for path in plan.placed:
            _put(folder / FILES / path, place, path)
        for path in plan.removed:
            unlinked_way(place, path)
            (place / path).unlink(missing_ok=True)
        parents = {(place / path).parent for path in (*plan.placed, *plan.removed)}
        for parent in filter(Path.is_dir, parents):
            remove_stale(parent)
            if parent.name == RETROS:
                # Another time than a whole day's would look like a crash.
                os.utime(parent, (0, 0))
            sync_folder(parent)
    destroy_folder(folder, first=(PLAN,))


def unlinked_way(place: Path, path: str) -> None:
    """Makes sure that no folder on the way from the workspace to one of its files is a link.

    Raises:
        WorkspaceError: One is.
        OSError: One cannot be looked at.
    """
    for parent in takewhile(lambda parent: parent != place, (place / path).parents):
        is_folder(parent)


def _put(staged: Path, place: Path, path: str) -> None:
    if not os.path.lexists(staged):
        # It is in its place since the first attempt.
        return
    unlinked_way(place, path)
    private_folder((place / path).parent)
    staged.replace(place / path)


def is_our_staging(folder: Path) -> bool:
    """Whether a restore that is made ready holds nothing but what a restore writes; else it is not ours to remove.

    Raises:
        OSError: It cannot be looked at.
    """
    if folder.is_symlink() or not folder.is_dir():
        return False
    return all(path.name in (PLAN, FILES) or is_temporary(path.name) for path in folder.iterdir())


def _plan(path: Path) -> Plan | None:
    try:
        data = read_bytes(path)
    except FileNotFoundError:
        # Everything is in place: the plan goes first when the folder is removed.
        return None
    try:
        plan = msgspec.json.decode(data, type=Plan)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise _unfinished(path) from error
    if plan.schema > PLAN_SCHEMA:
        raise NewerError(
            f"A newer tuiretro was interrupted while it restored {path.parent.parent}; nothing was changed: start that "
            "one, which finishes it."
        )
    if not all(map(is_inside, (*plan.placed, *plan.removed))):
        raise _unfinished(path)
    return plan


def _unfinished(path: Path) -> WorkspaceError:
    return WorkspaceError(
        f"{path} is damaged, so a restore that was interrupted cannot be finished and nothing was changed; move the "
        f"folder {path.parent} elsewhere and restore your backup again."
    )
