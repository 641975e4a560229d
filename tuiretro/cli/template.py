"""Commands on templates: pages to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from tuiretro.cli.context import Call, formatted, placed, say


@click.group()
def template() -> None:
    """Read pages to fill in, and copy them to where your team writes."""


@template.command("list")
@formatted("text", "md", "json")
@placed
def list_(call: Call, form: str) -> None:
    """List the templates and what each is for, your team's own beside the program's."""
    from tuiretro.service import survey_files

    found = survey_files.library(call.place).templates()
    if form == "json":
        from tuiretro.cli.tables import as_json

        click.echo(as_json({"templates": [{"id": t.id, "title": t.title, "about": t.about} for t in found]}))
        return
    from tuiretro.cli.survey_page import templates_page

    for line in templates_page(found).lines(marked=form == "md"):
        click.echo(line)


@template.command()
@click.argument("name")
@click.option(
    "--output",
    metavar="FILE",
    help="A new file, or a folder, for the page, or - to print it; nothing there is replaced.",
)
@placed
def show(call: Call, name: str, output: str | None) -> None:
    """Print a template as it is, in Markdown, or write it to a new file."""
    from tuiretro.core.text import harmless
    from tuiretro.service import survey_files, templates

    library = survey_files.library(call.place)
    if output in {None, "-"}:
        # A tab is what somebody typed between two columns, and the only control character that a page may hold.
        parts = library.template(name).text.split("\t")
        click.echo("\t".join(harmless(part, lines=True) for part in parts), nl=False)
        return
    if not output or (output.endswith(("/", "\\")) and not Path(output).expanduser().is_dir()):
        raise click.UsageError("--output names no file and no folder that is there; nothing was written.")
    where = templates.write(library, name, Path(output), call.place)
    say(f"Written: {where}. Only you can read it; fill it in with your team and put it where they find it.")
