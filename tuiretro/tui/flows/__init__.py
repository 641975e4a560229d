"""What happens between a key and the store: questions to the person, one use case, and the way back.

The flows are imported when the first of them is wanted: dialogs and forms cost a tenth of the first frame.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuiretro.tui.flows import actions, carrying, exports, retro, rounds, self_check, teams, templates

__all__ = ["actions", "carrying", "exports", "retro", "rounds", "self_check", "teams", "templates"]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
