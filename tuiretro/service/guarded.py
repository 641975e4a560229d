"""Opening a round whose codes go into a file: the file first, because a round whose codes nobody has is of no use."""

from __future__ import annotations

import os
from pathlib import Path

from tuiretro.core.text import typed
from tuiretro.errors import BadInputError, TuiretroError, UnconfirmedError, WorkspaceError
from tuiretro.export import code_sheet
from tuiretro.model.round import Round
from tuiretro.model.team import Team
from tuiretro.service import export_file, rounds
from tuiretro.service.off_limits import WHY, require_outside
from tuiretro.service.workspace import Workspace

_PAGES, _TEXTS = (".html", ".htm"), (".md", ".markdown", ".txt", "")
_FILE, _LONGEST = "file name", 1000


def open_round(
    workspace: Workspace,
    team: Team,
    survey: str | Path,
    *,
    number: int | None = None,
    guard: rounds.Guard = rounds.NO_GUARD,
    slips: Path | None = None,
) -> Round:
    """Opens a round, with its codes in a file that is not there yet.

    Args:
        workspace: Where it is kept.
        team: Who is asked.
        survey: A survey's id, a mistake's for its deep dive, or a file of the team's own.
        number: The sprint; None takes the one of today.
        guard: What it asks for.
        slips: The file for the codes: a page if its name ends in .html, else Markdown.

    Raises:
        BadInputError: The file is there already; and as `prepare`.
        NotNowError, NotFoundError, SurveyError, WorkspaceError: As `prepare` and `rounds.start`. The file of
            codes is gone then.
    """
    opened = prepare(workspace, team, survey, number=number, guard=guard, slips=slips)
    is_taken = slips is not None and os.path.lexists(slips)
    try:
        if slips is not None:
            _write(workspace, slips, opened, team, guard)
        return rounds.start(workspace, team, opened, guard)
    except BaseException as error:
        # A round that opened and was only not confirmed by the disk keeps its codes; after ctrl+c nobody knows of it.
        is_open = workspace.store.round(team.id) == opened
        if is_open and not isinstance(error, TuiretroError):
            rounds.abandon(workspace, team, asked=opened)
            is_open = False
        if slips is not None and not is_open and not is_taken:
            slips.unlink(missing_ok=True)
        raise


def prepare(
    workspace: Workspace,
    team: Team,
    survey: str | Path,
    *,
    number: int | None = None,
    guard: rounds.Guard = rounds.NO_GUARD,
    slips: Path | None = None,
) -> Round:
    """A round that could be opened now; opens and writes nothing. The arguments are those of `open_round`.

    Raises:
        BadInputError: The file's name is none for slips; and as `rounds.prepare`.
        NotNowError, NotFoundError, SurveyError: As `rounds.prepare`.
    """
    if slips is not None and slips.suffix.lower() not in (*_PAGES, *_TEXTS):
        raise BadInputError(f"'{slips}' is no name for slips: it ends in .html or .md. Nothing was opened.")
    return rounds.prepare(workspace, team, survey, number=number, guard=guard)


def _write(workspace: Workspace, slips: Path, opened: Round, team: Team, guard: rounds.Guard) -> None:
    make = code_sheet.html if slips.suffix.lower() in _PAGES else code_sheet.markdown
    try:
        export_file.write(slips, make(opened, team.name, guard.codes), replace=False, place=workspace.store.place)
    except UnconfirmedError as error:
        raise WorkspaceError(f"{error.message} It was removed again, and no round was opened.") from error


def require_slips(workspace: Workspace, name: str) -> Path:
    """The path of a file that slips could be written into.

    Raises:
        BadInputError: As `require_free`.
    """
    return require_free(workspace, name, "and codes must not lie beside the boxes")


def require_free(workspace: Workspace, name: str, why: str = WHY) -> Path:
    """The path of a file that could be written.

    Args:
        workspace: The one in use.
        name: The file, as somebody typed it.
        why: Why it must not lie in a workspace.

    Raises:
        BadInputError: No name or one that cannot be shown, the file is there already, it would lie in a workspace, or
            there is no such folder.
    """
    typed(name, _FILE, limit=_LONGEST)
    path = Path(name.strip()).expanduser()
    if export_file.is_so(path.exists) or export_file.is_so(path.is_symlink):
        raise BadInputError(f"'{path}' is there already, and was left as it is; choose another name.")
    require_outside(workspace.store.place, path, why)
    if not export_file.is_so(path.parent.is_dir):
        raise BadInputError(f"There is no folder '{path.parent}'; choose another one. Nothing was written.")
    return path
