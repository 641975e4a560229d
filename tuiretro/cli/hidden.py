"""Secrets that are typed: a passphrase without being shown, and any of them again until it is the right one.

Must not know what they are for.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

R = TypeVar("R")


def until_taken(read: Callable[[], str], use: Callable[[str], R]) -> R:
    """What becomes of what a person types; at a terminal it is asked for until it is taken.

    A command that ended at a wrong secret would let the next try be typed into the shell, and kept in its history.

    Args:
        read: Asks for it.
        use: Does what is wanted with it, or raises BadInputError and changes nothing.

    Raises:
        BadInputError: It was not taken, and nobody can be asked.
        EOFError: The input ended.
    """
    from tuiretro.cli.context import say
    from tuiretro.errors import BadInputError

    while True:
        try:
            return use(read())
        except BadInputError as error:
            if not sys.stdin.isatty():
                raise
            say(error.message)


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
