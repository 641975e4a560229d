"""Tables and maps as files that somebody names, to be imported.

Owns which files are read at all. A table is read from front to end a line at a time, however large it is. Knows nothing
of what is in them.
"""

from __future__ import annotations

import io
import os
import stat
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tuiretro.core.table import Stream
from tuiretro.core.text import clean, clip
from tuiretro.errors import BadInputError, NotFoundError, WorkspaceError
from tuiretro.files import read_bytes, reason
from tuiretro.model.importing import ImportMap

MAP_BYTES = 256 * 1024
_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_BUFFER = 2**18


@contextmanager
def opened_table(path: Path) -> Iterator[tuple[Stream, int]]:
    """A file's bytes as a stream, and how many there are.

    Raises:
        NotFoundError: There is no such file.
        BadInputError: It is a folder, pipe or device, is empty, or cannot be read.
    """
    shown = clean(str(path))
    try:
        # Without O_NONBLOCK a named pipe would wait for a writer for ever.
        descriptor = os.open(path, _READING)
    except FileNotFoundError:
        raise NotFoundError(f"There is no file '{shown}'. Nothing was imported.") from None
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "no file has such a name"
        raise BadInputError(f"'{shown}' cannot be read: {why}. Nothing was imported.") from None
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or not found.st_size:
        os.close(descriptor)
        what = "is empty" if stat.S_ISREG(found.st_mode) else "is no regular file"
        raise BadInputError(f"'{shown}' {what}, so there is nothing to import; name a table saved as CSV.")
    with io.BufferedReader(io.FileIO(descriptor), _BUFFER) as stream:
        try:
            yield stream, found.st_size
        except OSError as error:
            raise BadInputError(f"'{shown}' could not be read on: {reason(error)}. Nothing was imported.") from None


def read_map(path: Path) -> ImportMap:
    """The map in a TOML file.

    Raises:
        NotFoundError: There is no such file.
        BadInputError: It cannot be read, is no TOML, or says what no map says.
    """
    shown = clean(str(path))
    try:
        # It may well be a link; only the workspace's own files may not.
        data = read_bytes(Path(os.path.realpath(path)), MAP_BYTES)
        return msgspec.convert(tomllib.loads(data.decode("utf-8-sig")), ImportMap)
    except FileNotFoundError:
        raise NotFoundError(f"There is no map '{shown}'. Nothing was imported.") from None
    except WorkspaceError as error:
        raise BadInputError(f"The map was refused: {error.message}") from None
    except msgspec.ValidationError as error:
        why = _words(str(error))
    except (ValueError, RecursionError) as error:
        why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    raise BadInputError(f"The map '{shown}' was refused: {clip(clean(why), 200)}. Nothing was imported.")


def _words(error: str) -> str:
    """What msgspec says, for somebody who knows maps and no objects."""
    if error == "Object missing required field `items`":
        return "it names no statement; at least one [[items]] must stand in it without '# ' before its lines"
    return (
        error.replace("Object missing required field", "it lacks")
        .replace("Object contains", "it holds")
        .replace("`$.", "`")
    )
