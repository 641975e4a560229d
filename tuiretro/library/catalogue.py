"""The library: mistakes, surveys, templates and languages by id, each file parsed when it is first asked for.

Must not know what is asked in a round; it only hands out what the files say.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Self, TypeVar

from msgspec.structs import replace

from tuiretro.core.translation import Missing, Texts, in_language, languages, missing
from tuiretro.core.wording import doubts
from tuiretro.library.fitting import DEEP_DIVE
from tuiretro.library.folders import FORMATS, Shelf, bundled_folder, stamp_of
from tuiretro.library.formats import AGENDA
from tuiretro.library.judging import Held, Judge, MorePlays, Problems, is_format
from tuiretro.library.problem import listed, nearest
from tuiretro.library.reading import read_table
from tuiretro.library.refusing import sound, unknown
from tuiretro.model.board_format import Format
from tuiretro.model.survey import ENGLISH, Facet, Headline, Language, Mistake, PlayBook, Survey, SurveyItem, Template

_ENGLISH = Language(ENGLISH, "English", "English", reviewed=True)
_FORMATS = ("from-focus", "start-stop-continue", "mad-sad-glad", "four-ls", "sailboat", "lean-coffee")
"""The bundled formats in the order in which they are offered."""
B = TypeVar("B", bound=PlayBook)


class Library:
    """The bundled surveys and, beside them, a team's own; parsed values are kept in the instance.

    Args:
        own: The team's own folder, with the layout of the bundled one; it need not exist.
        bundled: The bundled folder; found by itself unless handed in.
    """

    def __init__(self, own: Path | None = None, bundled: Path | None = None) -> None:
        self._own, self._bundled = own, bundled
        self._stamp = stamp_of(own)
        self._shelf = Shelf(bundled or bundled_folder(), own)
        self._judge = Judge(self._shelf)
        self._language = ENGLISH

    def fresh(self) -> Self:
        """The same library if no file of the team's own has changed since it was made, else a new one."""
        stamp = stamp_of(self._own)
        if stamp == self._stamp:
            return self
        return type(self)(self._own, self._bundled).speaking(self._language)

    def speaking(self, language: str) -> Self:
        """The same library, whose texts are in `language` as far as they are translated."""
        if language == self._language:
            return self
        other = copy.copy(self)
        other._language = language
        return other

    def numbers(self) -> dict[str, int]:
        """The mistakes' ids and numbers, by number, from the files' names alone."""
        return dict(sorted(self._shelf.numbers.items(), key=lambda pair: pair[1]))

    def mistake(self, id_: str) -> Mistake:
        """One mistake; no other mistake is parsed.

        Raises:
            NotFoundError: There is none with this id; the nearest one is named.
            SurveyError: Its file is broken.
        """
        if id_ not in self._shelf.mistakes:
            raise unknown("mistake", id_, self._shelf.mistakes)
        return self._spoken(sound(self._judge.mistake(self._shelf.mistakes[id_])))

    def mistakes(self) -> tuple[Mistake, ...]:
        """All mistakes by number, without those whose files are broken: `problems` names these."""
        found = (self._judge.mistake(self._shelf.mistakes[id_]) for id_ in self.numbers())
        return tuple(self._spoken(mistake) for mistake in found if isinstance(mistake, Mistake))

    def survey(self, id_: str) -> Survey:
        """One survey; the id of a mistake gives its deep dive. No file of another survey or mistake is parsed.

        Raises:
            NotFoundError: There is none with this id; the nearest one is named.
            SurveyError: Its file is broken.
        """
        if id_ in self._shelf.mistakes:
            mistake, dive = self.mistake(id_), self._own_survey(DEEP_DIVE)
            return replace(dive, id=id_, title=f"{dive.title}: {mistake.title}")
        return self._own_survey(id_)

    def surveys(self) -> tuple[Survey, ...]:
        """All surveys, the bundled ones first, without those whose files are broken."""
        found = (self._judge.survey(path) for path in self._shelf.surveys.values())
        return tuple(self._spoken(survey) for survey in found if isinstance(survey, Survey))

    def load_file(self, path: Path) -> Survey:
        """A survey from any file, read anew each time.

        Raises:
            NotFoundError: There is no such file.
            SurveyError: The file is broken, or uses the id of another survey.
        """
        return self._spoken(sound(self._judge.read_survey(path)))

    def play_book(self, id_: str) -> PlayBook:
        """The mistake or survey whose plays are named 'id.play'.

        Raises:
            NotFoundError: There is none with this id; the nearest one is named.
            SurveyError: Its file is broken.
        """
        if self._shelf.holder(id_) is None:
            raise unknown("mistake or survey", id_, self._ids)
        return self.mistake(id_) if id_ in self._shelf.mistakes else self.survey(id_)

    def page(self, survey: str) -> str:
        """What is to be known about a survey, in Markdown; empty if no page lies beside it."""
        path = self._shelf.pages.named.get(survey)
        found = self._judge.page(path) if path is not None else ""
        return found if isinstance(found, str) else ""

    def template(self, id_: str) -> Template:
        """One template; nothing else is read.

        Raises:
            NotFoundError: There is none with this id; the nearest one is named.
            SurveyError: Its file is broken.
        """
        paths = self._shelf.templates.named
        if id_ not in paths:
            raise unknown("template", id_, paths, "'tuiretro template list' names all")
        return sound(self._judge.template(paths[id_]))

    def templates(self) -> tuple[Template, ...]:
        """All templates, the bundled ones first, without those whose files are broken."""
        found = (self._judge.template(path) for path in self._shelf.templates.named.values())
        return tuple(template for template in found if isinstance(template, Template))

    def format(self, id_: str) -> Format:
        """One format of a retro, with what it has from the agenda; no other format is read.

        Raises:
            NotFoundError: There is none with this id; the nearest one is named.
            SurveyError: Its file is broken, or the agenda's.
        """
        paths = self._formats
        if id_ not in paths:
            raise unknown("format", id_, paths)
        return sound(self._judge.format(paths[id_]))

    def formats(self) -> tuple[Format, ...]:
        """All formats, the bundled ones first, without those whose files are broken."""
        found = (self._judge.format(path) for path in self._formats.values())
        return tuple(format_ for format_ in found if isinstance(format_, Format))

    def means_format(self, id_: str) -> bool:
        """Whether an id is that of a format, or nearest to one; a survey or mistake keeps its own for itself."""
        if self._shelf.holder(id_) is not None:
            return False
        return id_ in self._formats or nearest(id_, [*self._ids, *self._formats]) in self._formats

    def is_format(self, path: Path) -> bool:
        """Whether a file is meant as a format, sound or not."""
        return is_format(path, read_table(path))

    def load_format(self, path: Path) -> Format:
        """A format from any file, read anew each time.

        Raises:
            NotFoundError: There is no such file.
            SurveyError: The file is broken, or uses the id of another format.
        """
        return sound(self._judge.read_format(path))

    def language(self, wanted: str) -> Language:
        """One language by code or name; one that only a team's own files speak keeps the labels of English.

        Raises:
            NotFoundError: Nothing is translated into it; the nearest one is named.
            SurveyError: Its file is broken.
        """
        code = wanted.strip().casefold()
        if code == ENGLISH:
            return _ENGLISH
        path = self._shelf.languages.named.get(code)
        if path is not None:
            return sound(self._judge.language(path))
        known = self.languages()
        # What is bundled keeps its names, whatever a team's own file calls itself.
        for language in sorted(known, key=lambda one: self._shelf.is_own(self._shelf.languages.named.get(one.id))):
            if code in {language.id, language.name.casefold(), language.title.casefold()}:
                return language
        codes = [language.id for language in known]
        named = listed([f"{language.id} ({language.name})" for language in known], "and")
        raise unknown("language", wanted, codes, f"the languages are {named}")

    def languages(self) -> tuple[Language, ...]:
        """All languages by code, without those whose files are broken."""
        named = self._shelf.languages.named
        found = (self._judge.language(path) for path in named.values())
        known = [language for language in found if isinstance(language, Language)]
        others = map(_bare, self._spoken_somewhere() - named.keys())
        return tuple(sorted([_ENGLISH, *known, *others], key=lambda language: language.id))

    def problems(self) -> Problems:
        """Every fault of every file in the folders; empty when all is well."""
        shelf, judge = self._shelf, self._judge
        agenda = shelf.bundled(FORMATS, AGENDA)
        found = (
            *(judge.mistake(path) for path in shelf.mistake_files),
            *(judge.survey(path) for path in shelf.survey_files),
            *(judge.more_plays(path) for path in shelf.plays.files),
            *(judge.template(path) for path in shelf.templates.files),
            *(judge.language(path) for path in shelf.languages.files),
            *(judge.page(path) for path in shelf.pages.files),
            *(judge.format_file(path) for path in shelf.formats.files if path != agenda),
            judge.agenda() if shelf.formats.files else (),
        )
        return (*shelf.problems, *(problem for one in found if isinstance(one, tuple) for problem in one))

    def check_file(self, path: Path) -> Problems:
        """Every fault of one file, read anew."""
        found = self._judge.read(path)
        return found if isinstance(found, tuple) else ()

    def spoken(self, path: Path) -> frozenset[str]:
        """The languages besides English that any text of a sound file is translated into."""
        return frozenset().union(*map(languages, _tables(self._judge.read(path)).values()))

    def untranslated(self, path: Path, language: str | None = None) -> dict[str, tuple[Missing, ...]]:
        """By language: the texts of a sound file that are shown in English.

        Args:
            path: The file.
            language: The only language to look at; None takes those that the file speaks besides English.
        """
        tables = _tables(self._judge.read(path))
        spoken = sorted({code for text in tables.values() for code in languages(text)})
        found = {
            code: tuple(gap for key, text in tables.items() for gap in missing(text, code, key))
            for code in (spoken if language is None else [language])
        }
        return {code: gaps for code, gaps in found.items() if gaps}

    def doubts(self, path: Path) -> tuple[tuple[str, str], ...]:
        """What an author may want to reword in the English statements of a sound file: keys and sentences."""
        found = self._judge.read(path)
        asked: list[tuple[str, Headline | Facet | SurveyItem]] = []
        if isinstance(found, Mistake):
            asked = [("headline", found.headline), *((f"facets.{facet.id}", facet) for facet in found.facets)]
        elif isinstance(found, Survey):
            asked = [(f"items.{item.id}", item) for item in found.items]
        return tuple((f"{key}.text", doubt) for key, one in asked for doubt in doubts(one.text))

    @property
    def _ids(self) -> tuple[str, ...]:
        return (*self._shelf.surveys, *self._shelf.mistakes)

    @property
    def _formats(self) -> dict[str, Path]:
        named = self._shelf.formats.named
        ids = dict.fromkeys((*(id_ for id_ in _FORMATS if id_ in named), *named))
        return {id_: named[id_] for id_ in ids if id_ != AGENDA}

    def _own_survey(self, id_: str) -> Survey:
        if id_ not in self._shelf.surveys:
            raise unknown("survey", id_, self._ids)
        return self._spoken(sound(self._judge.survey(self._shelf.surveys[id_])))

    def _spoken(self, book: B) -> B:
        path = self._shelf.plays.named.get(book.id)
        more = self._judge.more_plays(path) if path is not None else ()
        whole = replace(book, plays=(*book.plays, *more.plays)) if isinstance(more, MorePlays) else book
        return in_language(whole, self._language)

    def _spoken_somewhere(self) -> set[str]:
        return {code for books in (self.mistakes(), self.surveys()) for book in books for code in languages(book)}


def _tables(found: Held | Problems) -> dict[str, Texts]:
    """What of a file can be translated, by key; nothing of a page or a broken file."""
    if isinstance(found, MorePlays):
        return {f"plays.{play.id}": play for play in found.plays}
    return {"": found} if isinstance(found, PlayBook) else {}


def _bare(code: str) -> Language:
    return Language(code, code, code, reviewed=True)
