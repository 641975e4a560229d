"""Where survey files lie and what their names say, without opening one.

Must not know what stands in a file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tuiretro.library.problem import Fault, Problem, quoted, shown_path
from tuiretro.library.rules import is_id, is_language

MISTAKES, PLAYS, TEMPLATES, LANGUAGES, FORMATS = FOLDERS = ("mistakes", "plays", "templates", "languages", "formats")
"""The folders beside the surveys."""
_NUMBERED = re.compile(r"([0-9]{2})-(.+)")
_PACKAGE = Path(__file__).parents[1]


def bundled_folder(package: Path = _PACKAGE) -> Path:
    """The folder of the bundled surveys: inside the installed package, or beside it in a checkout."""
    inside = package / "surveys"
    return inside if inside.is_dir() else package.parent / "surveys"


class Named:
    """The files of one kind, each named after what it holds; what came first keeps its name."""

    def __init__(self, is_name: Callable[[object], bool] = is_id) -> None:
        self.named: dict[str, Path] = {}
        self.files: list[Path] = []
        """All of them, with those whose names are none or taken."""
        self.is_name = is_name

    def add(self, path: Path) -> None:
        """Takes a file in."""
        self.files.append(path)
        if self.is_name(path.stem):
            self.named.setdefault(path.stem, path)

    def holds(self, path: Path) -> bool:
        """Whether a file is one of them."""
        return _is_among(path, self.files)

    def clashes(self, path: Path, name: str, key: str = "") -> Iterator[Fault]:
        """Says which other file has this name already; `key` is where the file says its name."""
        taken = self.named.get(name)
        if taken is not None and not is_same(path, taken):
            stays = shown_path(taken)
            yield Fault(key, f"expected a name of its own, found {quoted(name)}, which stays with {stays}")


class Shelf:
    """The files of some folders by the ids in their names; what came first keeps its id and number."""

    def __init__(self, bundled: Path, own: Path | None = None) -> None:
        self._bundled = bundled
        self.mistakes: dict[str, Path] = {}
        self.numbers: dict[str, int] = {}
        self.surveys: dict[str, Path] = {}
        self.mistake_files: list[Path] = []
        """All of them, with those whose names give no id or one that is taken."""
        self.survey_files: list[Path] = []
        self.plays, self.templates, self.languages, self.pages = Named(), Named(), Named(is_language), Named()
        self.formats = Named()
        """With the agenda that they share."""
        self.problems: list[Problem] = []
        """Of the folders themselves."""
        for folder in (bundled, own):
            if folder is not None:
                self._add(folder)
        if not self.mistakes:
            message = "expected the bundled surveys, found none; please install tuiretro again"
            self.problems.append(Problem(shown_path(bundled), "", message))

    def clashes(self, path: Path, id_: object, number: object = None) -> Iterator[Fault]:
        """Says which other file has this id or number already; values that are no id or number clash with none.

        One id serves one file: a survey and a mistake of the same name would share the ids of their questions.
        """
        if is_id(id_):
            taken = self.holder(id_)
            if taken and not is_same(path, taken):
                yield Fault("id", f"expected an id of its own, found {id_!r}, which stays with {shown_path(taken)}")
        for other, its_number in self.numbers.items():
            taken = self.mistakes[other]
            if type(number) is int and number == its_number and not is_same(path, taken):
                stays = shown_path(taken)
                yield Fault("number", f"expected a number of its own, found {number}, which stays with {stays}")

    def holder(self, id_: str) -> Path | None:
        """The file of the mistake or survey with this id."""
        return self.mistakes.get(id_) or self.surveys.get(id_)

    def bundled(self, folder: str, name: str) -> Path:
        """Where one of the bundled files lies, whether it is there or not."""
        return self._bundled / folder / f"{name}.toml"

    def is_own(self, path: Path | None) -> bool:
        """Whether a file is the team's own; True as well for what no file stands for."""
        return path is None or not path.is_relative_to(self._bundled)

    def has_survey(self, path: Path) -> bool:
        """Whether a file is one of the surveys that are found by their names."""
        return _is_among(path, self.survey_files)

    def _add(self, folder: Path) -> None:
        inside = self._entries(folder)
        if not inside:
            return
        for path in self._files(folder / MISTAKES, ".toml"):
            self.mistake_files.append(path)
            match = _NUMBERED.fullmatch(path.stem)
            if match and is_id(match[2]) and not any(self.clashes(path, match[2], int(match[1]))):
                self.mistakes[match[2]] = path
                self.numbers[match[2]] = int(match[1])
        for path in _ending(inside, ".toml"):
            self.survey_files.append(path)
            if is_id(path.stem) and not any(self.clashes(path, path.stem)):
                self.surveys[path.stem] = path
        for place, kind, ending in (
            (folder / PLAYS, self.plays, ".toml"),
            (folder / LANGUAGES, self.languages, ".toml"),
            (folder / FORMATS, self.formats, ".toml"),
            (folder / TEMPLATES, self.templates, ".md"),
        ):
            for path in self._files(place, ending):
                kind.add(path)
        for path in _ending(inside, ".md"):
            # Any other page, such as a read-me, is none of ours.
            if path.stem in self.surveys:
                self.pages.add(path)

    def _files(self, folder: Path, ending: str) -> list[Path]:
        return _ending(self._entries(folder), ending)

    def _entries(self, folder: Path) -> list[Path]:
        try:
            return sorted(folder.iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            message = f"expected a readable folder, found: {error.strerror}"
            self.problems.append(Problem(shown_path(folder), "", message))
            return []


def _ending(paths: list[Path], ending: str) -> list[Path]:
    # Names with a leading dot are leavings of editors.
    return [path for path in paths if path.suffix == ending and not path.name.startswith(".")]


def misnamed(path: Path, expected: str) -> Iterator[Fault]:
    """The fault of a file that is not named after what stands in it."""
    if path.name != expected:
        yield Fault("", f"expected the file name {expected!r}, found {quoted(path.name)}")


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file."""
    return one == other or os.path.realpath(one) == os.path.realpath(other)


def _is_among(path: Path, files: list[Path]) -> bool:
    # Looking for links takes longer than all else here, and most paths come from the list itself.
    return path in files or os.path.realpath(path) in map(os.path.realpath, files)


def stamp_of(folder: Path | None) -> tuple[tuple[str, int, int], ...]:
    """What tells whether any file of a team's own was changed: each one's path, size, and time of its last change."""
    if folder is None:
        return ()
    places = (folder, *(folder / name for name in FOLDERS))
    return tuple(sorted(stamp for place in places for stamp in _stamps(place)))


def _stamps(place: Path) -> Iterator[tuple[str, int, int]]:
    try:
        with os.scandir(place) as entries:
            for entry in entries:
                # The file behind a link may change while the link does not.
                told = entry.stat()
                yield entry.path, told.st_size, told.st_mtime_ns
    except OSError:
        # What cannot be looked at is none of what could be read.
        return
