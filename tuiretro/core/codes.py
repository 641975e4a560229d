"""One-time codes: each lets one person answer once.

Owns how a code is made, written, read and compared. A code has 80 random bits as 16 letters of Crockford's base32 and
one check symbol (https://www.crockford.com/base32.html). Knows nothing of files: what is stored of a code is its
fingerprint alone.
"""

from __future__ import annotations

from collections.abc import Callable

from tuiretro.core.rules import CODE_LETTERS
from tuiretro.errors import BadInputError

_BYTES = 10
_BITS = 5
_GROUP = 4
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECKS = _LETTERS + "*~$=U"
_MEANT = str.maketrans("OIL", "011", "-\u2013\u2014 \t")
"""Letters that are read as figures, and what may stand between groups."""
_NOTHING = "Nothing was saved."


def new_code(entropy: Callable[[int], bytes]) -> str:
    """A fresh code: `CODE_LETTERS` letters without groups and check symbol.

    Args:
        entropy: Random bytes, as many as asked for.
    """
    number = int.from_bytes(entropy(_BYTES), "big")
    return "".join(_LETTERS[number >> _BITS * place & 31] for place in reversed(range(CODE_LETTERS)))


def written(code: str) -> str:
    """A code as people read and type it: 'ABCD-EFGH-JKMN-PQRS-7', the last symbol being the check.

    Args:
        code: As `new_code` or `read_code` give it.
    """
    groups = [code[at : at + _GROUP] for at in range(0, CODE_LETTERS, _GROUP)]
    return "-".join((*groups, _check(code)))


def read_code(typed: str) -> str:
    """The code that somebody typed; o is read as 0, i and l as 1, and case, spaces and dashes do not matter.

    Raises:
        BadInputError: No code at all, or one with a slip of the finger in it.
    """
    text = typed.strip().upper().translate(_MEANT)
    code, check = text[:CODE_LETTERS], text[CODE_LETTERS:]
    for letter in code:
        if letter not in _LETTERS:
            raise BadInputError(
                f"No code has a '{letter}' in that place; type it again as it is on the slip. {_NOTHING}"
            )
    if len(code) < CODE_LETTERS or len(check) != 1:
        raise BadInputError(
            f"A code has {CODE_LETTERS} letters and figures and one more sign at the end, such as "
            f"{written('0' * CODE_LETTERS)}; this has {len(text)} in all. {_NOTHING}"
        )
    if check != _check(code):
        raise BadInputError(f"This code is mistyped; compare it with the slip of paper, letter by letter. {_NOTHING}")
    return code


def fingerprint(round_id: str, code: str) -> bytes:
    """What is stored of a code: 32 bytes of SHA-256 from which it cannot be found, bound to its round.

    Args:
        round_id: The round that it belongs to.
        code: As `read_code` gives it.
    """
    # Only who types a code pays for the import, which is a tenth of what a command takes that reads.
    from hashlib import sha256

    return sha256(b"\0".join((b"tuiretro-code", round_id.encode(), code.encode()))).digest()


def _check(code: str) -> str:
    number = 0
    for letter in code:
        number = number << _BITS | _LETTERS.index(letter)
    return _CHECKS[number % len(_CHECKS)]
