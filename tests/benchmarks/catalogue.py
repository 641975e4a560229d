"""The whole catalogue read and checked, against plain tomllib on the same files.

`python -m tests.benchmarks.catalogue [LOOPS]`, in one process: mistakes, surveys and templates, by a new library each.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from tests.benchmarks.measuring import in_turns, say, seconds, show, show_ratio
from tuiretro.library import Library
from tuiretro.library.folders import bundled_folder

LOOPS = 30


def whole() -> Library:
    """Everything that the library can hand out, each file read, checked and turned into values."""
    library = Library()
    library.mistakes(), library.surveys(), library.templates()
    return library


def one() -> None:
    """What a command needs that asks for a single mistake."""
    Library().mistake("data-cleaning")


def plain(folder: Path) -> None:
    """The same files parsed, and the pages read, with no check at all."""
    for path in (*sorted(folder.glob("*.toml")), *sorted((folder / "mistakes").glob("*.toml"))):
        tomllib.loads(path.read_text("utf-8"))
    for path in sorted((folder / "templates").glob("*.md")):
        path.read_text("utf-8")


def main() -> None:
    """Prints the figures, and the ratio of the whole to plain tomllib."""
    loops = int(sys.argv[1]) if len(sys.argv) > 1 else LOOPS
    folder = bundled_folder()
    figures = in_turns(
        {
            "library, everything": lambda: seconds(whole),
            "tomllib, the same files": lambda: seconds(lambda: plain(folder)),
            "library, one mistake": lambda: seconds(one),
        },
        loops,
    )
    library = whole()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.suffix in {".toml", ".md"})
    counts = (len(library.mistakes()), len(library.surveys()), len(library.templates()))
    say("The catalogue: {} mistakes, {} surveys, {} templates".format(*counts) + f" in {size / 1024:.0f} KB")
    show(figures)
    show_ratio("everything / tomllib", figures["library, everything"], figures["tomllib, the same files"], "none")
    show_ratio("one mistake / everything", figures["library, one mistake"], figures["library, everything"], "none")


if __name__ == "__main__":
    main()
