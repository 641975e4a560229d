"""The form of the file with one person's self-checks: a line that says what follows, then JSON, locked or plain.

Owns how such a file is told from a damaged one and from one of a newer version. Knows nothing of where it lies.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import msgspec

from tuiretro.core.text import clean, clip
from tuiretro.errors import BadInputError, DamagedError, NewerError
from tuiretro.model.self_check import SelfCheck
from tuiretro.store.passphrase import Cost, locked, unlocked

VERSION = 1
"""Counts up when an older tuiretro could no longer read what this one writes."""
COST: Cost = (3, 256 * 2**20)
"""libsodium's 'moderate': a passphrase that a person made up needs more than six drawn words do."""
_HEAD = re.compile(rb"tuiretro self-checks ([0-9]{1,4}) (plain|locked) ([0-9a-f]{64})\n")
_REASON_WIDTH = 200


class Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is in the file."""

    checks: tuple[SelfCheck, ...]


def encoded(checks: tuple[SelfCheck, ...], passphrase: str = "", cost: Cost = COST) -> bytes:
    """The whole file.

    Args:
        checks: All of them.
        passphrase: Locks it; empty leaves it plain.
        cost: What unlocking it takes.
    """
    data = msgspec.json.encode(Kept(checks))
    kind, body = ("locked", locked(data, passphrase, cost)) if passphrase else ("plain", data)
    return f"tuiretro self-checks {VERSION} {kind} {sha256(body).hexdigest()}\n".encode() + body


def is_locked(data: bytes, path: Path) -> bool:
    """Whether a file needs a passphrase.

    Raises:
        DamagedError: It is no file of ours, or damaged.
        NewerError: A newer version wrote it.
    """
    return _opened(data, path)[0]


def decoded(data: bytes, path: Path, passphrase: str = "") -> tuple[SelfCheck, ...]:
    """The self-checks in a file.

    Args:
        data: The whole file.
        path: Where it lies, for the sentence.
        passphrase: What locked it.

    Raises:
        BadInputError: It is locked, and not with this passphrase.
        DamagedError: It is no file of ours, or damaged.
        NewerError: A newer version wrote it.
    """
    needs_words, body = _opened(data, path)
    try:
        plain = unlocked(body, passphrase) if needs_words else body
        if plain is None:
            raise BadInputError(
                "That is not the passphrase of your self-checks. They are as they were; type it again, exactly as you "
                "first did."
            )
        return msgspec.json.decode(plain, type=Kept).checks
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise _damaged(path, str(error)) from None


def _opened(data: bytes, path: Path) -> tuple[bool, bytes]:
    """Whether what follows the first line is locked, and what follows it."""
    head = _HEAD.match(data)
    if head is None:
        raise _damaged(path, "it does not begin as such a file does")
    if int(head[1]) > VERSION:
        raise NewerError(
            f"{path} was written by a newer version of tuiretro, so it was left as it is; use that version."
        )
    body = data[head.end() :]
    if sha256(body).hexdigest() != head[3].decode():
        raise _damaged(path, "its check sum does not fit: it was changed or cut short")
    return head[2] == b"locked", body


def _damaged(path: Path, reason: str) -> DamagedError:
    shown = clip(clean(reason), _REASON_WIDTH)
    return DamagedError(
        f"{path} is damaged ({shown}), so it was left as it is and nothing was written. Put it back from a backup of "
        "your own, or start anew with 'tuiretro check forget'.",
        shown,
    )
