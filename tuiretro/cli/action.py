"""Commands on what the team took on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, formatted, hinted, placed, say
from tuiretro.core.rules import DRAW_RANGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tuiretro.cli.tables import Cell
    from tuiretro.core.follow_up import FollowUp
    from tuiretro.core.followed import Followed
    from tuiretro.model.action import Action, Status

LIST = "tuiretro action list --all"
DUE = "'next Friday', 'end of sprint', 'in 3 days', '12 Dec' or 2026-12-04"
"""How a due date is written, for the help."""


def due_day(call: Call, text: str | None) -> date | None:
    """The day that somebody means, in words or as a date; None where nothing was typed.

    Raises:
        BadInputError: It is not understood.
    """
    from tuiretro.core.due import parse_due

    return None if text is None else parse_due(text, call.team, call.today())


@click.group()
def action() -> None:
    """Take actions on and follow them up."""


@action.command("add")
@click.argument("title", required=False)
@click.option("--play", metavar="ID.PLAY", help="A play of a mistake or survey; brings its title and done-when.")
@click.option("--owner", default="", metavar="NAME", help="Who sees to it; the only name that is kept.")
@click.option("--due", metavar="WORDS", help=f"{DUE}; else the end of the next sprint.")
@click.option("--done-when", default="", metavar="TEXT", help="How to tell that it is done.")
@click.option(
    "--draw-start",
    type=int,
    metavar="N",
    help=f"Draw its start from the next {DRAW_RANGE[0]} to {DRAW_RANGE[1]} sprints, for a team that wants evidence.",
)
@placed
def add(
    call: Call,
    *,
    title: str | None,
    play: str | None,
    owner: str,
    due: str | None,
    done_when: str,
    draw_start: int | None,
) -> None:
    """Take an action on, with a title of its own or from a play."""
    from tuiretro.core.follow_up import draw_words
    from tuiretro.service import actions

    day = due_day(call, due)
    made = actions.add(
        call.workspace, call.team, title, play=play, owner=owner, due=day, done_when=done_when, draw=draw_start
    )
    if made.draw is not None:
        say(f"{draw_words(made.draw)} Begin it in that sprint and not before.")
    say(f"Saved. Action {made.id}: {made.title}; due {made.due}{f', {made.owner}' if made.owner else ''}.")


@action.command("list")
@click.option("--all", "everything", is_flag=True, help="With those that are done or dropped.")
@click.option("--explain", is_flag=True, help="With the figures behind what is said of each one's topic.")
@formatted("text", "md", "json", "csv")
@placed
def list_(call: Call, form: str, *, everything: bool, explain: bool) -> None:
    """List the open actions, and what became of their topics since."""
    from tuiretro.cli.tables import Table, render
    from tuiretro.core.calendar import due_words
    from tuiretro.service import actions, past

    found = [a for a in actions.listed(call.workspace, call.team) if everything or a.status == "open"]
    told = past.followed(call.workspace, call.team)
    if form == "csv":
        heads: tuple[str, ...] = (*_HEADS, "since_then")
        rows = [(*_row(a), _words(told.get(a.id))) for a in found]
        click.echo(render(form, Table(heads, rows), {}))
        return
    day = call.today()
    shown = [(a.id, a.title, a.owner, due_words(a.due, day) if a.status == "open" else a.status) for a in found]
    empty = "No open actions. 'tuiretro action add' takes one on."
    document = {"team": call.team.name, "actions": [_described(a, told.get(a.id)) for a in found]}
    foot = [line for a in found for line in _since(a, told.get(a.id), explain=explain)]
    table = Table(("no", "action", "owner", "due"), shown, empty)
    click.echo(render(form, table, document, foot=["Since then:", *foot] if foot else ()))


_HEADS = ("id", "title", "owner", "due", "status", "sprint", "done_when", "mistake", "play")


def _row(a: Action) -> tuple[Cell, ...]:
    return (a.id, a.title, a.owner, str(a.due), a.status, a.sprint, a.done_when, a.mistake or "", a.play or "")


def _words(told: Followed | None) -> str:
    return "" if told is None else told.words


def _since(of: Action, told: Followed | None, *, explain: bool) -> Iterator[str]:
    from tuiretro.core.follow_up import explain as steps

    words = _words(told)
    if told is not None and words:
        note = "" if explain else told.follow_up.note
        yield f"{of.id}: {words} {note}".rstrip()
        yield from (f"- {step}" for step in steps(of, told.follow_up, told.drawn)) if explain else ()


def _described(of: Action, told: Followed | None) -> dict[str, object]:
    import msgspec

    return {
        "id": of.id,
        "title": of.title,
        "owner": of.owner,
        "due": str(of.due),
        "done_when": of.done_when,
        "status": of.status,
        "sprint": of.sprint,
        "closed": of.closed,
        "mistake": of.mistake,
        "play": of.play,
        "draw": msgspec.to_builtins(of.draw),
        "follow_up": None if told is None else _figures(told.follow_up),
    }


def _figures(told: FollowUp) -> dict[str, object]:
    """What is said of a topic and the figures behind it, no finer than people see them."""
    return {
        "state": told.state,
        "words": told.words,
        "note": told.note,
        "before": list(told.before),
        "after": list(told.after),
        "change": None if told.change is None else round(told.change, 1),
        "others": None if told.others is None else round(told.others, 1),
        "topics": told.topics,
    }


def _finish(call: Call, number: int, status: Status, word: str) -> None:
    from tuiretro.errors import NotFoundError
    from tuiretro.service import actions

    team = call.team
    with hinted(NotFoundError, LIST):
        changed = actions.finish(call.workspace, team, number, status)
    say(f"Saved. Action {changed.id} is {word}: {changed.title}.")


@action.command()
@click.argument("number", type=int)
@placed
def done(call: Call, number: int) -> None:
    """Mark an action as done."""
    _finish(call, number, "done", "done")


@action.command()
@click.argument("number", type=int)
@placed
def drop(call: Call, number: int) -> None:
    """Drop an action: the team decided against it."""
    _finish(call, number, "dropped", "dropped")


@action.command()
@click.argument("number", type=int)
@placed
def reopen(call: Call, number: int) -> None:
    """Open a done or dropped action again."""
    _finish(call, number, "open", "open again")


@action.command()
@click.argument("number", type=int)
@click.option("--to", metavar="WORDS", help=f"Another due date: {DUE}.")
@click.option("--owner", metavar="NAME", help="Another owner.")
@placed
def move(call: Call, number: int, to: str | None, owner: str | None) -> None:
    """Give an action another due date, another owner, or both."""
    if to is None and owner is None:
        raise click.UsageError("Say --to WORDS, --owner NAME or both; nothing was changed.")
    from tuiretro.errors import NotFoundError
    from tuiretro.service import actions

    team = call.team
    with hinted(NotFoundError, LIST):
        changed = actions.move(call.workspace, team, number, due=due_day(call, to), owner=owner)
    say(f"Saved. Action {changed.id} is due {changed.due}{f', {changed.owner}' if changed.owner else ''}.")
