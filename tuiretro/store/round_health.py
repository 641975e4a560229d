"""Whether an open round could be closed, as far as that shows without its closing code.

Owns what is tried. Boxes that open without a code are opened in memory, and neither what is in them nor how many there
are is told. Changes nothing and takes no lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from tuiretro.errors import WorkspaceError
from tuiretro.files import read_bytes
from tuiretro.store import ballot, locked_key, round_file
from tuiretro.store.collecting import opened_boxes
from tuiretro.store.documents import Tables, read_tables
from tuiretro.store.layout import KEY, ROUND
from tuiretro.store.round_file import Standing

Ailment = Literal["key", "pair", "seal", "boxes", "codes", "envelopes"]
"""What is damaged: the key that opens the boxes; it or the public key, so that they are no pair; the public key
alone; a box or the size of boxes; a code; the keys or the marks of envelopes."""


def ailments(folder: Path) -> tuple[Ailment, ...]:
    """What keeps an open round from being closed, or from taking sheets.

    Args:
        folder: The round's. Where `round.json` is missing or damaged as a whole, or the key missing, there is nothing
            to try: others look for that.
    """
    path = folder / ROUND
    try:
        tables = read_tables(path)
        standing = round_file.standing(tables, path)
    except WorkspaceError:
        return ()
    try:
        key = read_bytes(folder / KEY)
    except FileNotFoundError:
        return ()
    except WorkspaceError:
        return ("key",)
    return tuple(_found(tables, path, standing, key))


def _found(tables: Tables, path: Path, standing: Standing, key: bytes) -> Iterator[Ailment]:
    seal = standing.seal
    is_pair = ballot.is_pair(key, seal.public_key)
    if not (locked_key.is_whole(key) if standing.round.two_person else len(key) == ballot.KEY_BYTES):
        yield "key"
    elif len(seal.public_key) != ballot.KEY_BYTES:
        yield "seal"
    elif not (standing.round.two_person or is_pair):
        yield "pair"
    if not _open(round_file.boxes(tables, path), standing, key if is_pair else None):
        yield "boxes"
    yield from _beside(tables, path)


def _open(boxes: dict[int, bytes], standing: Standing, key: bytes | None) -> bool:
    """Whether all boxes open; without a key, whether they have a size at which they could."""
    size = standing.seal.size
    if key is not None:
        return not opened_boxes(boxes, key, standing.round, size).damaged
    return all(len(box) in (size, ballot.kept_size(size)) for box in boxes.values())


def _beside(tables: Tables, path: Path) -> Iterator[Ailment]:
    try:
        round_file.codes(tables, path)
    except WorkspaceError:
        yield "codes"
    try:
        round_file.arrived(tables, path)
        carrying = round_file.carrying(tables, path)
    except WorkspaceError:
        yield "envelopes"
    else:
        if carrying is not None and not ballot.is_pair(carrying.private_key, carrying.public_key):
            yield "envelopes"
