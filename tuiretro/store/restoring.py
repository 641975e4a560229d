"""Taking a workspace's files together, and replacing them by others in one step.

Owns the order of the steps, so that a crash anywhere leaves all old files or, after the next start, all new ones. Which
files belong to a backup is said by the caller.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import chain, count
from pathlib import Path

import msgspec
from msgspec import Struct

from tuiretro.errors import DamagedError, NotNowError, WorkspaceError
from tuiretro.files import (
    check_folder,
    is_folder,
    private_folder,
    read_bytes,
    relied_on,
    remove,
    write_atomically,
)
from tuiretro.locks import PATIENCE
from tuiretro.store import wording
from tuiretro.store.backup_file import check_database, packed
from tuiretro.store.history_file import read_history
from tuiretro.store.layout import BACKUPS, RESTORING, STAGING, WORKSPACE, is_retro, team_folder
from tuiretro.store.pending import (
    FILES,
    PLAN,
    PLAN_SCHEMA,
    Plan,
    all_locked,
    is_our_staging,
    roll_forward,
    team_folders,
    unlinked_way,
)
from tuiretro.store.recovery import finish_pending, is_copy
from tuiretro.store.retro_file import without_answers
from tuiretro.store.retro_folder import read_retro, retro_sprints
from tuiretro.store.round_folder import RoundFolder, round_folders
from tuiretro.store.teams_file import read_teams
from tuiretro.store.wording import explained

Kept = Callable[[str], bool]
"""Whether a path within the workspace belongs to a backup."""


class Replacing(Struct, frozen=True):
    """How a restore goes about what is there."""

    is_kept: Kept
    day: date
    """The day that the backup of what is replaced bears."""
    is_agreed: bool
    """Whether anything may be replaced."""
    patience: float = PATIENCE
    """Seconds to wait for each lock."""
    entropy: Callable[[int], bytes] = os.urandom
    """Random bytes for names of temporary files."""


def collected(place: Path, is_kept: Kept) -> dict[str, bytes]:
    """The files of a workspace that belong to a backup, by path; for the holder of all locks.

    What was answered to an open question of a retro is in none of them.

    Raises:
        WorkspaceError: One of them is a link or no regular file, too large, or cannot be read; or a change of a retro
            was interrupted and cannot be finished.
        OSError: A folder cannot be read, or the disk refused to finish such a change.
    """
    for team in team_folders(place):
        finish_pending(team, os.urandom)
    files = {path: read_bytes(place / path) for path in _paths(place, is_kept)}
    return {path: without_answers(data) if is_retro(path) else data for path, data in files.items()}


def taken(place: Path, is_kept: Kept, *, patience: float = PATIENCE) -> dict[str, bytes]:
    """The same as they are at one moment, also while other programs write.

    Args:
        place: The workspace's folder.
        is_kept: What belongs to it.
        patience: Seconds to wait for each lock.

    Raises:
        WorkspaceError: A file cannot be read, or does not hold what it should: a backup of it could not be restored.
        BusyError: Another program kept a lock for longer.
    """
    if not place.is_dir():
        return {}
    with explained(wording.BACKUP), all_locked(place, patience):
        _refuse_folders(place, is_kept)
        files = collected(place, is_kept)
    for path, data in files.items():
        try:
            check_database(path, data)
        except DamagedError as error:
            raise WorkspaceError(
                f"{place / path} is damaged ({error.reason}), so no backup was made: it could not be restored. Restore "
                "an earlier one first, or move the file elsewhere if nobody needs it."
            ) from error
    return files


def _refuse_folders(place: Path, is_kept: Kept) -> None:
    """Refuses to leave a file out of a backup because a folder stands in its place."""
    for folder, folders, _ in os.walk(place, onerror=_refuse):
        for path in (Path(folder) / name for name in sorted(folders)):
            if is_kept(path.relative_to(place).as_posix()):
                raise WorkspaceError(
                    f"{path} is a folder in the place of a file, so no backup was made: it would lack the file. Move "
                    "the folder elsewhere."
                )


def would_replace(place: Path, is_kept: Kept) -> bool:
    """True if a restore into this workspace would replace something.

    Raises:
        NotNowError: A round is open, so that nothing can be restored.
        WorkspaceError: The place is a file, a link or may not be written.
    """
    with explained(wording.RESTORING):
        check_folder(place)
        _refuse_open(place)
        return place.is_dir() and next(_paths(place, is_kept), None) is not None


def restore(place: Path, files: Mapping[str, bytes], how: Replacing) -> Path | None:
    """Replaces everything in a workspace that belongs to a backup by other files.

    Args:
        place: The workspace's folder; made if it is not there.
        files: Path within the workspace to content; all of it checked.
        how: How to go about what is there.

    Returns:
        The backup of what was replaced; None if there was nothing.

    Raises:
        NotNowError: A round is open, or something would be replaced and that was not agreed to; nothing was changed.
        WorkspaceError: The place cannot be used, or is from a newer version; nothing was changed.
        BusyError: Another program kept a lock for longer; nothing was changed.
        UnconfirmedError: The restore counts, and the next start finishes it.
    """
    with explained(wording.RESTORING):
        check_folder(place)
        private_folder(place)
        with all_locked(place, how.patience):
            roll_forward(place)
            present = collected(place, how.is_kept)
            _refuse_newer(present)
            _refuse_open(place)
            if present and not how.is_agreed:
                raise NotNowError(f"{place} holds teams or surveys already, and nothing of it was replaced.")
            saved = _save(place, present, how) if present else None
            _stage(place, files, _gone(place, present, files), how)
            (place / STAGING).replace(place / RESTORING)
            with explained(wording.RESTORED):
                roll_forward(place)
    return saved


def standing_rounds(place: Path) -> Iterator[tuple[str, int | None]]:
    """Team name and sprint of every open round that can still be closed or abandoned; no sprint for a damaged one.

    Where the list of teams or a team's history is damaged, a round cannot be closed before they are restored, so it
    is not among them: a restore leaves it as it is.

    Raises:
        WorkspaceError: A folder is a link.
        OSError: A folder cannot be read.
    """
    with suppress(DamagedError):
        for team in read_teams(place):
            folder = team_folder(place, team.id)
            with suppress(DamagedError):
                released = {release.round for release in read_history(folder).releases}
                for path in round_folders(folder):
                    found = RoundFolder(path, os.urandom)
                    if path.name not in released and not found.is_half_made and not is_copy(folder, found):
                        standing = None if found.is_damaged else found.standing()
                        yield team.name, standing.round.sprint if standing else None


def _paths(place: Path, is_kept: Kept) -> Iterator[str]:
    for folder, folders, names in os.walk(place, onerror=_refuse):
        folders.sort()
        # A link to a folder may stand where one of our files should.
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in sorted((*names, *links)):
            path = (Path(folder) / name).relative_to(place).as_posix()
            if is_kept(path):
                yield path


def _refuse(error: OSError) -> None:
    raise error


def _gone(place: Path, present: Mapping[str, bytes], files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The paths that the new state does not know.

    A disk that does not tell A from a may have one file under an old and a new name: it is replaced, not removed.
    """
    replaced = [(place / path).lstat() for path in files if os.path.lexists(place / path)]
    return tuple(
        path
        for path in sorted(present.keys() - files.keys())
        if not any(os.path.samestat((place / path).lstat(), new) for new in replaced)
    )


def _refuse_newer(present: Mapping[str, bytes]) -> None:
    for path, data in present.items():
        # What is damaged is what a restore is for.
        with suppress(DamagedError):
            check_database(path, data)


def _refuse_open(place: Path) -> None:
    for name, retro in _answered_questions(place):
        raise NotNowError(
            f"A question of the retro of {name} for sprint {retro} is being answered, and a restore would throw the "
            "answers away, so nothing was restored; close the question or end the retro first."
        )
    for name, sprint in standing_rounds(place):
        which = "is damaged" if sprint is None else f"for sprint {sprint} is open"
        raise NotNowError(
            f"The round of {name} {which}, and a restore would change what it is asked for, so nothing was restored; "
            f"{'abandon it' if sprint is None else 'close or abandon it'} first."
        )


def _answered_questions(place: Path) -> Iterator[tuple[str, int]]:
    with suppress(DamagedError):
        for team in read_teams(place):
            folder = team_folder(place, team.id)
            for sprint in retro_sprints(folder):
                # What is damaged is what a restore is for.
                with suppress(DamagedError):
                    if read_retro(folder, sprint).checks:
                        yield team.name, sprint


def _save(place: Path, present: Mapping[str, bytes], how: Replacing) -> Path:
    data = packed(present, how.day)
    folder = place / BACKUPS
    is_folder(folder)
    private_folder(folder)
    day = how.day.isoformat()
    names = chain([f"{day}.json"], (f"{day}-{number}.json" for number in count(2)))
    path = next(folder / name for name in names if not os.path.lexists(folder / name))
    with relied_on():
        write_atomically(path, data, entropy=how.entropy)
    return path


def _stage(place: Path, files: Mapping[str, bytes], removed: tuple[str, ...], how: Replacing) -> None:
    for path in files:
        _refuse_blocked(place, path)
    staging = place / STAGING
    # The list of teams comes last: who reads meanwhile meets no team before its history.
    is_folder(staging)
    if os.path.lexists(staging) and not is_our_staging(staging):
        raise WorkspaceError(
            f"{staging} holds things that no restore wrote, so nothing was restored; move it elsewhere first."
        )
    plan = Plan(PLAN_SCHEMA, tuple(sorted(files, key=lambda path: (path == WORKSPACE, path))), removed)
    try:
        remove(staging)
        with relied_on():
            for path, data in files.items():
                private_folder((staging / FILES / path).parent)
                write_atomically(staging / FILES / path, data, entropy=how.entropy)
            write_atomically(staging / PLAN, msgspec.json.encode(plan), entropy=how.entropy)
    except OSError:
        with suppress(OSError):
            remove(staging)
        raise


def _refuse_blocked(place: Path, path: str) -> None:
    """Refuses before anything is changed what could not be put into its place afterwards."""
    unlinked_way(place, path)
    ways = [parent for parent in (place / path).parents if parent != place and place in parent.parents]
    blocked = [way for way in ways if os.path.lexists(way) and not way.is_dir()]
    if (place / path).is_dir():
        blocked.append(place / path)
    for way in blocked:
        raise WorkspaceError(f"{way} is in the way of the restore, so nothing was restored; move it elsewhere first.")
