"""What the cells of another tool's table say: a day, a sprint, an answer, a mean.

Owns the forms in which they are understood. Knows nothing of columns and files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from tuiretro.core.calendar import EARLIEST, LATEST
from tuiretro.core.rules import ENDS, SCALE
from tuiretro.core.text import clean
from tuiretro.model.importing import Order, Scale

DAY_WIDTH: Mapping[Order, int] = {"y-m-d": 11, "m/d/y": 11, "d/m/y": 11, "d.m.y": 11, "words": 16}
"""Characters at the start of a cell that hold its day, and what parts it from the time."""
ANSWER_WIDTH = 200
"""Characters of the longest cell that is looked up on a scale."""
UNKNOWN = object()
"""Stands for a cell that is on no scale."""

_END = r"(?:[\sT,].*)?"
_NUMERIC: Mapping[Order, re.Pattern[str]] = {
    "y-m-d": re.compile(rf"(?P<y>[0-9]{{4}})[-/](?P<m>[0-9]{{1,2}})[-/](?P<d>[0-9]{{1,2}}){_END}", re.DOTALL),
    "m/d/y": re.compile(rf"(?P<m>[0-9]{{1,2}})/(?P<d>[0-9]{{1,2}})/(?P<y>[0-9]{{4}}|[0-9]{{2}}){_END}", re.DOTALL),
    "d/m/y": re.compile(rf"(?P<d>[0-9]{{1,2}})/(?P<m>[0-9]{{1,2}})/(?P<y>[0-9]{{4}}|[0-9]{{2}}){_END}", re.DOTALL),
    "d.m.y": re.compile(rf"(?P<d>[0-9]{{1,2}})\.(?P<m>[0-9]{{1,2}})\.(?P<y>[0-9]{{4}}|[0-9]{{2}}){_END}", re.DOTALL),
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = re.compile(r"(?:[A-Za-z]{3},? )?(?P<m>[A-Za-z]{3}) (?P<d>[0-9]{1,2}),? (?P<y>[0-9]{4})(?:\s.*)?", re.DOTALL)
_SPRINT = re.compile(r"(?:sprint\s*)?#?\s*([0-9]{1,4})", re.IGNORECASE)
_MEAN = re.compile(r"[0-9](?:\.[0-9]{1,17})?")
_COUNT = re.compile(r"[0-9]{1,4}(?:\.0+)?")


def day_of(cell: str, order: Order) -> date | None:
    """The day at the start of a cell; None if there is none of that order, or none of the calendar.

    Args:
        cell: At least its first `DAY_WIDTH` characters.
        order: In which its parts stand; years of two digits are of this century.
    """
    match = (_WORDS if order == "words" else _NUMERIC[order]).fullmatch(cell.strip())
    if match is None:
        return None
    if order == "words":
        name = match["m"].casefold()
        month = _MONTHS.index(name) + 1 if name in _MONTHS else 0
    else:
        month = int(match["m"])
    year = int(match["y"])
    with suppress(ValueError):
        found = date(year if year > 99 else 2000 + year, month, int(match["d"]))
        return found if EARLIEST <= found <= LATEST else None
    return None


def sprint_number(cell: str, names: Mapping[str, int]) -> int | None:
    """The number of the sprint that a cell names: '12', 'Sprint 12', or by `names`; None for anything else."""
    wanted = clean(cell[:ANSWER_WIDTH])
    named = names.get(wanted)
    if named is not None:
        return named
    match = _SPRINT.fullmatch(wanted)
    return int(match[1]) if match and int(match[1]) > 0 else None


def answer_key(text: str) -> str:
    """What two cells have in common that say the same answer."""
    return clean(text).casefold()


class Reading:
    """Looks cells up on a scale; each form of a cell is looked at once.

    Args:
        scale: What cells say for the answers 1 to 5.
    """

    _MOST = 1_000

    def __init__(self, scale: Scale) -> None:
        self._values: dict[str, int | None] = {answer_key(text): value for text, value in scale.values.items()}
        self._values |= {answer_key(text): None for text in ("", *scale.empty)}
        self._known: dict[str, object] = {}

    def answer(self, cell: str) -> object:
        """1 to 5, None for "can't say", or `UNKNOWN`."""
        if cell in self._known:
            return self._known[cell]
        found: object = UNKNOWN
        if len(cell) <= ANSWER_WIDTH:
            found = self._values.get(answer_key(cell), UNKNOWN)
            if len(self._known) < self._MOST:
                self._known[cell] = found
        return found


def is_five_point(scale: Scale) -> bool:
    """Whether the scale has our five points: its numbers, if there are any, mean themselves."""
    meant = {answer_key(text): value for text, value in scale.values.items()}
    # As text: a number of thousands of digits is none that Python would read.
    mean_themselves = all(
        text.lstrip("0") == str(value) for text, value in meant.items() if text.isascii() and text.isdigit()
    )
    return mean_themselves and set(scale.values.values()) == set(range(SCALE[0], SCALE[1] + 1))


def mean_tenths(cell: str, decimal: str, *, is_reversed: bool = False) -> int | None:
    """A mean from 1 to 5 as it may be shown: in tenths of a point, halves up, kept within `ENDS`; None for no mean.

    Args:
        cell: As written, with any number of decimals.
        decimal: What parts the decimals.
        is_reversed: Whether agreeing was bad: the mean is turned round before it is rounded.
    """
    text = cell.strip()
    if decimal == "," and "." in text:
        return None
    text = text.replace(decimal, ".")
    if not _MEAN.fullmatch(text):
        return None
    # Whole numbers: a float could lie on the wrong side of a half.
    whole, _, decimals = text.partition(".")
    unit: int = 10 ** len(decimals)
    parts = int(whole) * unit + int(decimals or 0)
    if not SCALE[0] * unit <= parts <= SCALE[1] * unit:
        return None
    if is_reversed:
        parts = (SCALE[0] + SCALE[1]) * unit - parts
    tenths: int = (20 * parts + unit) // (2 * unit)
    return min(max(tenths, round(10 * ENDS[0])), round(10 * ENDS[1]))


def count_of(cell: str) -> int | None:
    """A number of answers; None for anything else."""
    text = cell.strip()
    return int(text.partition(".")[0]) if _COUNT.fullmatch(text) else None
