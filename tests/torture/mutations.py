"""Valid files, damaged in the ways in which files get damaged, and in ways that only somebody who knows the form finds.

Owns the mutations. Knows nothing of who reads them.
"""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Callable

import tomli_w

HUGE = ("18446744073709551616", "9" * 5000, "1e999", "-1e-999", "NaN", "Infinity", "-0", "007", "0.1e1", "2026-02-30")
ODD: tuple[object, ...] = (
    *(None, True, False, 0, -1, 2**53, 2**63, 2**64, 1.5, 1e308, "", "x" * 5000, [], {}, [[]], [None], {"": {}}),
    *("\x00", "\x1b[2J", "\u202e", "\ud7ff", "../../x", "2026-02-30", "9999-12-31", {"1": None}, {"__class__": 1}),
)
DEEP = (200, 1000, 3000, 100_000)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The same file, changed one to three times."""
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(MUTATIONS)(data, chance)
    return data


def _flipped(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return b"\x00"
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice([1, 2, 16, 300, len(data)]) :]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice([1, 8, 60, len(data)]))
    return data[:end] + data[start:end] + data[end:]


def _spliced(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    bits = (b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"\\ud800", b"\\u0000", b"\xef\xbb\xbf", b'"', b"{", b"[", b",")
    return data[:at] + chance.choice(bits) + data[at:]


def _numbered(data: bytes, chance: random.Random) -> bytes:
    digits = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    if not digits:
        return data
    at = chance.choice(digits)
    return data[:at] + chance.choice(HUGE).encode() + data[at + 1 :]


def _nested(data: bytes, chance: random.Random) -> bytes:
    deep, at = chance.choice(DEEP), chance.randrange(len(data) + 1)
    opening, closing = chance.choice([(b"[", b"]"), (b'{"a":', b"}")])
    return data[:at] + opening * deep + b"1" + closing * deep + data[at:]


def _swapped(data: bytes, chance: random.Random) -> bytes:
    """A value of another type, a key that is gone, doubled or unknown: in the table that the file holds."""
    table, written = _read(data)
    if written is None:
        return _flipped(data, chance)
    places = list(_places(table))
    if places:
        holder, key = chance.choice(places)
        deed = chance.randrange(4)
        if deed == 0:
            del holder[key]  # type: ignore[arg-type]  # a place is a list and a number, or a table and a name
        elif deed == 1 and isinstance(holder, dict):
            holder[chance.choice(["", "n", "x" * 300, "\x1b]0;x\x07", "1", "007", str(2**60)])] = holder[str(key)]
        elif deed == 2:
            other, name = chance.choice(places)
            holder[key] = other[name]  # type: ignore[index]  # the same
        else:
            holder[key] = chance.choice(ODD)  # type: ignore[index]  # the same
    try:
        return written(table)
    except (TypeError, ValueError, RecursionError, AttributeError):
        # A form that cannot say what the other can, such as null in TOML, or a table inside itself.
        return _flipped(data, chance)


def _read(data: bytes) -> tuple[object, Callable[[object], bytes] | None]:
    try:
        return json.loads(data), lambda table: json.dumps(table, sort_keys=True, separators=(",", ":")).encode()
    except (ValueError, RecursionError):
        pass
    try:
        return tomllib.loads(data.decode()), lambda table: tomli_w.dumps(table).encode()
    except (ValueError, RecursionError):
        return None, None


def _places(value: object, depth: int = 0) -> list[tuple[dict[str, object] | list[object], str | int]]:
    found: list[tuple[dict[str, object] | list[object], str | int]] = []
    if depth > 50:
        return found
    if isinstance(value, dict):
        for name, inner in value.items():
            found += [(value, name), *_places(inner, depth + 1)]
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            found += [(value, at), *_places(inner, depth + 1)]
    return found


MUTATIONS = (_flipped, _cut, _doubled, _spliced, _numbered, _nested, _swapped, _swapped, _swapped)
"""What knows the form comes up most: it gets past the first look."""
