"""The retro on the command line: beginning, showing and listing retros; what changes one stands in `retro_*` beside.

Without a command the app opens at the retro, or the dialogue in plain lines.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, at_terminal, formatted, hinted, placed, say
from tuiretro.cli.retro.actions import decide, settle
from tuiretro.cli.retro.agenda import close, stage
from tuiretro.cli.retro.board import (
    add_note,
    edit_note,
    group,
    move_note,
    name_,
    redo,
    remove_note,
    reveal,
    undo,
    ungroup,
)
from tuiretro.cli.retro.check import check
from tuiretro.cli.retro.room import START, found
from tuiretro.cli.retro.votes import discussed, vote

if TYPE_CHECKING:
    from tuiretro.model.board_format import Format
    from tuiretro.service.retros import Room

FORMATS = "tuiretro retro formats"


@click.group(invoke_without_command=True)
@click.option("--plain", is_flag=True, help="Line by line, for screen readers, bare terminals and pipes.")
@placed
@click.pass_context
def retro(context: click.Context, call: Call, *, plain: bool) -> None:
    """Lead a retro. Without a command the app opens at it, or with --plain a dialogue line by line."""
    if context.invoked_subcommand is not None:
        if plain:
            raise click.UsageError("--plain goes without a command.")
    elif plain or not at_terminal():
        from tuiretro.cli.retro.plain import line_by_line

        line_by_line(call)
    else:
        from tuiretro.opening import open_app

        open_app(os.environ, place=call.chosen, team=call.team_name, start="retro")


@retro.command()
@click.option("--layout", metavar="FORMAT", help="The columns of its board; else from the focus list, if there is one.")
@click.option(
    "--sprint", type=int, metavar="N", help="What it is about; else the last sprint with results, or the running one."
)
@placed
def start(call: Call, layout: str | None, sprint: int | None) -> None:
    """Begin a retro; the notes that were dropped during the sprint lie on its board."""
    from tuiretro.cli.retro.agenda import arrived
    from tuiretro.core.text import plural
    from tuiretro.errors import NotFoundError
    from tuiretro.service import retros

    team = call.team
    chosen = layout or retros.usual_format(call.workspace, team)
    with hinted(NotFoundError, FORMATS):
        here = retros.begin(call.workspace, team, chosen, sprint)
    notes = len(here.board.notes)
    dropped = (
        f" {plural(notes, 'note')} that waited for it {'lies' if notes == 1 else 'lie'} on the board." if notes else ""
    )
    say(f"Begun. The retro of {team.name}, sprint {here.retro.sprint.number}: {here.retro.format.title}.{dropped}")
    for sentence in arrived(here):
        say(sentence)


@retro.command()
@formatted("text", "md", "json", "csv")
@placed
def formats(call: Call, form: str) -> None:
    """List the formats that a retro can have."""
    from tuiretro.cli.tables import Table, render
    from tuiretro.service import retros

    known = retros.formats(call.workspace, call.team)
    rows = [(board.id, len(board.columns), _minutes(board), board.title) for board in known]
    document = {"usual": retros.usual_format(call.workspace, call.team), "formats": list(map(_described, known))}
    foot = (f"The usual one now: {document['usual']}. '{START} --layout FORMAT' takes another.",)
    click.echo(render(form, Table(("format", "columns", "minutes", "title"), rows), document, foot=foot))


def _minutes(board: Format) -> int:
    return sum(stage.minutes for stage in board.stages)


def _described(board: Format) -> dict[str, object]:
    return {
        "id": board.id,
        "title": board.title,
        "about": board.about,
        "from_focus": board.from_focus,
        "minutes": _minutes(board),
        "columns": [{"id": column.id, "title": column.title, "hint": column.hint} for column in board.columns],
    }


@retro.command()
@click.option("--sprint", type=int, metavar="N", help="An earlier retro; else the one that is under way, or the last.")
@click.option("--with-owners", is_flag=True, help="Name the owners of actions.")
@formatted("text", "md", "json")
@click.option("--output", default="-", metavar="FILE|-", help="Where it goes; - is stdout.  [default: -]")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@placed
def show(call: Call, sprint: int | None, form: str, output: str, *, with_owners: bool, force: bool) -> None:
    """Show a retro as it stands: agenda, topics with their numbers and votes, decisions.

    Notes that are still hidden are only counted.
    """
    from tuiretro.service import export_file

    text = _told(call, found(call, sprint), form, owners=with_owners)
    if output == "-":
        click.echo(text, nl=False)
        return
    with hinted(export_file.TakenError, "--force, which replaces a regular file"):
        export_file.write(Path(output), text, replace=force, place=call.workspace.store.place)
    say(f"Written: {output}. Only you can read it; what others may see of it is up to you.")


def _told(call: Call, here: Room, form: str, *, owners: bool) -> str:
    from tuiretro.service import retros
    from tuiretro.service.retro_story import story

    told = story(call.workspace, here)
    if form == "md":
        from tuiretro.export.retro_markdown import retro_markdown

        return retro_markdown(told, owners=owners)
    if form == "json":
        from tuiretro.export.retro_json import retro_json

        return retro_json(told, owners=owners)
    from tuiretro.cli.retro.page import page

    lines = page(here, told, retros.titles(call.workspace, here), owners=owners)
    return "".join(f"{_wrapped(line)}\n" for line in lines)


def _wrapped(line: str) -> str:
    """The line in 80 columns, what follows its first line set in."""
    from textwrap import fill

    indent = len(line) - len(line.lstrip())
    return fill(line, 80, subsequent_indent=" " * (indent + 3), break_long_words=False, break_on_hyphens=False)


@retro.command("list")
@formatted("text", "md", "json", "csv")
@placed
def list_(call: Call, form: str) -> None:
    """List the retros, the last one first."""
    from tuiretro.cli.tables import Table, render
    from tuiretro.service import retros

    team = call.team
    rooms = [retros.room(call.workspace, team, number) for number in reversed(retros.every(call.workspace, team))]
    heads = ("sprint", "held", "format", "state", "notes", "actions")
    rows = [tuple(_line(here).values()) for here in rooms]
    document = {"team": team.name, "retros": [_line(here) for here in rooms]}
    click.echo(render(form, Table(heads, rows, f"No retro yet. '{START}' begins one."), document))


def _line(here: Room) -> dict[str, str | int]:
    return {
        "sprint": here.retro.sprint.number,
        "held": here.retro.held.isoformat(),
        "format": here.retro.format.title,
        "state": "over" if here.retro.is_over else "under way",
        "notes": len(here.board.notes),
        "actions": len(here.board.decided),
    }


for _command in (
    *(add_note, edit_note, move_note, remove_note, reveal, group, name_, ungroup, vote, discussed),
    *(decide, settle, check, stage, undo, redo, close),
):
    retro.add_command(_command)
