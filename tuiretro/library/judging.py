"""From a file to the value that it holds, or to everything that is wrong with it.

Must not know which file is wanted, nor what is made of its value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from tuiretro.library import forms
from tuiretro.library.fitting import Known, mistake_faults, more_plays_faults, survey_faults
from tuiretro.library.folders import FOLDERS, FORMATS, LANGUAGES, MISTAKES, PLAYS, Named, Shelf, is_same, misnamed
from tuiretro.library.formats import AGENDA, Agenda, FormatFile, agenda_faults, format_faults
from tuiretro.library.pages import page_faults, read_page, template
from tuiretro.library.problem import Fault, Problem, did_you_mean, quoted, shown_path
from tuiretro.library.reading import Table, read_table
from tuiretro.library.rules import is_id
from tuiretro.model.board_format import Format
from tuiretro.model.survey import ENGLISH, Language, Mistake, Play, PlayBook, Survey, Template

MOST_PROBLEMS = 100
"""At most so many faults are named per file."""

Problems = tuple[Problem, ...]
T = TypeVar("T", bound=Struct)


class MorePlays(Struct, frozen=True, forbid_unknown_fields=True, rename={"target": "for"}):
    """Plays of a team's own for a mistake or survey that stands in another file."""

    target: str
    plays: tuple[Play, ...]


Held = Mistake | Survey | MorePlays | Template | Language | FormatFile | Agenda | str
"""What a file can hold; a page about a survey is its text."""


class Judge:
    """Reads the files of a shelf; each value is kept in the instance, once it is asked for by one of its names."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._known = Known(shelf.mistakes, shelf.templates.named)
        self.mistake: Callable[[Path], Mistake | Problems] = cache(self._read_mistake)
        self.survey: Callable[[Path], Survey | Problems] = cache(self.read_survey)
        self.more_plays: Callable[[Path], MorePlays | Problems] = cache(self._read_more_plays)
        self.template: Callable[[Path], Template | Problems] = cache(self._read_template)
        self.language: Callable[[Path], Language | Problems] = cache(self._read_language)
        self.page: Callable[[Path], str | Problems] = cache(self._read_page)
        self.format_file: Callable[[Path], FormatFile | Problems] = cache(self._read_format)
        self.agenda: Callable[[], Agenda | Problems] = cache(self._read_agenda)

    def read_survey(self, path: Path) -> Survey | Problems:
        """A survey, read anew."""
        return _judged(path, read_table(path), self._survey_faults, Survey)

    def read(self, path: Path) -> Held | Problems:
        """Any file, read anew: what it is meant to hold is told by its folder, else by its keys."""
        folder = path.absolute().parent.name
        if path.suffix == ".md":
            return self._read_page(path) if self._shelf.pages.holds(path) else self._read_template(path)
        raw = read_table(path)
        keys = raw if isinstance(raw, dict) else {}
        if is_same(path, self._agenda_file):
            return self._read_agenda()
        if is_format(path, raw):
            return _judged(path, raw, self._format_faults, FormatFile)
        if folder == MISTAKES or forms.is_mistake(keys):
            return _judged(path, raw, self._mistake_faults, Mistake)
        if folder == PLAYS or forms.is_more_plays(keys):
            return _judged(path, raw, self._more_plays_faults, MorePlays)
        if folder == LANGUAGES or forms.is_language_file(keys):
            return _judged(path, raw, self._language_faults, Language)
        return _judged(path, raw, self._survey_faults, Survey)

    def format(self, path: Path) -> Format | Problems:
        """A format with what it has from the agenda; a broken agenda breaks them all."""
        return self._on_agenda(self.format_file(path))

    def read_format(self, path: Path) -> Format | Problems:
        """The same, read anew."""
        return self._on_agenda(self._read_format(path))

    def _on_agenda(self, found: FormatFile | Problems) -> Format | Problems:
        agenda = self.agenda()
        if isinstance(found, tuple):
            return found
        return agenda if isinstance(agenda, tuple) else found.on(agenda)

    @property
    def _agenda_file(self) -> Path:
        return self._shelf.bundled(FORMATS, AGENDA)

    def _read_agenda(self) -> Agenda | Problems:
        path = self._agenda_file
        return _judged(path, read_table(path), lambda _, raw: agenda_faults(raw), Agenda)

    def _read_format(self, path: Path) -> FormatFile | Problems:
        return _judged(path, read_table(path), self._format_faults, FormatFile)

    def _read_mistake(self, path: Path) -> Mistake | Problems:
        return _judged(path, read_table(path), self._mistake_faults, Mistake)

    def _read_page(self, path: Path) -> str | Problems:
        text = read_page(path)
        if isinstance(text, Fault):
            return _problems(path, [text])
        return _problems(path, [*self._shelf.pages.clashes(path, path.stem), *page_faults(text)]) or text

    def _read_more_plays(self, path: Path) -> MorePlays | Problems:
        return _judged(path, read_table(path), self._more_plays_faults, MorePlays)

    def _read_language(self, path: Path) -> Language | Problems:
        return _judged(path, read_table(path), self._language_faults, Language)

    def _read_template(self, path: Path) -> Template | Problems:
        text = read_page(path)
        if isinstance(text, Fault):
            return _problems(path, [text])
        # Only a file of the library is found by its name; one that is handed in may be called anything.
        named = _named_template(path, self._shelf.templates) if self._shelf.templates.holds(path) else ()
        return _problems(path, [*named, *page_faults(text)]) or template(path.stem, text)

    def _mistake_faults(self, path: Path, raw: Table) -> Iterator[Fault]:
        id_, number = raw.get("id"), raw.get("number")
        if is_id(id_) and forms.is_number(number):
            yield from misnamed(path, f"{number:02}-{id_}.toml")
        yield from self._shelf.clashes(path, id_, number)
        yield from mistake_faults(raw, self._known)

    def _survey_faults(self, path: Path, raw: Table) -> Iterator[Fault]:
        id_ = raw.get("id")
        if is_id(id_) and self._shelf.has_survey(path):
            yield from misnamed(path, f"{id_}.toml")
        yield from self._shelf.clashes(path, id_)
        yield from survey_faults(raw, self._known)

    def _more_plays_faults(self, path: Path, raw: Table) -> Iterator[Fault]:
        yield from _named_after(path, raw, "for", self._shelf.plays)
        id_ = raw.get("for")
        holder = self._shelf.holder(id_) if is_id(id_) else None
        if is_id(id_) and holder is None:
            end = did_you_mean(id_, [*self._shelf.mistakes, *self._shelf.surveys])
            yield Fault("for", f"expected the id of a mistake or survey, found {id_!r}{end}")
        target = self._book(holder) if holder is not None else None
        yield from more_plays_faults(raw, target, shown_path(holder), self._known)

    def _format_faults(self, path: Path, raw: Table) -> Iterator[Fault]:
        id_ = raw.get("id")
        if is_id(id_) and self._shelf.formats.holds(path):
            yield from misnamed(path, f"{id_}.toml")
        if is_id(id_):
            yield from self._shelf.formats.clashes(path, id_, "id")
        yield from format_faults(raw)

    def _book(self, path: Path) -> PlayBook | None:
        found = self.mistake(path) if path in self._shelf.mistake_files else self.survey(path)
        return None if isinstance(found, tuple) else found

    def _language_faults(self, path: Path, raw: Table) -> Iterator[Fault]:
        yield from _named_after(path, raw, "id", self._shelf.languages)
        if raw.get("id") == ENGLISH:
            yield Fault("id", "expected another language; English is part of the program")
        if raw.get("reviewed") is False and not raw.get("notice"):
            yield Fault("notice", "expected a sentence that tells people that nobody has reviewed the translation yet")
        yield from forms.language_file(raw)


def is_format(path: Path, raw: Table | Fault) -> bool:
    """Whether a file is meant as the format of a retro, by its folder or else by its keys."""
    folder = path.absolute().parent.name
    return folder == FORMATS or (folder not in FOLDERS and isinstance(raw, dict) and forms.is_format(raw))


def _named_after(path: Path, raw: Table, key: str, kind: Named) -> Iterator[Fault]:
    name = raw.get(key)
    if isinstance(name, str) and kind.is_name(name):
        yield from misnamed(path, f"{name}.toml")
        yield from kind.clashes(path, name, key)


def _named_template(path: Path, kind: Named) -> Iterator[Fault]:
    if not is_id(path.stem):
        expected = "expected a file name such as 'data-card.md', of small letters, digits and hyphens"
        yield Fault("", f"{expected}, found {quoted(path.name)}")
    yield from kind.clashes(path, path.stem)


def _judged(
    path: Path, raw: Table | Fault, faults_of: Callable[[Path, Table], Iterable[Fault]], kind: type[T]
) -> T | Problems:
    faults = _problems(path, [raw] if isinstance(raw, Fault) else faults_of(path, raw))
    return faults or msgspec.convert(raw, kind)


def _problems(path: Path, faults: Iterable[Fault]) -> Problems:
    return tuple(Problem(shown_path(path), *fault) for fault in islice(faults, MOST_PROBLEMS))
