"""Commands on where a team stands in its retro, and on the end of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, confirmed, placed, say
from tuiretro.cli.retro.room import SHOW, led
from tuiretro.cli.retro.words import closing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuiretro.service.retros import Room


@click.command()
@click.argument("where", metavar="NAME|next|back")
@placed
def stage(call: Call, where: str) -> None:
    """Go to a stage by its name or number, to the next one, or one back; nothing is lost on the way."""
    from tuiretro.core.pointing import stage_at
    from tuiretro.service import retros

    steps = {"next": 1, "back": -1}
    with led(call) as here:
        if where in steps:
            after = retros.move_on(call.workspace, here, steps[where])
        else:
            after = retros.go_to(call.workspace, here, stage_at(here.retro.format, where))
    for sentence in arrived(after):
        say(sentence)


def arrived(here: Room) -> Iterator[str]:
    """What is said at a stage: where the team is, and what a facilitator may say."""
    from tuiretro.cli.retro.page import where
    from tuiretro.core.agenda import current

    yield where(here.retro)
    now = current(here.retro)
    if now is None:
        yield f"'{SHOW}' shows the summary; 'tuiretro retro close' ends the retro."
        return
    if now.say:
        yield f"What to say: {' '.join(now.say)}"


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@placed
def close(call: Call, *, yes: bool) -> None:
    """End the retro: what lies on the board stays, the steps that led to it go. Final; asks first on a terminal."""
    from tuiretro.core.text import plural
    from tuiretro.errors import NotNowError
    from tuiretro.service import retros

    with led(call) as here:
        if not yes and sys.stdin.isatty() and not confirmed(f"{closing(here)} Close it?"):
            raise NotNowError("The retro goes on; nothing was changed.")
        after = retros.close(call.workspace, here)
    number = after.retro.sprint.number
    taken = plural(len(after.board.decided), "action")
    say(f"Closed. The retro of sprint {number} is over with {taken} taken on; '{SHOW} --sprint {number}' shows it.")
