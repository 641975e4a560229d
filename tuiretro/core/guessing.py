"""A map for another tool's table, proposed from its header and first rows.

Owns what columns look like. Proposes nothing that it is unsure of: that stands in a comment. What the rows say is
looked at and never repeated, apart from the answers of a scale. Knows nothing of files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tuiretro.core.cells import DAY_WIDTH, count_of, day_of, mean_tenths
from tuiretro.core.columns import MOST_COLUMNS, names_of, too_wide
from tuiretro.core.faults import BrokenTableError
from tuiretro.core.guessed_scale import is_label, is_numeric, labels, meaning
from tuiretro.core.guessed_text import map_text
from tuiretro.core.imported_items import LONGEST_TEXT, statement, words
from tuiretro.core.text import clean
from tuiretro.model.importing import ORDERS, Encoding, Guess, Match
from tuiretro.model.survey import Question

SAMPLE_ROWS = 200
"""Rows that are looked at: enough to see every answer of a scale."""
SURE = 0.86
"""How alike two statements must be to be taken for one, from 0 to 1."""
NEAR = 0.6
"""How alike for one to be named in a comment."""

_PERSONAL = re.compile(
    r"\b(e-?mail|name|surname|user|respondent|participant|person|phone|mobile|ip|ipaddr|address|token|seed|id|uuid|no|"
    r"refurl|url|browser|device|os|country|agent|startlanguage|lastpage|tags|notes|source|department|age|gender)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]+|(?:[0-9]{1,3}\.){3}[0-9]{1,3}", re.IGNORECASE)
_DATED = ("completion time", "submitdate", "date submitted", "timestamp", "datestamp", "date")
_SPRINT = re.compile(r"(sprint|iteration)( (no\.?|number|name))?", re.IGNORECASE)
_FINISHED = re.compile(r"finished|complete|completed", re.IGNORECASE)
_MOST_NAME = 5
_ANSWERED = (
    "it looks like somebody's answers, and not like names of columns; put a row above it that names them, so that no "
    "answer ends up in a map"
)


def guess(
    header: Sequence[str],
    sample: Sequence[Sequence[str]],
    known: Mapping[str, Question],
    encoding: Encoding | None = None,
) -> str:
    """A map as TOML with comments.

    Args:
        header: The first row.
        sample: Some rows behind it; rows of another width are passed over.
        known: Our questions by id.
        encoding: In which it was read, if that must be said.

    Raises:
        BrokenTableError: More columns than are read, or the first row looks like somebody's answers.
    """
    if len(header) > MOST_COLUMNS:
        raise BrokenTableError(1, too_wide(len(header)))
    names = names_of(header)
    if _is_answered(names):
        raise BrokenTableError(1, _ANSWERED)
    rows = [row for row in sample if len(row) == len(names)]
    columns = [[clean(row[at][:1_000]) for row in rows] for at in range(len(names))]
    guesses = [looks_like(name, column) for name, column in zip(names, columns, strict=True)]
    averaged = _averages(names, columns)
    if averaged is not None:
        guesses = [found for found in guesses if found.column not in averaged]
        stated = dict.fromkeys(filter(None, columns[names.index(averaged[0])]), True)
    else:
        stated = {f.column: f.kind == "statement" for f in guesses if f.kind in {"statement", "empty"}}
    found = [match for match in _matches(stated, known) if stated[match.column] or match.is_sure]
    twice = frozenset(name for name in names if names.count(name) > 1)
    return map_text(guesses, found, averaged, twice, encoding)


def looks_like(name: str, cells: Sequence[str]) -> Guess:
    """What a column looks like by its name and some of its cells, both cleaned."""
    said = tuple(dict.fromkeys(filter(None, cells)))
    if _is_short(name) and _SPRINT.fullmatch(name):
        return Guess(name, "sprint")
    orders = tuple(order for order in ORDERS if said and all(day_of(c[: DAY_WIDTH[order]], order) for c in said))
    if orders or name.casefold() in _DATED:
        return Guess(name, "date", orders=orders)
    if _FINISHED.fullmatch(name):
        return Guess(name, "finished", said)
    if is_personal(name, said):
        return Guess(name, "personal")
    scale = labels(filter(None, cells))
    if scale:
        return Guess(name, "statement", scale)
    if said and all(map(is_numeric, said)):
        return Guess(name, "other scale", said)
    return Guess(name, "free text" if said else "empty")


def is_personal(name: str, said: Iterable[str]) -> bool:
    """Whether a column may say who answered, by its name and some of what it says, both cleaned."""
    is_named = _is_short(name) and _PERSONAL.search(name) is not None
    return is_named or any(_ADDRESS.fullmatch(cell) for cell in said)


def _is_short(name: str) -> bool:
    return len(name.split()) <= _MOST_NAME


def _averages(names: Sequence[str], columns: Sequence[Sequence[str]]) -> tuple[str, str, str] | None:
    """The columns of item, mean and n, if that is what the table is."""
    wanted = (r"item|question|statement|topic", r"mean|average|avg|score", r"n|count|answers|responses")
    found = [next((name for name in names if re.fullmatch(one, name, re.IGNORECASE)), None) for one in wanted]
    item, mean, n = found
    if item is None or mean is None or n is None or not any(columns):
        return None
    means, counts = columns[names.index(mean)], columns[names.index(n)]
    # A form may have questions of these names: then people typed what would be taken for names of statements.
    return (item, mean, n) if all(map(_is_averaged, means, counts)) else None


def _is_averaged(mean: str, n: str) -> bool:
    count = count_of(n)
    return count is not None and (not count or any(mean_tenths(mean, decimal) is not None for decimal in ".,"))


def _is_answered(names: Sequence[str]) -> bool:
    """Whether a header is none: it holds an address, a day, the label of an answer, or numbers that count nothing."""
    digits = [name for name in names if meaning(name) is not None and is_numeric(name)]
    return digits != ["1", "2", "3", "4", "5"][: len(digits)] or any(
        _ADDRESS.fullmatch(name) or is_label(name) or any(day_of(name[: DAY_WIDTH[order]], order) for order in ORDERS)
        for name in names
    )


def _matches(stated: Iterable[str], known: Mapping[str, Question]) -> Iterator[Match]:
    """For each statement the item that it is most like; no item is sure for two."""
    taken: set[str] = set()
    for column in stated:
        question, likeness = _nearest(column, known)
        is_sure = question is not None and likeness >= SURE and question.id not in taken
        if question is not None and is_sure:
            taken.add(question.id)
        yield Match(column, question, is_sure)


def _nearest(column: str, known: Mapping[str, Question]) -> tuple[Question | None, float]:
    from difflib import SequenceMatcher

    wanted = " ".join(words(statement(column)[:LONGEST_TEXT]))
    matcher = SequenceMatcher(None, "", wanted, autojunk=False)
    best, most = None, NEAR
    for question in known.values():
        matcher.set_seq1(" ".join(words(question.text)))
        # The cheap bounds first: most statements are nothing alike.
        if matcher.real_quick_ratio() > most and matcher.quick_ratio() > most and (likeness := matcher.ratio()) > most:
            best, most = question, likeness
    return best, most
