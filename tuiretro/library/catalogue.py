"""The library: mistakes and surveys by id, each file parsed when it is first asked for.

Must not know what is asked in a round; it only hands out what the files say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice
from pathlib import Path

import msgspec

from tuiretro.errors import NotFoundError, SurveyError, TuiretroError
from tuiretro.library.folders import MISTAKES, Shelf, bundled_folder, misnamed
from tuiretro.library.forms import is_mistake, is_number, mistake_faults, survey_faults
from tuiretro.library.problem import Fault, Problem, did_you_mean, quoted, shown_path
from tuiretro.library.reading import NO_FILE, Table, read_table
from tuiretro.library.rules import is_id
from tuiretro.model.survey import Mistake, Survey

MOST_PROBLEMS = 100
"""At most so many faults are named per file."""

Problems = tuple[Problem, ...]


class Library:
    """The bundled surveys and, beside them, a team's own; parsed values are kept in the instance.

    Args:
        own: The team's own folder, with the layout of the bundled one; it need not exist.
        bundled: The bundled folder; found by itself unless handed in.
    """

    def __init__(self, own: Path | None = None, bundled: Path | None = None) -> None:
        self._shelf = Shelf(bundled or bundled_folder(), own)
        self._mistake = cache(self._read_mistake)
        self._survey = cache(self._read_survey)

    def numbers(self) -> dict[str, int]:
        """The mistakes' ids and numbers, by number, from the files' names alone."""
        return dict(sorted(self._shelf.numbers.items(), key=lambda pair: pair[1]))

    def mistake(self, id_: str) -> Mistake:
        """One mistake; no other file is parsed.

        Raises:
            NotFoundError: There is none with this id; the nearest one is named.
            SurveyError: Its file is broken.
        """
        found = self._mistake(_path_of("mistake", id_, self._shelf.mistakes))
        if isinstance(found, tuple):
            raise _refusal(found)
        return found

    def mistakes(self) -> tuple[Mistake, ...]:
        """All mistakes by number, without those whose files are broken: `problems` names these."""
        found = (self._mistake(self._shelf.mistakes[id_]) for id_ in self.numbers())
        return tuple(mistake for mistake in found if isinstance(mistake, Mistake))

    def survey(self, id_: str) -> Survey:
        """One survey; no other file is parsed.

        Raises:
            NotFoundError: There is none with this id; the nearest one is named.
            SurveyError: Its file is broken.
        """
        found = self._survey(_path_of("survey", id_, self._shelf.surveys))
        if isinstance(found, tuple):
            raise _refusal(found)
        return found

    def surveys(self) -> tuple[Survey, ...]:
        """All surveys, the bundled ones first, without those whose files are broken."""
        found = (self._survey(path) for path in self._shelf.surveys.values())
        return tuple(survey for survey in found if isinstance(survey, Survey))

    def load_file(self, path: Path) -> Survey:
        """A survey from any file, read anew each time.

        Raises:
            NotFoundError: There is no such file.
            SurveyError: The file is broken, or uses the id of another survey.
        """
        found = self._read_survey(path)
        if isinstance(found, tuple):
            raise _refusal(found)
        return found

    def problems(self) -> Problems:
        """Every fault of every file in the folders; empty when all is well."""
        found = (
            *(self._mistake(path) for path in self._shelf.mistake_files),
            *(self._survey(path) for path in self._shelf.survey_files),
        )
        return (*self._shelf.problems, *chain.from_iterable(one for one in found if isinstance(one, tuple)))

    def check_file(self, path: Path) -> Problems:
        """Every fault of one file, read anew: of a mistake if it lies in a folder `mistakes` or looks like one."""
        raw = read_table(path)
        meant = path.absolute().parent.name == MISTAKES or (isinstance(raw, dict) and is_mistake(raw))
        found = self._judge_mistake(path, raw) if meant else self._judge_survey(path, raw)
        return found if isinstance(found, tuple) else ()

    def _read_mistake(self, path: Path) -> Mistake | Problems:
        return self._judge_mistake(path, read_table(path))

    def _read_survey(self, path: Path) -> Survey | Problems:
        return self._judge_survey(path, read_table(path))

    def _judge_mistake(self, path: Path, raw: Table | Fault) -> Mistake | Problems:
        faults = _problems(path, [raw] if isinstance(raw, Fault) else self._mistake_faults(path, raw))
        return faults or msgspec.convert(raw, Mistake)

    def _judge_survey(self, path: Path, raw: Table | Fault) -> Survey | Problems:
        faults = _problems(path, [raw] if isinstance(raw, Fault) else self._survey_faults(path, raw))
        return faults or msgspec.convert(raw, Survey)

    def _mistake_faults(self, path: Path, raw: Table) -> Iterator[Fault]:
        id_, number = raw.get("id"), raw.get("number")
        if is_id(id_) and is_number(number):
            yield from misnamed(path, f"{number:02}-{id_}.toml")
        yield from self._shelf.clashes(path, id_, number)
        yield from mistake_faults(raw)

    def _survey_faults(self, path: Path, raw: Table) -> Iterator[Fault]:
        id_ = raw.get("id")
        # Only a file of the library is found by its name; one that is handed in may be called anything.
        if is_id(id_) and self._shelf.has_survey(path):
            yield from misnamed(path, f"{id_}.toml")
        yield from self._shelf.clashes(path, id_)
        yield from survey_faults(raw, self._shelf.mistakes)


def _problems(path: Path, faults: Iterable[Fault]) -> Problems:
    return tuple(Problem(shown_path(path), *fault) for fault in islice(faults, MOST_PROBLEMS))


def _path_of(what: str, id_: str, paths: dict[str, Path]) -> Path:
    if id_ not in paths:
        hint = did_you_mean(id_, paths) or "; 'tuiretro survey list' names all."
        raise NotFoundError(f"There is no {what} {quoted(id_)}{hint}")
    return paths[id_]


def _refusal(problems: Problems) -> TuiretroError:
    first, more = problems[0], len(problems) - 1
    if first.message == NO_FILE:
        return NotFoundError(f"There is no file {first.file}; give the path of a TOML file.")
    rest = f" 'tuiretro survey check {first.file}' names {more} more." if more else ""
    return SurveyError(f"{first}.{rest}")
