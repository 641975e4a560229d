"""Commands that open, watch, close and abandon a round."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuiretro.cli.carrying import ONE_PERSON, collect, invite, write_invitation
from tuiretro.cli.codes import CLOSING_VARIABLE, closing_code
from tuiretro.cli.context import ABANDON, CLOSE, OPEN, Call, confirmed, formatted, hinted, placed, say

if TYPE_CHECKING:
    from tuiretro.model.round import Round
    from tuiretro.service.rounds import Guard
    from tuiretro.service.status import RoundStatus


@click.group("round")
def round_() -> None:
    """Open, watch and close a round: one survey asked once."""


@round_.command("open")
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
    from tuiretro.errors import BadInputError, NotNowError
    from tuiretro.service import guarded, rounds
    from tuiretro.service.status import status as now

    if one_person and (two_person or invitation is None):
        raise click.UsageError("--one-person goes with --invite alone.")
    locked = two_person or (invitation is not None and not one_person)
    if locked and not yes and sys.stdin.isatty() and not confirmed(f"{BEFORE_CLOSING_CODE} Open it?"):
        raise NotNowError("No round was opened.")
    asked: str | Path = Path(survey) if looks_like_file(survey) else survey
    ways = (CLOSE, ABANDON) if now(call.workspace, call.team) else ()
    dives = (f"{OPEN} --survey data-cleaning", "tuiretro survey list, which names the mistakes")
    guard = rounds.Guard(
        codes=rounds.new_codes(call.team) if codes else (), closing=rounds.closing_code() if locked else ""
    )
    with hinted(NotNowError, *ways), hinted(BadInputError, *(dives if survey == "deep-dive" else ())):
        opened = guarded.open_round(
            call.workspace, call.team, asked, number=sprint, guard=guard, slips=Path(codes) if codes else None
        )
    _tell(call, opened, guard, codes)
    if invitation is not None:
        write_invitation(call, opened, invitation, one_person=one_person)


def _tell(call: Call, opened: Round, guard: Guard, codes: str | None) -> None:
    from tuiretro.core.telling import unspoken
    from tuiretro.core.text import plural

    say(
        f"Opened. {opened.title} for {call.team.name}, sprint {opened.sprint}: "
        f"{plural(len(opened.questions), 'statement')} for {opened.people} people, shown from {opened.minimum} answers "
        "on. Each person answers with 'tuiretro answer'; 'tuiretro round close' ends it."
    )
    if opened.language != call.team.language:
        say(unspoken(call.team.language))
    if codes is not None:
        say(f"{codes} holds the codes: print it, let everybody draw a slip blind, and delete it.")
    if guard.closing:
        say("The closing code, shown this once; somebody other than the facilitator writes it down and keeps it:")
        click.echo(guard.closing)


def looks_like_file(text: str) -> bool:
    """True for what is typed as a path rather than as an id."""
    return text.endswith(".toml") or "/" in text or "\\" in text


@round_.command()
@formatted("text", "md", "json", "csv")
@placed
def status(call: Call, form: str) -> None:
    """Show the open round; nothing finer than 'k or more answered' is told.

    The only exception: somebody who wants to answer when there is no place left is told so.
    """
    from tuiretro.cli.tables import Table, render
    from tuiretro.service import status as now

    found = now.status(call.workspace, call.team)
    heads = ("team", "sprint", "survey", "statements", "people", "k", "status")
    rows = [_row(call.team.name, found)] if found else []
    empty = f"No round is open for {call.team.name}. Open one with 'tuiretro round open'."
    document = {"team": call.team.name, "round": _described(found) if found else None}
    click.echo(render(form, Table(heads, rows, empty), document))


def _row(team: str, found: RoundStatus) -> tuple[str | int, ...]:
    opened = found.round
    return (
        team,
        opened.sprint,
        opened.title,
        len(opened.questions),
        opened.people,
        opened.minimum,
        found.words,
    )


def _described(found: RoundStatus) -> dict[str, object]:
    opened = found.round
    return {
        "sprint": {"number": found.sprint.number, "starts": str(found.sprint.starts), "ends": str(found.sprint.ends)},
        "survey": opened.survey,
        "title": opened.title,
        "people": opened.people,
        "minimum": opened.minimum,
        "enough": found.enough,
        "status": found.words,
        "items": [{"id": question.id, "text": question.text} for question in opened.questions],
    }


def require_round(call: Call) -> Round:
    """The open round.

    Raises:
        NotFoundError: No round is open.
    """
    from tuiretro.errors import NotFoundError
    from tuiretro.service import rounds

    team = call.team
    with hinted(NotFoundError, OPEN):
        return rounds.require_round(call.workspace, team)


@round_.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--without-unreadable", is_flag=True, help="Leave out collected envelopes that hold no sheet.")
@placed
def close(call: Call, *, yes: bool, without_unreadable: bool) -> None:
    """Close the round: release what may be shown, destroy the sheets. Final; asks first on a terminal.

    A two-person round asks for its closing code, or takes it from TUIRETRO_CLOSING_CODE.
    """
    from tuiretro.core.figures import answered_words
    from tuiretro.core.promises import CLOSING
    from tuiretro.errors import NotNowError
    from tuiretro.service import rounds

    opened = require_round(call)
    if not yes and sys.stdin.isatty() and not confirmed(f"{CLOSING} Close it?"):
        raise NotNowError("The round stays open; nothing was changed.")
    words = closing_code() if opened.two_person else ""
    if opened.two_person and not words:
        raise NotNowError(
            f"Nothing was changed: this two-person round needs its closing code, typed or as {CLOSING_VARIABLE}."
        )
    with hinted(NotNowError, f"{ABANDON}, if no more answers will come"):
        release = rounds.close(
            call.workspace, call.team, asked=opened, closing=words, without_unreadable=without_unreadable
        )
    say(
        f"Closed. Sprint {release.sprint.number}: {answered_words(release.answered, release.people)}; the sheets are "
        "destroyed. 'tuiretro results' shows what may be shown."
    )


@round_.command()
@click.option("--yes", is_flag=True, help="Do not ask; needed where nobody can be asked.")
@placed
def abandon(call: Call, *, yes: bool) -> None:
    """Destroy the open round with every sheet in it; nothing is released."""
    from tuiretro.core.promises import ABANDONING
    from tuiretro.errors import NotNowError
    from tuiretro.service import rounds

    opened = _readable_round(call)
    if not yes and not sys.stdin.isatty():
        raise click.UsageError(f"{ABANDONING} Say --yes to do it; nothing was changed.")
    if not yes and not confirmed(f"{ABANDONING} Abandon it?"):
        raise NotNowError("The round stays open; nothing was changed.")
    rounds.abandon(call.workspace, call.team, asked=opened)
    which = f"The round for sprint {opened.sprint}" if opened is not None else "The damaged round"
    say(f"Abandoned. {which} is gone with everything in it; another one can open.")


def _readable_round(call: Call) -> Round | None:
    """The open round; None, after saying why, if its file is damaged: abandoning is the way out of that."""
    from tuiretro.errors import WorkspaceError

    try:
        return require_round(call)
    except WorkspaceError as error:
        say(error.message)
        return None


round_.add_command(invite)
round_.add_command(collect)
