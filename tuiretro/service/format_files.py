"""Formats of retros as a person reads them: by id or by path, without a store, so also without a workspace.

Must not know how anything is printed.
"""

from __future__ import annotations

from pathlib import Path

from tuiretro.model.board_format import Format
from tuiretro.service.survey_files import library


def find(place: Path, what: str | Path) -> Format | None:
    """The format that an id names or a file holds; None for what is none.

    Args:
        place: The workspace; it need not exist.
        what: An id, which a survey or mistake of the same name keeps for itself, or a file.

    Raises:
        NotFoundError: Nothing has that name, and a format has the nearest one.
        SurveyError: Its file is broken, or uses the id of another format.
    """
    known = library(place)
    if isinstance(what, Path):
        return known.load_format(what) if known.is_format(what) else None
    return known.format(what) if known.means_format(what) else None
