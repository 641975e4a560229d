"""Where survey files lie and what their names say, without opening one.

Must not know what stands in a file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from tuiretro.library.problem import Fault, Problem, quoted, shown_path
from tuiretro.library.rules import is_id

MISTAKES = "mistakes"
_NUMBERED = re.compile(r"([0-9]{2})-(.+)")
_PACKAGE = Path(__file__).parents[1]


def bundled_folder(package: Path = _PACKAGE) -> Path:
    """The folder of the bundled surveys: inside the installed package, or beside it in a checkout."""
    inside = package / "surveys"
    return inside if inside.is_dir() else package.parent / "surveys"


class Shelf:
    """The TOML files of some folders by the ids in their names; what came first keeps its id and number."""

    def __init__(self, bundled: Path, own: Path | None = None) -> None:
        self.mistakes: dict[str, Path] = {}
        self.numbers: dict[str, int] = {}
        self.surveys: dict[str, Path] = {}
        self.mistake_files: list[Path] = []
        """All of them, with those whose names give no id or one that is taken."""
        self.survey_files: list[Path] = []
        self.problems: list[Problem] = []
        """Of the folders themselves."""
        for folder in (bundled, own):
            if folder is not None:
                self._add_mistakes(folder / MISTAKES)
                self._add_surveys(folder)
        if not self.mistakes:
            message = "expected the bundled surveys, found none; please install tuiretro again"
            self.problems.append(Problem(shown_path(bundled), "", message))

    def clashes(self, path: Path, id_: object, number: object = None) -> Iterator[Fault]:
        """Says which other file has this id or number already; values that are no id or number clash with none.

        One id serves one file: a survey and a mistake of the same name would share the ids of their questions.
        """
        if is_id(id_):
            taken = self.mistakes.get(id_) or self.surveys.get(id_)
            if taken and not _is_same(path, taken):
                yield Fault("id", f"expected an id of its own, found {id_!r}, which stays with {shown_path(taken)}")
        for other, its_number in self.numbers.items():
            taken = self.mistakes[other]
            if type(number) is int and number == its_number and not _is_same(path, taken):
                stays = shown_path(taken)
                yield Fault("number", f"expected a number of its own, found {number}, which stays with {stays}")

    def has_survey(self, path: Path) -> bool:
        """Whether a file is one of the surveys that are found by their names."""
        return any(_is_same(path, known) for known in self.survey_files)

    def _add_mistakes(self, folder: Path) -> None:
        for path in self._toml_files(folder):
            self.mistake_files.append(path)
            match = _NUMBERED.fullmatch(path.stem)
            if match and is_id(match[2]) and not any(self.clashes(path, match[2], int(match[1]))):
                self.mistakes[match[2]] = path
                self.numbers[match[2]] = int(match[1])

    def _add_surveys(self, folder: Path) -> None:
        for path in self._toml_files(folder):
            self.survey_files.append(path)
            if is_id(path.stem) and not any(self.clashes(path, path.stem)):
                self.surveys[path.stem] = path

    def _toml_files(self, folder: Path) -> list[Path]:
        try:
            # Names with a leading dot are leavings of editors.
            return sorted(p for p in folder.iterdir() if p.suffix == ".toml" and not p.name.startswith("."))
        except FileNotFoundError:
            return []
        except OSError as error:
            message = f"expected a readable folder, found: {error.strerror}"
            self.problems.append(Problem(shown_path(folder), "", message))
            return []


def misnamed(path: Path, expected: str) -> Iterator[Fault]:
    """The fault of a file that is not named after what stands in it."""
    if path.name != expected:
        yield Fault("", f"expected the file name {expected!r}, found {quoted(path.name)}")


def _is_same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
