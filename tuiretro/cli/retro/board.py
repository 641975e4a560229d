"""Commands that change what lies on the board of a retro, and take changes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, placed, say
from tuiretro.cli.retro.room import SHOW, changed, led
from tuiretro.cli.retro.words import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuiretro.model.retro import Change
    from tuiretro.service.retros import Room

COLUMN = "A column's number, id, or the beginning of its title"
SAME = "It is so already; nothing was changed."


@click.command("add-note")
@click.argument("words", metavar="TEXT", nargs=-1, required=True)
@click.option("--column", default="1", metavar="C", help=f"{COLUMN}; else the first one.")
@placed
def add_note(call: Call, words: tuple[str, ...], column: str) -> None:
    """Put a note on the board of the retro that is under way."""
    from tuiretro.core.notes import add, find_column

    after, _ = changed(call, lambda now: add(now.board, find_column(now.retro.format, column), " ".join(words)))
    note = after.board.notes[-1]
    say(f"Saved. Note {note.id} lies in {_title(call, after, note.column)}.")


def _title(call: Call, here: Room, column: str) -> str:
    from tuiretro.core.retro_summary import column_title
    from tuiretro.service import retros

    return column_title(here.retro.format, column, retros.titles(call.workspace, here))


@click.command("edit-note")
@click.argument("number", type=int)
@click.argument("words", metavar="TEXT", nargs=-1, required=True)
@placed
def edit_note(call: Call, number: int, words: tuple[str, ...]) -> None:
    """Give a note another text."""
    from tuiretro.core.notes import edit

    _change(call, lambda now: edit(now.board, number, " ".join(words)), f"Note {number} has a new text.")


@click.command("move-note")
@click.argument("number", type=int)
@click.option("--column", required=True, metavar="C", help=f"{COLUMN}.")
@placed
def move_note(call: Call, number: int, column: str) -> None:
    """Put a note into another column."""
    from tuiretro.core.notes import find_column, move, note_of

    after, is_new = changed(call, lambda now: move(now.board, number, find_column(now.retro.format, column)))
    lies = _title(call, after, note_of(after.board, number).column)
    say(f"Saved. Note {number} lies in {lies}." if is_new else SAME)


@click.command("remove-note")
@click.argument("number", type=int)
@placed
def remove_note(call: Call, number: int) -> None:
    """Take a note off the board; undo brings it back."""
    from tuiretro.core.notes import remove

    _change(call, lambda now: remove(now.board, number), f"Note {number} is off the board.")


@click.command()
@click.option("--hide", is_flag=True, help="Hide them again.")
@placed
def reveal(call: Call, *, hide: bool) -> None:
    """Show the notes, which are hidden until then."""
    from tuiretro.core.text import plural
    from tuiretro.model.retro import Revealed

    def step(now: Room) -> tuple[Change, ...]:
        return () if now.board.is_revealed is not hide else (Revealed(not hide),)

    after, is_new = changed(call, step)
    notes = plural(len(after.board.notes), "note")
    say((f"Saved. {notes} hidden." if hide else f"Saved. {notes} shown: '{SHOW}' lists them.") if is_new else SAME)


@click.command()
@click.argument("numbers", metavar="N N ...", type=int, nargs=-1, required=True)
@click.option("--name", default="", metavar="NAME", help="What they have in common.")
@placed
def group(call: Call, numbers: tuple[int, ...], name: str) -> None:
    """Put notes or groups together, by their numbers, into one topic."""
    from tuiretro.core.pointing import grouped, topic_at
    from tuiretro.core.text import plural

    after, _ = changed(call, lambda now: grouped(now.board, now.retro.format, numbers, name))
    topic = topic_at(after.topics, numbers[0])
    shown = f", {topic.title}" if name.strip() else ""
    say(f"Saved. Group {topic.id}{shown}: {plural(len(topic.notes), 'note')}.")


@click.command("name")
@click.argument("number", type=int)
@click.argument("words", metavar="NAME", nargs=-1, required=True)
@placed
def name_(call: Call, number: int, words: tuple[str, ...]) -> None:
    """Name a group; an empty name ('') takes the name away."""
    from tuiretro.core.notes import name
    from tuiretro.core.pointing import topic_at

    text = " ".join(words)
    after, _ = changed(call, lambda now: name(topic_at(now.topics, number), text))
    say(f"Saved. {named(topic_at(after.topics, number), text)}")


@click.command()
@click.argument("number", type=int)
@placed
def ungroup(call: Call, number: int) -> None:
    """Take a group apart, or one note out of its group."""
    from tuiretro.core.pointing import ungrouped

    _change(call, lambda now: ungrouped(now.topics, number), "The notes stand on their own again.")


@click.command()
@placed
def undo(call: Call) -> None:
    """Take the last change of the retro back; again and again, to its beginning."""
    from tuiretro.service import retros

    with led(call) as here:
        _, said = retros.take_back(call.workspace, here)
    say(said)


@click.command()
@placed
def redo(call: Call) -> None:
    """Do the change again that was taken back last."""
    from tuiretro.service import retros

    with led(call) as here:
        _, said = retros.do_again(call.workspace, here)
    say(said)


def _change(call: Call, step: Callable[[Room], tuple[Change, ...]], said: str) -> None:
    _, is_new = changed(call, step)
    say(f"Saved. {said}" if is_new else SAME)
