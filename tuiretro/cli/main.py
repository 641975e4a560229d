"""The program: its commands, and the one place where a failure becomes a sentence and an exit code.

Must not know what a command does.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from tuiretro import __version__
from tuiretro.cli.action import action
from tuiretro.cli.answer import answer
from tuiretro.cli.backups import backup, restore
from tuiretro.cli.check import check
from tuiretro.cli.context import Call, NoTerminalError, at_terminal, root_options
from tuiretro.cli.demo import demo
from tuiretro.cli.doctor import doctor
from tuiretro.cli.export import brief, export
from tuiretro.cli.importing import import_
from tuiretro.cli.note import note
from tuiretro.cli.read import focus, results
from tuiretro.cli.round import round_
from tuiretro.cli.survey import survey
from tuiretro.cli.team import team
from tuiretro.cli.template import template
from tuiretro.cli.trends import trends
from tuiretro.cli.upkeep import audit, where
from tuiretro.complaint import INTERRUPTED, complaint
from tuiretro.errors import TuiretroError

RETRO = "retro"
FEW_LOOKS = 100_000
"""Objects that may be made before Python looks for garbage."""
HELP = """Anonymous sprint surveys, honest trends and actions for AI and ML teams, kept on your own machine.

Without a command the app opens. Data goes to stdout, everything else to stderr. --workspace and --team may stand
before or after a command.

{verbatim}
Environment:
  TUIRETRO_WORKSPACE   the folder with everything that is kept
  TUIRETRO_TEAM        the team, when there are several
  TUIRETRO_CHECKS      the folder with your private self-checks
  TUIRETRO_CODE, TUIRETRO_CLOSING_CODE   in place of what a prompt asks for
  TUIRETRO_THEME       dark or light
  TUIRETRO_TODAY       pins the date, as 2026-11-23: for pictures and tests
  NO_COLOR             plain text without bold

{verbatim}
Exit codes:
  0 done   1 an audit failed, or the program has a fault   2 wrong usage
  3 a value was refused   4 not there   5 not now   6 a file or the workspace
  cannot be used   7 it is locked   8 a survey file was refused   130 ctrl+c
""".format(verbatim="\b")


class Program(click.Group):
    """A group whose failures are sentences on stderr, never tracebacks."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted((*super().list_commands(ctx), RETRO))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by name; the many of a retro are imported by those who ask for them, to keep the others quick."""
        if cmd_name != RETRO:
            return super().get_command(ctx, cmd_name)
        from tuiretro.cli.retro.commands import retro

        return retro

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001 - click's own signature, as the two Any
        **extra: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Runs the command line and exits, whatever `standalone_mode` says."""
        try:
            outcome = super().main(args, prog_name or "tuiretro", complete_var, standalone_mode=False, **extra)
        except (TuiretroError, OSError) as error:
            sentence, code = complaint(error)
            _complain(sentence)
            for hint in getattr(error, "__notes__", ()):
                click.echo(hint, err=True)
            sys.exit(code)
        except (click.Abort, KeyboardInterrupt):
            sys.exit(INTERRUPTED)
        except click.ClickException as error:
            from tuiretro.core.text import clean

            _show_usage(error)
            _complain(clean(error.format_message()))
            sys.exit(error.exit_code)
        sys.exit(outcome if isinstance(outcome, int) else 0)


def _show_usage(error: click.ClickException) -> None:
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(f"{error.ctx.get_usage()}\nTry '{error.ctx.command_path} --help' for help.\n", err=True)


def _complain(sentence: str) -> None:
    click.echo(f"tuiretro: {sentence}", err=True)


@click.group(
    cls=Program, help=HELP, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@root_options
@click.version_option(__version__, prog_name="tuiretro", message="%(prog)s %(version)s")
@click.pass_context
def program(context: click.Context) -> None:
    """Opens the app when no command is named."""
    if os.environ.get("NO_COLOR"):
        context.color = False
    if context.invoked_subcommand is not None:
        # A command ends before its garbage matters; looking for it takes a fifth of the time of the longer ones.
        gc.set_threshold(FEW_LOOKS)
    else:
        if not at_terminal():
            raise NoTerminalError("The app needs a terminal; 'tuiretro --help' lists the commands that do not.")
        from tuiretro.opening import open_app

        call = context.ensure_object(Call)
        open_app(os.environ, place=call.chosen, team=call.team_name)


for _command in (
    *(
        team,
        round_,
        answer,
        check,
        results,
        trends,
        focus,
        action,
        note,
        survey,
        template,
        export,
        brief,
        import_,
        demo,
    ),
    *(audit, doctor, backup, restore, where),
):
    program.add_command(_command)
