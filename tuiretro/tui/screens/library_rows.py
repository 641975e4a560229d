"""The rows of the Library: everything at once, the plays of one mistake or survey, and what a search found.

Every row is known by 'kind:id'. Must not know which of the three lists is shown, nor what a key does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.widgets.option_list import Option

from tuiretro.core.plays import mark_of, play_reference
from tuiretro.core.text import clip, harmless
from tuiretro.model.action import Action
from tuiretro.model.survey import THEMES, Mistake, Play, PlayBook, Survey, Theme
from tuiretro.service.browsing import Browsing
from tuiretro.service.catalogue import Catalogue
from tuiretro.service.insight import Scene
from tuiretro.tui.text import ACT, DIM, HEAD, LOOK, cell, fold, plain, row
from tuiretro.tui.widgets.rows import entry, heading

EMPTY = Content("")
KIND = 9
"""Cells of the column that says what a search found."""


def overview_rows(found: Catalogue, scene: Scene, width: int) -> list[Option]:
    """Surveys first, then the mistakes under their themes with the plays of surveys about the same, then templates."""
    rows = [heading(plain("SURVEYS", HEAD))]
    rows += [entry(f"survey:{survey.id}", cell(f"   {survey.title}", width)) for survey in found.offered]
    for theme in THEMES:
        books = [survey for survey in found.offered if survey.plays and theme_of(survey) == theme]
        group = [mistake for mistake in found.mistakes if mistake.theme == theme]
        if books or group:
            rows.append(heading(EMPTY, plain(theme.upper(), HEAD)))
            rows += [entry(f"plays:{book.id}", cell(f"   Plays for: {book.title}", width)) for book in books]
            rows += [entry(f"mistake:{mistake.id}", _mistake(mistake, scene, width)) for mistake in group]
    if found.templates:
        rows.append(heading(EMPTY, plain("TEMPLATES", HEAD)))
        rows += [entry(f"template:{one.id}", cell(f"   {one.title}", width)) for one in found.templates]
    if found.problems:
        rows.append(heading(EMPTY, plain("FAULTS IN YOUR OWN FILES", HEAD)))
        rows += [entry(f"fault:{at}", cell(_by_name(fault), width, LOOK)) for at, fault in enumerate(found.problems)]
    return rows


def _by_name(fault: str) -> str:
    """A fault that begins with the name of its file instead of the way to it."""
    path, colon, said = fault.partition(": ")
    return f"{path.replace(chr(92), '/').rpartition('/')[2]}{colon}{said}"


def theme_of(survey: Survey) -> Theme:
    """What a survey with plays is about: the theme of its first item."""
    return survey.items[0].theme if survey.items else "own"


def _mistake(mistake: Mistake, scene: Scene, width: int) -> Content:
    star = "★" if mistake.id in scene.team.starred else " "
    return row(plain(star, ACT), cell(f"{mistake.number:>2} {mistake.title}", width - 1))


def play_rows(book: PlayBook, plays: Sequence[Play], actions: Sequence[Action], width: int) -> list[Option]:
    """The plays of one mistake or survey, best first."""
    rows = [heading(*(plain(line, HEAD) for line in fold(book.title, width)), plain("plays, best first", DIM), EMPTY)]
    for play in plays:
        reference = play_reference(book, play)
        rows.append(entry(f"play:{reference}", *_play(play, mark_of(reference, actions), width)))
    return rows


def _play(play: Play, mark: str, width: int) -> Iterator[Content]:
    first, *more = fold(play.title, width - 3)
    yield row(plain(f"{play.effort}  ", ACT), plain(first))
    yield from (plain(f"   {line}") for line in more)
    if mark:
        yield plain(f"   {mark}", DIM)


def hit_rows(found: Browsing, hits: Sequence[str], typed: str, width: int) -> list[Option]:
    """What a search found, each with its kind; a sentence if it found nothing."""
    if not hits:
        said = clip(" ".join(harmless(typed).split()), width)
        return [
            heading(
                *(plain(line) for line in fold(f"Nothing matches '{said}'.", width)),
                EMPTY,
                *(plain(line, DIM) for line in fold("Fewer or shorter words find more;", width)),
                row(plain("escape", ACT), plain(" gives the whole list back.", DIM)),
            )
        ]
    titles = titles_of(found)
    return [entry(key, _hit(key, titles[key], width)) for key in hits]


def _hit(key: str, title: str, width: int) -> Content:
    kind, _, _ = key.partition(":")
    return row(cell(kind, KIND, DIM), cell(title, width - KIND))


def titles_of(found: Browsing) -> dict[str, str]:
    """By row: what everything that can be found is called."""
    all_ = found.catalogue
    titles = {f"mistake:{mistake.id}": mistake.title for mistake in all_.mistakes}
    titles |= {f"template:{template.id}": template.title for template in all_.templates}
    titles |= {f"survey:{survey.id}": survey.title for survey in all_.surveys}
    titles |= {f"item:{survey.id}.{item.id}": item.short for survey in all_.surveys for item in survey.items}
    for book in all_.play_books:
        titles |= {f"play:{play_reference(book, play)}": play.title for play in book.plays}
    return titles
