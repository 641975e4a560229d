"""What is said when something is asked for that is not there, or whose file is broken.

Must not know what is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec import Struct

from tuiretro.errors import NotFoundError, SurveyError, TuiretroError
from tuiretro.library.problem import Problem, did_you_mean, quoted
from tuiretro.library.reading import NO_FILE

T = TypeVar("T", bound=Struct)


def unknown(
    what: str, id_: str, names: Iterable[str], otherwise: str = "'tuiretro survey list' names all"
) -> NotFoundError:
    """The error for an id that nothing has, with the nearest one that something has."""
    return NotFoundError(f"There is no {what} {quoted(id_)}{did_you_mean(id_, names) or f'; {otherwise}.'}")


def sound(found: T | tuple[Problem, ...]) -> T:
    """What a file holds.

    Raises:
        NotFoundError: There is no such file.
        SurveyError: It is broken; the sentence names its first fault and the command that names the others.
    """
    if isinstance(found, tuple):
        raise _refusal(found)
    return found


def _refusal(problems: tuple[Problem, ...]) -> TuiretroError:
    first, more = problems[0], len(problems) - 1
    if first.message == NO_FILE:
        return NotFoundError(f"There is no file {first.file}; give the path of a TOML file.")
    rest = f" 'tuiretro survey check {first.file}' names {more} more." if more else ""
    return SurveyError(f"{first}.{rest}")
