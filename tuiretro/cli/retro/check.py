"""The command on the two questions of a retro: one person answers, or the question is closed."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, confirmed, hinted, placed, say
from tuiretro.cli.retro.room import led

if TYPE_CHECKING:
    from tuiretro.model.retro import CheckId

CLOSING = "Closing is final: the number that may be shown is kept, the answers are destroyed, nobody can answer later."
ABANDONING = "Abandoning destroys every answer to the question; nothing is shown of them, now or later."


@click.command()
@click.argument("which", type=click.Choice(("welcome", "close")))
@click.option("--close", "ending", flag_value="close", help="Close the question: k or more have answered.")
@click.option("--abandon", "ending", flag_value="abandon", help="Destroy what was answered to it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@placed
def check(call: Call, which: CheckId, ending: str | None, *, yes: bool) -> None:
    """Answer a question of the retro as one person: 'welcome' is how safe it is to speak, 'close' if it was worth it.

    The answer is typed when asked, or comes from a pipe, so that no shell history holds it. Pass the keyboard on
    afterwards.
    """
    if ending is None and yes:
        raise click.UsageError("--yes goes with --close or --abandon.")
    if ending is None:
        _answer(call, which)
    elif ending == "close":
        _close(call, which, yes=yes)
    else:
        _abandon(call, which, yes=yes)


def _answer(call: Call, which: CheckId) -> None:
    from tuiretro.cli.answer import read_line
    from tuiretro.cli.ask import Left
    from tuiretro.cli.no_trace import NoTrace
    from tuiretro.cli.retro.question import ANSWERED, ask_one
    from tuiretro.core.promises import NOT_SAVED, recorded
    from tuiretro.service import retro_checks

    # Held only for a moment: while one person thinks, others may answer on terminals of their own.
    with led(call) as here:
        asked = retro_checks.question(call.workspace, here, which)
    warning = recorded(os.environ)
    trace = NoTrace(os.environ, is_recorded=bool(warning))
    with trace:
        try:
            value = ask_one(asked, read_line, say, warning=warning, will_be_cleared=trace.can_clear)
            retro_checks.answer(call.workspace, here, which, asked, value)
            outcome = ANSWERED
        except Left:
            outcome = f"You left. {NOT_SAVED}"
    for sentence in (outcome, *trace.left):
        say(sentence)


def _close(call: Call, which: CheckId, *, yes: bool) -> None:
    from tuiretro.cli.retro.page import check as words
    from tuiretro.core.retro_summary import check_line
    from tuiretro.errors import NotNowError, TooFewError
    from tuiretro.service import retro_checks

    with led(call) as here:
        if not yes and sys.stdin.isatty() and not confirmed(f"{CLOSING} Close it?"):
            raise NotNowError("The question stays open; nothing was changed.")
        with hinted(TooFewError, f"tuiretro retro check {which} --abandon, if no more answers will come"):
            after = retro_checks.close(call.workspace, here, which)
    say(f"Closed. {words(check_line(which, after.retro.released[which]))}")


def _abandon(call: Call, which: CheckId, *, yes: bool) -> None:
    from tuiretro.errors import NotNowError
    from tuiretro.service import retro_checks

    if not yes and not sys.stdin.isatty():
        raise click.UsageError(f"{ABANDONING} Say --yes to do it; nothing was changed.")
    with led(call) as here:
        if not yes and not confirmed(f"{ABANDONING} Abandon it?"):
            raise NotNowError("The question stays open; nothing was changed.")
        retro_checks.abandon(call.workspace, here, which)
    say("Abandoned. The answers are destroyed; the question can be asked again.")
