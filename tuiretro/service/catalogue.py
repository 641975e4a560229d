"""The catalogue to read: mistakes with their plays, and surveys."""

from __future__ import annotations

from msgspec import Struct

from tuiretro.model.survey import Mistake, Survey
from tuiretro.service.workspace import Workspace


class Catalogue(Struct, frozen=True):
    """Everything that can be asked and suggested."""

    mistakes: tuple[Mistake, ...]
    surveys: tuple[Survey, ...]
    problems: tuple[str, ...] = ()
    """A sentence for each file that was refused; the others loaded."""

    def mistake(self, wanted: str) -> Mistake | None:
        """The mistake of that id."""
        return next((mistake for mistake in self.mistakes if mistake.id == wanted), None)


def catalogue(workspace: Workspace) -> Catalogue:
    """The bundled catalogue and the workspace's own files beside it."""
    library = workspace.library
    return Catalogue(library.mistakes(), library.surveys(), tuple(str(problem) for problem in library.problems()))
