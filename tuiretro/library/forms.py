"""The keys of each kind of file, and the rule that each value keeps.

Must not know what must fit together, where files lie, or which other files there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeGuard, get_args

from tuiretro.library.reading import Table
from tuiretro.library.rules import (
    Rule,
    by_language,
    choice,
    exactly,
    flag,
    language,
    name,
    points,
    table,
    tables,
    text,
    texts,
    whole,
)
from tuiretro.model.survey import (
    EFFORT_WORDS,
    LABELS,
    THEMES,
    Facet,
    Headline,
    Mistake,
    Play,
    Survey,
    SurveyItem,
    SurveyKind,
)

BY_RULE = tuple(kind for kind in get_args(SurveyKind) if kind != "items")
"""The kinds of surveys that pick their items from the catalogue."""
ITEM_WORDS, TRANSLATED_WORDS = 20, 25
"""Other languages need more words for the same thought."""

_short = text(36)
_statement = text(200, words=ITEM_WORDS)
_translated = text(260, words=TRANSLATED_WORDS)
_sentence = text(260)
_longer = text(330)
_title = text(60)
_number = whole(1, 99)
_version = whole(1, 999)
_theme = choice(*THEMES)
_label = text(30)


def _translations(keys: tuple[str, ...], rules: Mapping[str, Rule]) -> Rule:
    """Tables of any of the texts beside them, by language; sentences may be a quarter longer than in English."""
    wider = {_statement: _translated, _sentence: _longer}
    each = {key: wider.get(rules[key], rules[key]) for key in keys}
    if "version" in rules:
        # A mended translation must not break the lines of other languages.
        each["version"] = _version
    return by_language(table(each, optional=frozenset(each)))


def _with_translations(rules: dict[str, Rule], texts: tuple[str, ...]) -> dict[str, Rule]:
    return rules | {"translations": _translations(texts, rules)}


HEADLINE = _with_translations({"id": name, "short": _short, "text": _statement, "version": _version}, Headline.TEXTS)
FACET = _with_translations(
    {"id": name, "title": text(40), "short": _short, "text": _statement, "version": _version}, Facet.TEXTS
)
PLAY = _with_translations(
    {
        "id": name,
        "facet": name,
        "title": _title,
        "why": _sentence,
        "first_step": _sentence,
        "done_when": _sentence,
        "watch": _sentence,
        "effort": choice(*EFFORT_WORDS),
        "template": name,
        "alone": flag,
    },
    Play.TEXTS,
)
PLAY_OPTIONAL = frozenset({"alone", "template", "translations"})
ASKED_OPTIONAL = frozenset({"version", "translations"})
_plays = tables("plays", table(PLAY, optional=PLAY_OPTIONAL))
MISTAKE = _with_translations(
    {
        "id": name,
        "number": _number,
        "title": _title,
        "theme": _theme,
        "summary": text(420),
        "signs": texts(text(130)),
        "source": text(300),
        "headline": table(HEADLINE, optional=ASKED_OPTIONAL),
        "facets": tables("facets", table(FACET, optional=ASKED_OPTIONAL)),
        "plays": _plays,
    },
    Mistake.TEXTS,
)
ITEM = _with_translations(
    {
        "id": name,
        "short": _short,
        "text": _statement,
        "theme": _theme,
        "core": flag,
        "mistakes": texts(name),
        "version": _version,
    },
    SurveyItem.TEXTS,
)
ITEM_OPTIONAL = frozenset({"theme", "core", "mistakes", "version", "translations"})
SURVEY = _with_translations(
    {
        "id": name,
        "title": _title,
        "intro": text(300),
        "kind": choice(*get_args(SurveyKind)),
        "points": points(len(LABELS) - 1),
        "credits": texts(text(300)),
        "items": tables("items", table(ITEM, optional=ITEM_OPTIONAL)),
        "plays": _plays,
    },
    Survey.TEXTS,
)
SURVEY_OPTIONAL = frozenset({"kind", "points", "credits", "items", "plays", "translations"})
MORE_PLAYS: dict[str, Rule] = {"for": name, "plays": _plays}
LANGUAGE: dict[str, Rule] = {
    "id": language,
    "title": _label,
    "name": _label,
    "reviewed": flag,
    "scale": exactly(5, texts(_label)),
    "unsure": text(36),
    "notice": text(200),
    "version": _version,
}
LANGUAGE_OPTIONAL = frozenset({"version", "scale", "unsure", "notice"})

mistake = table(MISTAKE, optional=frozenset({"translations"}))
survey = table(SURVEY, optional=SURVEY_OPTIONAL)
more_plays = table(MORE_PLAYS)
language_file = table(LANGUAGE, optional=LANGUAGE_OPTIONAL)


def is_mistake(raw: Table) -> bool:
    """Whether a table is meant as a mistake rather than as a survey."""
    return not raw.keys().isdisjoint(("headline", "facets", "signs"))


def is_more_plays(raw: Table) -> bool:
    """Whether a table is meant as plays for a mistake or survey that stands in another file."""
    return "for" in raw and "items" not in raw and not is_mistake(raw)


def is_format(raw: Table) -> bool:
    """Whether a table is meant as the format of a retro."""
    return "items" not in raw and not raw.keys().isdisjoint(("columns", "order", "topic_minutes"))


def is_language_file(raw: Table) -> bool:
    """Whether a table is meant as a language."""
    return "items" not in raw and not raw.keys().isdisjoint(("reviewed", "scale", "unsure"))


def is_number(value: object) -> TypeGuard[int]:
    """Whether a value may be a mistake's number."""
    return not any(_number(value))
