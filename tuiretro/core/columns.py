"""Where the columns that a map names stand in a header.

Owns how a name is looked for. Knows nothing of what is in the columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from msgspec import Struct

from tuiretro.core.faults import Faults, shown
from tuiretro.core.text import clean
from tuiretro.model.importing import ImportMap

HEADER_WIDTH = 2_000
"""Characters of a name of a column that are looked at."""
MOST_COLUMNS = 2_000


class Places(Struct, frozen=True):
    """The positions of the columns that are read; all others are never looked at."""

    width: int
    when: int | None
    """The date or the sprint; None where all rows are of one sprint."""
    keep: tuple[tuple[int, frozenset[str]], ...]
    """A row counts if these columns say one of these."""
    items: tuple[int, ...]
    """By item of the map; of an averaged table the columns of item, mean and n."""
    called: tuple[str, ...]
    """The names of these columns."""
    ignored: tuple[str, ...]


def names_of(header: Sequence[str]) -> list[str]:
    """The names of the columns, fit to be compared and shown."""
    return [clean(cell[:HEADER_WIDTH]) for cell in header]


def too_wide(columns: int) -> str:
    """What is said of a table with so many columns."""
    return f"it has {columns:,} columns, and {MOST_COLUMNS:,} are the most that are read"


def places(header: Sequence[str], wanted: ImportMap, faults: Faults) -> Places:
    """Where the columns of a map stand.

    Args:
        header: The first row.
        wanted: The map.
        faults: Takes in what is not there, or there twice.

    Raises:
        BadInputError: There is a fault, here or before.
    """
    names = names_of(header)
    if len(names) > MOST_COLUMNS:
        faults.add(1, too_wide(len(names)))
        names = names[:MOST_COLUMNS]
    if len(names) == 1:
        faults.add(1, 'there is a single column; if another character parts them, the map can say: delimiter = ";"')
    look = _Look(names, faults)
    when = look.maybe(_when(wanted))
    keep = tuple((look.one(column), frozenset(map(clean, said))) for column, said in wanted.keep.items())
    items = tuple(look.one(column) for column in _read(wanted))
    used_names = {clean(name) for name in (*_read(wanted), *wanted.keep, _when(wanted)) if name}
    for column in wanted.ignore:
        if clean(column) in used_names:
            faults.add(None, f"the column {shown(column)} is both ignored and read")
    faults.check()
    used = {when, *(at for at, _ in keep), *items}
    ignored = tuple(name for at, name in enumerate(names) if at not in used)
    return Places(len(names), when, keep, items, tuple(names[at] for at in items), ignored)


def _when(wanted: ImportMap) -> str:
    if wanted.date is not None:
        return wanted.date.column
    return wanted.sprint.column if wanted.sprint is not None else ""


def _read(wanted: ImportMap) -> Iterator[str]:
    if wanted.averages is not None:
        yield from (wanted.averages.item, wanted.averages.mean, wanted.averages.n)
    else:
        yield from (item.column for item in wanted.items)


class _Look:
    """Finds columns by name, each exactly once."""

    def __init__(self, names: list[str], faults: Faults) -> None:
        self._names = names
        self._faults = faults

    def maybe(self, column: str) -> int | None:
        """The position of a column; None if none is wanted."""
        return self.one(column) if column else None

    def one(self, column: str) -> int:
        """The position of a column; any number after a fault."""
        wanted = clean(column)
        count = self._names.count(wanted)
        if count == 1:
            return self._names.index(wanted)
        if count:
            self._faults.add(1, f"the column {shown(wanted)} stands there {count} times; give each a name of its own")
        else:
            near = get_close_matches(wanted, self._names, 1)
            hint = f"; did the map mean {shown(near[0])}?" if near else ""
            self._faults.add(1, f"there is no column {shown(wanted)}{hint}")
        return 0
