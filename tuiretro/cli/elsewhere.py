"""Answering an invitation from another machine: the sheet leaves it as a sealed envelope, and nothing stays."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuiretro.cli.codes import one_time_code
from tuiretro.cli.context import at_terminal, goes_nowhere, say

if TYPE_CHECKING:
    from tuiretro.model.envelope import Invitation
    from tuiretro.model.round import Sheet

SEND = (
    "Send it back in any way: whoever carries it sees that you took part. Whether it counts is seen when it is "
    "collected."
)


def answer_elsewhere(file: Path, *, plain: bool, source: str | None, output: str | None) -> None:
    """Answers an invitation and writes the envelope.

    Args:
        file: The invitation.
        plain: Line by line.
        source: A finished sheet; None asks.
        output: The folder for the envelope, or "-" for stdout; None is the current one.

    Raises:
        BadInputError: The invitation, the sheet or the folder was refused.
        NotNowError: The envelope would be printed to nowhere.
    """
    from tuiretro.core.promises import NOT_SAVED, check_sentence
    from tuiretro.errors import NotNowError
    from tuiretro.service.carrying import check_words
    from tuiretro.service.envelope_files import read_invitation, require_folder

    if output == "-" and goes_nowhere():
        raise NotNowError(f"The envelope could not be printed: the output goes nowhere. {NOT_SAVED}")
    invitation = read_invitation(file)
    folder = None if output == "-" else require_folder(Path(output or "."))
    if source is None and folder is not None and not plain and at_terminal():
        from tuiretro.opening import open_invited

        written = open_invited(os.environ, invitation, folder)
        say(f"Your sheet is sealed in {written}. {SEND}" if written else _left())
        return
    if source is not None:
        say(check_sentence(check_words(invitation), invitation.round))
        say(_put(invitation, _from_file(source), _code(invitation), folder))
    else:
        _line_by_line(invitation, folder)


def _line_by_line(invitation: Invitation, folder: Path | None) -> None:
    from tuiretro.cli.no_trace import NoTrace
    from tuiretro.core.promises import check_sentence, recorded
    from tuiretro.service.carrying import check_words

    warning = recorded(os.environ)
    trace = NoTrace(os.environ, is_recorded=bool(warning))
    with trace:
        say(check_sentence(check_words(invitation), invitation.round))
        code = _code(invitation)
        sheet = _asked(invitation, warning, will_be_cleared=trace.can_clear)
    # The envelope comes after the screen is cleared: printed before, it would be gone as well.
    said = _left() if sheet is None else _put(invitation, sheet, code, folder)
    for sentence in (said, *trace.left):
        say(sentence)


def _code(invitation: Invitation) -> str:
    from tuiretro.cli.answer import read_line
    from tuiretro.core.codes import read_code

    # Whether it is used up is known only where the round lies.
    return one_time_code(read_code, read_line) if invitation.round.asks_code else ""


def _from_file(source: str) -> Sheet:
    from tuiretro.cli.answer import read_sheet
    from tuiretro.core.sheetfile import decode_sheet

    return decode_sheet(read_sheet(source))


def _asked(invitation: Invitation, warning: str, *, will_be_cleared: bool) -> Sheet | None:
    """The sheet; None if the person left."""
    from random import SystemRandom

    from tuiretro.cli.answer import read_line
    from tuiretro.cli.ask import Left, ask
    from tuiretro.core.sheets import begin

    try:
        return ask(
            invitation.round,
            begin(invitation.round, SystemRandom().shuffle),
            read_line,
            say,
            elsewhere=True,
            warning=warning,
            will_be_cleared=will_be_cleared,
        )
    except Left:
        return None


def _put(invitation: Invitation, sheet: Sheet, code: str, folder: Path | None) -> str:
    """Prints or writes the envelope; returns what to say of it."""
    from tuiretro.service.carrying import enclosed
    from tuiretro.service.envelope_files import write_envelope

    text = enclosed(invitation, sheet, code)
    if folder is None:
        click.echo(text, nl=False)
        return f"This is your sealed sheet, from the line BEGIN to the line END. {SEND}"
    return f"Your sheet is sealed in {write_envelope(folder, text)}. {SEND}"


def _left() -> str:
    from tuiretro.core.promises import NOT_SAVED

    return f"You left. {NOT_SAVED}"
