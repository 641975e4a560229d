"""The app of somebody who was sent an invitation: one round to answer, no workspace, and an envelope at the end."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import SystemRandom

from tuiretro.core.codes import read_code
from tuiretro.core.promises import check_sentence
from tuiretro.core.sheets import begin
from tuiretro.errors import TuiretroError, UnconfirmedError
from tuiretro.model.envelope import Invitation
from tuiretro.service.carrying import check_words, enclosed
from tuiretro.service.envelope_files import write_envelope
from tuiretro.tui.flows.desk import fill_in
from tuiretro.tui.flows.guards import code_form
from tuiretro.tui.lone import LoneApp
from tuiretro.tui.screens.answer import AnswerScreen, Asked, Handed


class InvitedApp(LoneApp[Path]):
    """Returns the envelope's path; nothing if the person left."""

    def __init__(self, invitation: Invitation, folder: Path, *, dark: bool, warning: str = "") -> None:
        super().__init__(dark=dark, warning=warning)
        self.invitation, self.folder = invitation, folder
        self.unconfirmed: UnconfirmedError | None = None
        """Why the envelope that was written has to be looked at."""

    async def flow(self) -> None:
        code = await self._code()
        if code is None:
            self.exit()
            return
        words = check_words(self.invitation)
        asked = Asked(self.invitation.round, "by invitation", warning=self.warning, check_words=words)
        screen = AnswerScreen(asked, begin(self.invitation.round, SystemRandom().shuffle))
        while (handed := await self.ask(screen)) is not None:
            try:
                path = await self.off_loop(self._seal, handed, code)
            except UnconfirmedError as error:
                # Sealed once more, it would be a second sheet of the same person.
                self.unconfirmed = error
                break
            except TuiretroError as error:
                screen = AnswerScreen(asked, handed, error.message)
            else:
                self.exit(path)
                return
        self.exit()

    async def _code(self) -> str | None:
        found: list[str] = []
        if not self.invitation.round.asks_code:
            return ""

        async def use(values: Mapping[str, str]) -> None:
            found.append(read_code(values["code"]))

        form = code_form(
            self.invitation.round.title, check_sentence(check_words(self.invitation), self.invitation.round)
        )
        return found[0] if await fill_in(self, form, use) else None

    def _seal(self, handed: Handed, code: str) -> Path:
        return write_envelope(self.folder, enclosed(self.invitation, handed.sheet, code))


def run(invitation: Invitation, folder: Path, *, dark: bool, warning: str = "") -> Path | None:
    """Answers an invitation in the app; returns the envelope's path, None if the person left.

    Raises:
        UnconfirmedError, FaultError: As `outcome`.
        SystemExit: A signal ended it.
    """
    app = InvitedApp(invitation, folder, dark=dark, warning=warning)
    app.run_in_terminal()
    return outcome(app)


def outcome(app: InvitedApp) -> Path | None:
    """What became of an app that has ended: the envelope's path, None if the person left.

    Raises:
        UnconfirmedError: The envelope is written, but might not survive a power cut.
        FaultError: A fault of the program ended the app.
    """
    app.require_sound()
    if app.unconfirmed is not None:
        raise app.unconfirmed
    return app.return_value
