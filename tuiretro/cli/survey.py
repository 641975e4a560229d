"""Commands on the library: surveys, mistakes, and the checking of survey files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, formatted, hinted, placed
from tuiretro.cli.round import looks_like_file

if TYPE_CHECKING:
    from tuiretro.model.survey import Mistake, Survey

_START = {
    "survey": (
        "# To start a survey of your own, change the id and the title, and save it in the workspace as surveys/ID.toml."
    ),
    "mistake": (
        "# To start a mistake of your own, change the id, here and in the headline, the number (21 to 99) and the\n"
        "# title, and save it in the workspace as surveys/mistakes/NUMBER-ID.toml."
    ),
}
"""Stands above the TOML; the program's own ids stay with its own files."""


@click.group()
def survey() -> None:
    """Read and check what is asked and suggested."""


@survey.command("list")
@formatted("text", "md", "json")
@placed
def list_(call: Call, form: str) -> None:
    """List the surveys and the twenty mistakes."""
    from tuiretro.cli.tables import Table, as_json, render
    from tuiretro.service import survey_files

    found = survey_files.listed(call.place)
    surveys, mistakes = found.surveys, found.mistakes
    if form == "json":
        described = [{"id": s.id, "title": s.title, "kind": s.kind, "items": len(s.items)} for s in surveys]
        named = [{"id": m.id, "number": m.number, "title": m.title, "theme": m.theme} for m in mistakes]
        click.echo(as_json({"surveys": described, "mistakes": named}))
        return
    of_surveys = Table(("survey", "title"), [(s.id, s.title) for s in surveys])
    of_mistakes = Table(("no", "mistake", "theme", "title"), [(m.number, m.id, m.theme, m.title) for m in mistakes])
    click.echo(render(form, of_surveys, {}, title="Surveys"))
    click.echo("")
    click.echo(render(form, of_mistakes, {}, title="Mistakes", foot=["'tuiretro survey show ID' shows one of them."]))


@survey.command()
@click.argument("what", metavar="ID|FILE")
@formatted("text", "md", "json", "toml")
@placed
def show(call: Call, what: str, form: str) -> None:
    """Show a survey, a mistake with its plays, or a survey file."""
    from tuiretro.errors import NotFoundError
    from tuiretro.service import survey_files

    with hinted(NotFoundError, *(() if looks_like_file(what) else ("tuiretro survey list",))):
        found = survey_files.find(call.place, Path(what) if looks_like_file(what) else what)
    if form in {"json", "toml"}:
        click.echo(_structured(found, form))
        return
    from tuiretro.cli.survey_page import mistake_page, survey_page
    from tuiretro.model.survey import Survey

    page = survey_page(found) if isinstance(found, Survey) else mistake_page(found)
    for line in page.lines(marked=form == "md"):
        click.echo(line)


def _structured(found: Survey | Mistake, form: str) -> str:
    import msgspec

    from tuiretro.model.survey import Survey

    plain, kind = msgspec.to_builtins(found), "survey" if isinstance(found, Survey) else "mistake"
    if form == "json":
        from tuiretro.cli.tables import as_json

        return as_json({kind: plain})
    import tomli_w

    from tuiretro.cli.tables import cleaned_keys

    for item in plain.get("items", ()):
        # Only the program's own survey on safety may be asked in every pulse.
        del item["core"]
    return f"{_START[kind]}\n\n{tomli_w.dumps(_without_none(cleaned_keys(plain)))}".rstrip("\n")


def _without_none(value: dict[str, object]) -> dict[str, object]:
    """The same without the keys that hold nothing: TOML has no word for it."""
    kept: dict[str, object] = {}
    for key, part in value.items():
        if isinstance(part, list | tuple):
            kept[key] = [_without_none(one) if isinstance(one, dict) else one for one in part]
        elif isinstance(part, dict):
            kept[key] = _without_none(part)
        elif part is not None:
            kept[key] = part
    return kept


@survey.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@placed
@click.pass_context
def check(context: click.Context, call: Call, files: tuple[Path, ...]) -> None:
    """Check survey files; every fault is a line with file, key and what was expected."""
    from tuiretro.cli.context import say
    from tuiretro.core.text import clean, plural
    from tuiretro.errors import NotFoundError, SurveyError
    from tuiretro.service import survey_files

    found = survey_files.check(call.place, files)
    lines = (*found.faults, *found.missing)
    for line in lines:
        click.echo(clean(line))
    say(f"{plural(len(files), 'file')}, {plural(len(lines), 'fault') if lines else 'no fault'}.")
    if lines:
        context.exit((SurveyError if found.faults else NotFoundError).exit_code)
