"""The command that hands a sheet in: from a file, line by line, or in the app."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuiretro.cli.codes import one_time_code
from tuiretro.cli.context import OPEN, Call, at_terminal, hinted, not_empty, placed, say

if TYPE_CHECKING:
    from tuiretro.model.round import Round, Sheet
    from tuiretro.model.team import Team

_LINE_BYTES = 100_000
"""A pipe may hold anything; a line without end must not fill the memory."""


@click.command()
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and pipes.")
@click.option(
    "--from", "source", metavar="FILE.json", callback=not_empty, help="A finished sheet as JSON; - reads it from stdin."
)
@click.option(
    "--invite", "invitation", metavar="FILE", callback=not_empty, help="Answer an invitation from another machine."
)
@click.option(
    "--output",
    metavar="FOLDER|-",
    callback=not_empty,
    help="Where the envelope goes with --invite; - prints it, to paste.",
)
@placed
def answer(call: Call, *, plain: bool, source: str | None, invitation: str | None, output: str | None) -> None:
    """Answer the open round.

    A sheet file looks like {"answers": {"ITEM-ID": 1 to 5 or null}, "comment": "optional"}; 'tuiretro round status
    --format json' names the items. A round with codes asks for one, or takes it from TUIRETRO_CODE.

    With --invite the sheet is sealed into an envelope, a file with a random name to send back in any way; nothing is
    kept on this machine, and no workspace is needed.
    """
    if plain and source is not None:
        raise click.UsageError("Use --plain or --from, not both.")
    if output is not None and invitation is None:
        raise click.UsageError("--output goes with --invite.")
    if invitation is not None:
        from tuiretro.cli.elsewhere import answer_elsewhere

        answer_elsewhere(Path(invitation), plain=plain, source=source, output=output)
    elif source is not None:
        _hand_in_file(call, source)
    elif plain or not at_terminal():
        _line_by_line(call)
    else:
        from tuiretro.opening import open_app

        open_app(os.environ, place=call.chosen, team=call.team_name, start="answer")


def _hand_in_file(call: Call, source: str) -> None:
    from tuiretro.core.codes import read_code
    from tuiretro.core.promises import SAVED, STILL_SHOWN
    from tuiretro.core.sheetfile import decode_sheet
    from tuiretro.errors import NotFoundError
    from tuiretro.service import rounds

    team = call.team
    with hinted(NotFoundError, OPEN):
        opened = rounds.require_place(call.workspace, team)
    sheet = decode_sheet(read_sheet(source))
    # Not looked up before the sheet is stored: a sheet that cannot be would make a list of codes that are used up.
    code = one_time_code(read_code, read_line) if opened.asks_code else ""
    rounds.answer(call.workspace, team, opened, sheet, code)
    say(SAVED)
    if source == "-" and sys.stdin.isatty():
        say(STILL_SHOWN)


def _code(call: Call, team: Team, opened: Round) -> str:
    from tuiretro.service import rounds

    if not opened.asks_code:
        return ""
    return one_time_code(lambda typed: rounds.require_code(call.workspace, team, opened, typed), read_line)


def _line_by_line(call: Call) -> None:
    from tuiretro.cli.ask import Left, ask
    from tuiretro.cli.no_trace import NoTrace
    from tuiretro.core.promises import NOT_SAVED, SAVED, recorded
    from tuiretro.errors import NotFoundError
    from tuiretro.service import rounds

    team = call.team
    with hinted(NotFoundError, OPEN):
        opened = rounds.require_place(call.workspace, team)
    warning = recorded(os.environ)
    trace = NoTrace(os.environ, is_recorded=bool(warning))
    with trace:
        try:
            code = _code(call, team, opened)
            # The dialogue goes to stderr, so that redirecting stdout does not leave answers in a file.
            sitting = rounds.sit(call.workspace, opened)
            sheet = ask(opened, sitting, read_line, say, warning=warning, will_be_cleared=trace.can_clear)
            _hand_in(call, team, opened, sheet, code)
            outcome = SAVED
        except Left:
            outcome = f"You left. {NOT_SAVED}"
    for sentence in (outcome, *trace.left):
        say(sentence)


def _hand_in(call: Call, team: Team, opened: Round, sheet: Sheet, code: str) -> None:
    """Stores a sheet that somebody has typed; a code that was used up meanwhile can be replaced."""
    from tuiretro.errors import NotNowError
    from tuiretro.service import rounds

    while True:
        try:
            rounds.answer(call.workspace, team, opened, sheet, code)
        except NotNowError as error:
            if not opened.asks_code or rounds.require_place(call.workspace, team) != opened:
                raise
            say(error.message)
            code = _code(call, team, opened)
        else:
            return


def read_line(prompt: str) -> str:
    """A line as it was typed; one that cannot be taken as it is, is refused whole and asked for again."""
    while True:
        click.echo(prompt, nl=False, err=True)
        # As bytes: decoding would replace, or escape, what is no text, and so change what a person says.
        line = sys.stdin.buffer.readline(_LINE_BYTES)
        if not line:
            raise EOFError
        if len(line) == _LINE_BYTES and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = sys.stdin.buffer.readline(_LINE_BYTES)
            say("That line is far too long, so nothing of it was taken. Type it again.")
            continue
        try:
            return line.rstrip(b"\r\n").decode(sys.stdin.encoding)
        except UnicodeDecodeError:
            say(f"That line holds bytes that are no {sys.stdin.encoding} text, so it was not taken. Type it again.")


def read_sheet(source: str) -> bytes:
    """The bytes of a sheet file; of stdin one more than are allowed at most.

    Args:
        source: A path, or "-" for stdin.

    Raises:
        BadInputError: Not there, not readable, too large, or no regular file.
    """
    from tuiretro.core.promises import NOT_SAVED
    from tuiretro.core.sheetfile import SHEET_BYTES
    from tuiretro.errors import BadInputError, WorkspaceError
    from tuiretro.files import read_bytes

    if source == "-":
        return sys.stdin.buffer.read(SHEET_BYTES + 1)
    try:
        # A sheet may well be a link; only the workspace's own files may not.
        return read_bytes(Path(os.path.realpath(source)), SHEET_BYTES)
    except FileNotFoundError:
        raise BadInputError(f"There is no file '{source}'. {NOT_SAVED}") from None
    except WorkspaceError as error:
        raise BadInputError(f"The sheet was refused: {error.message} {NOT_SAVED}") from None
