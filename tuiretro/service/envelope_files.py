"""Envelopes and invitations as files that people were sent.

Owns how they are looked for and read; what is in them is `carrying`'s.
"""

from __future__ import annotations

import os
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from tuiretro.core.invitation import INVITATION_BYTES, decode_invitation
from tuiretro.errors import BadInputError, WorkspaceError
from tuiretro.files import read_bytes
from tuiretro.model.envelope import Invitation
from tuiretro.service import export_file
from tuiretro.service.carrying import Source, envelope_name
from tuiretro.service.off_limits import require_outside

SOURCE_BYTES = 256 * 1024
"""Largest file that is looked through for envelopes; one of them has about 3 KB."""
MOST_FILES = 1000
_LARGE = f"is larger than {SOURCE_BYTES // 1024} KB, so it was not looked through"


def read_invitation(path: Path) -> Invitation:
    """The invitation in a file.

    Raises:
        BadInputError: There is no such file, or it is no invitation.
    """
    try:
        # It may well be a link; only the workspace's own files may not.
        data = read_bytes(Path(os.path.realpath(path)), INVITATION_BYTES)
    except FileNotFoundError:
        raise BadInputError(f"There is no file '{path}'. Nothing was saved.") from None
    except WorkspaceError as error:
        raise BadInputError(f"The invitation was refused: {error.message}") from None
    invitation = decode_invitation(data)
    from tuiretro.store.ballot import box_size

    if invitation.seal.size != box_size(invitation.round):
        raise BadInputError(
            "The invitation's boxes have another size than this tuiretro makes; ask for one from the same version. "
            "Nothing was saved."
        )
    return invitation


def sources_in(folder: Path) -> tuple[Source, ...]:
    """What the files of a folder hold; hidden ones, folders and links are passed over.

    Raises:
        BadInputError: There is no such folder, or it holds too many files or one that cannot be read.
    """
    try:
        paths = [entry for entry in folder.iterdir() if not entry.name.startswith(".") and not entry.is_symlink()]
        files = sorted(path for path in paths if path.is_file())
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no folder has such a name"
        raise BadInputError(f"'{folder}' is no folder that can be read ({why}). Nothing was taken.") from None
    if len(files) > MOST_FILES:
        raise BadInputError(
            f"'{folder}' holds {len(files)} files, and {MOST_FILES} are the most that are looked through; put the "
            "envelopes into a folder of their own. Nothing was taken."
        )
    return tuple(_source(path) for path in files)


def source_of(name: str, data: bytes) -> Source:
    """What people pasted or sent, as text; bytes that are no text cannot be part of an envelope."""
    # Some editors save in two bytes a letter, and say so with the first two.
    encoding = "utf-16" if data[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-8"
    return Source(name, data.decode(encoding, "replace"))


def _source(path: Path) -> Source:
    try:
        is_large = path.stat().st_size > SOURCE_BYTES
        return source_of(path.name, read_bytes(path, SOURCE_BYTES))
    except OSError:
        return Source(path.name, "", "is gone or cannot be looked at")
    except WorkspaceError:
        return Source(path.name, "", _LARGE if is_large else "cannot be read")


def require_folder(folder: Path) -> Path:
    """The folder, if an envelope could be written into it: asked before a person answers all for nothing.

    Raises:
        BadInputError: There is no such folder, or nothing can be written into it, or it is a workspace's.
    """
    if not folder.is_dir():
        raise BadInputError(f"There is no folder '{folder}' for the envelope; name one that is. Nothing was saved.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadInputError(f"Nothing can be written into '{folder}'; name another folder. Nothing was saved.")
    require_outside(None, folder)
    return folder


def write_envelope(folder: Path, text: str) -> Path:
    """Writes an envelope under a random name; returns its path.

    Raises:
        WorkspaceError: It cannot be written; nothing of it is left.
        UnconfirmedError: It is written, but might not survive a power cut.
    """
    path = folder / envelope_name()
    export_file.write(path, text, replace=False)
    return path
