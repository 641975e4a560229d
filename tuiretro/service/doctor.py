"""Looking at everything about a workspace's health, and mending what is certain.

Owns the order: look, mend, look again. Only what the second look no longer finds counts as mended. Deletes nothing but
what every start would.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

from tuiretro.core.text import clean
from tuiretro.errors import BusyError, NewerError, WorkspaceError
from tuiretro.model.audit import Check
from tuiretro.model.checkup import Checkup, Point
from tuiretro.service.doctor_checks import checks, older, owned_mode, surroundings, unusable
from tuiretro.service.workspace import as_it_lies
from tuiretro.store import mending, wording
from tuiretro.store.disk import Disk, disk_under
from tuiretro.store.recovery import settle_workspace
from tuiretro.store.teams_file import read_teams
from tuiretro.store.wording import explained

PATIENCE = 1.0
"""Seconds to wait for a lock: whoever asks wants to know that it is held, not to get it."""
_MENDED = "What can be mended is mended."


def checkup(
    place: Path,
    *,
    today: Callable[[], date],
    is_only_looking: bool,
    disk: Disk | None = None,
    patience: float = PATIENCE,
) -> Checkup:
    """Looks at a workspace, and mends what is certain.

    Args:
        place: The workspace's folder; it need not exist, and may be damaged.
        today: The day on which a round may be overdue.
        is_only_looking: Whether nothing is changed.
        disk: What lies under it; None asks the operating system.
        patience: Seconds to wait for a lock that another program holds.
    """
    under = disk_under(place) if disk is None else disk

    def look() -> dict[str, tuple[str, ...]]:
        found = (Check("The workspace's folder can be used.", tuple(unusable(place))), *surroundings(under))
        inside = checks(place, today=today, patience=patience) if place.is_dir() and not place.is_symlink() else ()
        return {check.sentence: check.faults for check in (*found, *inside)}

    before = look()
    if is_only_looking or not any(before.values()):
        return Checkup(str(place), os.path.lexists(place), _points(before, before))
    failed = tuple(_mend(place, today=today, patience=patience))
    after = look()
    known = {fault for faults in after.values() for fault in faults}
    if unsaid := tuple(clean(sentence) for sentence in failed if clean(sentence) not in known):
        after[_MENDED] = unsaid
    return Checkup(str(place), os.path.lexists(place), _points(before, after))


def _points(before: dict[str, tuple[str, ...]], after: dict[str, tuple[str, ...]]) -> tuple[Point, ...]:
    return tuple(
        Point(sentence, tuple(fault for fault in before.get(sentence, ()) if fault not in faults), faults)
        for sentence, faults in after.items()
    )


def _mend(place: Path, *, today: Callable[[], date], patience: float) -> Iterator[str]:
    """Mends what is certain; gives a sentence on each step that the disk refused."""
    if not place.is_dir() or place.is_symlink() or _is_newer(place):
        # A newer tuiretro may know files and permissions that look wrong to this one.
        return

    def update() -> None:
        mending.bring_up_to_date(place, older(as_it_lies(place, today=today)), patience)

    steps: tuple[Callable[[], None], ...] = (
        partial(mending.mend_modes, place, owned_mode(place)),
        partial(settle_workspace, place, os.urandom, patience),
        update,
    )
    for step in steps:
        try:
            with explained(wording.MENDING):
                step()
        except BusyError:
            # The second look says which lock is held.
            continue
        except WorkspaceError as error:
            yield error.message


def _is_newer(place: Path) -> bool:
    with suppress(WorkspaceError):
        try:
            read_teams(place)
        except NewerError:
            return True
    return False
