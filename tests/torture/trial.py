"""What a trial is handed and what it hands back.

Owns the sizes and the form of a result. Knows nothing of what is tried.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 23)
"""The day that the product is told; the machine's clock is another, so that what reads it would show."""


@dataclass(frozen=True)
class Sizes:
    """How much is tried."""

    scale: float = 1.0
    """Part of the full number of kills, writes and rounds."""
    minutes: float = 10.0
    """How long the decoders are fed."""
    seed: int = 1

    def of(self, full: int, least: int = 1) -> int:
        """A part of the full number, rounded up."""
        return max(least, -int(-full * self.scale // 1))


@dataclass
class Outcome:
    """What came out of a trial; without a fault it was passed."""

    counts: dict[str, int | float | str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def expect(self, is_so: object, fault: str) -> None:
        """Notes a fault unless something is so."""
        if not is_so:
            self.faults.append(fault)

    def count(self, name: str, more: int = 1) -> None:
        """Counts up."""
        before = self.counts.get(name, 0)
        assert isinstance(before, int)
        self.counts[name] = before + more


Trial = Callable[[Path, Sizes], Outcome]
"""Works in an empty folder on the disk."""
