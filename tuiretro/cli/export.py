"""The command that writes a sprint's summary for people outside the team."""

from __future__ import annotations

from pathlib import Path

import click

from tuiretro.cli.context import Call, hinted, not_empty, placed, say


@click.command()
@click.option("--format", "form", type=click.Choice(("md", "json")), default="md", show_default=True)
@click.option("--sprint", type=int, metavar="N", help="An earlier sprint; else the last one with results.")
@click.option(
    "--output", default="-", metavar="FILE|-", callback=not_empty, help="Where it goes; - is stdout.  [default: -]"
)
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@placed
def export(call: Call, form: str, sprint: int | None, output: str, *, force: bool) -> None:
    """Write the summary of a sprint; comments and owners of actions stay on this machine."""
    from tuiretro.errors import BadInputError
    from tuiretro.export import EXPORTERS
    from tuiretro.service import export_file, insight

    text = EXPORTERS[form](insight.summary(call.workspace, call.team, sprint))
    if output == "-":
        click.echo(text, nl=False)
        return
    with hinted(BadInputError, *(() if force else ("--force, which replaces a regular file",))):
        export_file.write(Path(output), text, replace=force)
    say(f"Written: {output}. Only you can read it; what others may see of it is up to you.")
