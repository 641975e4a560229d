"""What is wrong in a file that somebody wants imported, line by line, as far as people read on.

Owns how many faults are told. Knows nothing of columns and cells.
"""

from __future__ import annotations

from tuiretro.core.text import clean, clip
from tuiretro.errors import BadInputError

MOST_FAULTS = 20
"""Told one by one; the others are counted."""
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


class Faults:
    """The first faults of a file, and how many there are."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.count = 0

    @property
    def is_full(self) -> bool:
        """Whether further faults are only counted."""
        return len(self.told) >= MOST_FAULTS

    def add(self, line: int | None, sentence: str) -> None:
        """Takes a fault in.

        Args:
            line: Where it is, from 1; None for a fault of the map.
            sentence: What is wrong, without a full stop.
        """
        self.count += 1
        if not self.is_full:
            self.told.append(f"{'the map' if line is None else f'line {line}'}: {sentence}")

    def check(self) -> None:
        """Goes on if there is no fault.

        Raises:
            BadInputError: There is one; a note for each of the first, and for how many there are more.
        """
        if not self.count:
            return
        error = BadInputError(f"Nothing was imported: there {_are(self.count)} in the file or its map.")
        for fault in self.told:
            error.add_note(f"  {fault}")
        if self.count > len(self.told):
            error.add_note(f"  and {self.count - len(self.told):,} more")
        raise error


def _are(count: int) -> str:
    return "is 1 fault" if count == 1 else f"are {count:,} faults"
