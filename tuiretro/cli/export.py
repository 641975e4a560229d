"""The commands that write reports for people and programs outside the team."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from tuiretro.cli.context import Call, hinted, not_empty, placed, say

if TYPE_CHECKING:
    from tuiretro.model.report import Report
    from tuiretro.service.exporting import Scope

FORMS = ("md", "html", "json", "csv", "ical", "checklist")
BRIEF_FORMS = ("md",)
_RANGE = re.compile(r"\s*([0-9]{1,4})?\s*(?:\.\.|-)\s*([0-9]{1,4})?\s*")


class Writing(NamedTuple):
    """Where an export goes, and what it may name."""

    owners: bool
    output: str
    force: bool


def _writing(command: Callable[..., None]) -> Callable[..., None]:
    """--with-owners, --output and --force, which the command gets as one value called `writing`."""

    @wraps(command)
    def with_options(*, owners: bool, output: str, force: bool, **others: object) -> None:
        command(writing=Writing(owners, output, force), **others)

    owners = click.option("--with-owners", "owners", is_flag=True, help="Name the owners of actions.")
    output = click.option(
        "--output", default="-", metavar="FILE|-", callback=not_empty, help="File or folder; - is stdout.  [default: -]"
    )
    force = click.option("--force", is_flag=True, help="Replace the file if it is there.")
    return owners(output(force(with_options)))


@click.command()
@click.option("--format", "form", type=click.Choice(FORMS), default="md", show_default=True, help="What is written.")
@click.option("--sprint", type=int, metavar="N", help="An earlier sprint; else the last one with results.")
@click.option("--sprints", metavar="N..M", callback=not_empty, help="A range of sprints; '3..' has no end.")
@click.option("--since", metavar="DATE", callback=not_empty, help="Sprints that ended on that day or later.")
@click.option("--all", "everything", is_flag=True, help="All sprints with results.")
@_writing
@placed
def export(
    call: Call,
    *,
    form: str,
    sprint: int | None,
    sprints: str | None,
    since: str | None,
    everything: bool,
    writing: Writing,
) -> None:
    """Write one sprint, a range or the whole history for others.

    Comments stay on this machine, and so do the owners of actions unless you ask for them.
    """
    from tuiretro.export import EXPORTERS

    ways = {"--sprint": sprint, "--sprints": sprints, "--since": since, "--all": everything or None}
    chosen = [name for name, value in ways.items() if value is not None]
    if len(chosen) > 1:
        raise click.UsageError(f"{' and '.join(chosen)} exclude each other: choose one of them.")
    found = _found(call, sprint, sprints, since, everything=everything)
    if form == "ical" and all(line.action.status != "open" for line in found.actions):
        say("No action is open, so the calendar is empty.")
    ranged: Scope = "sprint" if sprints is since is None else "range"
    _put(call, EXPORTERS[form](found, owners=writing.owners), writing, form, "all" if everything else ranged, found)


def _found(call: Call, sprint: int | None, sprints: str | None, since: str | None, *, everything: bool) -> Report:
    from tuiretro.service import reports

    if since is not None:
        from tuiretro.core.calendar import parse_date

        return reports.since(call.workspace, call.team, parse_date(since, "date"))
    if sprints is not None:
        first, last = _range(sprints)
        return reports.report(call.workspace, call.team, first=first, last=last)
    if everything:
        return reports.report(call.workspace, call.team)
    return reports.of_sprint(call.workspace, call.team, sprint)


def _range(text: str) -> tuple[int | None, int | None]:
    """The ends of '3..8', '3..' or '..8'.

    Raises:
        BadInputError: It is none of these, or its end comes before its start.
    """
    from tuiretro.errors import BadInputError

    match = _RANGE.fullmatch(text)
    first, last = (int(end) if end else None for end in match.groups()) if match else (None, None)
    if first is None and last is None:
        raise BadInputError(
            f"The range '{text.strip()[:40]}' is not understood; write it like 3..8, 3.. or ..8. Nothing was written."
        )
    if first is not None and last is not None and last < first:
        raise BadInputError(f"The range {first}..{last} ends before it starts. Nothing was written; turn it around.")
    return first, last


@click.command()
@click.option(
    "--format", "form", type=click.Choice(BRIEF_FORMS), default="md", show_default=True, help="How it is written."
)
@click.option("--sprint", type=int, metavar="N", help="The later sprint; else the last one with results.")
@click.option("--since-sprint", type=int, metavar="M", help="The earlier one; else the last with results before it.")
@_writing
@placed
def brief(call: Call, *, form: str, sprint: int | None, since_sprint: int | None, writing: Writing) -> None:
    """Write on one page what changed between two sprints, for people who were not there."""
    from tuiretro.export import BRIEFS
    from tuiretro.service import reports

    found = reports.between(call.workspace, call.team, since_sprint, sprint)
    _put(call, BRIEFS[form](found, owners=writing.owners), writing, form, "brief", found)


def _put(call: Call, text: str, writing: Writing, form: str, scope: Scope, found: Report) -> None:
    from tuiretro.service import export_file, exporting

    if writing.output == "-":
        # As bytes: a stream of text would give lines other ends than their format asks for. On a terminal nobody needs
        # the mark that files of spreadsheets begin with.
        click.echo((text.removeprefix("\ufeff") if sys.stdout.isatty() else text).encode(), nl=False)
        return
    path = exporting.in_folder(Path(writing.output), exporting.file_name(form, scope, found))
    is_hinted = not writing.force and exporting.is_there(path)
    with hinted(export_file.TakenError, *(("--force, which replaces the file",) if is_hinted else ())):
        export_file.write(path, text, replace=writing.force, place=call.workspace.store.place)
    say(f"Written: {path}. Only you can read it; what others may see of it is up to you.")
