"""The command that opens a round, and shows once what nobody can look up later: where its codes lie, its closing code.

Owns the order of what is shown and written. Must not know how rounds are kept.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuiretro.cli.carrying import INVITE, ONE_PERSON, write_invitation
from tuiretro.cli.context import ABANDON, CLOSE, OPEN, Call, confirmed, hinted, placed, say

if TYPE_CHECKING:
    from tuiretro.model.round import Round
    from tuiretro.service.rounds import Guard


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
@click.option("--codes", metavar="FILE", help="Ask for one-time codes; FILE gets a slip for each (.md or .html).")
@click.option("--two-person", is_flag=True, help="Lock the boxes with a closing code that somebody else keeps.")
@click.option("--invite", "invitation", metavar="FILE", help="Two-person, with an invitation for other machines.")
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
    if codes is not None and codes == invitation:
        raise click.UsageError("--codes and --invite need two different files.")
    if "-" in (codes, invitation):
        # What goes to stdout is the closing code; it must not end up in a file that everybody gets.
        raise click.UsageError(f"--codes and --invite write files here; '{INVITE} -' prints an invitation.")
    locked = two_person or (invitation is not None and not one_person)
    if locked and _goes_nowhere():
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
        guarded.require_free(invitation)
    try:
        with hinted(NotNowError, *ways), hinted(BadInputError, *(dives if survey == "deep-dive" else ())):
            opened = guarded.open_round(
                call.workspace, call.team, asked, number=sprint, guard=guard, slips=Path(codes) if codes else None
            )
    except UnconfirmedError:
        # The round is open all the same, and its secrets are shown only now.
        _show_secrets(call, guard, codes)
        raise
    try:
        _tell(call, opened)
        _show_secrets(call, guard, codes)
    except OSError:
        if guard.closing:
            _take_back(call, opened)
        raise
    if invitation is not None:
        with hinted(TuiretroError, f"{INVITE} FILE, with another file; the round is open"):
            write_invitation(call, opened, invitation, one_person=one_person)


def _tell(call: Call, opened: Round) -> None:
    from tuiretro.core.telling import unspoken
    from tuiretro.core.text import plural

    say(
        f"Opened. {opened.title} for {call.team.name}, sprint {opened.sprint}: "
        f"{plural(len(opened.questions), 'statement')} for {opened.people} people, shown from {opened.minimum} answers "
        "on. Each person answers with 'tuiretro answer'; 'tuiretro round close' ends it."
    )
    if opened.language != call.team.language:
        say(unspoken(call.team.language))


def _show_secrets(call: Call, guard: Guard, codes: str | None) -> None:
    """Shows once what nobody can look up later."""
    if codes is not None:
        say(f"{codes} holds the codes: print it, let everybody draw a slip blind, and delete it.")
    if not guard.closing:
        return
    compared = _compared(call)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        say("The closing code, shown this once; somebody other than the facilitator writes it down and keeps it:")
        click.echo(guard.closing)
        say(compared)
        return
    _to_the_keeper(guard.closing, compared)


def _compared(call: Call) -> str:
    """What the keeper of the closing code is told of the invitation."""
    from tuiretro.core.promises import keepers_sentences
    from tuiretro.service.carrying import keepers_words

    words = keepers_words(call.workspace, call.team)
    before, after = keepers_sentences(words)
    return f"{before} {words}. {after}" if words else f"{before} {after}"


def _to_the_keeper(words: str, compared: str) -> None:
    """Shows the words on a terminal to the one who keeps them, and leaves none of them on it."""
    from tuiretro.cli.no_trace import NoTrace
    from tuiretro.core.promises import recorded

    say("Now the keeper of the closing code sits down alone. Press enter to see its six words.")
    sys.stdin.readline()
    trace = NoTrace(os.environ, is_recorded=bool(recorded(os.environ)))
    with trace:
        click.echo(words)
        say("Write them down in this order; they are shown this once.")
        say(f"{compared} Then press enter.")
        sys.stdin.readline()
    for sentence in trace.left:
        say(sentence)


def _goes_nowhere() -> bool:
    """Whether what is printed is thrown away."""
    try:
        return os.path.samestat(os.fstat(sys.stdout.fileno()), Path(os.devnull).stat())
    except (OSError, ValueError):
        # No file at all, as in a test: somebody reads it.
        return False


def _take_back(call: Call, opened: Round) -> None:
    """Abandons a round whose closing code nobody has seen: nobody could ever close it."""
    from tuiretro.errors import NotNowError
    from tuiretro.service import rounds

    rounds.abandon(call.workspace, call.team, asked=opened)
    raise NotNowError(
        "The closing code could not be shown, so the round was abandoned again; slips that were written for it open "
        "nothing. Open another round where the output can be read."
    )


def looks_like_file(text: str) -> bool:
    """True for what is typed as a path rather than as an id."""
    return text.endswith(".toml") or "/" in text or "\\" in text
