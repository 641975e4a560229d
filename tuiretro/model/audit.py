"""What a workspace keeps, field by field, and whether it keeps only that."""

from __future__ import annotations

from msgspec import Struct


class KeptField(Struct, frozen=True):
    """One field of a table."""

    name: str
    """With dots where values lie inside one another: 'items.mean'."""
    example: str
    reason: str
    known: bool = True
    """False: nobody said why this is kept, which is a fault."""


class KeptTable(Struct, frozen=True):
    """One table of a file."""

    name: str
    count: int | None
    """How many documents; None where the number would tell how many have answered."""
    fields: tuple[KeptField, ...]


class KeptFile(Struct, frozen=True):
    """One file."""

    path: str
    """Relative to the workspace."""
    mode: str
    """Permission bits as '0600'."""
    size: int | None
    """Bytes; None where it would tell how many have answered."""
    reason: str
    known: bool = True
    tables: tuple[KeptTable, ...] = ()


class Check(Struct, frozen=True):
    """One thing that must hold."""

    sentence: str
    faults: tuple[str, ...] = ()
    """Where it does not hold, one sentence each."""

    @property
    def passed(self) -> bool:
        """True if there is no fault."""
        return not self.faults


class Audit(Struct, frozen=True):
    """Everything kept, what it gives away, and the self-checks."""

    place: str
    files: tuple[KeptFile, ...]
    can_be_found_out: tuple[str, ...]
    cannot_be_found_out: tuple[str, ...]
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """True if every check passed."""
        return all(check.passed for check in self.checks)
