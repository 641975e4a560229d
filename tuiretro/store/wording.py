"""What a person reads when the disk refuses a change, or makes it and does not confirm it.

Owns the sentences and how an OSError becomes one of them. Knows nothing of what the changes do.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from msgspec import Struct

from tuiretro import files
from tuiretro.errors import UnconfirmedError, WorkspaceError


class Wording(Struct, frozen=True):
    """How one operation speaks of the disk."""

    failed: str
    """What did not happen: "Your answers could not be stored"."""
    kept: str
    """What is still as it was: "the round is unchanged"."""
    stored: str = "The change is stored"
    """What did happen when only the disk's confirmation is missing: "Your sheet is stored"."""
    advice: str = "look before you make it again"
    """What to do then: "do not hand it in again"."""
    is_done: bool = False
    """True where the change itself was made before and only something after it can fail."""


TEAM = Wording(
    "The team could not be saved",
    "all teams are as they were",
    "The team is saved",
    "look at it before you change it again",
)
ACTIONS = Wording(
    "The actions could not be saved",
    "they are as they were",
    "The actions are saved",
    "look at them before you change them again",
)
OPENING = Wording(
    "The round could not be opened",
    "no answers were lost, because none were given",
    "The round is open",
    "it need not be opened again",
)
SHEET = Wording(
    "Your answers could not be stored",
    "the sheets of the others are as they were",
    "Your sheet is stored",
    "do not hand it in again",
)
INVITATION = Wording("The invitation could not be made", "the round is as it was")
COLLECTING = Wording(
    "The envelopes could not be stored",
    "none of them was taken",
    "The envelopes are taken",
    "collect them again to see that each is known",
)
CLOSING = Wording(
    "The round could not be closed",
    "it is still open with all its sheets",
    "The round is closed and its results are stored",
    "what may be left of its sealed sheets is destroyed when tuiretro is next started",
)
CLOSED = Wording(
    "The round is closed and its results are stored, but its sealed sheets are not all destroyed",
    "they will be when tuiretro is next started",
    is_done=True,
)
IMPORTING = Wording(
    "The history could not be written",
    "nothing was imported",
    "What was imported is stored",
    "look at the results before you import anything again",
)
ABANDONING = Wording("The round could not be abandoned", "it is as it was")
ABANDONED = Wording(
    "The round is abandoned, but not all of it is destroyed",
    "the rest is removed when tuiretro is next started",
    is_done=True,
)
RETRO = Wording(
    "The change of the retro could not be saved",
    "everything before it is as it was",
    "The change of the retro is saved",
    "look at it before you make it again",
)
RETRO_DECIDED = Wording(
    "The change of the retro is decided, but not all of its files are in their places",
    "they will be with the next change, or when tuiretro is next started",
    is_done=True,
)
NOTE = Wording(
    "The note could not be saved",
    "the notes before it are as they were",
    "The note is saved",
    "do not drop it again",
)
SELF_CHECKS = Wording("Your self-checks could not be read", "nothing was changed")
SELF_CHECK = Wording(
    "Your self-check could not be kept",
    "those kept before are as they were",
    "Your self-check is kept",
    "look at 'tuiretro check history' before you keep it again",
)
FORGETTING = Wording(
    "Your self-checks could not all be removed",
    "what is left is as it was",
    "Your self-checks are removed",
    "look once more whether they are gone",
)
CHECK = Wording(
    "Your answer could not be stored",
    "those of the others are as they were",
    "Your answer is stored",
    "do not hand it in again",
)
CHECK_CLOSING = Wording(
    "The question could not be closed",
    "it is still open with all its answers",
    "The question is closed and its result is stored",
    "it need not be closed again",
)
CHECK_ABANDONING = Wording("The answers could not be thrown away", "they are as they were", "The answers are gone")
LEADING = Wording("The retro cannot be led", "nothing was changed")
RETRO_READING = Wording("The retro could not be read", "nothing was changed")
START = Wording("The workspace could not be opened", "nothing was lost")
BACKUP = Wording("No backup was made", "the workspace is as it was")
RESTORING = Wording("The workspace could not be restored", "everything in it is as it was")
RESTORED = Wording(
    "The restore is decided, but not all of its files are in their places",
    "they will be when tuiretro is next started",
    is_done=True,
)
MENDING = Wording("The workspace could not be put in order", "nothing was lost")
AUDIT = Wording("The workspace could not be read", "nothing was changed")
READING = Wording("The round could not be read", "nothing was changed")


class explained(AbstractContextManager[None]):  # noqa: N801  # named like contextlib's own, for what it does
    """Turns an OSError of the block into one message for a person.

    Args:
        wording: How the operation speaks of the disk.

    Raises:
        UnconfirmedError: The change was made; in place of `files.UnconfirmedError`, and of every OSError if the wording
            says that it was made before.
        WorkspaceError: The change was not made; in place of any other OSError.
    """

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raises what a person reads in place of what the disk said."""
        if isinstance(error, OSError):
            raise _told(error, self._wording) from error


def _told(error: OSError, wording: Wording) -> UnconfirmedError | WorkspaceError:
    if isinstance(error, files.UnconfirmedError):
        return UnconfirmedError(
            f"{wording.stored}, but the disk did not confirm it; {wording.advice}. A power cut now could still undo it "
            f"({files.reason(error)}): have the disk looked at if this happens again."
        )
    kind = UnconfirmedError if wording.is_done else WorkspaceError
    return kind(f"{wording.failed}: {files.reason(error)}{_place(error)}; {wording.kept}.")


def _place(error: OSError) -> str:
    # The name of a temporary file means nothing to a person; its folder does.
    path = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else None
    if path is None:
        return ""
    return f" ({path.parent if files.is_temporary(path.name) else path})"
