"""Pages to fill in: to read, and to write to a file that somebody chose."""

from __future__ import annotations

from pathlib import Path

from tuiretro.core.text import clean
from tuiretro.errors import BadInputError
from tuiretro.library import Library
from tuiretro.model.survey import Play, Template
from tuiretro.paths import at_home
from tuiretro.service import export_file
from tuiretro.service.workspace import Workspace

FILE = "file"
"""What a refused path was, for the form that it was typed into."""


def template_of(workspace: Workspace, play: Play) -> Template | None:
    """The template that a play names; None if it names none.

    Raises:
        NotFoundError, SurveyError: It is there no more, or its file is broken.
    """
    return workspace.library.template(play.template) if play.template else None


def write(library: Library, template: str, path: Path, place: Path | None = None) -> Path:
    """Writes a template to a new file, never over one that is there.

    Args:
        library: Where the template is.
        template: Its id.
        path: The file, or a folder, where it gets the template's name; ~ is a home.
        place: The workspace in use; only a team's own templates may lie in it.

    Returns:
        Where it is now.

    Raises:
        NotFoundError, SurveyError: No such template, or its file is broken.
        BadInputError: The file is there already, would lie in a workspace, or the name is none.
        WorkspaceError: It cannot be written, or there is no such home.
    """
    found: Template = library.template(template)
    if clean(path.name) != path.name or not path.name:
        raise BadInputError("That is no name for a file: use letters that can be seen. Nothing was written.", FILE)
    wanted = at_home(path)
    target = wanted / f"{found.id}.md" if export_file.is_so(wanted.is_dir) else wanted
    export_file.write(target, found.text, replace=False, place=place, is_own=True)
    return target
