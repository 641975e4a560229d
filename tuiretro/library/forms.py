"""The form of a mistake file and of a survey file: their keys, and what must fit together.

Must not know where files lie or which other files there are, apart from the mistakes' ids that are handed in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeGuard, get_args

from tuiretro.library.problem import Fault, did_you_mean, listed, quoted
from tuiretro.library.reading import Table
from tuiretro.library.rules import choice, flag, join, label, name, table, tables, text, texts, whole
from tuiretro.model.survey import EFFORT_WORDS, THEMES, SurveyKind

_Keyed = tuple[str, dict[str, object]]

SAFETY = "safety"
"""The id of the one survey whose items may be asked in every pulse."""
MOST_ITEMS = 100
_FACETS = 3

_short = text(36)
_statement = text(200, words=20)
_sentence = text(260)
_number = whole(1, 99)
_version = whole(1, 999)
_theme = choice(*THEMES)
_just_version = frozenset({"version"})

HEADLINE = {"id": name, "short": _short, "text": _statement, "version": _version}
FACET = {"id": name, "title": text(40), "short": _short, "text": _statement, "version": _version}
PLAY = {
    "id": name,
    "facet": name,
    "title": text(60),
    "why": _sentence,
    "first_step": _sentence,
    "done_when": _sentence,
    "watch": _sentence,
    "effort": choice(*EFFORT_WORDS),
    "template": name,
}
MISTAKE = {
    "id": name,
    "number": _number,
    "title": text(60),
    "theme": _theme,
    "summary": text(420),
    "signs": texts(text(130)),
    "source": text(300),
    "headline": table(HEADLINE, optional=_just_version),
    "facets": tables(table(FACET, optional=_just_version)),
    "plays": tables(table(PLAY, optional=frozenset({"template"}))),
}
ITEM = {
    "id": name,
    "short": _short,
    "text": _statement,
    "theme": _theme,
    "core": flag,
    "mistakes": texts(name),
    "version": _version,
}
ITEM_OPTIONAL = frozenset({"theme", "core", "mistakes", "version"})
SURVEY = {
    "id": name,
    "title": text(60),
    "intro": text(300),
    "kind": choice(*get_args(SurveyKind)),
    "credits": texts(text(300)),
    "items": tables(table(ITEM, optional=ITEM_OPTIONAL)),
}
SURVEY_OPTIONAL = frozenset({"kind", "credits", "items"})

_mistake = table(MISTAKE)
_survey = table(SURVEY, optional=SURVEY_OPTIONAL)


def is_mistake(raw: Table) -> bool:
    """Whether a table is meant as a mistake rather than as a survey."""
    return not raw.keys().isdisjoint(("headline", "facets", "plays"))


def is_number(value: object) -> TypeGuard[int]:
    """Whether a value may be a mistake's number."""
    return not any(_number("", value))


def mistake_faults(raw: Table) -> Iterator[Fault]:
    """Every fault of a mistake file's table; none means that it decodes to a `Mistake`."""
    yield from _mistake("", raw)
    facets, plays = _tables_of(raw, "facets"), _tables_of(raw, "plays")
    headline = raw.get("headline")
    headlines = [("headline", headline)] if isinstance(headline, dict) else []
    for key, id_ in _texts_of(headlines, "id"):
        if id_ != raw.get("id"):
            yield Fault(key, f"expected the mistake's own id, found {quoted(id_)}")
    if isinstance(raw.get("facets"), list) and len(facets) != _FACETS:
        yield Fault("facets", f"expected exactly {_FACETS} facets, found {len(facets)}")
    yield from _repeated_ids("facets", facets)
    yield from _repeated_ids("plays", plays)
    yield from _repeated_texts([*headlines, *facets])
    if isinstance(raw.get("plays"), list):
        yield from _unfit_plays(plays, [id_ for _, id_ in _texts_of(facets, "id")])


def survey_faults(raw: Table, mistakes: Collection[str]) -> Iterator[Fault]:
    """Every fault of a survey file's table; none means that it decodes to a `Survey`.

    Args:
        raw: What the file holds.
        mistakes: The ids that an item may bear on.
    """
    if is_mistake(raw):
        yield Fault("", "expected a survey, found a mistake; surveys have [[items]]")
        return
    yield from _survey("", raw)
    items = _tables_of(raw, "items")
    kind = raw.get("kind", "items")
    if kind == "items" and not 1 <= len(items) <= MOST_ITEMS:
        yield Fault("items", f"expected 1 to {MOST_ITEMS} items, found {len(items)}")
    if kind in ("pulse", "process") and items:
        yield Fault("items", f"expected none in a survey of kind {kind!r}, found {len(items)}")
    yield from _repeated_ids("items", items)
    yield from _repeated_texts(items)
    for key, item in items:
        if item.get("core") is True and raw.get("id") != SAFETY:
            yield Fault(join(key, "core"), "expected false outside the safety survey, found true")
        bears_on = item.get("mistakes")
        for position, id_ in enumerate(bears_on if isinstance(bears_on, list) else (), 1):
            if isinstance(id_, str) and id_ not in mistakes:
                found = f"{quoted(id_)}{did_you_mean(id_, mistakes)}"
                yield Fault(f"{key}.mistakes.{position}", f"expected the id of a mistake, found {found}")


def _unfit_plays(plays: list[_Keyed], facets: list[str]) -> Iterator[Fault]:
    used = _texts_of(plays, "facet")
    for key, facet in used:
        if facet not in facets:
            end = did_you_mean(facet, facets)
            yield Fault(key, f"expected the id of one of this mistake's facets, found {quoted(facet)}{end}")
    for facet in facets:
        if facet not in {id_ for _, id_ in used}:
            yield Fault("plays", f"expected at least one play for the facet {quoted(facet)}, found none")
    absent = EFFORT_WORDS.keys() - {effort for _, effort in _texts_of(plays, "effort")}
    if absent:
        efforts = listed(EFFORT_WORDS, "and")
        yield Fault("plays", f"expected the efforts {efforts} among them, found no {listed(sorted(absent))}")


def _tables_of(raw: Table, key: str) -> list[_Keyed]:
    """The tables of a list with their keys; what has the wrong shape was named before and is passed over."""
    found = raw.get(key)
    rows = enumerate(found, 1) if isinstance(found, list) else ()
    return [(join(key, label(row, position)), row) for position, row in rows if isinstance(row, dict)]


def _texts_of(keyed: list[_Keyed], name_: str) -> list[tuple[str, str]]:
    """The texts under one name in each table, with their keys."""
    return [(join(key, name_), value) for key, row in keyed if isinstance(value := row.get(name_), str)]


def _repeated_ids(list_: str, keyed: list[_Keyed]) -> Iterator[Fault]:
    first: dict[object, int] = {}
    for position, (_, row) in enumerate(keyed, 1):
        id_ = row.get("id")
        if isinstance(id_, str) and first.setdefault(id_, position) != position:
            # Two tables with one id have the same key, so these are told apart by position.
            found = f"{quoted(id_)} as in number {first[id_]}"
            yield Fault(f"{list_}.{position}.id", f"expected an id of its own, found {found}")


def _repeated_texts(keyed: list[_Keyed]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for key, statement in _texts_of(keyed, "text"):
        plain = " ".join(statement.casefold().split())
        if first.setdefault(plain, key) != key:
            yield Fault(key, f"expected a statement of its own, found that of {first[plain]}")
