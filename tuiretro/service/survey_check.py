"""What is wrong with survey files, and what in them is not translated.

Must not know how anything is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from tuiretro.core.text import plural
from tuiretro.library import Library, Problem
from tuiretro.library.folders import bundled_folder
from tuiretro.library.problem import listed, shown_path
from tuiretro.library.reading import NO_FILE
from tuiretro.service.survey_files import library, shelf


class Checked(Struct, frozen=True):
    """What came out of checking files; no lines if all is well and translated."""

    files: int = 0
    """How many were looked at."""
    faults: tuple[str, ...] = ()
    """One line for each fault: file, key, and what was expected."""
    missing: tuple[str, ...] = ()
    """One line for each file that is not there."""
    doubts: tuple[str, ...] = ()
    """Statements that are hard to answer by the rules of docs/catalogue.md; no fault."""
    untranslated: tuple[str, ...] = ()
    """What is shown in English though its file, or the one who asked, speaks another language; no fault."""


def check(place: Path, files: tuple[Path, ...] = (), language: str | None = None) -> Checked:
    """Every fault of some files, as they would stand in the workspace in `place`, and what is not translated.

    Args:
        place: The workspace; it need not exist.
        files: What is checked; nothing takes every file of the workspace's own and of the program's.
        language: The only language whose gaps are told, for every file; None takes those that a file speaks, and
            leaves out the program's own files, which nobody here can mend.

    Raises:
        NotFoundError: Neither the library nor one of the files speaks that language.
    """
    known = library(place)
    if language is not None:
        language = _code(known, files, language)
    looked_at = files or _all(place)
    problems = [p for path in files for p in known.check_file(path)] if files else known.problems()
    gaps = _by_table if files else _by_file
    bundled = bundled_folder()
    told = [path for path in looked_at if language is not None or files or not path.is_relative_to(bundled)]
    return Checked(
        files=len(looked_at),
        faults=_lines(problem for problem in problems if problem.message != NO_FILE),
        missing=_lines(problem for problem in problems if problem.message == NO_FILE),
        doubts=tuple(line for path in looked_at for line in _doubts(known, path)),
        untranslated=tuple(line for path in told for line in gaps(known, path, language)),
    )


def _lines(problems: Iterator[Problem]) -> tuple[str, ...]:
    return tuple(map(str, problems))


def _all(place: Path) -> tuple[Path, ...]:
    names = shelf(place)
    kinds = (kind.files for kind in (names.plays, names.templates, names.languages, names.pages, names.formats))
    return (*names.mistake_files, *names.survey_files, *(path for kind in kinds for path in kind))


def _doubts(known: Library, path: Path) -> Iterator[str]:
    return (f"{shown_path(path)}: {key}: advice: {sentence}" for key, sentence in known.doubts(path))


def _code(known: Library, files: tuple[Path, ...], wanted: str) -> str:
    code = wanted.strip().casefold()
    return code if any(code in known.spoken(path) for path in files) else known.language(wanted).id


def _by_table(known: Library, path: Path, language: str | None) -> Iterator[str]:
    for code, gaps in known.untranslated(path, language).items():
        for gap in gaps:
            where = f"{gap.table}: {code}" if gap.table else code
            verb = "is" if len(gap.keys) == 1 else "are"
            yield f"{shown_path(path)}: {where}: {listed(gap.keys, 'and')} {verb} shown in English"


def _by_file(known: Library, path: Path, language: str | None) -> Iterator[str]:
    sums = {code: sum(len(gap.keys) for gap in gaps) for code, gaps in known.untranslated(path, language).items()}
    if sums:
        told = listed([f"{plural(number, 'text')} of {code}" for code, number in sums.items()], "and")
        yield f"{shown_path(path)}: shown in English: {told}"
