"""An invitation as a file: what a person elsewhere needs to answer a round, and nothing about any person.

It comes from another machine: whatever in it could not be answered or shown is refused in one sentence. Knows nothing
of files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import blake2b
from string import hexdigits
from typing import Literal

import msgspec
from msgspec import Struct

from tuiretro.core.rules import DIGEST_BYTES
from tuiretro.core.text import harmless, unshowable
from tuiretro.errors import BadInputError
from tuiretro.model.envelope import Invitation

INVITATION_BYTES = 512 * 1024
"""Largest file that is read as an invitation; one with all 84 statements of the catalogue has a tenth of it."""
SCHEMA = 1
_KEY_BYTES = 32
_LONGEST = 2_000
"""Characters of any text in it."""
_MOST = 300
"""Statements that a round may ask."""
_AGAIN = "Ask whoever sent it for the file once more. Nothing was saved."


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    tuiretro: Literal["invitation"]
    schema: int
    invitation: Invitation


def encode_invitation(invitation: Invitation) -> str:
    """The file's text: JSON that people can read."""
    written = msgspec.json.encode(_File("invitation", SCHEMA, invitation))
    return msgspec.json.format(written, indent=2).decode() + "\n"


def canonical(invitation: Invitation) -> bytes:
    """All of an invitation as the bytes by which two of them are told to be the same.

    What nobody can see plays no part: an invitation that was printed, and one that was written, are one.
    """
    return harmless(encode_invitation(invitation), lines=True).encode()


def digest(invitation: Invitation) -> bytes:
    """What an envelope says of the invitation that it answers, `DIGEST_BYTES` long.

    It is the same for all who answer one invitation, and another one for whatever was changed in it: a statement, k, a
    promise, a key.
    """
    return blake2b(canonical(invitation), digest_size=DIGEST_BYTES, person=b"tuiretro-invited").digest()


def decode_invitation(data: bytes) -> Invitation:
    """The invitation in a file.

    Raises:
        BadInputError: Too large, no invitation, from a newer version, or one that cannot be answered.
    """
    if len(data) > INVITATION_BYTES:
        raise BadInputError(f"The invitation is larger than {INVITATION_BYTES // 1024} KB. {_AGAIN}")
    try:
        schema = msgspec.json.decode(data, type=dict[str, object]).get("schema")
        if isinstance(schema, int) and schema < 1:
            raise ValueError("there is no such schema")
        if isinstance(schema, int) and schema > SCHEMA:
            raise BadInputError("The invitation is from a newer tuiretro; update yours. Nothing was saved.")
        json.loads(data, object_pairs_hook=_once)
        invitation = msgspec.json.decode(data, type=_File).invitation
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise BadInputError(f"This file is no invitation, or it is damaged. {_AGAIN}") from None
    for fault in _faults(invitation):
        raise BadInputError(f"The invitation cannot be answered: {fault}. {_AGAIN}")
    return invitation


def _faults(invitation: Invitation) -> Iterator[str]:
    opened = invitation.round
    if len(opened.questions) > _MOST:
        yield f"it asks {len(opened.questions)} statements"
    if len({question.id for question in opened.questions}) < len(opened.questions):
        yield "it asks a statement twice"
    if not 8 <= len(opened.id) <= 64 or not set(opened.id) <= set(hexdigits.lower()):
        yield "the round's id is none"
    if not all(len(key) == _KEY_BYTES for key in (invitation.seal.public_key, invitation.carrying_key)):
        yield "its keys are damaged"
    texts = [opened.id, opened.title, opened.intro, opened.notice, *opened.labels]
    texts += [text for question in opened.questions for text in (question.id, question.short, question.text)]
    if any(len(text) > _LONGEST or unshowable(text) for text in texts):
        yield "a text in it is too long, or holds characters that cannot be shown"


def _once(pairs: list[tuple[str, object]]) -> None:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError("a name stands twice in one object")
