"""Survey files as a person reads them: by id or by path, without a store, so also without a workspace.

Must not know how anything is printed; starting one is `survey_start`'s, what is wrong with one is `survey_check`'s.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tuiretro.core.asking import in_round, may_ask
from tuiretro.core.translation import languages
from tuiretro.errors import NotFoundError, SurveyError
from tuiretro.library import SAFETY, Library
from tuiretro.library.folders import Shelf, bundled_folder
from tuiretro.model.survey import ENGLISH, Language, Mistake, PlayBook, Question, Survey
from tuiretro.paths import own_surveys
from tuiretro.service.catalogue import Catalogue, of_library
from tuiretro.service.insight import find_mistake


class Shown(Struct, frozen=True):
    """A survey or mistake with all that is to be known before it is asked."""

    book: PlayBook
    questions: tuple[Question, ...]
    """What it may ask, in the order of themes and as a round in that language would; nothing for the survey that deep
    dives are made of."""
    mistakes: tuple[Mistake, ...]
    """The mistakes that it is about."""
    safety: tuple[Question, ...] = ()
    """The statements of the safety survey that bear on a mistake."""
    languages: tuple[Language, ...] = ()
    """What it is translated into."""
    page: str = ""
    """What is to be known about a survey, in Markdown."""


def bundled() -> Path:
    """The folder of the surveys that come with the program."""
    return bundled_folder()


def library(place: Path) -> Library:
    """The bundled surveys, and beside them the own files of the workspace in `place`."""
    return Library(own=own_surveys(place))


def shelf(place: Path) -> Shelf:
    """The files of that library by their names; none is opened."""
    return Shelf(bundled_folder(), own_surveys(place))


def listed(place: Path) -> Catalogue:
    """The bundled catalogue, and beside it the own files of the workspace in `place`."""
    return of_library(library(place))


def count(found: Catalogue, survey: Survey) -> int | None:
    """How many statements a survey asks; None where that differs from sprint to sprint or cannot be known."""
    if survey.kind == "pulse":
        return None
    safety = found.survey(SAFETY)
    if safety is None:
        return None
    bound = replace(survey, id=found.mistakes[0].id) if survey.kind == "dive" and found.mistakes else survey
    return len(may_ask(bound, found.mistakes, safety))


def find(place: Path, what: str | Path) -> PlayBook:
    """What an id names, or the survey in a file.

    Raises:
        NotFoundError: Nothing of that name, or no such file.
        SurveyError: Its file is broken.
    """
    return _find(library(place), what)


def _find(known: Library, what: str | Path) -> PlayBook:
    return known.load_file(what) if isinstance(what, Path) else known.play_book(what)


def read(place: Path, what: str | Path, language: str = ENGLISH) -> Shown:
    """The same with what it asks, what it is about and what is to be known about it, in a language.

    Args:
        place: The workspace; it need not exist.
        what: An id or a file.
        language: A code or a name, such as 'es'.

    Raises:
        NotFoundError: Nothing of that name, no such file, or no such language.
        SurveyError: Its file is broken.
    """
    known = library(place)
    wanted = known.language(language)
    known = known.speaking(wanted.id)
    book = _find(known, what)
    spoken = tuple(_language(known, other) for other in sorted(languages(book)))
    safety = known.survey(SAFETY)
    if isinstance(book, Mistake):
        bearing = tuple(safety.question(item) for item in safety.items if book.id in item.mistakes)
        asked = (book.question, *book.deep_dive)
        return Shown(book, in_round(asked, wanted), (book,), in_round(bearing, wanted), spoken)
    concerned = _concerned(known, book)
    asked = may_ask(book, concerned, safety)
    return Shown(book, in_round(asked, wanted), concerned, (), spoken, known.page(book.id))


def _concerned(known: Library, survey: Survey) -> tuple[Mistake, ...]:
    if survey.kind != "items":
        return known.mistakes()
    named = {id_ for item in survey.items for id_ in item.mistakes}
    found = (find_mistake(known, id_) for id_ in known.numbers() if id_ in named)
    return tuple(mistake for mistake in found if mistake is not None)


def _language(known: Library, code: str) -> Language:
    try:
        return known.language(code)
    except (NotFoundError, SurveyError):
        return Language(code, code, code, reviewed=True)
