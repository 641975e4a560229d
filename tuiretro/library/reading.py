"""From a path to its text or the table that its TOML holds, or to the one fault that prevents it.

Must not know what the table should hold.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from tuiretro.errors import WorkspaceError
from tuiretro.files import read_bytes
from tuiretro.library.problem import Fault

MOST_BYTES = 256 * 1024
MOST_POINTS = 100
NO_FILE = "there is no such file"

Table = dict[str, object]


def read_text(path: Path) -> str | Fault:
    """Reads a file of at most 256 KB in UTF-8; a byte order mark is allowed.

    Returns:
        The text, or the fault that makes the file unreadable. Whatever lies at `path` raises nothing and
        blocks nothing.
    """
    data = _read_bytes(path)
    if isinstance(data, Fault):
        return data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Fault("", f"expected UTF-8 text, found other bytes in line {line}")


def read_table(path: Path) -> Table | Fault:
    """Reads a TOML file, as `read_text` does; returns its table, or the fault that makes the file unreadable."""
    text = read_text(path)
    if isinstance(text, Fault):
        return text
    try:
        # The time and memory that a dotted key takes grow with the square of its parts.
        crowded = next((n for n, line in enumerate(text.split("\n"), 1) if _crowded(line)), None)
        if crowded:
            return Fault("", f"expected at most {MOST_POINTS} points in a line, found more in line {crowded}")
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Fault("", f"expected TOML, found a slip: {error}")
    except RecursionError:
        return Fault("", "expected TOML, found lists or tables nested too deeply")
    except ValueError:
        return Fault("", "expected TOML, found a number that is too long")


def _read_bytes(path: Path) -> bytes | Fault:
    try:
        # A file may well be a link; only a workspace's own files may not.
        real = Path(os.path.realpath(path))
        return read_bytes(real, MOST_BYTES)
    except (FileNotFoundError, ValueError):
        # ValueError: a path with a null character, which no file can have.
        return Fault("", NO_FILE)
    except WorkspaceError as error:
        if isinstance(error.__cause__, OSError):
            return Fault("", f"expected a readable file, found: {error.__cause__.strerror}")
    if real.is_file():
        return Fault("", "expected at most 256 KB, found more")
    return Fault("", f"expected a file, found {'a folder' if real.is_dir() else 'a device or pipe'}")


def _crowded(line: str) -> bool:
    # A row of dots, as in a drawn rule, parts nothing.
    return line.count(".") > MOST_POINTS and line.replace("..", "").count(".") > MOST_POINTS
