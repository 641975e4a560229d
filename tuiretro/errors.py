"""One class per failure: a sentence for the user and an exit code.

The sentence says what happened, what was kept and what to do. Two places turn an error into something visible:
the command line (stderr and the exit code) and the app (a notification).
"""

from __future__ import annotations

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


class NotFoundError(TuiretroError):
    """What was asked for is not there: a team, a round, an action, a mistake."""

    exit_code = 4


class NotNowError(TuiretroError):
    """The request is fine, but not in this state: a round is open, too few have answered, the sprint is released."""

    exit_code = 5


class WorkspaceError(TuiretroError):
    """The workspace cannot be used: it is a file, read-only, damaged, or from a newer version."""

    exit_code = 6


class BusyError(TuiretroError):
    """Another program holds the workspace's lock."""

    exit_code = 7


class SurveyError(TuiretroError):
    """A survey file was refused: the sentence names the file, the key and what was expected."""

    exit_code = 8
