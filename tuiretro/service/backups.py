"""Backing a workspace up, and putting a backup in its place.

Owns what belongs to a backup and what is said to be missing from it. A restore works on a folder, not on an open
workspace: a damaged one cannot be opened, and is what a backup is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import Struct

from tuiretro.errors import NotFoundError, WorkspaceError
from tuiretro.files import read_bytes
from tuiretro.service import export_file
from tuiretro.service.kept import SHARED, is_backed_up, kind_of, tells_of_a_round
from tuiretro.service.off_limits import require_outside
from tuiretro.service.workspace import Workspace
from tuiretro.store import backup_file, restoring


class Taken(Struct, frozen=True):
    """A backup that was taken."""

    text: str
    """The whole of it."""
    files: int
    left_out: tuple[str, ...]
    """A sentence each on what somebody might look for in it."""


class Restored(Struct, frozen=True):
    """A restore that was done."""

    files: int
    saved: Path | None
    """The backup of what was replaced; None if there was nothing."""
    comes_back: bool = True
    """Whether that backup can be restored: what was damaged is kept in it all the same."""


def take(workspace: Workspace) -> Taken:
    """Everything that belongs to a backup of a workspace on disk, as it is at one moment.

    Raises:
        NotFoundError: There is no team yet.
        WorkspaceError: A file cannot be read or is damaged, so that the backup could not be restored.
        BusyError: Another program keeps a lock.
    """
    place = Path(workspace.store.place)
    if not workspace.store.teams():
        raise NotFoundError("There is no team yet, so there is nothing to back up.")
    files = restoring.taken(place, is_backed_up)
    text = backup_file.packed(files, workspace.today()).decode()
    return Taken(text, len(files), (*_open_rounds(workspace), *_open_retros(workspace), *_strangers(workspace)))


def write(workspace: Workspace, taken: Taken, path: Path) -> None:
    """Writes a backup to a new file that only its owner can read.

    Raises:
        BadInputError: The file is there, or would lie in the workspace.
        WorkspaceError: It cannot be written; nothing of it is left.
        UnconfirmedError: It is written, but might not survive a power cut.
    """
    require_outside(workspace.store.place, path, "which a backup should outlive, best on another disk")
    export_file.write(path, taken.text, replace=False, place=workspace.store.place)


def read(path: Path) -> dict[str, bytes]:
    """The files in a backup, after everything about it was checked.

    Args:
        path: The backup.

    Raises:
        NotFoundError: There is no such file.
        WorkspaceError: It cannot be read, is no backup, or is damaged or newer.
    """
    try:
        data = read_bytes(path, backup_file.LARGEST)
    except FileNotFoundError:
        raise NotFoundError(f"There is no file '{path}', so nothing was restored.") from None
    return backup_file.unpacked(data, str(path), is_ours=is_backed_up)


def would_replace(place: Path) -> bool:
    """True if a restore into this workspace would replace something.

    Raises:
        NotNowError: A round is open, so that nothing can be restored.
        WorkspaceError: The place is a file, a link or may not be written.
    """
    return restoring.would_replace(place, is_backed_up)


def restore(place: Path, files: dict[str, bytes], *, day: date, is_agreed: bool) -> Restored:
    """Puts the files of a backup in place of those of a workspace, all of them or none.

    Args:
        place: The workspace's folder; made if it is not there.
        files: What `read` gave.
        day: Today; the backup of what is replaced bears it.
        is_agreed: Whether anything may be replaced.

    Raises:
        NotNowError: A round is open, or something would be replaced and that was not agreed to.
        WorkspaceError: The place cannot be used, or is from a newer version; nothing was changed.
        BusyError: Another program keeps a lock; nothing was changed.
        UnconfirmedError: The restore counts, and the next start finishes it.
    """
    saved = restoring.restore(place, files, restoring.Replacing(is_backed_up, day, is_agreed))
    return Restored(len(files), saved, saved is None or _comes_back(saved))


def _comes_back(saved: Path) -> bool:
    try:
        read(saved)
    except WorkspaceError:
        return False
    return True


def _open_rounds(workspace: Workspace) -> tuple[str, ...]:
    return tuple(
        f"The open round of {team.name} is not in it: sheets are kept nowhere else than in their round."
        for team in workspace.store.teams()
        if _has_round(workspace, team.id)
    )


def _has_round(workspace: Workspace, team: str) -> bool:
    with suppress(WorkspaceError):
        return workspace.store.round(team) is not None
    return True


def _open_retros(workspace: Workspace) -> Iterator[str]:
    store = workspace.store
    for team in store.teams():
        retros = {sprint: store.retro(team.id, sprint) for sprint in store.retros(team.id)}
        for sprint, retro in retros.items():
            if retro is not None and not retro.is_over:
                yield (
                    f"Of the retro of {team.name} for sprint {sprint}, which is under way, sealed answers to its "
                    "questions are not in it."
                )


def _strangers(workspace: Workspace) -> tuple[str, ...]:
    return tuple(
        f"{file.path} is not in it: it is none of the files that a backup holds."
        for file in workspace.store.contents()
        if not kind_of(file.path) or (file.path.startswith(f"{SHARED}/") and not is_backed_up(file.path))
        if not tells_of_a_round(file.path)
    )
