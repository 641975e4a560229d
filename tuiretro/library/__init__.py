"""Finds, reads and checks the files that say what is asked and suggested.

Owns the bundled folder `surveys/`, a team's own folder beside it, and every sentence about a broken file.
It must not know of teams, rounds, stores or screens.
"""

from tuiretro.library.catalogue import Library
from tuiretro.library.fitting import DEEP_DIVE, SAFETY
from tuiretro.library.problem import Problem

__all__ = ["DEEP_DIVE", "SAFETY", "Library", "Problem"]
