"""Writing an export to a file that somebody named: whole or not at all, and over nothing that is there unless asked.

Must not know what an export holds.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tuiretro import errors, files
from tuiretro.errors import BadInputError, WorkspaceError
from tuiretro.service.off_limits import require_outside

PATH_LIMIT = 1000
"""Longest path that is tried, in characters."""


class TakenError(BadInputError):
    """There is a file already: it can be replaced, if that is asked for."""


def write(
    path: Path,
    text: str,
    *,
    replace: bool,
    place: str | Path | None = None,
    is_own: bool = False,
    entropy: Callable[[int], bytes] = os.urandom,
) -> None:
    """Writes a file that only its owner can read, and never into a workspace.

    Args:
        path: The file; its folder must exist.
        text: All of it.
        replace: Whether a file that is there is replaced.
        place: The workspace in use, in which or in whose place it must not lie; every other is known by its file.
        is_own: Whether it is a file of the team's own, which may lie among its own surveys.
        entropy: Random bytes for the name that it has until it is whole.

    Raises:
        BadInputError: The file is there and `replace` is off, what is there is no regular file, or it would lie in a
            workspace or among private self-checks.
        WorkspaceError: It cannot be written; nothing of it is left.
        UnconfirmedError: It is written, but might not survive a power cut.
    """
    # Here and not with whoever asks: by the time that a person has answered a question, a folder may be a link.
    require_outside(place, path, is_own=is_own)
    if is_so(lambda: path.is_symlink() or (path.exists() and not path.is_file())):
        # Replacing a folder, link or device would destroy what nobody meant.
        raise BadInputError(f"'{path}' is there already and is no regular file, so it was left as it is.")
    try:
        if replace:
            files.write_atomically(path, text.encode(), entropy=entropy)
        else:
            _write_new(path, text.encode(), entropy)
    except FileExistsError:
        raise TakenError(f"'{path}' is there already, and was left as it is; choose another name.") from None
    except files.UnconfirmedError as error:
        raise errors.UnconfirmedError(
            f"'{path}' is written, but the disk did not confirm it ({files.reason(error)}): look at it before you rely "
            "on it."
        ) from error
    except OSError as error:
        raise WorkspaceError(
            f"'{path}' could not be written: {_why(error, path.parent)}; nothing of it was left behind."
        ) from error


def _why(error: OSError, folder: Path) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError) and not is_so(folder.is_dir):
        return f"the folder '{folder}' is not there"
    return files.reason(error)


def is_so(look: Callable[[], bool]) -> bool:
    """What a look at a path says; False where the disk refuses to look, which writing then says in a sentence."""
    try:
        return look()
    except OSError:
        return False


def _write_new(path: Path, data: bytes, entropy: Callable[[int], bytes]) -> None:
    whole = path.with_name(f".tuiretro-{entropy(8).hex()}.tmp")
    try:
        with files.relied_on():
            files.write_atomically(whole, data, entropy=entropy)
        _give_name(whole, path)
    finally:
        with suppress(OSError):
            whole.unlink(missing_ok=True)
    try:
        files.sync_folder(path.parent)
    except OSError as error:
        raise files.UnconfirmedError(error.errno, error.strerror, str(path)) from error


def _give_name(whole: Path, path: Path) -> None:
    """Gives a finished file its name unless somebody else has it.

    Raises:
        FileExistsError: The name is taken.
        OSError: The disk refused; the name is free.
    """
    try:
        path.hardlink_to(whole)
    except FileExistsError:
        raise
    except OSError:
        # A disk without links: the name is taken while it is empty, which no other program can do at the same time.
        path.touch(mode=0o600, exist_ok=False)
        try:
            whole.replace(path)
        except OSError:
            path.unlink()
            raise
