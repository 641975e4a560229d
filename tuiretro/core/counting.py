"""From rows of answers to counts: how often each statement was answered 1 to 5, sprint by sprint.

Owns the counting. A row is looked at once and forgotten; nothing holds a row, or what two columns of one row say, for
longer than a batch. Knows nothing of files, and nothing of what may be shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from operator import itemgetter

from msgspec import Struct

from tuiretro.core.cells import UNKNOWN, Reading, count_of, mean_tenths
from tuiretro.core.columns import Places
from tuiretro.core.faults import shown
from tuiretro.core.text import clean
from tuiretro.core.timing import When
from tuiretro.model.importing import Averaged, Averages, MappedItem

BATCH_ROWS = 4_096
"""Counted together, column by column, which takes a quarter of the time."""
BATCH_SIZE = 4 * 2**20
"""And never more characters than this in memory, however long the cells are."""
FILTERED, UNANSWERED, UNMAPPED = (
    "another row than those to keep",
    "no answer to any statement of the map",
    "a statement that the map does not name",
)
Row = tuple[int, list[str]]
_Batch = tuple[list[int], list[tuple[str, ...]]]
"""Lines, and what the columns of the map say in them."""


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

    def count(self, rows: Iterator[Row], size: Callable[[], int], step: Callable[[int], object]) -> None:
        """Counts all rows.

        Args:
            rows: The table behind its header.
            size: How much of it was read so far.
            step: Told the same after each batch.
        """
        kept, lines = _picked(self._where), 0
        batch: dict[int, _Batch] = {}
        width, start = self._where.width, size()
        when, sprint_of = self._where.when, self._when.sprint
        for line, row in rows:
            if len(row) != width:
                self._faults.add(line, f"it has {len(row)} fields, and the header has {width}")
                continue
            if self._where.keep and not _is_kept(self._where, row):
                self.left_out[FILTERED] += 1
                continue
            number = sprint_of("" if when is None else row[when], line)
            if number is None:
                continue
            pile = batch.get(number)
            if pile is None:
                pile = batch[number] = ([], [])
            pile[0].append(line)
            pile[1].append(kept(row))
            lines += 1
            if lines >= BATCH_ROWS or size() - start > BATCH_SIZE:
                self._add(batch)
                batch, lines, start = {}, 0, size()
                step(start)
        self._add(batch)
        step(size())

    def _add(self, batch: dict[int, _Batch]) -> None:
        for number, (lines, rows) in batch.items():
            found = self.found.get(number)
            if found is None:
                found = self.found[number] = Counted(0, [[0] * 5 for _ in self._where.items])
            silent = sum(not any(row) for row in rows)
            self.left_out[UNANSWERED] += silent
            found.rows += len(rows) - silent
            for counts, column in zip(found.answers, zip(*rows, strict=True), strict=True):
                unknown: set[str] = set()
                for cell, times in Counter(column).items():
                    answer = self._reading.answer(cell)
                    if isinstance(answer, int):
                        counts[answer - 1] += times
                    elif answer is UNKNOWN:
                        unknown.add(cell)
                if unknown:
                    self._refuse(unknown, lines, column)

    def _refuse(self, unknown: Collection[str], lines: Sequence[int], column: Sequence[str]) -> None:
        for line, cell in zip(lines, column, strict=True):
            if cell in unknown:
                # Shown only if somebody reads it: a table with the wrong map has millions of these.
                about = "" if self._faults.is_full else shown(cell)
                self._faults.add(line, f"the answer {about} is on no scale of the map")


def _picked(where: Places) -> Callable[[list[str]], tuple[str, ...]]:
    if len(where.items) > 1:
        return itemgetter(*where.items)
    (only,) = where.items
    return lambda row: (row[only],)


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
            faults.add(line, f"{shown(n)} is no number of answers; a mean without one cannot be shown")
        elif count and tenths is None:
            faults.add(line, f"{shown(mean)} is no mean from 1 to 5")
        elif number is not None and (number, at) in found:
            faults.add(line, f"the same statement stands in line {found[number, at].line} for sprint {number}")
        elif number is not None and count and tenths is not None:
            found[number, at] = Averaged(line, tenths, count)
    return found, left_out
