"""Commands that watch, close and abandon a round; opening one is `opening`'s."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tuiretro.cli.carrying import collect, invite
from tuiretro.cli.codes import with_closing_code
from tuiretro.cli.context import ABANDON, CLOSE, OPEN, Call, confirmed, formatted, hinted, placed, say
from tuiretro.cli.opening import open_

if TYPE_CHECKING:
    from tuiretro.model.release import Release
    from tuiretro.model.round import Round
    from tuiretro.service.status import RoundStatus


@click.group("round")
def round_() -> None:
    """Open, watch and close a round: one survey asked once."""


@round_.command()
@formatted("text", "md", "json", "csv")
@placed
def status(call: Call, form: str) -> None:
    """Show the open round; nothing finer than 'k or more answered' is told.

    The only exception: somebody who wants to answer when there is no place left is told so.
    """
    from tuiretro.cli.tables import Table, render
    from tuiretro.core.telling import guarded
    from tuiretro.service import status as now

    found = now.status(call.workspace, call.team)
    heads = ("team", "sprint", "survey", "statements", "people", "k", "status")
    rows = [_row(call.team.name, found)] if found else []
    empty = f"No round is open for {call.team.name}. Open one with 'tuiretro round open'."
    document = {"team": call.team.name, "round": _described(found) if found else None}
    asked = guarded(found.round) if found else ""
    click.echo(render(form, Table(heads, rows, empty), document, foot=(asked,) if asked else ()))


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
        "asks_code": opened.asks_code,
        "two_person": opened.two_person,
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
@click.option(
    "--as-it-is",
    "--without-unreadable",
    "without_unreadable",
    is_flag=True,
    help="Without sheets that cannot be opened, which are lost, and with more sheets than people.",
)
@placed
def close(call: Call, *, yes: bool, without_unreadable: bool) -> None:
    """Close the round: release what may be shown, destroy the sheets. Final; asks first on a terminal.

    A two-person round asks for its closing code, or takes it from TUIRETRO_CLOSING_CODE.
    """
    from tuiretro.cli.answer import read_line
    from tuiretro.core.figures import answered_words
    from tuiretro.core.promises import CLOSING
    from tuiretro.errors import NotNowError, UnreadableError
    from tuiretro.service import rounds

    opened = require_round(call)
    if not yes and sys.stdin.isatty() and not confirmed(f"{CLOSING} Close it?"):
        raise NotNowError("The round stays open; nothing was changed.")
    if opened.two_person:
        _require_enough(call)

    def use(words: str) -> Release:
        return rounds.close(
            call.workspace, call.team, asked=opened, closing=words, without_unreadable=without_unreadable
        )

    without = f"{CLOSE} --as-it-is"
    with hinted(NotNowError, f"{ABANDON}, if no more answers will come"), hinted(UnreadableError, without):
        release = with_closing_code(use, read_line) if opened.two_person else use("")
    say(
        f"Closed. Sprint {release.sprint.number}: {answered_words(release.answered, release.people)}; the sheets are "
        "destroyed. 'tuiretro results' shows what may be shown."
    )


def _require_enough(call: Call) -> None:
    """Asked before somebody is fetched to type a closing code for nothing.

    Raises:
        NotNowError: Fewer than k have answered.
    """
    from tuiretro.core.release import too_few
    from tuiretro.errors import NotNowError
    from tuiretro.service.status import status as now

    found = now(call.workspace, call.team)
    if found is not None and not found.enough:
        with hinted(NotNowError, f"{ABANDON}, if no more answers will come"):
            raise NotNowError(too_few(found.round.minimum))


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


round_.add_command(open_)
round_.add_command(invite)
round_.add_command(collect)
