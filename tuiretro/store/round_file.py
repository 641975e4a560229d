"""What the file of an open round holds: the round, its seal, its boxes, and the codes that are not used up.

Owns the tables of `round.json` and how each is read. Changes nothing and knows nothing of folders or locks.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct, ValidationError, convert

from tuiretro.errors import WorkspaceError
from tuiretro.files import read_bytes
from tuiretro.model.envelope import Seal
from tuiretro.model.round import Round
from tuiretro.store.ballot import Box
from tuiretro.store.collecting import Arrival, Carrying
from tuiretro.store.documents import Tables, damaged, decoded, encoded, structs

BOXES, ARRIVED = "boxes", "arrived"
CODES, CARRYING, CLOSING = "codes", "carrying", "closing"
_KINDS: dict[str, Any] = {"round": Round, "seal": Seal}
"""The tables that everybody who answers needs decoded."""


class Code(Struct, frozen=True):
    """A one-time code that nobody has used so far."""

    fingerprint: bytes


class Closing(Struct, frozen=True):
    """The marker of a round that is being closed."""

    closing: bool


class LastRead:
    """Reads rounds' files, and knows the one that it read last again by its bytes.

    Before the first question a round is read, and when the answers come it is read once more: mostly it is the same.
    """

    def __init__(self) -> None:
        self._last: tuple[bytes, Tables] | None = None

    def load(self, path: Path) -> tuple[Tables | None, bytes | None]:
        """A round's tables, as Structs where these are written the same, and the bytes of their file.

        None and None if there is no file. The tables may be exchanged, but not what is in them.

        Args:
            path: The file.

        Raises:
            WorkspaceError: The file is damaged, newer than this program, or cannot be read.
        """
        try:
            data = read_bytes(path)
        except FileNotFoundError:
            return None, None
        last = self._last
        if last is None or last[0] != data:
            last = self._last = data, _with_structs(decoded(data, path))
        return dict(last[1]), data

    def forget(self) -> None:
        """Keeps nothing of what was read."""
        self._last = None


def _with_structs(tables: Tables) -> Tables:
    for name, kind in _KINDS.items():
        with suppress(KeyError, ValidationError):
            made: Tables = {
                name: {doc_id: convert(document, kind, str_keys=True) for doc_id, document in tables[name].items()}
            }
            # Another document than this version writes stays as it is.
            if encoded(made) == encoded({name: tables[name]}):
                tables = {**tables, **made}
    return tables


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


def standing(tables: Tables, path: Path) -> Standing:
    """What the file at `path` says, whose folder bears the round's id.

    Args:
        tables: The file's.
        path: The file.

    Raises:
        WorkspaceError: The file is damaged, or of another round.
    """
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
