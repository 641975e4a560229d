"""The program as the operating system starts it.

Owns what must hold before any command runs: file permissions, no memory on disk, output that cannot fail on a letter,
and no traceback, because a traceback helps nobody at a prompt and an error's text may hold what somebody typed.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from contextlib import suppress
from types import TracebackType

from tuiretro.complaint import INTERRUPTED, complaint
from tuiretro.errors import TuiretroError, fault_sentence


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    # Whatever a command creates is for the owner alone, also in the moment before its mode is set.
    os.umask(0o077)
    no_core_dumps()
    fill_closed_streams()
    write_whole()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.excepthook = one_sentence
    try:
        if len(sys.argv) == 1 and all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
            sys.exit(bare_app())
        from tuiretro.cli.main import program

        program()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except SystemExit as end:
        if end.code:
            drop_unwritten()
        raise
    finally:
        # The system takes the memory back anyway; looking through it for garbage first is a tenth of a command's time.
        gc.freeze()


def no_core_dumps() -> None:
    """Lets no crash write this program's memory to disk, which may hold a sheet; Windows knows no such limit."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def fill_closed_streams() -> None:
    """Puts nothing where a shell closed stdin, stdout or stderr: the end of input, no terminal, and no reader.

    Left closed, such a stream is None, and the next file that is opened takes its number.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open to the end


def write_whole() -> None:
    """Puts a buffer under streams that have none, as with PYTHONUNBUFFERED.

    Without one, a disk that takes half of a text cuts it short, and nobody is told.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper) and isinstance(stream.buffer, io.RawIOBase):
            encoding, errors = stream.encoding, stream.errors
            whole = io.TextIOWrapper(io.BufferedWriter(stream.detach()), encoding, errors, line_buffering=True)
            setattr(sys, name, whole)
            setattr(sys, f"__{name}__", whole)


def drop_unwritten() -> None:
    """Lets go of what a disk refused, once the failure was told.

    At its very end Python would try it again, and put an exit code of its own in the place of ours.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def bare_app() -> int:
    """Opens the app without the command line; returns the exit code."""
    from tuiretro.opening import open_app

    try:
        open_app(os.environ)
    except (TuiretroError, OSError) as error:
        sentence, code = complaint(error)
        sys.stderr.write(f"tuiretro: {sentence}\n")
        return code
    return 0


def one_sentence(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """Says what a fault of the program is and where; of ctrl+c nothing, at whatever moment it comes."""
    if not issubclass(kind, KeyboardInterrupt):
        sys.stderr.write(f"tuiretro: {fault_sentence(error)}\n")


if __name__ == "__main__":
    main()
