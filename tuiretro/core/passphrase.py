"""What may be a passphrase: something that can be typed again, on another day and on another keyboard.

Must not know what it locks.
"""

from __future__ import annotations

import unicodedata

from tuiretro.core.self_check_words import DIFFERENT
from tuiretro.core.text import unshowable
from tuiretro.errors import BadInputError

PASSPHRASE = "passphrase"  # noqa: S105 - what a refused value is called
LEAST, MOST = 8, 1000
"""Characters. Fewer are found by trying; more are pasted by mistake."""


def typed_passphrase(text: str) -> str:
    """A passphrase as it was typed, in one Unicode form; blanks count.

    Raises:
        BadInputError: It holds characters that no keyboard types, or is too long.
    """
    if unshowable(text):
        raise BadInputError(
            "The passphrase holds characters that cannot be shown, and so hardly typed again. Nothing was kept or "
            "changed.",
            PASSPHRASE,
        )
    if len(text) > MOST:
        raise BadInputError(
            f"The passphrase has {len(text)} characters; {MOST} are the most. Nothing was kept or changed.", PASSPHRASE
        )
    return unicodedata.normalize("NFC", text)


def new_passphrase(first: str, again: str) -> str:
    """A passphrase that was typed twice; empty if there is to be none.

    Raises:
        BadInputError: The two differ, or it is too short, too long, or cannot be typed again.
    """
    chosen, repeated = typed_passphrase(first), typed_passphrase(again)
    if chosen != repeated:
        raise BadInputError(DIFFERENT, PASSPHRASE)
    if 0 < len(chosen) < LEAST:
        raise BadInputError(
            f"The passphrase has {len(chosen)} characters and needs {LEAST} or more, such as four words; nothing was "
            "kept yet. Type a longer one, or none.",
            PASSPHRASE,
        )
    return chosen
