"""What every use case is given: a store, a library, a clock and a source of randomness.

Opening a workspace is the one place that knows which store is behind it; `backups` and `doctor` work on its folder.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tuiretro.library import Library
from tuiretro.paths import own_surveys
from tuiretro.store.protocol import Store


@dataclass(frozen=True)
class Workspace:
    """One workspace, ready for use."""

    store: Store
    library: Library
    today: Callable[[], date]
    random: random.Random
    """Makes ids and shuffles; never makes keys."""

    def fresh(self) -> Workspace:
        """The same workspace, with a library that knows what was changed in the team's own files since."""
        library = self.library.fresh()
        return self if library is self.library else replace(self, library=library)

    def new_id(self) -> str:
        """A random id of 64 bits in hexadecimal."""
        return f"{self.random.getrandbits(64):016x}"


def as_it_lies(place: Path, *, today: Callable[[], date]) -> Workspace:
    """The workspace in a folder, to look at: nothing was settled, and it may be damaged or from a newer version."""
    from tuiretro.store.tinydb_store import TinyDBStore

    return Workspace(TinyDBStore(place, today=today), Library(own=own_surveys(place)), today, random.SystemRandom())


def open_workspace(
    place: Path, *, today: Callable[[], date] = date.today, chance: random.Random | None = None
) -> Workspace:
    """Opens the workspace in a folder, and finishes what a crash left half done.

    A folder that is not there yet is an empty workspace; the first change makes it.

    Raises:
        WorkspaceError: The place is a file, read-only, damaged or from a newer version.
        BusyError: Another program keeps it locked.
    """
    from tuiretro.store.tinydb_store import TinyDBStore

    store = TinyDBStore.open(place, today=today)
    return Workspace(store, Library(own=own_surveys(place)), today, chance or random.SystemRandom())
