"""Commands that show what is kept and where."""

from __future__ import annotations

import os

import click

from tuiretro.cli.context import Call, formatted, placed
from tuiretro.errors import TuiretroError


@click.command()
@formatted("text", "json")
@placed
@click.pass_context
def audit(context: click.Context, call: Call, form: str) -> None:
    """Show everything that is kept, why, and what can be found out from it; exit code 1 if a check fails."""
    from tuiretro.export.audit_text import audit_json, audit_text
    from tuiretro.service.audit import audit as look

    found = look(call.workspace)
    click.echo((audit_json if form == "json" else audit_text)(found).rstrip("\n"))
    if not found.passed:
        context.exit(TuiretroError.exit_code)


@click.command()
@formatted("text", "json")
@placed
def where(call: Call, form: str) -> None:
    """Show where things lie; opens and creates nothing."""
    from tuiretro.cli.tables import Table, render
    from tuiretro.paths import checks_at, checks_file, default_workspace, own_surveys
    from tuiretro.service.survey_files import bundled

    place = call.place
    chosen = "default" if call.chosen is None else "option or TUIRETRO_WORKSPACE"
    document: dict[str, object] = {
        "workspace": str(place),
        "exists": os.path.lexists(place),
        "chosen_by": chosen,
        "default": str(default_workspace()),
        "own_surveys": str(own_surveys(place)),
        "bundled_surveys": str(bundled()),
        "self_checks": str(checks_file(checks_at(call.settings.checks))),
    }
    rows = (
        ("workspace", f"{place}{'' if document['exists'] else '  (not there yet)'}"),
        ("chosen by", chosen),
        ("own surveys", str(document["own_surveys"])),
        ("bundled surveys", str(document["bundled_surveys"])),
        ("private self-checks", str(document["self_checks"])),
    )
    click.echo(render(form, Table(("what", "where"), rows), document))
