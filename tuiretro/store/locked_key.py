"""A round's private key, locked with a closing code: the words open it, and nothing else does.

Owns the form of a locked key, in which a wrong word and a damaged file are told apart. Knows nothing of a workspace.
"""

from __future__ import annotations

from functools import lru_cache

from tuiretro.errors import BadInputError
from tuiretro.store.passphrase import HEAD_BYTES, locked, unlocked

_MARK = b"TRK1"
_DIGEST_BYTES, _KEY_BYTES = 32, 32


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

    cost = argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE
    whole = _MARK + locked(private_key, closing, cost)
    return whole + sha256(whole).digest()


def is_locked(data: bytes) -> bool:
    """Whether a key file says that it is locked, damaged or not."""
    return data.startswith(_MARK) and len(data) != _KEY_BYTES


def is_whole(data: bytes) -> bool:
    """Whether a key file is a locked key as it was written; whose words open it cannot be seen without them."""
    from hashlib import sha256

    whole, digest = data[:-_DIGEST_BYTES], data[-_DIGEST_BYTES:]
    return is_locked(data) and len(whole) > len(_MARK) + HEAD_BYTES and sha256(whole).digest() == digest


def unlock(data: bytes, closing: str) -> bytes:
    """The private key.

    Args:
        data: What `lock` made.
        closing: The closing code, as `core.closing_code` gives it.

    Raises:
        ValueError: The data is damaged.
        BadInputError: It is whole, and the words are not those that locked it.
    """
    if not is_whole(data):
        raise ValueError("its check sum does not fit")
    key = unlocked(data[len(_MARK) : -_DIGEST_BYTES], closing)
    if key is None:
        raise BadInputError(
            "These are not the six words of this round: compare each with the note, in its order. The round is "
            "still open and nothing was changed."
        )
    return key
