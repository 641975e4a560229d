"""Where no file may go that a person names: into a workspace or in its place, and among private self-checks.

Owns how such a folder is known. Writes nothing, and must not know what somebody wants to write.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tuiretro.errors import BadInputError
from tuiretro.paths import checks_file, own_surveys
from tuiretro.store.layout import WORKSPACE

FILE = "name of the file"
"""What a refused path was, for the form that it was typed into."""
WHY = "whose files only tuiretro writes"


def require_outside(place: str | Path | None, path: Path, why: str = WHY, *, is_own: bool = False) -> None:
    """Makes sure that a file lies in no workspace, and not among private self-checks.

    Args:
        place: The workspace in use, there or not; None where there is none. Every other that is there is known by its
            file.
        path: The file; a link on the way does not lead into a workspace either.
        why: Why it must not.
        is_own: Whether it is one that a team writes itself, which may lie among its own surveys.

    Raises:
        BadInputError: It does.
    """
    for holder in filter(None, (Path(place) if place else None, workspace_of(path))):
        if is_inside(holder, path) and not (is_own and is_inside(own_surveys(holder), path.parent)):
            the = "the workspace" if place and is_inside(place, path) else f"the workspace '{holder}'"
            raise BadInputError(f"'{path}' lies in {the}, {why}; name a place elsewhere. Nothing was written.", FILE)
    if any(map(_has_checks, _holders(path))):
        raise BadInputError(
            f"'{path}' lies where private self-checks are kept; name a place elsewhere. Nothing was written.", FILE
        )


def is_inside(place: str | Path, path: Path) -> bool:
    """Whether a path leads into a folder, or to it: links are followed, and a folder is known under all its names."""
    wanted = Path(os.path.realpath(place))
    holders = tuple(_holders(path))
    if wanted in holders:
        return True
    try:
        state = wanted.stat()
    except OSError:
        return False
    return any(_is_same(state, holder) for holder in holders)


def workspace_of(path: Path) -> Path | None:
    """The workspace that a path leads into, or to, known by its file; None for none."""
    # What cannot be looked at cannot be written to either.
    return next((holder for holder in _holders(path) if os.path.lexists(holder / WORKSPACE)), None)


def _has_checks(folder: Path) -> bool:
    try:
        return checks_file(folder).is_file()
    except OSError:
        return False  # a name that is too long, of which writing says so


def _holders(path: Path) -> Iterator[Path]:
    # As far as they exist: a link on the way must not lead into a workspace either.
    real = Path(os.path.realpath(path))
    return iter((real, *real.parents))


def _is_same(state: os.stat_result, folder: Path) -> bool:
    try:
        return os.path.samestat(state, folder.stat())
    except OSError:
        return False
