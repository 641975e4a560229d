"""A survey, a mistake or a list of templates as a page of text or Markdown.

Must not know where it came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import click

from tuiretro.core.text import clean, harmless
from tuiretro.model.survey import EFFORT_WORDS, THEMES, Mistake, Play, PlayBook, Question, Survey, Template
from tuiretro.service.survey_files import Shown

_WIDTH = 76
_BY_RULE = {
    "pulse": (
        "Each pulse asks a part of these: the four safety statements, the mistakes on the focus list and those asked "
        "longest ago. The first one asks all of them. A mistake that enters the focus list brings its three facets "
        "into the next pulse."
    ),
    "dive": (
        "A deep dive is about one mistake, and the mistake's id opens it: 'tuiretro round open --survey data-cleaning' "
        "asks the headline of that mistake and its three facets. 'tuiretro survey show data-cleaning' shows them."
    ),
}


class Part(NamedTuple):
    """One paragraph of a page; a 'page' is Markdown that stays as it is."""

    kind: Literal["title", "head", "text", "point", "detail", "page"]
    text: str


class Page(NamedTuple):
    """A page in parts."""

    parts: tuple[Part, ...]

    def lines(self, *, marked: bool) -> Iterator[str]:
        """The page as Markdown, or as text in lines that fit a small terminal."""
        for at, part in enumerate(self.parts):
            if at and part.kind in {"head", "text", "page"}:
                yield ""
            if part.kind == "page":
                yield harmless(part.text, lines=True).rstrip("\n")
            else:
                yield from _marked(part) if marked else _plain(part)


def _marked(part: Part) -> Iterator[str]:
    from tuiretro.export.escaping import escape

    signs = {"title": "# ", "head": "## ", "text": "", "point": "- ", "detail": "  - "}
    yield f"{signs[part.kind]}{escape(part.text)}"


def _plain(part: Part) -> Iterator[str]:
    from textwrap import wrap

    signs = {"title": "", "head": "", "text": "", "point": "- ", "detail": "    "}
    sign = signs[part.kind]
    lines = wrap(clean(part.text), _WIDTH, initial_indent=sign, subsequent_indent=" " * len(sign))
    yield from (click.style(line, bold=True) for line in lines) if part.kind in {"title", "head"} else lines


def shown_page(shown: Shown) -> Page:
    """A survey or a mistake with what is to be known before it is asked."""
    book = shown.book
    return Page(tuple(_of_mistake(book, shown) if isinstance(book, Mistake) else _of_survey(book, shown)))


def templates_page(templates: Sequence[Template]) -> Page:
    """What each template is for."""
    parts = [Part("title", "Templates")]
    for template in templates:
        parts += [Part("head", f"{template.id}: {template.title}"), Part("detail", template.about)]
    return Page((*parts, Part("text", "'tuiretro template show ID' prints one of them; --output FILE writes it.")))


def _of_mistake(mistake: Mistake, shown: Shown) -> Iterator[Part]:
    yield Part("title", f"{mistake.number}. {mistake.title} ({mistake.theme})")
    yield Part("text", mistake.summary)
    yield Part("head", "Signs")
    yield from (Part("point", sign) for sign in mistake.signs)
    yield Part("head", "What is asked")
    yield Part("point", mistake.headline.text)
    yield from (Part("point", f"{facet.title}: {facet.text}") for facet in mistake.facets)
    yield Part("text", f"'tuiretro round open --survey {mistake.id}' asks these in one round.")
    if shown.safety:
        yield Part("head", "Safety statements that bear on it")
        yield from (Part("point", f"{question.text} [{question.id}]") for question in shown.safety)
    yield from _plays(mistake)
    yield from _languages(shown)


def _of_survey(survey: Survey, shown: Shown) -> Iterator[Part]:
    yield Part("title", f"{survey.title} ({survey.id})")
    yield Part("text", survey.intro)
    if survey.kind in _BY_RULE:
        yield Part("text", _BY_RULE[survey.kind])
    yield from _asked(survey, shown.questions)
    if shown.mistakes:
        yield Part("head", "Mistakes that it is about")
        yield from (Part("point", f"{m.number}. {m.title} ({m.id})") for m in shown.mistakes)
    yield from _plays(survey)
    yield from _languages(shown)
    if survey.credits:
        yield Part("head", "Credits")
        yield from (Part("point", credit) for credit in survey.credits)
    if shown.page:
        yield Part("page", shown.page)


def _asked(survey: Survey, questions: Sequence[Question]) -> Iterator[Part]:
    core = {question.id for question in survey.core}
    for theme in THEMES:
        asked = [question for question in questions if question.theme == theme]
        if asked:
            yield Part("head", theme)
        for question in asked:
            always = " (in every pulse)" if question.id in core else ""
            yield Part("point" if question.facet is None else "detail", f"{question.text}{always}")


def _plays(book: PlayBook) -> Iterator[Part]:
    if book.plays:
        yield Part("head", "Plays")
    for play in book.plays:
        yield from _play(book, play)


def _play(book: PlayBook, play: Play) -> Iterator[Part]:
    alone = ", one person can start it alone" if play.alone else ""
    effort = f"{play.effort}, {EFFORT_WORDS[play.effort]}{alone}"
    yield Part("point", f"{play.title} ({effort}; {book.side_title(play.facet)}) [{book.id}.{play.id}]")
    yield Part("detail", f"Why: {play.why}")
    yield Part("detail", f"First step: {play.first_step}")
    yield Part("detail", f"Done when: {play.done_when}")
    yield Part("detail", f"Watch: {play.watch}")
    if play.template is not None:
        yield Part("detail", f"Template: {play.template} ('tuiretro template show {play.template}')")


def _languages(shown: Shown) -> Iterator[Part]:
    yield Part("head", "Languages")
    yield Part("point", ", ".join(("English", *(f"{spoken.name} ({spoken.id})" for spoken in shown.languages))))
