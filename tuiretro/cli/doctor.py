"""The command that looks at a workspace's health.

Owns the layout alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, formatted, placed
from tuiretro.errors import WorkspaceError

if TYPE_CHECKING:
    from tuiretro.cli.tables import Table
    from tuiretro.model.checkup import Checkup


@click.command()
@click.option("--check", is_flag=True, help="Only look; change nothing.")
@formatted("text", "md", "json", "csv")
@placed
@click.pass_context
def doctor(context: click.Context, call: Call, form: str, *, check: bool) -> None:
    """Look at the health of everything that is kept, and mend what is certain; exit code 6 if a person is needed.

    Nothing is deleted but what a crash left half, which every start does away with.
    """
    from tuiretro.service.doctor import checkup

    found = checkup(call.place, today=call.today, is_only_looking=check)
    if form == "text":
        for line in _page(found, is_only_looking=check):
            click.echo(line)
    else:
        from tuiretro.cli.tables import render

        click.echo(render(form, _table(found), _document(found)))
    if not found.is_well:
        context.exit(WorkspaceError.exit_code)


def _page(found: Checkup, *, is_only_looking: bool) -> Iterator[str]:
    from tuiretro.core.text import clean

    there = "" if found.is_there else ", where there is no workspace yet"
    yield click.style(clean(f"The health of {found.place}{there}"), bold=True)
    for point in found.points:
        yield f"  {point.state.upper() if point.faults else point.state:9}  {clean(point.sentence)}"
        yield from (f"             mended: {clean(sentence)}" for sentence in point.mended)
        yield from (f"             {clean(sentence)}" for sentence in point.faults)
    yield ""
    if found.is_well:
        yield "All is well."
    else:
        ways = "'tuiretro doctor' without --check mends what is certain." if is_only_looking else "See above."
        yield f"Something needs you. {ways}"


def _table(found: Checkup) -> Table:
    from tuiretro.cli.tables import Table

    rows: list[tuple[str, ...]] = []
    for point in found.points:
        rows += [(point.sentence, "mended", sentence) for sentence in point.mended]
        rows += [(point.sentence, "needs you", sentence) for sentence in point.faults]
        if point.state == "well":
            rows.append((point.sentence, "well", ""))
    return Table(("check", "state", "finding"), rows)


def _document(found: Checkup) -> dict[str, object]:
    points = [
        {"sentence": p.sentence, "state": p.state, "mended": list(p.mended), "faults": list(p.faults)}
        for p in found.points
    ]
    return {"workspace": found.place, "exists": found.is_there, "well": found.is_well, "checks": points}
