"""One class per failure: a sentence for the user and an exit code.

The sentence says what happened, what was kept and what to do. Two places turn an error into something visible:
the command line (stderr and the exit code) and the app (a notification).
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar


class TuiretroError(Exception):
    """A failure that a person can act on."""

    exit_code: ClassVar[int] = 1
    """What the command line exits with."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadInputError(TuiretroError):
    """A value was refused; nothing was written."""

    exit_code = 3

    def __init__(self, message: str, about: str = "") -> None:
        super().__init__(message)
        self.about = about
        """What was refused, in the words of the sentence: 'team name', 'due date'."""


class NotFoundError(TuiretroError):
    """What was asked for is not there: a team, a round, an action, a mistake."""

    exit_code = 4


class NotNowError(TuiretroError):
    """The request is fine, but not in this state: a round is open, too few have answered, the sprint is released."""

    exit_code = 5


class TooFewError(NotNowError):
    """Fewer than k have answered, but somebody has: what was answered can be kept open, or thrown away."""


class UnreadableError(NotNowError):
    """The boxes hold something that cannot be read, or too many sheets; the round can be closed as it is."""


class ChangedError(NotNowError):
    """Another program changed what somebody was just asked about; nothing was written, and they can be asked again."""


class WorkspaceError(TuiretroError):
    """The workspace cannot be used: it is a file, read-only, damaged, or from a newer version."""

    exit_code = 6


class DamagedError(WorkspaceError):
    """A file does not hold what it should; it was left as it is."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason
        """What is wrong in it, without its name."""


class NewerError(WorkspaceError):
    """A file was written by a newer version of this program; it was left as it is."""


class UnconfirmedError(WorkspaceError):
    """What was asked is done and stored, but the disk did not confirm all of it: it must not be done again."""


class FaultError(TuiretroError):
    """A fault of the program ended the app; the sentence holds nothing that anybody typed."""


class BusyError(TuiretroError):
    """Another program holds the workspace's lock."""

    exit_code = 7


class SurveyError(TuiretroError):
    """A survey file was refused: the sentence names the file, the key and what was expected."""

    exit_code = 8


def fault_sentence(error: BaseException) -> str:
    """Says that the program has a fault and where, without the error's own text or any value: they may be an answer."""
    place, trace = "", error.__traceback__
    while trace is not None:
        place = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return (
        f"This is a fault of the program ({type(error).__name__}{place}). What was confirmed as saved is kept. "
        "Please report this line; it holds nothing that you typed."
    )
