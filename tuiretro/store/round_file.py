"""What the file of an open round holds: the round, its seal, its boxes, and the codes that are not used up.

Owns the tables of `round.json` and how each is read. Changes nothing and knows nothing of folders or locks.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType
from msgspec.structs import asdict

from tuiretro.errors import WorkspaceError
from tuiretro.files import read_bytes
from tuiretro.model.envelope import Seal
from tuiretro.model.round import Round
from tuiretro.store.ballot import Box
from tuiretro.store.collecting import Arrival, Carrying
from tuiretro.store.documents import SCHEMA, DocId, Tables, damaged, decoded, exactly, structs

BOXES, ARRIVED = "boxes", "arrived"
CODES, CARRYING, CLOSING = "codes", "carrying", "closing"


class Code(Struct, frozen=True):
    """A one-time code that nobody has used so far."""

    fingerprint: bytes


class Closing(Struct, frozen=True):
    """The marker of a round that is being closed."""

    closing: bool


_BEFORE, _AFTER = b'{"box":"', b'"}'
_META = {"1": {"schema": SCHEMA}}


class _Tables(Struct, frozen=True):
    """The whole file, as it is written."""

    meta: dict[str, dict[str, int]]
    round: dict[DocId, Raw]
    seal: dict[DocId, Seal]
    boxes: dict[DocId, Raw] | UnsetType = UNSET
    arrived: dict[DocId, Arrival] | UnsetType = UNSET
    codes: dict[DocId, Code] | UnsetType = UNSET
    carrying: dict[DocId, Carrying] | UnsetType = UNSET
    closing: dict[DocId, Closing] | UnsetType = UNSET


def load(path: Path, opened: Round | None = None) -> tuple[Tables | None, bytes | None]:
    """A round's tables and the bytes of their file; None and None if there is no file.

    Does what `documents.load` does, in a fraction of its time if the file holds byte for byte what is written of the
    round that its reader knows: that round's document is left as it is, for `standing` to know it again.

    Args:
        path: The file.
        opened: What its round should be.

    Raises:
        WorkspaceError: The file is damaged, newer than this program, or cannot be read.
    """
    try:
        data = read_bytes(path)
    except FileNotFoundError:
        return None, None
    found = exactly(data, _Tables)
    if found is None or not _is_ours(found, opened):
        return decoded(data, path), data
    return {name: table for name, table in asdict(found).items() if table is not UNSET}, data


def _is_ours(found: _Tables, opened: Round | None) -> bool:
    known = {"1": Raw(msgspec.json.encode(opened, order="sorted"))}
    boxes = {} if found.boxes is UNSET else found.boxes
    return found.meta == _META and found.round == known and all(map(_is_plain, boxes.values()))


def _is_plain(box: Raw) -> bool:
    """True for a box as it is written; it is known to be JSON, and a decoder would take longer to say so."""
    data = bytes(box)
    is_alone = data.startswith(_BEFORE) and data.find(b'"', len(_BEFORE)) == len(data) - len(_AFTER)
    return is_alone and b"\\" not in data and data.isascii()


class Standing(Struct, frozen=True):
    """What a round's file says."""

    round: Round
    seal: Seal
    boxes: int
    """How many sheets it holds."""
    arrived: int
    """How many of them came in envelopes."""
    is_closing: bool

    @property
    def is_full(self) -> bool:
        """Whether as many sheets as there are people were handed in here; envelopes have places of their own."""
        return self.boxes - self.arrived >= self.round.people


def described(tables: Tables, path: Path) -> str:
    """The id of the round that a file is about, whatever its folder is called; empty if it is not about one round.

    Raises:
        WorkspaceError: The file is damaged.
    """
    rounds = structs(tables, "round", Round, path)
    return rounds[0].id if len(rounds) == 1 else ""


def standing(tables: Tables, path: Path, opened: Round | None = None) -> Standing:
    """What the file at `path` says, whose folder bears the round's id.

    Args:
        tables: The file's.
        path: The file.
        opened: What `load` was told to expect.

    Raises:
        WorkspaceError: The file is damaged, or of another round.
    """
    if opened is not None and isinstance(tables.get("round", {}).get("1"), Raw):
        rounds = [opened]
    else:
        rounds = structs(tables, "round", Round, path)
    seals = structs(tables, "seal", Seal, path)
    if len(rounds) != 1 or len(seals) != 1 or rounds[0].id != path.parent.name:
        raise damaged(path, "it does not describe the round of its folder")
    return Standing(
        rounds[0], seals[0], len(tables.get(BOXES, {})), len(tables.get(ARRIVED, {})), bool(tables.get(CLOSING))
    )


def boxes(tables: Tables, path: Path) -> dict[int, bytes]:
    """The boxes, by the ids of their documents; one whose document is damaged has no bytes, which open to nothing."""
    return {int(doc_id): _box(document, path) for doc_id, document in tables.get(BOXES, {}).items()}


def _box(document: dict[str, Any], path: Path) -> bytes:
    try:
        (box,) = structs({BOXES: {"1": document}}, BOXES, Box, path)
    except WorkspaceError:
        return b""
    return box.box


def arrived(tables: Tables, path: Path) -> frozenset[bytes]:
    """What is remembered of the envelopes that were collected.

    Raises:
        WorkspaceError: One is damaged.
    """
    return frozenset(arrival.fingerprint for arrival in structs(tables, ARRIVED, Arrival, path))


def codes(tables: Tables, path: Path) -> dict[bytes, int]:
    """The fingerprints of the codes that are not used up, with the ids of their documents.

    Raises:
        WorkspaceError: One is damaged.
    """
    found = _by_id(tables, CODES, [code.fingerprint for code in structs(tables, CODES, Code, path)])
    return {fingerprint: doc_id for doc_id, fingerprint in found.items()}


def _by_id(tables: Tables, name: str, found: list[bytes]) -> dict[int, bytes]:
    return dict(zip(sorted(map(int, tables.get(name, {}))), found, strict=True))


def carrying(tables: Tables, path: Path) -> Carrying | None:
    """The keys of the round's envelopes; None while no invitation was written.

    Raises:
        WorkspaceError: They are damaged.
    """
    return next(iter(structs(tables, CARRYING, Carrying, path)), None)
