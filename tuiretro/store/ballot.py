"""The sealed ballot box: a sheet goes in as bytes that only the round's private key opens.

Owns how a sheet becomes a box and back, and how a box with its code is closed for the way. Knows nothing of files.
PyNaCl is imported where it is used, so that commands which only read do not pay for it.
"""

from __future__ import annotations

from contextlib import suppress

from msgspec import Struct

from tuiretro.core.rules import ANSWERS, CODE_LETTERS, COMMENT_LIMIT, DIGEST_BYTES, SCALE
from tuiretro.errors import BadInputError, WorkspaceError
from tuiretro.model.round import Round, Sheet
from tuiretro.store.padlock import SEAL_BYTES, Padlock

KEY_BYTES = 32
"""Of a public or a private key."""

_COUNT_BYTES = 2
_LENGTH_BYTES = 2
_CANNOT_SAY = 0
_BYTES = {answer: answer or _CANNOT_SAY for answer in ANSWERS}
"""What stands for an answer."""
_SHEET, _BOX = b"\0", b"\1"
"""What a kept box begins with: a sheet of this machine, or a box that came in an envelope."""
_WIDEST_CHARACTER = 4
"""Bytes of one character in UTF-8 at most."""


class Box(Struct, frozen=True):
    """A sealed sheet; nothing beside it says whose or when."""

    box: bytes


def new_keys() -> tuple[bytes, bytes]:
    """A fresh key pair: public and private, 32 bytes each."""
    from nacl.public import PrivateKey

    private = PrivateKey.generate()
    return bytes(private.public_key), bytes(private)


def is_pair(private_key: bytes, public_key: bytes) -> bool:
    """Whether what is sealed with the public key opens with the private one."""
    from nacl.public import PrivateKey

    return len(private_key) == KEY_BYTES and bytes(PrivateKey(private_key).public_key) == public_key


def box_size(opened: Round) -> int:
    """The size in bytes that every box of a round has, whatever is in it: it fits the longest comment."""
    return SEAL_BYTES + _COUNT_BYTES + len(opened.questions) + _LENGTH_BYTES + _WIDEST_CHARACTER * COMMENT_LIMIT


def seal(sheet: Sheet, opened: Round, public_key: bytes, size: int) -> bytes:
    """A sheet as a box of exactly `size` bytes.

    Args:
        sheet: Answers to all questions of the round and nothing else.
        opened: The round; its questions give the order of the answers.
        public_key: 32 bytes.
        size: From `box_size` when the round was opened.

    Raises:
        BadInputError: The sheet does not fit the round, or its comment is too long or no text.
        WorkspaceError: The public key is damaged.
    """
    return Padlock(public_key).close(_padded(sheet, opened, size))


def _padded(sheet: Sheet, opened: Round, size: int) -> bytes:
    plain = _encode(sheet, opened)
    if len(plain) + SEAL_BYTES > size:
        raise BadInputError("The comment is too long for this round; shorten it. Nothing was stored.")
    return plain.ljust(size - SEAL_BYTES, b"\0")


def unseal(box: bytes, private_key: bytes, opened: Round) -> Sheet:
    """The sheet in a box.

    Args:
        box: What `seal` made.
        private_key: 32 bytes.
        opened: The round for which it was sealed.

    Raises:
        WorkspaceError: The box is damaged, or was sealed for another key or round.
    """
    from nacl.exceptions import CryptoError
    from nacl.public import PrivateKey, SealedBox

    try:
        return _decode(SealedBox(PrivateKey(private_key)).decrypt(box), opened)
    except (CryptoError, TypeError, ValueError):
        # The cause could carry a part of the sheet into a crash report.
        raise unopened() from None


def unopened() -> WorkspaceError:
    """What is said of boxes that do not open."""
    return WorkspaceError(
        "A box of the round cannot be opened: it is damaged, or the key belongs to another round. Nothing was changed; "
        "no backup holds rounds, so it can only be abandoned."
    )


def kept(sheet: Sheet, opened: Round, padlock: Padlock, size: int) -> bytes:
    """A sheet as the box that is kept of it, of `kept_size(size)` bytes; nothing tells it from a `resealed` one.

    Args:
        sheet: Answers to all questions of the round and nothing else.
        opened: The round.
        padlock: One for the round's public key that has closed nothing.
        size: From `box_size` when the round was opened.

    Raises:
        BadInputError: The sheet does not fit the round, or its comment is too long or no text.
    """
    return padlock.close(_SHEET + _padded(sheet, opened, size).ljust(size, b"\0"))


def resealed(box: bytes, public_key: bytes) -> bytes:
    """A box that came in an envelope as it is kept: whoever has the envelope cannot find it among the others.

    Args:
        box: What `seal` made elsewhere, or something else of its size.
        public_key: 32 bytes.

    Raises:
        WorkspaceError: The public key is damaged.
    """
    return Padlock(public_key).close(_BOX + box)


def kept_size(size: int) -> int:
    """Bytes of a box as it is kept, by the size that a box has on its way."""
    return SEAL_BYTES + len(_SHEET) + size


def open_kept(box: bytes, private_key: bytes, opened: Round, size: int) -> Sheet | None:
    """The sheet in a box as it is kept; None for one that came in an envelope and holds no sheet.

    Args:
        box: What `kept` or `resealed` made; or `seal`, as versions before schema 2 kept it.
        private_key: 32 bytes.
        opened: The round.
        size: From `box_size` when the round was opened.

    Raises:
        WorkspaceError: The box is damaged, or was sealed for another key or round.
    """
    if len(box) == size:
        return unseal(box, private_key, opened)
    from nacl.exceptions import CryptoError
    from nacl.public import PrivateKey, SealedBox

    try:
        plain = SealedBox(PrivateKey(private_key)).decrypt(box)
        if plain[:1] == _SHEET:
            return _decode(plain[1:], opened)
    except (CryptoError, TypeError, ValueError):
        raise unopened() from None
    with suppress(WorkspaceError):
        return unseal(plain[1:], private_key, opened)
    return None


class Inside(Struct, frozen=True):
    """What was in an envelope."""

    code: str
    """Empty without one."""
    answers: bytes
    """`core.invitation.digest` of the invitation that was answered; empty in the older form, which does not say it."""
    box: bytes


def enclose(box: bytes, code: str, answers: bytes, carrying_key: bytes) -> bytes:
    """A box, its code and what was asked, closed for the way: whoever carries it sees nothing of them.

    Args:
        box: What `seal` made.
        code: As `read_code` gives it; empty where the round asks for none.
        answers: `core.invitation.digest` of the invitation.
        carrying_key: The invitation's, 32 bytes.

    Raises:
        BadInputError: The invitation's key is none.
    """
    from nacl.exceptions import CryptoError
    from nacl.public import PublicKey, SealedBox

    try:
        return SealedBox(PublicKey(carrying_key)).encrypt(code.ljust(CODE_LETTERS).encode() + answers + box)
    except (CryptoError, TypeError, ValueError):
        raise BadInputError("The invitation's keys are damaged; ask for it again. Nothing was saved.") from None


def disclose(sealed: bytes, carrying_key: bytes, size: int) -> Inside | None:
    """What is in an envelope; None if it is not what `enclose` made, now or in an earlier version.

    Args:
        sealed: What came by some way.
        carrying_key: The private one, 32 bytes.
        size: Bytes of a box of the round.
    """
    from nacl.exceptions import CryptoError
    from nacl.public import PrivateKey, SealedBox

    try:
        plain = SealedBox(PrivateKey(carrying_key)).decrypt(sealed)
        code = plain[:CODE_LETTERS].decode("ascii").strip()
    except (CryptoError, TypeError, ValueError):
        return None
    rest = plain[CODE_LETTERS:]
    if len(rest) not in (size, size + DIGEST_BYTES):
        return None
    return Inside(code, rest[:-size], rest[-size:])


def _encode(sheet: Sheet, opened: Round) -> bytes:
    items = [question.id for question in opened.questions]
    if sheet.answers.keys() != set(items):
        raise BadInputError("The answers do not fit the questions of the round; nothing was stored.")
    if len(sheet.comment) > COMMENT_LIMIT:
        raise BadInputError(f"The comment is longer than {COMMENT_LIMIT} characters; shorten it. Nothing was stored.")
    try:
        answers = bytes(map(_BYTES.__getitem__, map(sheet.answers.__getitem__, items)))
    except KeyError:
        raise BadInputError(f"An answer is not between {SCALE[0]} and {SCALE[1]}; nothing was stored.") from None
    try:
        comment = sheet.comment.encode()
    except UnicodeEncodeError:
        # The cause would carry the comment into a crash report.
        raise BadInputError("The comment holds characters that are no text; nothing was stored.") from None
    return b"".join(
        (
            len(answers).to_bytes(_COUNT_BYTES, "big"),
            answers,
            len(comment).to_bytes(_LENGTH_BYTES, "big"),
            comment,
        )
    )


def _decode(plain: bytes, opened: Round) -> Sheet:
    count = len(opened.questions)
    start = _COUNT_BYTES + count
    text = start + _LENGTH_BYTES
    answers = plain[_COUNT_BYTES:start]
    end = text + int.from_bytes(plain[start:text], "big")
    if int.from_bytes(plain[:_COUNT_BYTES], "big") != count or end > len(plain) or any(plain[end:]):
        raise ValueError("not a sheet of this round")
    if any(value > SCALE[1] for value in answers):
        raise ValueError("an answer is out of range")
    values = (None if value == _CANNOT_SAY else value for value in answers)
    return Sheet(
        {question.id: value for question, value in zip(opened.questions, values, strict=True)},
        plain[text:end].decode(),
    )
