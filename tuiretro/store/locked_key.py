"""A round's private key, locked with a closing code: the words open it, and nothing else does.

Owns the form of a locked key, in which a wrong word and a damaged file are told apart. Knows nothing of a workspace.
"""

from __future__ import annotations

import struct
from functools import lru_cache

from tuiretro.errors import BadInputError

_MARK = b"TRK1"
_COST = struct.Struct(">IQ")
"""Operations and bytes of memory that Argon2id takes."""
_SALT_BYTES, _DIGEST_BYTES, _KEY_BYTES = 16, 32, 32
_HEAD = len(_MARK) + _COST.size + _SALT_BYTES
_MOST_MEMORY, _MOST_OPERATIONS = 1 << 30, 16


@lru_cache(maxsize=1)
def closing_words() -> tuple[str, ...]:
    """The 7,776 words of closing codes, in order."""
    from importlib import resources

    return tuple((resources.files("tuiretro.store") / "words" / "eff_large_wordlist.txt").read_text().split())


def lock(private_key: bytes, closing: str) -> bytes:
    """A private key that only the closing code opens.

    Args:
        private_key: 32 bytes.
        closing: The closing code, as `core.closing_code` gives it.
    """
    from hashlib import sha256

    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox
    from nacl.utils import random

    salt = random(_SALT_BYTES)
    cost = argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE
    locked = bytes(SecretBox(_hashed(closing, salt, *cost)).encrypt(private_key))
    whole = _MARK + _COST.pack(*cost) + salt + locked
    return whole + sha256(whole).digest()


def is_locked(data: bytes) -> bool:
    """Whether a key file says that it is locked, damaged or not."""
    return data.startswith(_MARK) and len(data) != _KEY_BYTES


def is_whole(data: bytes) -> bool:
    """Whether a key file is a locked key as it was written; whose words open it cannot be seen without them."""
    from hashlib import sha256

    whole, digest = data[:-_DIGEST_BYTES], data[-_DIGEST_BYTES:]
    return is_locked(data) and len(whole) > _HEAD and sha256(whole).digest() == digest


def unlock(data: bytes, closing: str) -> bytes:
    """The private key.

    Args:
        data: What `lock` made.
        closing: The closing code, as `core.closing_code` gives it.

    Raises:
        ValueError: The data is damaged.
        BadInputError: It is whole, and the words are not those that locked it.
    """
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    whole = data[:-_DIGEST_BYTES]
    if not is_whole(data):
        raise ValueError("its check sum does not fit")
    operations, memory = _COST.unpack_from(whole, len(_MARK))
    if memory > _MOST_MEMORY or operations > _MOST_OPERATIONS:
        raise ValueError("it asks for more memory or time than any version of tuiretro")
    try:
        return SecretBox(_hashed(closing, whole[_HEAD - _SALT_BYTES : _HEAD], operations, memory)).decrypt(
            whole[_HEAD:]
        )
    except CryptoError:
        raise BadInputError(
            "These are not the six words of this round: compare each with the note, in its order. The round is "
            "still open and nothing was changed."
        ) from None


def _hashed(closing: str, salt: bytes, operations: int, memory: int) -> bytes:
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox

    return argon2id.kdf(SecretBox.KEY_SIZE, closing.encode(), salt, opslimit=operations, memlimit=memory)
