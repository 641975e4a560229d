"""The program on a store that fails with what a sheet holds in its error: `python -m tests.tui.broken_app`.

Owns nothing but the fault; it is for a terminal of its own, which shows whether any of it reaches people.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.tui.states import with_handing
from tuiretro.__main__ import main
from tuiretro.model.round import Sheet
from tuiretro.service.workspace import Workspace, open_workspace
from tuiretro.tui import launch


def fail(_: Callable[[], None], sheet: Sheet) -> None:
    """What a fault of ours might say."""
    raise RuntimeError(f"cannot store {sheet!r}")


def opened(place: Path, *, today: Callable[[], date]) -> Workspace:
    """The workspace that the program gets."""
    return with_handing(open_workspace(place, today=today), place, fail)


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(launch, "open_workspace", opened)
        main()
