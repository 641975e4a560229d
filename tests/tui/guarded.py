"""Rounds that ask for codes and closing codes, their invitations and envelopes: always the same ones, for pictures."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.tui.seat import SMALL, Anywhere, settle
from tests.tui.states import a_sheet
from tuiretro.core.codes import new_code, written
from tuiretro.core.invitation import decode_invitation
from tuiretro.model.envelope import Invitation
from tuiretro.model.round import Round
from tuiretro.model.team import Team
from tuiretro.service import carrying, rounds
from tuiretro.service.workspace import Workspace
from tuiretro.store.locked_key import closing_words
from tuiretro.tui.invited import InvitedApp


def _code(number: int) -> str:
    return new_code(lambda length: bytes([number]) * length)


CODES = tuple(_code(number) for number in range(1, 6))
SLIPS = tuple(written(code) for code in CODES)
WORDS = " ".join(closing_words()[100:106])
OTHER_WORDS = " ".join(closing_words()[:6])


def guarded_round(workspace: Workspace, team: Team, *, codes: bool = True, closing: bool = True) -> Round:
    """An open round on safety that asks for `CODES` and `WORDS`."""
    guard = rounds.Guard(CODES if codes else (), WORDS if closing else "")
    return rounds.open_round(workspace, team, "safety", guard=guard)


def invitation_to(workspace: Workspace, team: Team, opened: Round) -> Invitation:
    """The invitation to a round."""
    return decode_invitation(carrying.invite(workspace, team, opened, one_person=True)[0].encode())


def post(folder: Path, invitation: Invitation, codes: tuple[str, ...]) -> None:
    """Envelopes in a folder, one for each code; an empty code is none."""
    folder.mkdir(exist_ok=True)
    for number, code in enumerate(codes):
        text = carrying.enclosed(invitation, a_sheet(invitation.round, 1 + number % 5), code)
        (folder / f"envelope-{number}.txt").write_text(text, encoding="utf-8")


def without_words(screen: str) -> str:
    """The screen with dots in place of words of the list that stand strong and alone in a line."""
    known = set(closing_words())

    def dotted(found: re.Match[str]) -> str:
        room = len(found[2]) + len(found[3])
        return f"{found[1]}{'....':<{room}}" if set(found[2].split()) <= known else found[0]

    return re.sub(r"^(.*│ {2,4})([a-z-]+(?: [a-z-]+)*)( +)(?=│)", dotted, screen, flags=re.MULTILINE)


@asynccontextmanager
async def invited(app: InvitedApp, size: tuple[int, int] = SMALL) -> AsyncIterator[Anywhere[InvitedApp]]:
    """Runs the app of an invitation until the block ends; it begins when the first screen is there."""
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        seat = Anywhere(app, pilot)
        await settle(pilot, lambda: seat.screen in {"AnswerScreen", "Form"})
        await pilot.pause()
        yield seat
