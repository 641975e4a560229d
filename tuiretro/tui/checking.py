"""The app of a private self-check: one survey, one person, no workspace."""

from __future__ import annotations

from tuiretro.service.self_check import OwnCheck
from tuiretro.tui.flows import self_check
from tuiretro.tui.lone import LoneApp


class CheckingApp(LoneApp[str]):
    """Returns the sentence that says what became of the answers."""

    def __init__(self, asked: OwnCheck, *, dark: bool, warning: str = "") -> None:
        super().__init__(dark=dark, warning=warning)
        self.asked = asked

    async def flow(self) -> None:
        self.exit(await self_check.run(self, self.asked))


def run(asked: OwnCheck, *, dark: bool, warning: str = "") -> str:
    """A self-check in the app; returns the sentence that says what became of the answers.

    Raises:
        FaultError: A fault of the program ended the app.
        SystemExit: A signal ended it.
    """
    app = CheckingApp(asked, dark=dark, warning=warning)
    app.run_in_terminal()
    app.require_sound()
    return app.return_value or ""
