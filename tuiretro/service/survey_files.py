"""Survey files as a person reads and checks them: by id or by path, without a store, so also without a workspace."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct

from tuiretro.errors import NotFoundError
from tuiretro.library import Library
from tuiretro.library.folders import bundled_folder
from tuiretro.library.reading import NO_FILE
from tuiretro.model.survey import Mistake, Survey
from tuiretro.paths import own_surveys
from tuiretro.service.catalogue import Catalogue


class Checked(Struct, frozen=True):
    """What came out of checking files; nothing if all is well."""

    faults: tuple[str, ...] = ()
    """One line for each fault: file, key, and what was expected."""
    missing: tuple[str, ...] = ()
    """One line for each file that is not there."""


def bundled() -> Path:
    """The folder of the surveys that come with the program."""
    return bundled_folder()


def listed(place: Path) -> Catalogue:
    """The bundled catalogue, and beside it the own files of the workspace in `place`."""
    library = _library(place)
    return Catalogue(library.mistakes(), library.surveys())


def find(place: Path, what: str | Path) -> Survey | Mistake:
    """What an id names, or the survey in a file.

    Raises:
        NotFoundError: Nothing of that name, or no such file.
        SurveyError: Its file is broken.
    """
    library = _library(place)
    if isinstance(what, Path):
        return library.load_file(what)
    if what in library.numbers():
        return library.mistake(what)
    try:
        return library.survey(what)
    except NotFoundError:
        names = [*library.numbers(), *(survey.id for survey in library.surveys())]
        near = get_close_matches(what, names, 1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise NotFoundError(f"There is no survey or mistake '{what[:60]}'.{hint}") from None


def check(place: Path, files: Iterable[Path]) -> Checked:
    """Every fault of some files, as they would stand in the workspace in `place`."""
    library = _library(place)
    problems = [problem for path in files for problem in library.check_file(path)]
    return Checked(
        faults=tuple(str(problem) for problem in problems if problem.message != NO_FILE),
        missing=tuple(str(problem) for problem in problems if problem.message == NO_FILE),
    )


def _library(place: Path) -> Library:
    return Library(own=own_surveys(place))
