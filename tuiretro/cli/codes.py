"""What people type so that a sheet goes in or boxes open: one-time codes and closing codes.

Owns where they come from: the environment, or a prompt; never an argument, which other users of the machine can read.
Must not check them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from tuiretro.cli.context import say

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


def closing_code(read: Callable[[str], str]) -> str:
    """The six words as somebody typed them; empty where nobody can be asked and the environment has none.

    Args:
        read: Shows a prompt and returns a line; raises EOFError at the end of input.
    """
    given = os.environ.get(CLOSING_VARIABLE)
    if given or not sys.stdin.isatty():
        return given or ""
    say("This is a two-person round: whoever keeps its closing code types the six words now.")
    try:
        return read("Six words: ").strip()
    except EOFError:
        return ""
