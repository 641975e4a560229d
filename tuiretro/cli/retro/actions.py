"""Commands on what a retro takes on, and on what became of earlier actions."""

from __future__ import annotations

import click

from tuiretro.cli.action import DUE, LIST, due_day
from tuiretro.cli.context import Call, hinted, placed, say
from tuiretro.cli.retro.board import SAME
from tuiretro.cli.retro.room import led
from tuiretro.cli.retro.words import FATES, about, settled, taken_on


@click.command()
@click.argument("title", required=False)
@click.option("--play", metavar="ID.PLAY", help="A play of a mistake or survey; brings its title and done-when.")
@click.option(
    "--topic", type=int, metavar="N", help="The topic that it is about; brings its title, if there is no other."
)
@click.option("--owner", default="", metavar="NAME", help="Who sees to it; the only name that is kept.")
@click.option("--due", metavar="WORDS", help=f"{DUE}; else the end of the sprint after the retro's.")
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
    is_new = after.retro != here.retro
    say(settled(next(action for action in after.actions if action.id == number), FATES[fate]) if is_new else SAME)
