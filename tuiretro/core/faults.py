"""What is wrong in a file that somebody wants imported, line by line, as far as people read on.

Owns which faults are alike, and how many are told. Knows nothing of columns and cells.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from tuiretro.core.text import clean, clip
from tuiretro.errors import BadInputError

MOST_FAULTS = 20
"""Kinds of them that are told; others are counted."""
_SHOWN = 60
_CELL, _MOST_WORDS = 20, 4
"""Characters and words of a cell."""


def shown(text: str) -> str:
    """A stranger's text in quotation marks, harmless and short."""
    # What is cut off anyway may be long: only its start is cleaned.
    return f"'{clip(clean(text[: 4 * _SHOWN]), _SHOWN)}'"


def told(cell: str) -> str:
    """As much of a cell as a fault may repeat: its start, and nothing of what looks like a sentence.

    What people typed must not come to stand on a screen because a map names the wrong column.
    """
    said = clean(cell[: 4 * _SHOWN])
    return "(several words)" if len(said.split()) > _MOST_WORDS else f"'{clip(said, _CELL)}'"


class BrokenTableError(BadInputError):
    """The file cannot be read on from a line."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"Line {line}: {why}. Nothing was imported.")


@dataclass
class _Told:
    words: str
    times: int


class Faults:
    """The first faults of a file, each kind once, and how many there are."""

    def __init__(self) -> None:
        self._told: dict[Hashable, _Told] = {}
        self.count = 0

    @property
    def told(self) -> list[str]:
        """One sentence for each kind: the first of it, and how many more are like it."""
        more = (f" (and {told.times - 1:,} more like it)" if told.times > 1 else "" for told in self._told.values())
        return [told.words + end for told, end in zip(self._told.values(), more, strict=True)]

    def add(self, line: int | None, sentence: str, *, kind: Hashable = None, times: int = 1) -> None:
        """Takes a fault in.

        Args:
            line: Where it is, from 1; None for a fault of the map.
            sentence: What is wrong, without a full stop.
            kind: What faults have in common that are told once; None for faults in the same words.
            times: How many of them there are; `line` and `sentence` are of the first.
        """
        kind = sentence if kind is None else kind
        if not self.again(kind, times):
            self.count += times
            self._told[kind] = _Told(f"{'the map' if line is None else f'line {line}'}: {sentence}", times)

    def again(self, kind: Hashable, times: int = 1) -> bool:
        """Counts faults that need no words: their kind is told already, or nobody reads on; False if they need some."""
        told = self._told.get(kind)
        if told is not None:
            told.times += times
        elif len(self._told) < MOST_FAULTS:
            return False
        self.count += times
        return True

    def check(self) -> None:
        """Goes on if there is no fault.

        Raises:
            BadInputError: There is one; a note for each kind of the first, and for how many there are more.
        """
        if not self.count:
            return
        told = sum(one.times for one in self._told.values())
        kinds = f" of {len(self._told)} kinds" if 1 < len(self._told) < told == self.count else ""
        error = BadInputError(f"Nothing was imported: there {_are(self.count)}{kinds} in the file or its map.")
        for fault in self.told:
            error.add_note(f"  {fault}")
        if self.count > told:
            error.add_note(f"  and {self.count - told:,} more")
        raise error


def _are(count: int) -> str:
    return "is 1 fault" if count == 1 else f"are {count:,} faults"
