"""The command that builds a realistic history to look at."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, NoTerminalError, at_terminal, placed, say

if TYPE_CHECKING:
    from tuiretro.model.team import Team

Step = Callable[[int, int], None]


@click.command()
@click.option("--into", metavar="DIR", type=click.Path(path_type=Path), help="An empty or new folder that keeps it.")
@click.option("--sprints", type=int, default=26, show_default=True, metavar="N")
@click.option("--people", type=int, default=8, show_default=True, metavar="N")
@click.option("--seed", type=int, default=1, show_default=True, metavar="N", help="Another seed, another team.")
@placed
def demo(call: Call, into: Path | None, sprints: int, people: int, seed: int) -> None:
    """Look at a made-up team with a history; without --into in a throw-away copy."""
    if into is not None:
        from tuiretro.paths import at_home

        place = at_home(into)
        refuse_occupied(place)
        team = _build(call, place, sprints, people, seed)
        from tuiretro.core.text import plural

        say(f"Written: {team.name} with {plural(sprints, 'sprint')}. Open it with: tuiretro --workspace '{place}'")
        return
    if not at_terminal():
        raise NoTerminalError("The app needs a terminal; 'tuiretro demo --into DIR' writes the demo into a folder.")
    from tempfile import TemporaryDirectory

    from tuiretro.opening import open_app

    with TemporaryDirectory(prefix="tuiretro-demo-") as folder:
        team = _build(call, Path(folder), sprints, people, seed)
        open_app(os.environ, place=Path(folder), team=team.name, is_demo=True)
    say("The demo is over; nothing of it was kept.")


def refuse_occupied(place: Path) -> None:
    """Refuses a place that holds something already.

    Raises:
        BadInputError: A file, or a folder that is not empty.
    """
    from tuiretro.errors import BadInputError

    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise BadInputError(f"'{place}' is no folder; name a new or empty one. Nothing was written.")
    if place.is_dir() and any(place.iterdir()):
        raise BadInputError(f"The folder '{place}' is not empty; name a new or empty one. Nothing was written.")


def _build(call: Call, place: Path, sprints: int, people: int, seed: int) -> Team:
    from tuiretro.service import demo as story

    with _progress(sprints) as step:
        return story.build(place, sprints=sprints, people=people, seed=seed, today=call.today(), step=step)


@contextmanager
def _progress(sprints: int) -> Iterator[Step]:
    """A bar on stderr; where stderr is no terminal it says nothing."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("Building the demo"), BarColumn(), TextColumn("sprint {task.completed:.0f} of {task.total}"))
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("sprints", total=sprints)
        yield lambda done, total: bar.update(task, completed=done, total=total)
