"""What the operating system says about the disk under a workspace.

Owns the reading of it. Judges nothing.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from msgspec import Struct

MOUNTS = Path("/proc/self/mountinfo")
"""Linux's list of what is mounted where; other systems have none."""


class Disk(Struct, frozen=True):
    """The disk under a folder."""

    path: str
    """The folder without links, there or not."""
    mounts: str
    """What is mounted where; empty where the system does not say."""
    room: int | None
    """Bytes that may still be written; None where the system does not say."""


def disk_under(place: Path, mounts: Path | None = None) -> Disk:
    """The disk under a folder, or under the one that it would be made in.

    Args:
        place: The folder.
        mounts: The list of what is mounted where; None for that of the system.
    """
    there = next(path for path in (place, *place.absolute().parents) if os.path.exists(path))  # noqa: PTH110 - raises nothing
    try:
        listed = (mounts or MOUNTS).read_text(encoding="utf-8", errors="replace")
    except OSError:
        listed = ""
    try:
        room = shutil.disk_usage(there).free
    except OSError:
        room = None
    return Disk(os.path.realpath(place), listed, room)
