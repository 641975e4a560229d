"""The catalogue to read: mistakes with their plays, surveys, and templates to fill in."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from tuiretro.library import SAFETY, Library
from tuiretro.model.board_format import Format
from tuiretro.model.survey import ENGLISH, Mistake, PlayBook, Survey, Template
from tuiretro.service.workspace import Workspace

OFFERED = ("pulse", "safety", "quarterly", "process", "deep-dive")
"""The bundled surveys, those that are asked most first."""


class Catalogue(Struct, frozen=True):
    """Everything that can be asked and suggested."""

    mistakes: tuple[Mistake, ...]
    surveys: tuple[Survey, ...]
    templates: tuple[Template, ...] = ()
    pages: Mapping[str, str] = {}
    """By survey id: what is to be known about it, in Markdown."""
    problems: tuple[str, ...] = ()
    """A sentence for each file that was refused; the others loaded."""
    formats: tuple[Format, ...] = ()
    """Of retros, in the order in which they are offered."""

    @property
    def safety(self) -> Survey | None:
        """The survey whose core every pulse asks; None if its file is broken."""
        return self.survey(SAFETY)

    def mistake(self, wanted: str) -> Mistake | None:
        """The mistake of that id."""
        return next((mistake for mistake in self.mistakes if mistake.id == wanted), None)

    def survey(self, wanted: str) -> Survey | None:
        """The survey of that id."""
        return next((survey for survey in self.surveys if survey.id == wanted), None)

    def template(self, wanted: str) -> Template | None:
        """The template of that id."""
        return next((template for template in self.templates if template.id == wanted), None)

    @property
    def offered(self) -> tuple[Survey, ...]:
        """The surveys in the order in which they are offered: those that are asked most first, a team's own last."""
        known = {id_: place for place, id_ in enumerate(OFFERED)}
        return tuple(sorted(self.surveys, key=lambda survey: known.get(survey.id, len(known))))

    @property
    def play_books(self) -> tuple[PlayBook, ...]:
        """Whatever has plays: surveys first, then mistakes by number."""
        books: tuple[PlayBook, ...] = (*self.surveys, *self.mistakes)
        return tuple(book for book in books if book.plays)


def catalogue(workspace: Workspace, language: str = ENGLISH) -> Catalogue:
    """The bundled catalogue and the workspace's own files beside it, in a team's language."""
    return of_library(workspace.library.speaking(language))


def of_library(library: Library) -> Catalogue:
    """All that a library holds, in its language."""
    surveys = library.surveys()
    pages = {survey.id: page for survey in surveys if (page := library.page(survey.id))}
    problems = tuple(str(problem) for problem in library.problems())
    return Catalogue(library.mistakes(), surveys, library.templates(), pages, problems, library.formats())
