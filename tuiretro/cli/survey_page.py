"""A survey or a mistake as a page of text or Markdown.

Must not know where it came from.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import click

from tuiretro.core.text import clean
from tuiretro.export.escaping import escape
from tuiretro.model.survey import EFFORT_WORDS, THEMES, Mistake, Play, Survey

_WIDTH = 76


class Part(NamedTuple):
    """One paragraph of a page."""

    kind: Literal["title", "head", "text", "point", "detail"]
    text: str


class Page(NamedTuple):
    """A page in parts."""

    parts: tuple[Part, ...]

    def lines(self, *, marked: bool) -> Iterator[str]:
        """The page as Markdown, or as text in lines that fit a small terminal."""
        for at, part in enumerate(self.parts):
            if at and part.kind in {"head", "text"}:
                yield ""
            yield from _marked(part) if marked else _plain(part)


def _marked(part: Part) -> Iterator[str]:
    signs = {"title": "# ", "head": "## ", "text": "", "point": "- ", "detail": "  - "}
    yield f"{signs[part.kind]}{escape(part.text)}"


def _plain(part: Part) -> Iterator[str]:
    from textwrap import wrap

    signs = {"title": "", "head": "", "text": "", "point": "- ", "detail": "    "}
    sign = signs[part.kind]
    lines = wrap(clean(part.text), _WIDTH, initial_indent=sign, subsequent_indent=" " * len(sign))
    yield from (click.style(line, bold=True) for line in lines) if part.kind in {"title", "head"} else lines


def mistake_page(mistake: Mistake) -> Page:
    """One mistake: what goes wrong, its signs, its items, its plays."""
    facets = (Part("point", f"{facet.title}: {facet.text}") for facet in mistake.facets)
    return Page(
        (
            Part("title", f"{mistake.number}. {mistake.title} ({mistake.theme})"),
            Part("text", mistake.summary),
            Part("head", "Signs"),
            *(Part("point", sign) for sign in mistake.signs),
            Part("head", "What is asked"),
            Part("point", mistake.headline.text),
            *facets,
            Part("head", "Plays"),
            *(part for play in mistake.plays for part in _play(mistake, play)),
        )
    )


def _play(mistake: Mistake, play: Play) -> tuple[Part, ...]:
    effort = f"{play.effort}, {EFFORT_WORDS[play.effort]}"
    return (
        Part("point", f"{play.title} ({effort}; {mistake.facet_title(play.facet)}) [{mistake.id}.{play.id}]"),
        Part("detail", f"Why: {play.why}"),
        Part("detail", f"First step: {play.first_step}"),
        Part("detail", f"Done when: {play.done_when}"),
        Part("detail", f"Watch: {play.watch}"),
    )


def survey_page(survey: Survey) -> Page:
    """One survey: its introduction, and its items by theme."""
    parts = [Part("title", f"{survey.title} ({survey.id})"), Part("text", survey.intro)]
    for theme in THEMES:
        items = [item for item in survey.items if item.theme == theme]
        if items:
            parts.append(Part("head", theme))
            parts += [Part("point", f"{item.text}{' (in every pulse)' if item.core else ''}") for item in items]
    if survey.credits:
        parts.append(Part("head", "Credits"))
        parts += [Part("point", credit) for credit in survey.credits]
    return Page(tuple(parts))
