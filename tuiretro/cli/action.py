"""Commands on what the team took on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, formatted, hinted, placed, say

if TYPE_CHECKING:
    from datetime import date

    from tuiretro.model.action import Action, Status

LIST = "tuiretro action list --all"


@click.group()
def action() -> None:
    """Take actions on and follow them up."""


@action.command("add")
@click.argument("title", required=False)
@click.option("--play", metavar="ID.PLAY", help="A play of a mistake or survey; brings its title and done-when.")
@click.option("--owner", default="", metavar="NAME", help="Who sees to it; the only name that is kept.")
@click.option("--due", metavar="DATE", help="As 2026-11-23; else the end of the next sprint.")
@click.option("--done-when", default="", metavar="TEXT", help="How to tell that it is done.")
@placed
def add(call: Call, *, title: str | None, play: str | None, owner: str, due: str | None, done_when: str) -> None:
    """Take an action on, with a title of its own or from a play."""
    from tuiretro.service import actions

    day = _day(due)
    made = actions.add(call.workspace, call.team, title, play=play, owner=owner, due=day, done_when=done_when)
    say(f"Saved. Action {made.id}: {made.title}; due {made.due}{f', {made.owner}' if made.owner else ''}.")


def _day(text: str | None) -> date | None:
    from tuiretro.core.calendar import parse_date

    return None if text is None else parse_date(text, "due date")


@action.command("list")
@click.option("--all", "everything", is_flag=True, help="With those that are done or dropped.")
@formatted("text", "md", "json", "csv")
@placed
def list_(call: Call, form: str, *, everything: bool) -> None:
    """List the open actions."""
    from tuiretro.cli.tables import Table, render
    from tuiretro.core.calendar import due_words
    from tuiretro.service import actions

    found = [a for a in actions.listed(call.workspace, call.team) if everything or a.status == "open"]
    if form == "csv":
        heads: tuple[str, ...] = ("id", "title", "owner", "due", "status", "sprint", "done_when", "mistake", "play")
        rows = [
            (a.id, a.title, a.owner, str(a.due), a.status, a.sprint, a.done_when, a.mistake or "", a.play or "")
            for a in found
        ]
        click.echo(render(form, Table(heads, rows), {}))
        return
    day = call.today()
    shown = [(a.id, a.title, a.owner, due_words(a.due, day) if a.status == "open" else a.status) for a in found]
    empty = "No open actions. 'tuiretro action add' takes one on."
    document = {"team": call.team.name, "actions": [_described(a) for a in found]}
    click.echo(render(form, Table(("no", "action", "owner", "due"), shown, empty), document))


def _described(of: Action) -> dict[str, object]:
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
@click.option("--to", metavar="DATE", help="Another due date, as 2026-11-23.")
@click.option("--owner", metavar="NAME", help="Another owner.")
@placed
def move(call: Call, number: int, to: str | None, owner: str | None) -> None:
    """Give an action another due date, another owner, or both."""
    if to is None and owner is None:
        raise click.UsageError("Say --to DATE, --owner NAME or both; nothing was changed.")
    from tuiretro.errors import NotFoundError
    from tuiretro.service import actions

    team = call.team
    with hinted(NotFoundError, LIST):
        changed = actions.move(call.workspace, team, number, due=_day(to), owner=owner)
    say(f"Saved. Action {changed.id} is due {changed.due}{f', {changed.owner}' if changed.owner else ''}.")
