"""The program on an invitation whose sealing fails with what a sheet holds: `python -m tests.tui.broken_invited FILE`.

Owns nothing but the fault; it is for a terminal of its own, which shows whether any of it reaches people.
"""

from __future__ import annotations

import sys

import pytest

from tuiretro.__main__ import main
from tuiretro.model.envelope import Invitation
from tuiretro.model.round import Sheet
from tuiretro.tui import invited


def fail(_: Invitation, sheet: Sheet, code: str = "") -> str:
    """What a fault of ours might say."""
    raise RuntimeError(f"cannot seal {sheet!r} with {code}")


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(invited, "enclosed", fail)
        sys.argv = ["tuiretro", "answer", "--invite", sys.argv[1]]
        main()
