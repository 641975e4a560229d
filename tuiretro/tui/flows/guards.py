"""What a round may ask for: one-time codes before a sheet goes in, a closing code before the boxes open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from textual.content import Content

from tuiretro.core.promises import (
    BEFORE_CLOSING_CODE,
    KEEPER_ALONE,
    ON_THEIR_OWN,
    WORDS_OF_NOTHING,
    keepers_sentences,
)
from tuiretro.core.text import clip
from tuiretro.model.round import Round
from tuiretro.model.team import Team
from tuiretro.service import carrying, guarded, rounds
from tuiretro.service.insight import Scene
from tuiretro.service.workspace import Workspace
from tuiretro.tui.flows.desk import Desk, fill_in
from tuiretro.tui.screens.dialogs import Choice, Choose, Confirm, Field, Form
from tuiretro.tui.text import HEAD, plain

GUARDED = (
    "Codes let each person answer once, wherever they sit. A closing code keeps whoever holds the files from looking "
    "into an open round; invitations to other machines need it."
)
_TITLE = 200
"""Cells of a round's title above its form: an invitation from elsewhere may hold one without measure."""
_CODES, _CLOSING, _BOTH = "codes", "closing", "both"


@dataclass(frozen=True)
class Guard:
    """What a round asks for, and where its slips go."""

    asked: rounds.Guard = rounds.NO_GUARD
    slips: Path | None = None

    def check(self, workspace: Workspace, team: Team, survey: str) -> None:
        """Refuses what could not be opened, before anybody is fetched; see `guarded.prepare`."""
        guarded.prepare(workspace, team, survey, guard=self.asked, slips=self.slips)

    def open(self, workspace: Workspace, team: Team, survey: str) -> Round:
        """Opens a round that asks for it; see `guarded.open_round`."""
        return guarded.open_round(workspace, team, survey, guard=self.asked, slips=self.slips)


async def choose_guard(desk: Desk, scene: Scene) -> Guard | None:
    """What the next round asks for; None if the person goes back."""
    choices = [
        Choice(_CODES, plain("One-time codes"), plain("A page of slips to print and draw blind, one for each person.")),
        Choice(_CLOSING, plain("A closing code"), plain(BEFORE_CLOSING_CODE)),
        Choice(_BOTH, plain("Both"), plain(f"Slips to draw blind, and six words. {BEFORE_CLOSING_CODE}")),
    ]
    chosen = await desk.ask(Choose("What does the round ask for?", choices, "choose"))
    if chosen is None:
        return None
    closing = ""
    if chosen != _CODES:
        question = Confirm("Does somebody else keep the closing code?", BEFORE_CLOSING_CODE, "go on", "back")
        if not await desk.ask(question):
            return None
        closing = rounds.closing_code()
    if chosen == _CLOSING:
        return Guard(rounds.Guard(closing=closing))
    slips = await _slips(desk)
    return Guard(rounds.Guard(rounds.new_codes(scene.team), closing), slips) if slips else None


async def _slips(desk: Desk) -> Path | None:
    form = Form(
        "One-time codes",
        [Field("file", "File for the slips", "codes.html")],
        about="A page in .html or .md, in the folder in which tuiretro was started unless you name another. Print it, "
        "let everybody draw a slip blind, delete it.",
        verb="go on",
    )
    found: list[Path] = []

    async def use(values: Mapping[str, str]) -> None:
        found.append(await desk.off_loop(guarded.require_slips, desk.workspace, values["file"]))

    return found[0] if await fill_in(desk, form, use) else None


async def keep_words(desk: Desk, guard: Guard) -> bool:
    """Shows the keeper the six words, before a round is open; False if they are not written down.

    Nothing is opened meanwhile, so that an app which ends here leaves no round that nobody can close.
    """
    if not guard.asked.closing:
        return True
    alone = Confirm("The keeper of the closing code", f"{KEEPER_ALONE} {ON_THEIR_OWN}", "show the six words", "back")
    if not await desk.ask(alone):
        return False
    told = [
        plain("Write these six words down now, in their order:"),
        Content("\n").join([plain(f"  {word}", HEAD) for word in guard.asked.closing.split()]),
        plain(
            "They are shown this once. Without them the round can only be abandoned. It opens once they are written."
        ),
    ]
    page = partial(Confirm, "The closing code", Content("\n\n").join(told), "all six are written down", "leave")
    # Left as it is where the app ends on that page.
    desk.farewell = WORDS_OF_NOTHING
    is_written = await _is_written(desk, page)
    desk.farewell = ""
    return is_written


async def _is_written(desk: Desk, page: Callable[[], Confirm]) -> bool:
    # No key that is pressed once too often may take the page away.
    while not await desk.ask(page()):
        if await desk.ask(Confirm("Leave the six words?", WORDS_OF_NOTHING, "leave", "back to the words")):
            return False
    return True


async def show_secrets(desk: Desk, scene: Scene, guard: Guard) -> None:
    """Shows what else belongs to a round that is open now: where its slips are, and the keeper's check words."""
    slips = f"The codes are in {guard.slips}: print it, let everybody draw a slip blind, and delete it."
    if not guard.asked.closing:
        desk.tell(slips)
        return
    words = await desk.off_loop(carrying.keepers_words, desk.workspace, scene.team)
    before, after = keepers_sentences(words)
    told = [plain(before), *([plain(f"  {words}", HEAD)] if words else []), plain(after)]
    if guard.slips is not None:
        told.append(plain(slips))
    # No key that is pressed once too often may take the page away.
    while not await desk.ask(Confirm("The check words", Content("\n\n").join(told), "go on", "not yet")):
        continue


def code_form(title: str, first: str = "") -> Form:
    """Asks for a one-time code.

    Args:
        title: The round's.
        first: A sentence that has to be read before.
    """
    return Form(
        f"{clip(title, _TITLE)}: one-time code",
        [Field("code", "The code on your slip", "")],
        about=f"{first} The code lets one sheet in, and is forgotten in the moment in which yours is stored.".strip(),
        verb="go on",
    )


def closing_form() -> Form:
    """Asks for the closing code."""
    return Form(
        "The closing code",
        [Field("words", "Six words", "")],
        about="This is a two-person round: whoever keeps its closing code types the six words.",
        verb="close the round",
    )
