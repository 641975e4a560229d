"""Bytes that only words open: Argon2id makes a key of the words, a secret box locks with it.

Owns that form and what a lock may cost. Knows nothing of what is locked, nor where it lies.
"""

from __future__ import annotations

import struct

Cost = tuple[int, int]
"""Operations and bytes of memory that Argon2id takes."""

_COST = struct.Struct(">IQ")
_SALT_BYTES, _NONCE_BYTES, _TAG_BYTES = 16, 24, 16
HEAD_BYTES = _COST.size + _SALT_BYTES
"""Before the box: its cost and its salt."""
_LEAST = HEAD_BYTES + _NONCE_BYTES + _TAG_BYTES
_MOST_MEMORY, _MOST_OPERATIONS = 1 << 30, 16


def locked(data: bytes, words: str, cost: Cost) -> bytes:
    """The data so that only the words open it, with a salt of its own each time.

    Args:
        data: What is locked.
        words: At least one character.
        cost: What opening it takes.
    """
    from nacl.secret import SecretBox
    from nacl.utils import random

    salt = random(_SALT_BYTES)
    return _COST.pack(*cost) + salt + bytes(SecretBox(_hashed(words, salt, cost)).encrypt(data))


def unlocked(data: bytes, words: str) -> bytes | None:
    """What `locked` was given; None if these are not its words, or a bit of it has changed.

    Raises:
        ValueError: It was cut short, or asks for more than any version of tuiretro.
    """
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    if len(data) < _LEAST:
        raise ValueError("it was cut short")
    operations, memory = _COST.unpack_from(data)
    if memory > _MOST_MEMORY or operations > _MOST_OPERATIONS:
        raise ValueError("it asks for more memory or time than any version of tuiretro")
    key = _hashed(words, data[_COST.size : HEAD_BYTES], (operations, memory))
    try:
        return SecretBox(key).decrypt(data[HEAD_BYTES:])
    except CryptoError:
        return None


def _hashed(words: str, salt: bytes, cost: Cost) -> bytes:
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox

    operations, memory = cost
    return argon2id.kdf(SecretBox.KEY_SIZE, words.encode(), salt, opslimit=operations, memlimit=memory)
