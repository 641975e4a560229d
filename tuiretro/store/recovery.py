"""What a crash left half is finished or taken back here.

Owns the rule that decides it: a round whose release is in the history is closed, every other one with a `round.json` is
open. Touches only the folders of teams that the workspace names, and follows no link. `settle_workspace` takes the
locks itself; whoever calls the others holds the team's.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tuiretro.errors import BusyError, WorkspaceError
from tuiretro.files import is_folder, remove, remove_stale, stale, sync_folder
from tuiretro.locks import PATIENCE, locked
from tuiretro.store import retro_folder, round_file
from tuiretro.store.documents import read_tables
from tuiretro.store.history_file import is_released
from tuiretro.store.layout import (
    BACKUPS,
    JOURNAL,
    ROUND,
    STAGING,
    TEAM_LOCK,
    WORKSPACE,
    WORKSPACE_LOCK,
    is_id,
    team_folder,
)
from tuiretro.store.pending import finish_restore, is_our_staging
from tuiretro.store.round_folder import RoundFolder, round_folders
from tuiretro.store.teams_file import team_ids


def settle_workspace(place: Path, entropy: Callable[[int], bytes], patience: float = PATIENCE) -> None:
    """Settles everything in a workspace that nobody is working on right now.

    Args:
        place: The workspace's folder; it need not exist.
        entropy: Random bytes.
        patience: Seconds to wait for whoever is finishing a restore.

    Raises:
        WorkspaceError: The list of teams is damaged or newer than this program, or an interrupted restore is.
        BusyError: An interrupted restore cannot be finished because another program is at work.
        OSError: The disk refused; settling again finishes it.
    """
    finish_restore(place, patience)
    # A newer tuiretro may know files that look stale to this one.
    read_tables(place / WORKSPACE)
    # Whoever holds a lock is alive, and what looks half is being worked on.
    with suppress(BusyError):
        if leftovers(place):
            with locked(place / WORKSPACE_LOCK, 0):
                for path in leftovers(place):
                    remove(path)
    for team in team_ids(place):
        _settle_idle(team_folder(place, team), entropy)


def leftovers(place: Path) -> tuple[Path, ...]:
    """What crashed writes and restores that do not count left behind in a workspace, outside the folders of teams."""
    backups = place / BACKUPS
    staging = place / STAGING
    return (
        *stale(place),
        *(() if backups.is_symlink() else stale(backups)),
        *((staging,) if is_our_staging(staging) else ()),
    )


def _settle_idle(team: Path, entropy: Callable[[int], bytes]) -> None:
    # A link is left alone: whoever needs what should be there complains about it.
    with suppress(BusyError, WorkspaceError):
        if is_folder(team) and needs_settling(team, entropy):
            with locked(team / TEAM_LOCK, 0):
                settle_team(team, entropy)


def settle_round(team: Path, folder: RoundFolder) -> bool:
    """Finishes or takes back the closing of one round.

    Returns:
        True if the round is open afterwards.

    Raises:
        WorkspaceError: A file is damaged.
        OSError: The disk refused; settling again finishes it.
    """
    if is_released(team, folder.path.name):
        # The release was written, but whoever wrote it may have died before its name was durable.
        sync_folder(team)
        folder.destroy()
        return False
    standing = folder.standing()
    if standing is not None and standing.is_closing:
        folder.unmark()
    return standing is not None


def finish_pending(team: Path, entropy: Callable[[int], bytes]) -> None:
    """Finishes the change of a retro and other files that a crash cut short.

    Raises:
        WorkspaceError: The journal of the change is damaged, and was left as it is.
        OSError: The disk refused; doing it again finishes it.
    """
    if os.path.lexists(team / JOURNAL):
        from tuiretro.store.journal import finish_journal

        finish_journal(team, entropy)


def settle_team(team: Path, entropy: Callable[[int], bytes]) -> None:
    """Removes stale temporary files and half-made rounds of a team, and settles its half closings and changes.

    A damaged file is left for whoever needs it to complain about: one broken round must not lock the history away.

    Args:
        team: The team's folder.
        entropy: Random bytes.

    Raises:
        WorkspaceError: A folder is a link; what lies behind it is untouched.
        OSError: The disk refused; settling again finishes it.
    """
    found = round_folders(team)
    remove_stale(team)
    for path in found:
        folder = RoundFolder(path, entropy)
        if folder.is_half_made:
            if folder.is_ours_alone:
                folder.destroy()
            continue
        if is_copy(team, folder):
            continue
        folder.clean()
        with suppress(WorkspaceError):
            settle_round(team, folder)
    retro_folder.clean(team)
    with suppress(WorkspaceError):
        finish_pending(team, entropy)


def is_copy(team: Path, folder: RoundFolder) -> bool:
    """True for the copy that somebody made of a round's folder: the round it describes is another folder's, or closed.

    A copy is never taken for the round, and never touched. Where the round is nowhere else, its file is damaged.
    """
    with suppress(WorkspaceError):
        described = round_file.described(read_tables(folder.file), folder.file)
        if described != folder.path.name and is_id(described):
            return os.path.lexists(folder.path.with_name(described) / ROUND) or is_released(team, described)
    return False


def needs_settling(team: Path, entropy: Callable[[int], bytes]) -> bool:
    """True if a crash, or a program that is writing right now, left something half.

    Raises:
        WorkspaceError: A folder is a link.
        OSError: The disk refused.
    """
    if stale(team) or os.path.lexists(team / JOURNAL) or retro_folder.has_leftovers(team):
        return True
    for path in round_folders(team):
        folder = RoundFolder(path, entropy)
        if folder.is_half_made:
            if folder.is_ours_alone:
                return True
            # What somebody else put there is theirs to move; doctor says so.
            continue
        if folder.has_leftovers and not is_copy(team, folder):
            return True
        with suppress(WorkspaceError):
            standing = folder.standing()
            if standing is None or standing.is_closing or is_released(team, path.name):
                return True
    return False
