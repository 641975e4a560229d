"""Commands that back a workspace up and put a backup in its place."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tuiretro.cli.context import ABANDON, CLOSE, Call, confirmed, hinted, not_empty, placed, say


@click.command()
@click.argument("file", metavar="FILE|-", callback=not_empty)
@placed
def backup(call: Call, file: str) -> None:
    """Write everything that is kept, but for open rounds, into one new file; - is stdout.

    What is in the file can be read by whoever has it: it is as private as the workspace.
    """
    from tuiretro.core.text import plural
    from tuiretro.service import backups

    taken = backups.take(call.workspace)
    if file == "-":
        click.echo(taken.text, nl=False)
    else:
        backups.write(call.workspace, taken, Path(file))
        say(f"Backed up: {plural(taken.files, 'file')} in {file}. Keep it where only you can read it.")
    for sentence in taken.left_out:
        say(sentence)


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask; needed where nobody can be asked.")
@placed
def restore(call: Call, file: Path, *, yes: bool) -> None:
    """Put a backup in place of everything that is kept; all of it is checked first.

    What is replaced is backed up before, into the workspace's folder backups/. Asks first where there is anything to
    replace, and is refused while a round is open.
    """
    from tuiretro.core.text import plural
    from tuiretro.errors import NotNowError
    from tuiretro.service import backups

    place, day = call.place, call.today()
    files = backups.read(file)
    with hinted(NotNowError, CLOSE, ABANDON):
        occupied = backups.would_replace(place)
    if occupied and not yes:
        _ask(place)
    with hinted(NotNowError, CLOSE, ABANDON):
        done = backups.restore(place, files, day=day, is_agreed=yes or occupied)
    say(f"Restored: {plural(done.files, 'file')} from {file} into {place}.")
    if done.saved is not None:
        what = (
            "'tuiretro restore' brings it back" if done.comes_back else "damaged as it is, it can only be looked into"
        )
        say(f"What was there before is in {done.saved}; {what}.")


def _ask(place: Path) -> None:
    from tuiretro.errors import NotNowError

    what = f"Everything that {place} keeps is replaced by the backup, and backed up itself before."
    if not sys.stdin.isatty():
        raise click.UsageError(f"{what} Say --yes to do it; nothing was changed.")
    if not confirmed(f"{what} Restore it?"):
        raise NotNowError("Everything stays as it is; nothing was changed.")
