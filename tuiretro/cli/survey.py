"""Commands on the library: surveys, mistakes, and the checking of survey files."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, formatted, hinted, placed, say
from tuiretro.cli.opening import looks_like_file

if TYPE_CHECKING:
    from tuiretro.model.board_format import Format
    from tuiretro.model.survey import PlayBook
    from tuiretro.service.catalogue import Catalogue
    from tuiretro.service.survey_files import Shown
    from tuiretro.service.survey_start import Start

LIST = "tuiretro survey list"

_START = {
    "survey": (
        "# To start a survey of your own, change the id and the title, and save it in the workspace as surveys/ID.toml."
    ),
    "dive": "# The program's own: every mistake has its deep dive already, so no survey of your own is of this kind.",
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
    """List the surveys, the mistakes, the formats of retros, and how many templates there are."""
    from tuiretro.cli.tables import Table, as_json, render
    from tuiretro.core.text import plural
    from tuiretro.service import survey_files

    found = survey_files.listed(call.place)
    surveys, mistakes = found.surveys, found.mistakes
    if form == "json":
        click.echo(as_json(_described(found)))
    else:
        heads = ("survey", "asks", "title")
        of_surveys = Table(heads, [(s.id, _asks(survey_files.count(found, s), s.kind), s.title) for s in surveys])
        of_mistakes = Table(("no", "mistake", "theme", "title"), [(m.number, m.id, m.theme, m.title) for m in mistakes])
        of_formats = Table(
            ("format", "columns", "minutes", "title"),
            [(f.id, _columns(f), sum(stage.minutes for stage in f.stages), f.title) for f in found.formats],
        )
        foot = [
            "'tuiretro survey show ID' shows one of them; a mistake's id opens a deep dive into it.",
            f"{plural(len(found.templates), 'template')} to fill in: 'tuiretro template list' names them.",
        ]
        click.echo(render(form, of_surveys, {}, title="Surveys"))
        click.echo("")
        click.echo(render(form, of_mistakes, {}, title="Mistakes"))
        click.echo("")
        click.echo(render(form, of_formats, {}, title="Formats of retros", foot=foot))
    if found.problems:
        say(f"{plural(len(found.problems), 'fault')} in files that were left out: 'tuiretro survey check' names them.")


def _columns(format_: Format) -> str:
    return f"{len(format_.columns)} per mistake" if format_.from_focus else str(len(format_.columns))


def _asks(count: int | None, kind: str) -> str:
    from tuiretro.core.text import plural

    words = "sprint by sprint" if count is None else plural(count, "statement")
    return f"{words} of one mistake" if kind == "dive" else words


def _described(found: Catalogue) -> dict[str, object]:
    from tuiretro.service import survey_files

    surveys = [
        {
            "id": s.id,
            "title": s.title,
            "kind": s.kind,
            "items": len(s.items),
            "statements": survey_files.count(found, s),
        }
        for s in found.surveys
    ]
    mistakes = [{"id": m.id, "number": m.number, "title": m.title, "theme": m.theme} for m in found.mistakes]
    formats = [
        {
            "id": f.id,
            "title": f.title,
            "columns": len(f.columns),
            "from_focus": f.from_focus,
            "minutes": sum(stage.minutes for stage in f.stages),
        }
        for f in found.formats
    ]
    templates = [template.id for template in found.templates]
    return {"surveys": surveys, "mistakes": mistakes, "formats": formats, "templates": templates}


@survey.command()
@click.argument("what", metavar="ID|FILE")
@formatted("text", "md", "json", "toml")
@click.option("--language", metavar="CODE", help="In another language, such as es, as far as it is translated.")
@placed
def show(call: Call, what: str, form: str, language: str | None) -> None:
    """Show a survey, a mistake with its plays, or a survey file: what it asks, by theme, and what is known about it.

    Of the format of a retro it shows the columns, and the stages with what a facilitator may say. As TOML it can be the
    start of one of your own.
    """
    if form == "toml" and language is not None:
        raise click.UsageError("TOML holds every language; leave --language out.")
    from tuiretro.errors import NotFoundError
    from tuiretro.model.survey import ENGLISH
    from tuiretro.service import format_files, survey_files

    wanted: str | Path = Path(what) if looks_like_file(what) else what
    board = format_files.find(call.place, wanted)
    if board is not None:
        _show_format(board, form, language)
        return
    with hinted(NotFoundError, *((LIST,) if wanted == what and language is None else ())):
        if form == "toml":
            click.echo(_as_toml(survey_files.find(call.place, wanted)))
            return
        shown = survey_files.read(call.place, wanted, language or ENGLISH)
    if form == "json":
        from tuiretro.cli.tables import as_json

        click.echo(as_json(_document(shown)))
        return
    from tuiretro.cli.survey_page import shown_page

    for line in shown_page(shown).lines(marked=form == "md"):
        click.echo(line)


def _show_format(board: Format, form: str, language: str | None) -> None:
    if language is not None:
        raise click.UsageError("Formats of retros speak English only; leave --language out.")
    from tuiretro.cli import format_page

    if form == "toml":
        click.echo(format_page.as_toml(board))
    elif form == "json":
        import msgspec

        from tuiretro.cli.tables import as_json

        click.echo(as_json({"format": msgspec.to_builtins(board)}))
    else:
        for line in format_page.page(board).lines(marked=form == "md"):
            click.echo(line)


def _document(shown: Shown) -> dict[str, object]:
    import msgspec

    from tuiretro.model.survey import Mistake

    about: dict[str, object] = {
        "items": msgspec.to_builtins(shown.questions),
        "mistakes": [{"id": m.id, "number": m.number, "title": m.title, "theme": m.theme} for m in shown.mistakes],
        "languages": [{"id": spoken.id, "name": spoken.name} for spoken in shown.languages],
    }
    if isinstance(shown.book, Mistake):
        safety = [{"id": question.id, "text": question.text} for question in shown.safety]
        return {"mistake": msgspec.to_builtins(shown.book), **about, "safety": safety}
    return {"survey": msgspec.to_builtins(shown.book), **about, "page": shown.page}


def _as_toml(found: PlayBook) -> str:
    import msgspec
    import tomli_w

    from tuiretro.core.text import cleaned_keys
    from tuiretro.model.survey import Survey

    kind = "mistake" if not isinstance(found, Survey) else "dive" if found.kind == "dive" else "survey"
    plain = _for_a_start(cleaned_keys(msgspec.to_builtins(found)))
    return f"{_START[kind]}\n\n{tomli_w.dumps(plain)}".rstrip("\n")


_NOT_TYPED = "core"
"""A key that no file of a team's own may have: it is the safety survey's alone."""


def _for_a_start(value: dict[str, object]) -> dict[str, object]:
    """The same as it may stand in a file: also without keys that hold nothing, for which TOML has no word."""
    kept: dict[str, object] = {}
    for key, part in value.items():
        if isinstance(part, list | tuple):
            kept[key] = [_for_a_start(one) if isinstance(one, dict) else one for one in part]
        elif isinstance(part, dict):
            kept |= {key: _for_a_start(part)} if part else {}
        elif part is not None and key != _NOT_TYPED:
            kept[key] = part
    return kept


@survey.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mistake", is_flag=True, help="A mistake of your own, in a file called NN-ID.toml.")
@click.option("--plays-for", metavar="ID", help="Plays of your own for a mistake or survey, in a file called ID.toml.")
@click.option("--retro-format", is_flag=True, help="A format for retros of your own, in a file called ID.toml.")
@placed
def new(call: Call, file: Path, *, mistake: bool, plays_for: str | None, retro_format: bool) -> None:
    """Start a file of your own that passes the check and explains each key; the file's name gives the id.

    Without an option it is a survey, in a file called ID.toml. Nothing that is there is replaced.
    """
    if mistake + retro_format + (plays_for is not None) > 1:
        raise click.UsageError("Use only one of --mistake, --plays-for and --retro-format; nothing was written.")
    from tuiretro.errors import NotFoundError
    from tuiretro.service import survey_start

    kind: Start = "mistake" if mistake else "format" if retro_format else "survey" if plays_for is None else "plays"
    with hinted(NotFoundError, LIST):
        where = survey_start.start(call.place, file, kind, plays_for)
    home = survey_start.home_of(call.place, where, kind)
    say(f"Written: {where}. It passes the check; change it step by step, its comments say what each key is for.")
    say(f"Check it: tuiretro survey check {quote(str(where))}")
    if not survey_start.is_home(call.place, where, kind):
        say(f"Put it where this workspace finds it: {home}")
    say(_afterwards(where, kind))


def _afterwards(where: Path, kind: Start) -> str:
    if kind == "survey":
        return f"Ask it: tuiretro round open --survey {quote(str(where))}"
    if kind in {"plays", "format"}:
        return f"See it, once it lies there: tuiretro survey show {where.stem}"
    return f"Ask it, once it lies there: tuiretro round open --survey {where.stem[3:]}"


@survey.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--language", metavar="CODE", help="Tell what is not translated into this language, for every file.")
@placed
@click.pass_context
def check(context: click.Context, call: Call, files: tuple[Path, ...], language: str | None) -> None:
    """Check files of surveys and formats; without FILE, every one of the workspace's own and of the program's.

    Every fault is a line on stdout with file, key and what was expected. After them, on stdout too, come statements
    that are hard to answer, marked as advice, and the texts that are shown in English though their file speaks another
    language; they are no faults and leave the exit code alone.
    """
    from tuiretro.core.text import clean, plural
    from tuiretro.errors import NotFoundError, SurveyError
    from tuiretro.service.survey_check import check as look

    found = look(call.place, files, language)
    lines = (*found.faults, *found.missing)
    for line in (*lines, *found.doubts, *found.untranslated):
        click.echo(clean(line))
    advice = f", {plural(len(found.doubts), 'piece of advice', 'pieces of advice')}" if found.doubts else ""
    say(f"{plural(found.files, 'file')}, {plural(len(lines), 'fault') if lines else 'no fault'}{advice}.")
    if lines:
        context.exit((SurveyError if found.faults else NotFoundError).exit_code)
