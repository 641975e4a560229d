"""Commands on what a retro takes on, and on what became of earlier actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tuiretro.cli.action import DUE, LIST, due_day
from tuiretro.cli.context import Call, hinted, placed, say
from tuiretro.cli.retro_room import led

if TYPE_CHECKING:
    from tuiretro.model.action import Action
    from tuiretro.model.retro import Fate
    from tuiretro.service.retros import Room

FATES: dict[str, Fate] = {"done": "done", "keep": "kept", "move": "moved", "drop": "dropped"}


@click.command()
@click.argument("title", required=False)
@click.option("--play", metavar="ID.PLAY", help="A play of a mistake or survey; brings its title and done-when.")
@click.option(
    "--topic", type=int, metavar="N", help="The topic that it is about; brings its title, if there is no other."
)
@click.option("--owner", default="", metavar="NAME", help="Who sees to it; the only name that is kept.")
@click.option("--due", metavar="WORDS", help=f"{DUE}; else the end of the next sprint.")
@click.option("--done-when", default="", metavar="TEXT", help="How to tell that it is done.")
@placed
def decide(
    call: Call,
    *,
    title: str | None,
    play: str | None,
    topic: int | None,
    owner: str,
    due: str | None,
    done_when: str,
) -> None:
    """Take an action on in the retro that is under way."""
    from tuiretro.service import retro_decisions

    day = due_day(call, due)
    with led(call) as here:
        name, mistake = about(here, topic)
        after = retro_decisions.take_on(
            call.workspace,
            here,
            title if title is not None or play is not None else name,
            play=play,
            mistake=mistake,
            owner=owner,
            due=day,
            done_when=done_when,
        )
    for sentence in taken_on(after):
        say(sentence)


def about(here: Room, topic: int | None) -> tuple[str | None, str | None]:
    """The title of a topic, and the mistake that it is about, by id; None for what there is not.

    Raises:
        NotFoundError: No such topic.
    """
    from tuiretro.core.pointing import topic_at

    if topic is None:
        return None, None
    chosen = topic_at(here.topics, topic)
    return chosen.title, chosen.mistakes[0] if chosen.mistakes else None


def taken_on(here: Room) -> tuple[str, ...]:
    """What is said after an action was taken on, which is the last one of the retro."""
    from tuiretro.core.rules import ENOUGH_ACTIONS

    made = next(action for action in here.actions if action.id == here.board.decided[-1])
    owner = f", {made.owner}" if made.owner else ", nobody's so far"
    said = f"Saved. Action {made.id}: {made.title}; due {made.due}{owner}."
    count = len(here.board.decided)
    if count <= ENOUGH_ACTIONS:
        return (said,)
    return (said, f"These are {count} actions; of more than {ENOUGH_ACTIONS} at once, few get done.")


@click.command()
@click.argument("number", type=int)
@click.argument("fate", type=click.Choice(tuple(FATES)))
@click.option("--to", metavar="WORDS", help=f"Where an action is moved: {DUE}.")
@placed
def settle(call: Call, number: int, fate: str, to: str | None) -> None:
    """Say what becomes of an action of an earlier sprint: done, kept as it is, moved, or dropped."""
    if (fate == "move") is (to is None):
        raise click.UsageError("--to goes with move, and move needs it; nothing was changed.")
    from tuiretro.errors import NotFoundError
    from tuiretro.service import retro_decisions

    day = due_day(call, to)
    with led(call) as here, hinted(NotFoundError, LIST):
        after = retro_decisions.settle(call.workspace, here, number, FATES[fate], day)
    say(settled(next(action for action in after.actions if action.id == number), FATES[fate]))


def settled(action: Action, fate: Fate) -> str:
    """What is said of an earlier action."""
    until = f" until {action.due}" if fate in {"kept", "moved"} else ""
    return f"Saved. Action {action.id}, {action.title}: {fate}{until}."
