"""The command that takes over history from another tool's table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, confirmed, hinted, not_empty, placed, say

if TYPE_CHECKING:
    from tuiretro.model.importing import Import

Step = Callable[[int, int], None]
GUESS = "tuiretro import FILE --guess --output MAP.toml"
_MOST_COLUMNS = 12
"""Names of columns that are told; the others are counted."""


@click.command("import")
@click.argument("file", callback=not_empty)
@click.option("--map", "map_", metavar="MAP.toml", callback=not_empty, help="What the columns mean.")
@click.option("--guess", is_flag=True, help="Propose a map instead; nothing is imported.")
@click.option(
    "--output", default="-", metavar="MAP.toml|-", callback=not_empty, help="Where the proposed map goes.  [default: -]"
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@placed
def import_(call: Call, file: str, map_: str | None, output: str, *, guess: bool, dry_run: bool, yes: bool) -> None:
    """Take over history from the CSV of another tool: summarised on the way in, its rows are never stored.

    A map says what the columns mean; --guess proposes one. Means, numbers and spread words are released by the same
    rules as at the closing of a round. Comments, names, addresses and times stay outside. Only sprints that are over
    and have no results are written, and all of them or none.
    """
    if guess == (map_ is not None):
        raise click.UsageError("Say either --map MAP.toml or --guess.")
    if guess:
        _propose(call, Path(file), output)
        return
    from tuiretro.errors import NotNowError
    from tuiretro.service import importing

    with _progress() as step:
        found = importing.read(call.workspace, call.team, Path(file), Path(map_ or ""), step)
    click.echo(_preview(found))
    for sentence in _sentences(found):
        say(sentence)
    if dry_run:
        say("Nothing was written: this was a dry run.")
        return
    count = len(found.releases)
    if found.releases and not yes and not confirmed(_question(count)):
        raise NotNowError("Nothing was imported.")
    importing.write(call.workspace, found)
    say(f"Imported: {_sprints(count)}. No row of the file was kept; it can be deleted if nobody else needs it.")


def _propose(call: Call, file: Path, output: str) -> None:
    from tuiretro.errors import BadInputError
    from tuiretro.service import export_file, importing

    text = importing.guess_map(call.place, file)
    if output == "-":
        click.echo(text, nl=False)
        return
    with hinted(BadInputError, GUESS):
        export_file.write(Path(output), text, replace=False, place=call.place)
    say(f"Written: {output}. Read it before you use it: every line of it is a guess.")


def _question(count: int) -> str:
    return f"This adds the results of {_sprints(count)}, which cannot be taken back. Import?"


def _sprints(count: int) -> str:
    from tuiretro.core.text import plural

    return plural(count, "sprint")


def _preview(found: Import) -> str:
    from tuiretro.cli.tables import Table, render
    from tuiretro.core.calendar import span_words
    from tuiretro.core.figures import answered_words

    rows: list[tuple[str | int, ...]] = []
    for one in found.sprints:
        release = one.release
        shown = sum(item.mean is not None for item in release.items) if release else 0
        few = len(release.items) - shown if release else "all"
        answered = answered_words(one.answered, one.people) if release else "too few answers to show"
        rows.append((one.sprint.number, span_words(one.sprint), answered, shown, few))
    heads = ("sprint", "days", "answers", "shown", "too few")
    return render("text", Table(heads, rows, "No row is of a sprint that can be imported."), {})


def _sentences(found: Import) -> Iterator[str]:
    from tuiretro.core.text import clip, plural

    for column in found.personal:
        yield (
            f"Careful: [keep] chooses rows by '{clip(column, 40)}', which may say who answered. What is released of "
            "chosen people can be set against what all answered; choose by team, or by what was finished."
        )
    for item in found.items:
        what = "continues our line" if item.is_ours else "in other words than ours, so on a line of its own"
        turned = ", turned round" if item.reversed else ""
        yield f"{item.question.id}: {clip(item.column, 60)} ({what}{turned})"
    for why, count in found.left_out.items():
        yield f"Left out: {plural(count, 'row')}, {why}."
    names = [clip(name, 40) or "(no name)" for name in found.ignored]
    more = f" and {len(names) - _MOST_COLUMNS} more" if len(names) > _MOST_COLUMNS else ""
    if names:
        yield f"Not looked at: {', '.join(names[:_MOST_COLUMNS])}{more}. Comments are never imported."


@contextmanager
def _progress() -> Iterator[Step]:
    """A bar on stderr; where stderr is no terminal it says nothing."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("Reading"), BarColumn(), TextColumn("{task.percentage:.0f}%"))
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("rows")
        yield lambda done, total: bar.update(task, completed=done, total=total)
