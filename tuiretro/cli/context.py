"""What one call of the program was given: workspace, team, date. Options that work before and after a command.

Must not know any command.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from datetime import date

    from tuiretro.config import Settings
    from tuiretro.errors import TuiretroError
    from tuiretro.model.team import Team
    from tuiretro.service.workspace import Workspace

FIRST_TEAM = 'tuiretro team add NAME --people 7 --starts 2026-01-05 --every "2 weeks"'
_ROUND = "tuiretro round "
OPEN, CLOSE, ABANDON = (f"{_ROUND}{word}" for word in ("open", "close", "abandon"))

Command = TypeVar("Command", bound=Callable[..., Any])
Params = ParamSpec("Params")


class NoTerminalError(click.ClickException):
    """What was asked for needs a terminal, and there is none."""

    exit_code = 2


@dataclass
class Call:
    """One call of the program."""

    chosen: Path | None = None
    """The workspace that was named by option or environment."""
    team_name: str | None = None

    @property
    def place(self) -> Path:
        """The workspace's folder."""
        from tuiretro.paths import workspace_at

        return workspace_at(self.chosen)

    @cached_property
    def settings(self) -> Settings:
        """What the environment says.

        Raises:
            BadInputError: It says something that cannot be.
        """
        from tuiretro.config import settings

        return settings(os.environ)

    def today(self) -> date:
        """Today, or the day that TUIRETRO_TODAY pins."""
        return self.settings.today()

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace, opened at first use."""
        from tuiretro.service.workspace import open_workspace

        day = self.today()
        return open_workspace(self.place, today=lambda: day)

    @cached_property
    def team(self) -> Team:
        """The team that was named, or the only one."""
        from tuiretro.errors import NotFoundError
        from tuiretro.service import teams

        there = teams.every(self.workspace)
        way = "tuiretro team list" if there else FIRST_TEAM
        with hinted(NotFoundError, way):
            return teams.pick(self.workspace, self.team_name)


def _workspace_chosen(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.ensure_object(Call).chosen = value


def _team_chosen(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.ensure_object(Call).team_name = value


def _options(command: Command, *, root: bool) -> Command:
    for_team = click.option(
        "--team",
        metavar="NAME",
        envvar="TUIRETRO_TEAM" if root else None,
        expose_value=False,
        callback=_team_chosen,
        help="The team, when there are several [TUIRETRO_TEAM].",
    )
    for_workspace = click.option(
        "--workspace",
        metavar="PATH",
        type=click.Path(path_type=Path),
        envvar="TUIRETRO_WORKSPACE" if root else None,
        expose_value=False,
        callback=_workspace_chosen,
        help="The folder with everything that is kept [TUIRETRO_WORKSPACE].",
    )
    return for_workspace(for_team(command))


def root_options(command: Command) -> Command:
    """--workspace and --team in front of a command, with their environment variables."""
    return _options(command, root=True)


def placed(command: Callable[Concatenate[Call, Params], None]) -> Callable[Params, None]:
    """--workspace and --team behind a command, where people type them too, and the `Call` as first argument."""
    return _options(pass_call(command), root=False)


pass_call = click.make_pass_decorator(Call, ensure=True)


def formatted(*forms: str) -> Callable[[Command], Command]:
    """--format with these forms; the first one is the default. The value is called `form`."""
    return click.option(
        "--format", "form", type=click.Choice(forms), default=forms[0], show_default=True, help="How it is printed."
    )


def not_empty(_context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Refuses an empty name, as a script gives one whose variable was never set: it must not pass for none at all.

    Raises:
        BadInputError: It is empty.
    """
    from tuiretro.errors import BadInputError

    if value is not None and not value.strip():
        name = parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name
        raise BadInputError(f"{name.partition('|')[0]} is empty: name what is meant. Nothing was opened or written.")
    return value


@contextmanager
def hinted(kind: type[TuiretroError], *ways: str) -> Iterator[None]:
    """Names commands that help after an error of a kind: services know none, because they serve the app as well."""
    try:
        yield
    except kind as error:
        for way in ways:
            error.add_note(f"Try: {for_team(way)}")
        raise


def for_team(way: str) -> str:
    """A command of rounds with the team that this call names: without it the command would ask which one."""
    context = click.get_current_context(silent=True)
    call = context.find_object(Call) if context is not None else None
    if call is None or call.team_name is None or not way.startswith(_ROUND):
        return way
    from tuiretro.core.text import clean

    name = clean(call.team_name)
    word, _, rest = way.removeprefix(_ROUND).partition(" ")
    # A comma or a colon after the command belongs to the sentence.
    bare = word.rstrip(",:")
    quoted = shlex.quote(name) if set(name) & set('"$`\\!') else f'"{name}"'
    return f"{_ROUND}{bare} --team {quoted}{word[len(bare) :]}{' ' if rest else ''}{rest}"


def say(sentence: str) -> None:
    """Tells the person something that is no data."""
    from tuiretro.core.text import clean

    click.echo(clean(sentence), err=True)


def goes_nowhere() -> bool:
    """Whether what is printed is thrown away."""
    try:
        return os.path.samestat(os.fstat(sys.stdout.fileno()), Path(os.devnull).stat())
    except (OSError, ValueError):
        # No file at all, as in a test: somebody reads it.
        return False


def at_terminal() -> bool:
    """True when a person sits in front of this program: all its ends are a terminal, also the one the app draws on."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def confirmed(question: str) -> bool:
    """Asks yes or no on stderr until it gets one of them; the end of input is a no."""
    from tuiretro.core.text import clean

    while True:
        click.echo(f"{clean(question)} [y/n] ", nl=False, err=True)
        line = sys.stdin.readline()
        word = line.strip().casefold()
        if word in {"y", "yes"}:
            return True
        if word in {"n", "no"} or not line:
            return False
