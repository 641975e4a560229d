"""What `doctor` looks at, apart from what the audit looks at already.

Owns what must hold for a workspace to work, and the sentence where it does not: what is wrong, what is kept, what to
do. Changes nothing, and tells no more of an open round than the screens do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from tuiretro.core.surroundings import file_system, is_network, synchronised_by
from tuiretro.core.text import clean
from tuiretro.errors import WorkspaceError
from tuiretro.files import check_folder, reason
from tuiretro.model.audit import Check
from tuiretro.service.audit_checks import copies, links, overdue, readable, strangers, unreadable
from tuiretro.service.kept import SHARED, is_copy, kind_of, tells_of_a_round
from tuiretro.service.workspace import Workspace, as_it_lies
from tuiretro.store import mending, wording
from tuiretro.store.disk import Disk
from tuiretro.store.documents import SCHEMA
from tuiretro.store.layout import BACKUPS, RESTORING, STAGING, TEAM_LOCK, is_id
from tuiretro.store.protocol import StoredFile
from tuiretro.store.round_health import Ailment, ailments
from tuiretro.store.wording import explained

LEAST_ROOM = 32 * 2**20
"""Bytes. A write needs as much again as the file it replaces, and a restore as much as the workspace."""

_OWN = "It lies on a disk of this computer, in a folder that is not synchronised."
_ROOM = "There is room on its disk."
_OURS = "Everything in it belongs to whoever runs this program."
_CLOSABLE = "Every open round can be closed; what is locked with six words was tried only as far as it goes without."
_AILMENTS: dict[Ailment, str] = {
    "key": "the round's key is damaged or cannot be read, so its sheets cannot be opened; abandon the round.",
    "pair": (
        "the key that opens the sheets and the one that they are sealed with are no pair: one of them is damaged or of "
        "another round. Nothing handed in from now on could be opened; close the round if it can be closed, else "
        "abandon it."
    ),
    "seal": (
        "what sheets are sealed with is damaged, so nobody can hand one in; close the round if it can be closed, else "
        "abandon it."
    ),
    "boxes": (
        "not every sealed sheet in it can be opened. What is damaged is lost; 'tuiretro round close' says how to close "
        "the round without it."
    ),
    "codes": "its one-time codes are damaged, so nobody can hand in a sheet; close the round, or abandon it.",
    "envelopes": (
        "what belongs to its envelopes is damaged, so none can be collected; let people answer here, or abandon the "
        "round."
    ),
}


def unusable(place: Path) -> Iterator[str]:
    """Why the workspace's folder cannot be used, if so."""
    try:
        check_folder(place)
    except WorkspaceError as error:
        yield error.message
    except OSError as error:
        yield f"{place} cannot be looked at: {reason(error)}; nothing was changed."


def surroundings(disk: Disk) -> tuple[Check, Check]:
    """The checks on where the workspace lies."""
    return Check(_OWN, tuple(_foreign(disk))), Check(_ROOM, tuple(_narrow(disk)))


def _foreign(disk: Disk) -> Iterator[str]:
    kind = file_system(disk.mounts, disk.path)
    if is_network(kind):
        yield (
            f"{disk.path} is on a network disk ({kind}), where locks between programs do not always hold: two who "
            "write at once can undo what the other one saved. Move the workspace to a disk of this computer."
        )
    service = synchronised_by(disk.path)
    if service:
        yield (
            f"{disk.path} seems to be synchronised by {service}, which can bring old files back, make conflicting "
            "copies, and keep sealed sheets after they were destroyed here. Move the workspace out of it, and put "
            "backups there instead."
        )


def _narrow(disk: Disk) -> Iterator[str]:
    if disk.room is not None and disk.room < LEAST_ROOM:
        yield (
            f"Only {disk.room // 2**20} MB are left on the disk of {disk.path}. What is saved stays whole, but what "
            "comes next may be refused: make room."
        )


def checks(place: Path, *, today: Callable[[], date], patience: float) -> tuple[Check, ...]:
    """Everything inside a workspace that is there.

    Args:
        place: The workspace's folder.
        today: The day on which a round may be overdue.
        patience: Seconds to wait for a lock that another program holds.
    """
    workspace = as_it_lies(place, today=today)
    locks = Check("No other program holds it.", tuple(_held(place, patience)))
    ours = Check(_OURS, tuple(_others(place)))
    try:
        stored = workspace.store.contents()
        modes = tuple(readable(workspace, stored))
    except WorkspaceError as error:
        return (locks, ours, Check("Every folder can be read.", (error.message,)))
    return (
        locks,
        Check("Every folder can be read.", ()),
        Check("Only the owner may read: folders 0700, files 0600.", modes),
        ours,
        Check("No link stands where a file or folder should.", tuple(links(stored))),
        Check("No crash left anything half.", tuple(_half(place))),
        Check("Every file can be read.", (*unreadable(workspace, stored), *_keyless(stored), *_blocked(place))),
        Check(_CLOSABLE, tuple(_ailing(place, stored))),
        Check("Every file has the form of this version.", tuple(map(_older_words, older(workspace)))),
        Check("Every team's folder belongs to a team.", tuple(_orphans(workspace, stored))),
        Check("Every file is one of those that tuiretro works with.", tuple(strangers(_no_links(stored)))),
        Check("No copy of a round lies beside it.", tuple(copies(stored))),
        Check("No round is open for longer than its sprint.", tuple(overdue(workspace))),
    )


def older(workspace: Workspace) -> tuple[str, ...]:
    """Paths of the files of an older schema that may be brought up to date.

    A round's own file is not among them: the next sheet does it, and no copy of a box may be made. Nor are files in
    folders that no team of the workspace owns.

    Raises:
        WorkspaceError: A folder cannot be read.
    """
    ids = _team_ids(workspace) or frozenset()
    return tuple(
        file.path
        for file in workspace.store.contents()
        if any(_is_older(meta.get("schema")) for meta in file.tables.get("meta", ()))
        if not is_copy(file.path) and not tells_of_a_round(file.path)
        if "/" not in file.path or file.path.split("/")[0] in ids
    )


def owned_mode(place: Path) -> mending.Wanted:
    """The permission bits that each path of a workspace should have; None for what may not be ours alone."""
    # A folder that somebody keeps other things in may be open to others on purpose.
    is_ours_alone = all(_is_ours_at_the_top(name) for name in _names(place))

    def wanted(path: str, is_folder: bool) -> int | None:  # noqa: FBT001 - what `mending.Wanted` says
        top = path.partition("/")[0]
        if path == ".":
            return 0o700 if is_ours_alone else None
        if is_folder:
            return 0o700 if is_id(top) or top in {BACKUPS, STAGING, RESTORING} else None
        return 0o600 if kind_of(path) and top != SHARED else None

    return wanted


def _names(place: Path) -> tuple[str, ...]:
    with suppress(OSError):
        return tuple(os.listdir(place))  # noqa: PTH208 - names are what is wanted
    return ()


def _is_ours_at_the_top(name: str) -> bool:
    return bool(kind_of(name)) or is_id(name) or name in {SHARED, BACKUPS, STAGING, RESTORING}


def _held(place: Path, patience: float) -> Iterator[str]:
    for folder in mending.held(place, patience):
        where = str(place) if folder == "." else f"{folder} in it"
        yield (
            f"Another program holds the lock of {where} right now, so nothing there could be mended. What it saves is "
            "safe; if it does not end by itself, close it, then look again."
        )


def _half(place: Path) -> Iterator[str]:
    with suppress(WorkspaceError), explained(wording.AUDIT):
        for path in mending.half_done(place):
            if path == RESTORING:
                yield f"{path}: a restore was interrupted; the next start finishes it."
            elif is_id(path):
                yield f"{path}: a write, or opening or closing a round, was interrupted; the next start settles it."
            else:
                yield f"{clean(path)}: a crash left it behind; the next start removes it."


def _ailing(place: Path, stored: tuple[StoredFile, ...]) -> Iterator[str]:
    for file in stored:
        if kind_of(file.path) == "round" and not file.is_link:
            folder = file.path.rpartition("/")[0]
            yield from (f"{folder}: {_AILMENTS[ailment]}" for ailment in ailments(place / folder))


def _keyless(stored: tuple[StoredFile, ...]) -> Iterator[str]:
    paths = {file.path for file in stored}
    for file in stored:
        folder = file.path.rpartition("/")[0]
        if kind_of(file.path) == "round" and f"{folder}/key" not in paths:
            yield f"{folder}: the round's key is missing, so its sheets cannot be opened; abandon the round."


def _older_words(path: str) -> str:
    return (
        f"{clean(path)} has the form of an earlier version. It can be used as it is; bringing it up to date keeps a "
        "copy beside it."
    )


def _is_older(schema: object) -> bool:
    return isinstance(schema, int) and schema < SCHEMA


def _team_ids(workspace: Workspace) -> frozenset[str] | None:
    # A damaged list of teams is the business of another check alone.
    with suppress(WorkspaceError):
        return frozenset(team.id for team in workspace.store.teams())
    return None


def _orphans(workspace: Workspace, stored: tuple[StoredFile, ...]) -> Iterator[str]:
    ids = _team_ids(workspace)
    if ids is None:
        return
    tops = {file.path.split("/")[0] for file in stored if "/" in file.path and not file.path.endswith(f"/{TEAM_LOCK}")}
    for top in sorted(tops - ids):
        if is_id(top):
            yield (
                f"{top}: the workspace names no team with this folder, so nothing in it is used and nothing was "
                "removed. If a team is missing, restore a backup that holds it; else move the folder elsewhere."
            )


def _blocked(place: Path) -> Iterator[str]:
    for lock in mending.blocked(place):
        yield f"{lock} is no file, so nothing could be saved beside it; move it elsewhere."

    for lock in mending.shut(place):
        yield (
            f"{lock} may not be opened by you, so nothing can be saved beside it; let its owner give it to you, or, if "
            "it is yours, give it the permissions 0600."
        )


def _others(place: Path) -> Iterator[str]:
    if not hasattr(os, "geteuid"):
        # Windows numbers no users.
        return
    for path in mending.foreign(place, os.geteuid()):
        if path.partition("/")[0] == SHARED:
            continue
        what = str(place) if path == "." else clean(path)
        yield (
            f"{what} belongs to another user of this machine, so you may not be able to read, save or destroy it, and "
            "its permissions were left as they are. Its owner, or whoever administers the machine, can give it to you "
            "with 'chown'; or run tuiretro as its owner."
        )


def _no_links(stored: tuple[StoredFile, ...]) -> tuple[StoredFile, ...]:
    return tuple(file for file in stored if not file.is_link)
