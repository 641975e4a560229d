"""From rows of answers to counts: how often each statement was answered 1 to 5, sprint by sprint.

Owns the counting. A row is looked at once and forgotten; nothing holds a row, or what two columns of one row say, for
longer than a batch. Knows nothing of files, and nothing of what may be shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct

from tuiretro.core.cells import UNKNOWN, Reading, count_of, mean_tenths
from tuiretro.core.columns import Places
from tuiretro.core.faults import shown, told
from tuiretro.core.table import Batch, Row
from tuiretro.core.text import clean
from tuiretro.core.timing import When
from tuiretro.model.importing import Averaged, Averages, MappedItem

FILTERED, UNANSWERED, UNMAPPED = (
    "another row than those to keep",
    "no answer to any statement of the map",
    "a statement that the map does not name",
)


class Counted(Struct):
    """What is kept of one sprint's rows while a file is read: counts, and no row."""

    rows: int
    answers: list[list[int]]
    """By item: how often 1 to 5 was answered."""


class Counting:
    """Counts rows of answers.

    Args:
        where: The columns.
        reading: The scale.
        when: Says which sprint a row is of; what cannot be read is among its faults.
    """

    def __init__(self, where: Places, reading: Reading, when: When) -> None:
        self.found: dict[int, Counted] = {}
        """By sprint."""
        self.left_out: Counter[str] = Counter()
        self._where = where
        self._reading = reading
        self._when = when
        self._faults = when.faults

    def add(self, batch: Batch) -> None:
        """Counts some rows."""
        kept = self._kept(batch)
        rows = [batch.rows[at] for at in kept] if len(kept) < len(batch.rows) else batch.rows
        if not rows:
            return
        when = self._where.when
        cells = [""] * len(rows) if when is None else [row[when] for row in rows]
        numbers = self._when.sprints(cells, lambda at: batch.lines()[kept[at]])
        piles: dict[int | None, Sequence[int]] = {numbers[0]: range(len(rows))}
        if len(set(numbers)) > 1:
            piles = _piles(numbers)
        for number, places in piles.items():
            if number is not None:
                pile = rows if len(places) == len(rows) else [rows[at] for at in places]
                self._count(number, pile, partial(_lines, batch, kept, places))

    def _kept(self, batch: Batch) -> Sequence[int]:
        """The places of the rows that have as many fields as the header and are to be kept."""
        width = self._where.width
        places: Sequence[int] = range(len(batch.rows))
        if set(map(len, batch.rows)) != {width}:
            uneven = [(at, len(row)) for at, row in enumerate(batch.rows) if row and len(row) != width]
            lines = batch.lines() if uneven else []
            for at, fields in uneven:
                self._faults.add(lines[at], f"it has {fields} fields, and the header has {width}")
            places = [at for at in places if len(batch.rows[at]) == width]
        if not self._where.keep:
            return places
        kept = [at for at in places if _is_kept(self._where, batch.rows[at])]
        self.left_out[FILTERED] += len(places) - len(kept)
        return kept

    def _count(self, number: int, rows: Sequence[list[str]], lines: Callable[[], Sequence[int]]) -> None:
        columns = list(zip(*rows, strict=True))
        stated = [columns[at] for at in self._where.items]
        counters = list(map(Counter, stated))
        silent = 0
        if all("" in counter for counter in counters):
            silent = sum(not any(answers) for answers in zip(*stated, strict=True))
            self.left_out[UNANSWERED] += silent
        found = self.found.get(number)
        if found is None:
            found = self.found[number] = Counted(0, [[0] * 5 for _ in stated])
        found.rows += len(rows) - silent
        for counts, counter, column, name in zip(found.answers, counters, stated, self._where.called, strict=True):
            unknown: dict[str, int] = {}
            for cell, times in counter.items():
                answer = self._reading.answer(cell)
                if isinstance(answer, int):
                    counts[answer - 1] += times
                elif answer is UNKNOWN:
                    unknown[cell] = times
            # Only a new one is worth its line and its words: a table with the wrong map has millions of these.
            new = {cell: times for cell, times in unknown.items() if not self._faults.again(("answer", cell), times)}
            if new:
                self._refuse(new, lines(), column, name)

    def _refuse(self, unknown: Mapping[str, int], lines: Sequence[int], column: Sequence[str], name: str) -> None:
        for cell, times in unknown.items():
            sentence = f"the answer {told(cell)} is on no scale of the map, in the column {shown(name)}"
            self._faults.add(lines[column.index(cell)], sentence, kind=("answer", cell), times=times)


def _lines(batch: Batch, kept: Sequence[int], places: Sequence[int]) -> list[int]:
    """The lines of some of the rows of a batch that are kept."""
    lines = batch.lines()
    return [lines[kept[at]] for at in places]


def _piles(numbers: Sequence[int | None]) -> dict[int | None, Sequence[int]]:
    """The places of each number."""
    piles: defaultdict[int | None, list[int]] = defaultdict(list)
    for at, number in enumerate(numbers):
        piles[number].append(at)
    return dict(piles)


def _is_kept(where: Places, row: list[str]) -> bool:
    return all(row[at] in said or clean(row[at][:1_000]) in said for at, said in where.keep)


def averages(
    rows: Iterator[Row], where: Places, columns: Averages, items: tuple[MappedItem, ...], when: When
) -> tuple[dict[tuple[int, int], Averaged], Counter[str]]:
    """Reads a table that was averaged already.

    Args:
        rows: The table behind its header.
        where: The columns.
        columns: How the map calls them.
        items: The statements of the map.
        when: Says which sprint a row is of; what cannot be read is among its faults.

    Returns:
        By sprint and position of the statement in the map: mean and number; and why rows do not count.
    """
    faults = when.faults
    known = {clean(item.column): at for at, item in enumerate(items)}
    found: dict[tuple[int, int], Averaged] = {}
    left_out: Counter[str] = Counter()
    for line, row in rows:
        if len(row) != where.width:
            faults.add(line, f"it has {len(row)} fields, and the header has {where.width}")
            continue
        at = known.get(clean(row[where.items[0]][:2_000]))
        if not _is_kept(where, row) or at is None:
            left_out[UNMAPPED if at is None else FILTERED] += 1
            continue
        number = when.sprint("" if where.when is None else row[where.when], line)
        mean, n = row[where.items[1]], row[where.items[2]]
        tenths, count = mean_tenths(mean, columns.decimal, is_reversed=items[at].reversed), count_of(n)
        if count is None:
            faults.add(line, f"{told(n)} is no number of answers; a mean without one cannot be shown")
        elif count and tenths is None:
            faults.add(line, f"{told(mean)} is no mean from 1 to 5")
        elif number is not None and (number, at) in found:
            faults.add(line, f"the same statement stands in line {found[number, at].line} for sprint {number}")
        elif number is not None and count and tenths is not None:
            found[number, at] = Averaged(line, tenths, count)
    return found, left_out
