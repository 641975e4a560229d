"""Every fault of one file's table: of its single values, and of what must fit together in it.

Must not know where files lie or what stands in other files, apart from the ids that are handed in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from tuiretro.library import forms
from tuiretro.library.forms import is_format, is_mistake, is_more_plays
from tuiretro.library.problem import Fault, did_you_mean, listed, quoted
from tuiretro.library.reading import Table
from tuiretro.library.rules import join, label
from tuiretro.model.survey import EFFORT_WORDS, PlayBook, Survey

_Keyed = tuple[str, dict[str, object]]

SAFETY = "safety"
"""The id of the one survey whose items may be asked in every pulse."""
DEEP_DIVE = "deep-dive"
"""The id of the one survey that every mistake's own is made of."""
MOST_ITEMS = 100
_FACETS = 3


class Known(Struct, frozen=True):
    """Ids that a file may name though they stand in other files."""

    mistakes: Collection[str]
    templates: Collection[str]


def mistake_faults(raw: Table, known: Known) -> Iterator[Fault]:
    """Every fault of a mistake file's table; none means that it decodes to a `Mistake`."""
    yield from forms.mistake(raw)
    facets, plays = tables_of(raw, "facets"), tables_of(raw, "plays")
    headline = raw.get("headline")
    headlines = [("headline", headline)] if isinstance(headline, dict) else []
    for key, id_ in _texts_of(headlines, "id"):
        if id_ != raw.get("id"):
            yield Fault(key, f"expected the mistake's own id, found {quoted(id_)}")
    if isinstance(raw.get("facets"), list) and len(facets) != _FACETS:
        yield Fault("facets", f"expected exactly {_FACETS} facets, found {len(facets)}")
    yield from repeated_ids("facets", facets)
    yield from _repeated_texts([*headlines, *facets])
    ids = [id_ for _, id_ in _texts_of(facets, "id")]
    yield from _unfit_plays(plays, ids, "one of this mistake's facets", known)
    if isinstance(raw.get("plays"), list):
        yield from _uncovered(plays, ids)


def survey_faults(raw: Table, known: Known) -> Iterator[Fault]:
    """Every fault of a survey file's table; none means that it decodes to a `Survey`."""
    if is_mistake(raw):
        yield Fault("", "expected a survey, found a mistake; surveys have [[items]]")
        return
    if is_more_plays(raw):
        yield Fault("", "expected a survey, found plays alone; these lie in a folder 'plays'")
        return
    if is_format(raw):
        yield Fault("", "expected a survey, found the format of a retro; these lie in a folder 'formats'")
        return
    yield from forms.survey(raw)
    items, plays = tables_of(raw, "items"), tables_of(raw, "plays")
    kind = raw.get("kind", "items")
    if kind == "items" and not 1 <= len(items) <= MOST_ITEMS:
        yield Fault("items", f"expected 1 to {MOST_ITEMS} items, found {len(items)}")
    for list_, rows in (("items", items), ("plays", plays)):
        if isinstance(kind, str) and kind in forms.BY_RULE and rows:
            yield Fault(list_, f"expected none in a survey of kind {kind!r}, found {len(rows)}")
    if kind == "dive" and raw.get("id") != DEEP_DIVE:
        yield Fault("kind", "expected another kind, found 'dive'; every mistake has its deep dive already")
    yield from repeated_ids("items", items)
    yield from _repeated_texts(items)
    yield from _unfit_plays(plays, [id_ for _, id_ in _texts_of(items, "id")], "one of this survey's items", known)
    for key, item in items:
        if item.get("core") is True and raw.get("id") != SAFETY:
            yield Fault(join(key, "core"), "expected false outside the safety survey, found true")
        bears_on = item.get("mistakes")
        for position, id_ in enumerate(bears_on if isinstance(bears_on, list) else (), 1):
            if isinstance(id_, str) and id_ not in known.mistakes:
                found = f"{quoted(id_)}{did_you_mean(id_, known.mistakes)}"
                yield Fault(f"{key}.mistakes.{position}", f"expected the id of a mistake, found {found}")


def more_plays_faults(raw: Table, target: PlayBook | None, holder: str, known: Known) -> Iterator[Fault]:
    """Every fault of a table of plays for a mistake or survey of another file.

    Args:
        raw: What the file holds.
        target: What the plays are for; None if that is not there or broken.
        holder: The file of what the plays are for, as it is shown.
        known: Ids that may be named.
    """
    yield from forms.more_plays(raw)
    plays = tables_of(raw, "plays")
    if target is None:
        return
    if not target.sides:
        yield Fault("for", f"expected a mistake or a survey with items of its own, found {target.id!r}")
        return
    sides = "items" if isinstance(target, Survey) else "facets"
    yield from _unfit_plays(plays, list(target.sides.values()), f"one of the {sides} of {target.id!r}", known)
    taken = {play.id for play in target.plays}
    for key, id_ in _texts_of(plays, "id"):
        if id_ in taken:
            yield Fault(key, f"expected an id of its own, found {quoted(id_)}, which stays with {holder}")


def _unfit_plays(plays: list[_Keyed], facets: list[str], expected: str, known: Known) -> Iterator[Fault]:
    yield from repeated_ids("plays", plays)
    for key, facet in _texts_of(plays, "facet"):
        if facet not in facets:
            end = did_you_mean(facet, facets)
            yield Fault(key, f"expected the id of {expected}, found {quoted(facet)}{end}")
    for key, template in _texts_of(plays, "template"):
        if template not in known.templates:
            end = did_you_mean(template, known.templates)
            yield Fault(key, f"expected the id of a template, found {quoted(template)}{end}")


def _uncovered(plays: list[_Keyed], facets: list[str]) -> Iterator[Fault]:
    used = {id_ for _, id_ in _texts_of(plays, "facet")}
    for facet in facets:
        if facet not in used:
            yield Fault("plays", f"expected at least one play for the facet {quoted(facet)}, found none")
    absent = EFFORT_WORDS.keys() - {effort for _, effort in _texts_of(plays, "effort")}
    if absent:
        efforts = listed(EFFORT_WORDS, "and")
        yield Fault("plays", f"expected the efforts {efforts} among them, found no {listed(sorted(absent))}")


def tables_of(raw: Table, key: str) -> list[_Keyed]:
    """The tables of a list with their keys; what has the wrong shape was named before and is passed over."""
    found = raw.get(key)
    rows = enumerate(found, 1) if isinstance(found, list) else ()
    return [(join(key, label(row, position)), row) for position, row in rows if isinstance(row, dict)]


def _texts_of(keyed: list[_Keyed], name_: str) -> list[tuple[str, str]]:
    """The texts under one name in each table, with their keys."""
    return [(join(key, name_), value) for key, row in keyed if isinstance(value := row.get(name_), str)]


def repeated_ids(list_: str, keyed: list[_Keyed]) -> Iterator[Fault]:
    """A fault for each table of the list `list_` whose id one before it has."""
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
