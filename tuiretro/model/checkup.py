"""What a look at a workspace's health found, and what of it was mended."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

State = Literal["well", "mended", "needs you"]


class Point(Struct, frozen=True):
    """One thing that must hold."""

    sentence: str
    mended: tuple[str, ...] = ()
    """Where it did not hold, and does now; one sentence each."""
    faults: tuple[str, ...] = ()
    """Where it does not hold, one sentence each: what is wrong, what is kept, what to do."""

    @property
    def state(self) -> State:
        """Whether a person is needed, else whether something was mended."""
        return "needs you" if self.faults else "mended" if self.mended else "well"


class Checkup(Struct, frozen=True):
    """Everything that was looked at."""

    place: str
    is_there: bool
    """False: there is no workspace yet."""
    points: tuple[Point, ...]

    @property
    def is_well(self) -> bool:
        """True if nothing needs a person."""
        return not any(point.faults for point in self.points)
