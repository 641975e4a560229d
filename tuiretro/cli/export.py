"""The command that writes a sprint's summary for people outside the team."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tuiretro.cli.context import Call, placed, say


@click.command()
@click.option("--format", "form", type=click.Choice(("md", "json")), default="md", show_default=True)
@click.option("--sprint", type=int, metavar="N", help="An earlier sprint; else the last one with results.")
@click.option("--output", default="-", metavar="FILE|-", help="Where it goes; - is stdout.  [default: -]")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@placed
def export(call: Call, form: str, sprint: int | None, output: str, *, force: bool) -> None:
    """Write the summary of a sprint; comments never leave the screen."""
    from tuiretro.export import EXPORTERS
    from tuiretro.service import insight

    text = EXPORTERS[form](insight.summary(call.workspace, call.team, sprint)).rstrip("\n")
    if output == "-":
        click.echo(text)
        return
    write(Path(output), f"{text}\n", force=force)
    say(f"Written: {output}. Only you can read it; what others may see of it is up to you.")


def write(path: Path, text: str, *, force: bool) -> None:
    """Writes a file that only its owner can read.

    Args:
        path: The file; its folder must exist.
        text: All of it.
        force: Whether a file that is there is replaced.

    Raises:
        BadInputError: The file is there and `force` is off, it is no regular file, or it cannot be written.
    """
    from tuiretro.errors import BadInputError
    from tuiretro.files import write_atomically

    data = text.encode()
    try:
        if force and not _in_the_way(path):
            write_atomically(path, data)
            return
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except FileExistsError:
        how = "it is no regular file" if _in_the_way(path) else "--force replaces it"
        raise BadInputError(f"'{path}' is there already, and was left as it is; {how}.") from None
    except OSError as error:
        raise BadInputError(f"'{path}' cannot be written ({error.strerror}); nothing was exported.") from None


def _in_the_way(path: Path) -> bool:
    """True for a folder, link or device: replacing one would destroy what nobody meant."""
    return path.is_symlink() or (path.exists() and not path.is_file())
