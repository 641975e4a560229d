"""Writes docs/commands.md from the commands' own help: `python -m tests.cli.commands_page > docs/commands.md`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from tuiretro.cli.main import program

INTRO = """# Commands

Written from the program's own help. `--workspace PATH` and `--team NAME` work before and after every command; data goes
to stdout, everything else to stderr. What `--format json` prints is described in [json.md](json.md)."""
EVERYWHERE = frozenset({"--workspace", "--team"})


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that lead to it."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    if path and command.invoke_without_command:
        yield path, command
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found is not None:
            yield from leaves(found, (*path, name))


def page() -> str:
    """The whole page."""
    root = program.make_context("tuiretro", [], resilient_parsing=True)
    parts = [INTRO, "## tuiretro", f"```text\n{program.get_help(root)}\n```"]
    for path, command in leaves(program):
        parts += list(section(path, command, root))
    return "\n\n".join(parts) + "\n"


def section(path: tuple[str, ...], command: click.Command, root: click.Context) -> Iterator[str]:
    """One command."""
    context = click.Context(command, parent=root, info_name=" ".join(path))
    usage = " ".join(["tuiretro", *path, *(piece for piece in command.collect_usage_pieces(context))])
    yield f"## {' '.join(path)}"
    yield f"`{usage}`"
    yield " ".join((command.help or "").split())
    rows = [
        record
        for parameter in command.get_params(context)
        if not EVERYWHERE & set(parameter.opts) and "--help" not in parameter.opts
        if (record := parameter.get_help_record(context)) is not None
    ]
    if rows:
        yield "\n".join(f"- `{option}` {' '.join(text.split())}".rstrip() for option, text in rows)


if __name__ == "__main__":
    click.echo(page(), nl=False)
