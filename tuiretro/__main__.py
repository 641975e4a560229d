"""The program as the operating system starts it.

Owns what must hold before any command runs: file permissions, output that cannot fail on a letter, and no traceback,
because a traceback helps nobody at a prompt and an error's text may hold what somebody typed.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from pathlib import Path
from types import TracebackType


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    # Whatever a command creates is for the owner alone, also in the moment before its mode is set.
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.excepthook = one_sentence
    if len(sys.argv) == 1 and sys.stdin.isatty() and sys.stdout.isatty():
        sys.exit(open_app())
    from tuiretro.cli.main import program

    program()


def open_app() -> int:
    """Opens the app without the command line, whose own library is a tenth of the way to the first frame."""
    # Looking for garbage among what is imported now is another tenth; the app turns it on again after its first frame.
    gc.disable()
    from tuiretro.config import settings
    from tuiretro.core.text import clean
    from tuiretro.errors import TuiretroError
    from tuiretro.tui.launch import run

    try:
        chosen = settings(os.environ)
        run(chosen.place, today=chosen.today, team=chosen.team, dark=chosen.dark)
    except TuiretroError as error:
        sys.stderr.write(f"tuiretro: {clean(error.message)}\n")
        return error.exit_code
    return 0


def one_sentence(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    """Says that the program has a fault and where, without the error's own text or any value."""
    place = ""
    while trace is not None:
        place = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    sys.stderr.write(
        f"tuiretro: This is a fault of the program ({kind.__name__}{place}). What was confirmed as saved is kept. "
        "Please report this line; it holds nothing that you typed.\n"
    )


if __name__ == "__main__":
    main()
