"""Commands on the library: surveys, mistakes, and the checking of survey files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, formatted, placed
from tuiretro.cli.round import looks_like_file

if TYPE_CHECKING:
    from tuiretro.library import Library
    from tuiretro.model.survey import Mistake, Survey


@click.group()
def survey() -> None:
    """Read and check what is asked and suggested."""


def _library(call: Call) -> Library:
    """The library of the workspace; reading it needs no store, so it works without a workspace."""
    from tuiretro.library import Library
    from tuiretro.paths import own_surveys

    return Library(own=own_surveys(call.place))


@survey.command("list")
@formatted("text", "md", "json")
@placed
def list_(call: Call, form: str) -> None:
    """List the surveys and the twenty mistakes."""
    from tuiretro.cli.tables import Table, as_json, render

    library = _library(call)
    surveys, mistakes = library.surveys(), library.mistakes()
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
    found = _find(_library(call), what)
    if form in {"json", "toml"}:
        click.echo(_structured(found, form))
        return
    from tuiretro.cli.survey_page import mistake_page, survey_page
    from tuiretro.model.survey import Survey

    page = survey_page(found) if isinstance(found, Survey) else mistake_page(found)
    for line in page.lines(marked=form == "md"):
        click.echo(line)


def _find(library: Library, what: str) -> Survey | Mistake:
    """What an id or a file names.

    Raises:
        NotFoundError: Nothing of that name.
        SurveyError: Its file is broken.
    """
    if looks_like_file(what):
        return library.load_file(Path(what))
    if what in library.numbers():
        return library.mistake(what)
    from tuiretro.errors import NotFoundError

    names = [*library.numbers(), *(s.id for s in library.surveys())]
    try:
        return library.survey(what)
    except NotFoundError:
        from difflib import get_close_matches

        near = get_close_matches(what, names, 1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise NotFoundError(
            f"There is no survey or mistake '{what[:60]}'.{hint} 'tuiretro survey list' names all."
        ) from None


def _structured(found: Survey | Mistake, form: str) -> str:
    import msgspec

    from tuiretro.model.survey import Survey

    plain = msgspec.to_builtins(found)
    if form == "json":
        from tuiretro.cli.tables import as_json

        return as_json({"survey" if isinstance(found, Survey) else "mistake": plain})
    import tomli_w

    return tomli_w.dumps(_without_none(plain)).rstrip("\n")


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
    from tuiretro.errors import SurveyError

    library = _library(call)
    problems = [problem for path in files for problem in library.check_file(path)]
    for problem in problems:
        click.echo(clean(str(problem)))
    if problems:
        say(f"{plural(len(problems), 'fault')} in {plural(len(files), 'file')}.")
        context.exit(SurveyError.exit_code)
    say(f"{plural(len(files), 'file')}, no fault.")
