"""A line that is typed without being shown: a passphrase.

Must not know what it is for.
"""

from __future__ import annotations

import sys


def hidden_line(prompt: str) -> str:
    """What was typed, unseen; from a pipe the next line, as any other.

    Raises:
        EOFError: The input ended.
        BadInputError: What was typed is no text.
    """
    if not sys.stdin.isatty():
        from tuiretro.cli.answer import read_line

        return read_line(prompt)
    from getpass import getpass

    from tuiretro.errors import BadInputError

    try:
        return getpass(prompt, stream=sys.stderr)
    except UnicodeDecodeError:
        raise BadInputError(
            "What was typed holds bytes that are no text, so it was not taken. Type it again."
        ) from None
