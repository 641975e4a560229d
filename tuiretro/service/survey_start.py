"""New survey files: a start with a comment on every key, which passes the check as it is.

Must not know how anything is printed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from tuiretro import files
from tuiretro.core.text import clean
from tuiretro.errors import BadInputError, WorkspaceError
from tuiretro.library import DEEP_DIVE
from tuiretro.library.folders import FOLDERS, FORMATS, MISTAKES, PLAYS, bundled_folder
from tuiretro.library.problem import shown_path
from tuiretro.library.rules import is_id
from tuiretro.paths import at_home, own_surveys
from tuiretro.service import export_file
from tuiretro.service.off_limits import require_outside
from tuiretro.service.survey_files import find, shelf

Start = Literal["survey", "mistake", "plays", "format"]
"""What a file can be started as; also the names of the starters."""

FILE = "file"
"""What a refused path was, for the sentence and for the form that it was typed into."""
STARTERS = "starters"
"""The folder beside the bundled surveys with the texts that new files start from."""
OWN_NUMBERS = range(21, 100)
"""The numbers that are suggested for a team's own mistakes; the lower ones are the program's."""
_FOLDERS: dict[Start, str] = {"survey": "", "mistake": MISTAKES, "plays": PLAYS, "format": FORMATS}
_EXAMPLES = {"survey": "our-meetings", "format": "our-retro"}
_UNWRITTEN = "Nothing was written."


def start(place: Path, path: Path, kind: Start = "survey", target: str | None = None) -> Path:
    """Writes a new file that passes the check and says in comments how to go on.

    Args:
        place: The workspace whose ids must not be used again; it need not exist.
        path: The new file; its name gives the id: ID.toml, for a mistake NN-ID.toml. ~ is a home.
        kind: What it is to hold.
        target: For plays, the mistake or survey that they are for.

    Returns:
        Where it is now.

    Raises:
        BadInputError: The file is there, its name gives no id, the id or number is taken, or it would lie in a
            workspace and not among the team's own surveys.
        NotFoundError, SurveyError: There is nothing that plays could be for, or its file is broken.
        WorkspaceError: It cannot be written.
    """
    where = at_home(path)
    if os.path.lexists(where):
        raise _refused(f"'{where}' is there already, and was left as it is.")
    folder = where.absolute().parent.name
    if folder in FOLDERS and folder != _FOLDERS[kind]:
        raise _refused(f"A file in a folder '{folder}' is not read as {_words(kind)}; choose another folder.")
    if kind == "plays":
        values = _for_plays(place, where, target or where.stem)
    else:
        values = _for_mistake(place, where) if kind == "mistake" else _by_name(place, where, kind)
    text = (bundled_folder() / STARTERS / f"{kind}.toml").read_text(encoding="utf-8")
    for word, value in values.items():
        text = text.replace(word, value)
    require_outside(place, where, is_own=True)
    if is_home(place, where, kind):
        _make_folder(where.parent)
    export_file.write(where, text, replace=False, place=place, is_own=True)
    return where


def _make_folder(folder: Path) -> None:
    try:
        files.private_folder(folder)
    except OSError as error:
        raise WorkspaceError(
            f"The folder {folder} cannot be made: {error.strerror or error}. {_UNWRITTEN} See what lies there."
        ) from error


def is_home(place: Path, path: Path, kind: Start) -> bool:
    """Whether a path is where a started file belongs, however it is written."""
    return os.path.normpath(path.absolute()) == os.path.normpath(home_of(place, path, kind).absolute())


def home_of(place: Path, path: Path, kind: Start) -> Path:
    """Where a started file belongs, so that the workspace in `place` finds it by its id."""
    return own_surveys(place) / _FOLDERS[kind] / path.name


def _words(kind: Start) -> str:
    return kind if kind == "plays" else f"a {kind}"


def _refused(sentence: str) -> BadInputError:
    return BadInputError(f"{sentence} {_UNWRITTEN}", FILE)


def _by_name(place: Path, where: Path, kind: Start) -> Mapping[str, str]:
    if where.suffix != ".toml" or not is_id(where.stem):
        raise _refused(
            f"The file name '{clean(where.name)}' gives no id: call it ID.toml, such as '{_EXAMPLES[kind]}.toml', in "
            "small letters, digits and hyphens, the id at most 40 characters long."
        )
    known = shelf(place)
    _check_free(known.formats.named.get(where.stem) if kind == "format" else known.holder(where.stem), where.stem)
    return {"@ID@": where.stem}


def _for_mistake(place: Path, where: Path) -> Mapping[str, str]:
    known = shelf(place)
    taken = {number: known.mistakes[id_] for id_, number in known.numbers.items()}
    free = next((number for number in OWN_NUMBERS if number not in taken), None)
    match = re.fullmatch(r"([0-9]{2})-(.+)", where.stem, re.ASCII)
    hint = "every number up to 99 is taken" if free is None else f"the number {free} is free"
    if where.suffix != ".toml" or match is None or not is_id(match[2]):
        name = where.stem if is_id(where.stem) else "slow-builds"
        raise _refused(
            f"The file name '{clean(where.name)}' gives no number and id: call it NN-ID.toml, such as "
            f"'{free or 99}-{name}.toml', in small letters, digits and hyphens; {hint}."
        )
    number, id_ = int(match[1]), match[2]
    if number == 0 or number in taken:
        stays = f"stays with {shown_path(taken[number])}" if number else "is none that a mistake can have"
        raise _refused(f"The number {number} {stays}; {hint}.")
    _check_free(known.holder(id_), id_)
    return {"@ID@": id_, "@NUMBER@": match[1].lstrip("0"), "@NN@": match[1]}


def _check_free(holder: Path | None, id_: str) -> None:
    if holder is not None:
        raise _refused(f"The id '{id_}' stays with {shown_path(holder)}; choose another name for the file.")


def _for_plays(place: Path, where: Path, target: str) -> Mapping[str, str]:
    book = find(place, target)
    if not book.sides:
        way = " Plays for a mistake go by its own id." if book.id == DEEP_DIVE else ""
        raise _refused(f"The survey '{book.id}' has no statements of its own that plays could be for.{way}")
    if where.name != f"{book.id}.toml":
        raise _refused(f"A file with plays for '{book.id}' is called '{book.id}.toml', not '{clean(where.name)}'.")
    holder = shelf(place).plays.named.get(book.id)
    if holder is not None:
        raise _refused(f"Plays for '{book.id}' stand in {shown_path(holder)} already; add yours to them.")
    taken, sides = {play.id for play in book.plays}, tuple(book.sides.values())
    fresh = next(id_ for at in range(1, len(taken) + 2) if (id_ := f"our-play-{at}") not in taken)
    return {"@ID@": book.id, "@PLAY@": fresh, "@FACET@": sides[0], "@FACETS@": ", ".join(sides)}
