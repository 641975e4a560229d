"""What people type so that a sheet goes in or boxes open: one-time codes and closing codes.

Owns where they come from: the environment, or a prompt; never an argument, which other users of the machine can read.
Must not check them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TypeVar

from tuiretro.cli.context import say

R = TypeVar("R")

CODE_VARIABLE, CLOSING_VARIABLE = "TUIRETRO_CODE", "TUIRETRO_CLOSING_CODE"


def one_time_code(check: Callable[[str], str], read: Callable[[str], str]) -> str:
    """A code that can be used, asked for until there is one.

    Args:
        check: Gives the code as it is kept, or raises BadInputError or NotNowError.
        read: Shows a prompt and returns a line; raises EOFError at the end of input.

    Raises:
        BadInputError, NotNowError: The one in the environment cannot be used, or the input ended.
    """
    from tuiretro.errors import BadInputError, NotNowError

    given = os.environ.get(CODE_VARIABLE)
    if given:
        return check(given)
    while True:
        try:
            typed = read("The code on your slip: ")
        except EOFError:
            raise BadInputError(
                f"This round asks for a one-time code: type it when asked, or give it as {CODE_VARIABLE}. Nothing was "
                "saved."
            ) from None
        try:
            return check(typed)
        except (BadInputError, NotNowError) as error:
            say(error.message)


def with_closing_code(use: Callable[[str], R], read: Callable[[str], str]) -> R:
    """What becomes of the six words, asked for at a terminal until they are the right ones.

    Args:
        use: Does what is wanted with them, or raises BadInputError and changes nothing.
        read: Shows a prompt and returns a line; raises EOFError at the end of input.

    Raises:
        BadInputError: The words in the environment are not the right ones.
        NotNowError: Nobody can be asked and the environment has none, or the input ended.
    """
    from tuiretro.cli.hidden import until_taken
    from tuiretro.errors import NotNowError

    given = os.environ.get(CLOSING_VARIABLE)
    if given:
        return use(given)
    none = f"Nothing was changed: this two-person round needs its closing code, typed or as {CLOSING_VARIABLE}."
    if not sys.stdin.isatty():
        raise NotNowError(none)
    say("This is a two-person round: whoever keeps its closing code types the six words now.")
    try:
        return until_taken(lambda: _not_blank("Six words, or ctrl+d to leave: ", read), use)
    except EOFError:
        raise NotNowError(none) from None


def _not_blank(prompt: str, read: Callable[[str], str]) -> str:
    """A line with something on it: enter alone is no word, and must not end what was begun."""
    while not (line := read(prompt).strip()):
        continue
    return line
