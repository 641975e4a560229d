"""What the file of an open round holds: the round, its seal, its boxes, and the codes that are not used up.

Owns the tables of `round.json` and how each is read. Changes nothing and knows nothing of folders or locks.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from tuiretro.model.envelope import Seal
from tuiretro.model.round import Round
from tuiretro.store.ballot import Box
from tuiretro.store.collecting import Carrying
from tuiretro.store.documents import Tables, damaged, structs

BOXES, COLLECTED = "boxes", "collected"
"""Sealed on this machine, and come in envelopes: of the second, nobody can say before closing that each is a sheet."""
CODES, CARRYING, CLOSING = "codes", "carrying", "closing"


class Code(Struct, frozen=True):
    """A one-time code that nobody has used so far."""

    fingerprint: bytes


class Closing(Struct, frozen=True):
    """The marker of a round that is being closed."""

    closing: bool


class Standing(Struct, frozen=True):
    """What a round's file says."""

    round: Round
    seal: Seal
    boxes: int
    """How many sheets it holds."""
    is_closing: bool


def standing(tables: Tables, path: Path) -> Standing:
    """What the file at `path` says, whose folder bears the round's id.

    Raises:
        WorkspaceError: The file is damaged, or of another round.
    """
    rounds = structs(tables, "round", Round, path)
    seals = structs(tables, "seal", Seal, path)
    if len(rounds) != 1 or len(seals) != 1 or rounds[0].id != path.parent.name:
        raise damaged(path, "it does not describe the round of its folder")
    boxes = len(tables.get(BOXES, {})) + len(tables.get(COLLECTED, {}))
    return Standing(rounds[0], seals[0], boxes, bool(tables.get(CLOSING)))


def boxes(tables: Tables, name: str, path: Path) -> list[bytes]:
    """The boxes of one table.

    Raises:
        WorkspaceError: One is damaged.
    """
    return [box.box for box in structs(tables, name, Box, path)]


def codes(tables: Tables, path: Path) -> dict[bytes, int]:
    """The fingerprints of the codes that are not used up, with the ids of their documents.

    Raises:
        WorkspaceError: One is damaged.
    """
    found = structs(tables, CODES, Code, path)
    return {
        code.fingerprint: doc_id for code, doc_id in zip(found, sorted(map(int, tables.get(CODES, {}))), strict=True)
    }


def carrying(tables: Tables, path: Path) -> Carrying | None:
    """The keys of the round's envelopes; None while no invitation was written.

    Raises:
        WorkspaceError: They are damaged.
    """
    return next(iter(structs(tables, CARRYING, Carrying, path)), None)
