"""The command that opens a round.

Owns the order of what is asked, opened and written. Must not know how rounds are kept.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuiretro.cli.carrying import INVITE, ONE_PERSON, write_invitation
from tuiretro.cli.context import (
    ABANDON,
    CLOSE,
    OPEN,
    Call,
    confirmed,
    for_team,
    goes_nowhere,
    hinted,
    not_empty,
    placed,
    say,
)
from tuiretro.cli.secrets import Secrets
from tuiretro.ending import tidy_ending

if TYPE_CHECKING:
    from tuiretro.model.round import Round


@click.command("open")
@click.option(
    "--survey",
    default="pulse",
    show_default=True,
    metavar="ID|FILE",
    help="pulse, safety, quarterly, process, another survey's id, a file of your own, or a mistake's id, such as "
    "data-cleaning, for a deep dive into it.",
)
@click.option("--sprint", type=int, metavar="N", help="An earlier sprint without results; else the one of today.")
@click.option(
    "--codes",
    metavar="FILE",
    callback=not_empty,
    help="Ask for one-time codes; FILE gets a slip for each (.md or .html).",
)
@click.option("--two-person", is_flag=True, help="Lock the boxes with a closing code that somebody else keeps.")
@click.option(
    "--invite",
    "invitation",
    metavar="FILE",
    callback=not_empty,
    help="Two-person, with an invitation for other machines.",
)
@ONE_PERSON
@click.option("--yes", is_flag=True, help="Do not ask.")
@placed
def open_(
    call: Call,
    survey: str,
    sprint: int | None,
    codes: str | None,
    invitation: str | None,
    *,
    two_person: bool,
    one_person: bool,
    yes: bool,
) -> None:
    """Open a round.

    Usually people pass the keyboard. A code lets each person answer once, from wherever; a closing code keeps the
    facilitator from looking into an open round; an invitation lets people answer on their own machines.
    """
    from tuiretro.core.promises import BEFORE_CLOSING_CODE
    from tuiretro.errors import BadInputError, NotNowError, TuiretroError, UnconfirmedError
    from tuiretro.service import guarded, rounds
    from tuiretro.service.status import status as now

    if one_person and (two_person or invitation is None):
        raise click.UsageError("--one-person goes with --invite alone.")
    if codes is not None and invitation is not None and _is_same(codes, invitation):
        raise click.UsageError("--codes and --invite need two different files.")
    if "-" in (codes, invitation):
        # What goes to stdout is the closing code; it must not end up in a file that everybody gets.
        raise click.UsageError(f"--codes and --invite write files here; '{INVITE} -' prints an invitation.")
    locked = two_person or (invitation is not None and not one_person)
    if locked and goes_nowhere():
        raise NotNowError("The closing code could not be shown: the output goes nowhere. No round was opened.")
    if locked and not yes and sys.stdin.isatty() and not confirmed(f"{BEFORE_CLOSING_CODE} Open it?"):
        raise NotNowError("No round was opened.")
    asked: str | Path = Path(survey) if looks_like_file(survey) else survey
    ways = (CLOSE, ABANDON) if now(call.workspace, call.team) else ()
    dives = (f"{OPEN} --survey data-cleaning", "tuiretro survey list, which names the mistakes")
    guard = rounds.Guard(
        codes=rounds.new_codes(call.team) if codes else (), closing=rounds.closing_code() if locked else ""
    )
    if invitation is not None:
        guarded.require_free(call.workspace, invitation)
    slips = guarded.require_slips(call.workspace, codes) if codes is not None else None
    secrets = Secrets(call, guard, slips)
    # Until its words were seen, a round whose opening is broken off is of no use to anybody.
    with tidy_ending(), secrets.taken_back_unseen():
        try:
            with hinted(NotNowError, *ways), hinted(BadInputError, *(dives if survey == "deep-dive" else ())):
                opened = secrets.opened = guarded.open_round(
                    call.workspace, call.team, asked, number=sprint, guard=guard, slips=slips
                )
        except UnconfirmedError:
            # The round is open all the same, and its secrets are shown only now.
            secrets.opened = call.workspace.store.round(call.team.id)
            secrets.show()
            raise
        _tell(call, opened)
        secrets.show()
    if invitation is not None:
        with hinted(TuiretroError, f"{INVITE} FILE, with another file; the round is open"):
            write_invitation(call, opened, invitation, one_person=one_person)


def _tell(call: Call, opened: Round) -> None:
    from tuiretro.core.telling import unspoken
    from tuiretro.core.text import plural

    say(
        f"Opened. {opened.title} for {call.team.name}, sprint {opened.sprint}: "
        f"{plural(len(opened.questions), 'statement')} for {opened.people} people, shown from {opened.minimum} answers "
        f"on. Each person answers with 'tuiretro answer'; '{for_team(CLOSE)}' ends it."
    )
    if opened.language != call.team.language:
        say(unspoken(call.team.language))


def _is_same(one: str, other: str) -> bool:
    return len({os.path.realpath(Path(name.strip()).expanduser()) for name in (one, other)}) == 1


def looks_like_file(text: str) -> bool:
    """True for what is typed as a path rather than as an id."""
    return text.endswith(".toml") or "/" in text or "\\" in text
