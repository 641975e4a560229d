"""Times and secrets among the bytes of a workspace.

Owns the search. Knows nothing of how a workspace is made.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

CLOCK = re.compile(rb"(?<![0-9])([01][0-9]|2[0-3]):[0-5][0-9]|[0-9]{4}-?[01][0-9]-?[0-3][0-9][T ][0-2][0-9]")
"""A time of day, alone or in an ISO text."""
DIGITS = re.compile(rb"[0-9]+")
SEALED = re.compile(rb'"(?:box|public_key)":"([A-Za-z0-9+/]+=*)"')
"""What a file holds in base64."""
UNITS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
PIECE = 16
"""Bytes that no two things share by chance."""


def times(data: bytes, began: float, ended: float) -> Iterator[str]:
    """Every time of day, and every count of seconds or parts of them since 1970 that lies between two moments.

    As digits and text anywhere; as binary integers of 32 bits in the bytes as they lie, of 64 bits in what base64 hides
    as well: 32 bits of a sealed box look like any moment now and then.

    Args:
        data: A file.
        began: Seconds since 1970.
        ended: Seconds since 1970.
    """
    for found in CLOCK.finditer(data):
        yield f"a time of day: {found[0]!r}"
    for digits in DIGITS.findall(data):
        for unit, many in UNITS.items():
            if began * many <= int(digits[:30]) <= ended * many:
                yield f"{unit} since 1970: {digits!r}"
    for raw in (data, *_hidden(data)):
        yield from _binary(raw, began, ended, 8)
    yield from _binary(data, began, ended, 4)


def _binary(data: bytes, began: float, ended: float, width: int) -> Iterator[str]:
    for unit, many in UNITS.items():
        low, high = int(began * many), int(ended * many)
        if high >= 1 << 8 * width:
            continue
        for order in ("big", "little"):
            ends = [value.to_bytes(width, order) for value in (low, high)]
            if order == "little":
                ends = [end[::-1] for end in ends]
            head = _shared(*ends)
            needle = head if order == "big" else head[::-1]
            for at in _places(data, needle):
                start = at if order == "big" else at + len(needle) - width
                value = data[max(0, start) : start + width]
                if start >= 0 and len(value) == width and low <= int.from_bytes(value, order) <= high:
                    yield f"{unit} since 1970 as {8 * width} bits at byte {start}"


def _shared(one: bytes, other: bytes) -> bytes:
    """The bytes with which both begin, so that one look finds all moments in between."""
    return next((one[:n] for n in range(len(one), 0, -1) if one[:n] == other[:n]), b"")


def _places(data: bytes, needle: bytes) -> Iterator[int]:
    at = data.find(needle)
    while needle and at >= 0:
        yield at
        at = data.find(needle, at + 1)


def _hidden(data: bytes) -> Iterator[bytes]:
    for written in SEALED.findall(data):
        yield base64.b64decode(written)


def pieces(secrets: Iterable[bytes]) -> set[bytes]:
    """Every run of `PIECE` bytes of some secrets, as they are and in base64 and hexadecimal."""
    found = set()
    for secret in secrets:
        for written in (secret, base64.b64encode(secret), secret.hex().encode()):
            found |= {written[at : at + PIECE] for at in range(len(written) - PIECE + 1)}
    return found


def betrayed(place: Path, known: set[bytes]) -> list[str]:
    """Files that hold a run of twice `PIECE` bytes of what is known, wherever it begins."""
    found = []
    for path in place.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            if any(data[at : at + PIECE] in known for at in range(0, len(data), PIECE)):
                found.append(str(path.relative_to(place)))
    return found
