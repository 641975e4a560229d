"""The private self-check: one person, any survey, nothing leaves the machine and nothing is kept unless asked.

Must not know how answers are kept, nor compute anything of what is shown.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from tuiretro.cli.context import Call, at_terminal, confirmed, formatted, not_empty, placed, say

if TYPE_CHECKING:
    from tuiretro.cli.no_trace import NoTrace
    from tuiretro.model.round import Sheet
    from tuiretro.model.self_check import Picture
    from tuiretro.service.self_check import Keeping, Locking, OwnCheck


R = TypeVar("R")


@click.group(invoke_without_command=True)
@click.option(
    "--survey",
    metavar="ID|FILE",
    callback=not_empty,
    help="pulse (else), safety, quarterly, process, another survey's id, a file of your own, or a mistake's id.",
)
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and pipes.")
@click.option("--keep", is_flag=True, help="Keep it in your private file without asking whether to.")
@formatted("text", "md", "json")
@placed
@click.pass_context
def check(context: click.Context, call: Call, form: str, *, survey: str | None, plain: bool, keep: bool) -> None:
    """Answer a survey for yourself alone: nobody else sees it, and it is kept only if you ask.

    It needs no workspace and no team. It shows your own answers by theme, the mistakes that you see, and what one
    person can start; where a team has a release, its numbers beside your answers. With --format md or json you answer
    line by line, and stdout gets the page.

    Kept self-checks lie in a private file outside the workspace ('tuiretro where' names it), with a passphrase if you
    want one; it is asked for, never an argument.
    """
    if context.invoked_subcommand is not None:
        if survey or plain or keep or form != "text":
            raise click.UsageError(f"Options go behind '{context.invoked_subcommand}', and these are not its own.")
        return
    keeping = _keeping(call)
    asked = _prepared(call, keeping, survey or "pulse", wanted=keep)
    if plain or form != "text" or not at_terminal():
        _line_by_line(asked, keeping, form)
        return
    from tuiretro.opening import open_check

    say(open_check(os.environ, asked))


def _keeping(call: Call) -> Keeping:
    from tuiretro.paths import checks_at
    from tuiretro.service.self_check import Keeping

    return Keeping(checks_at(call.settings.checks), call.place)


def _prepared(call: Call, keeping: Keeping, survey: str, *, wanted: bool) -> OwnCheck:
    from tuiretro.cli.opening import looks_like_file
    from tuiretro.service.self_check import own_check

    what = Path(survey) if looks_like_file(survey) else survey
    return own_check(keeping, what, call.team_name, call.today, wanted=wanted)


def _line_by_line(asked: OwnCheck, keeping: Keeping, form: str) -> None:
    from random import SystemRandom

    from tuiretro.cli.answer import read_line
    from tuiretro.cli.ask import Left, ask
    from tuiretro.cli.no_trace import NoTrace
    from tuiretro.core.promises import recorded
    from tuiretro.core.self_check_words import LEFT_ALONE
    from tuiretro.core.sheets import begin
    from tuiretro.service.self_check import show

    warning, opened = recorded(os.environ), asked.private.round
    trace = NoTrace(os.environ, is_recorded=bool(warning))
    with trace:
        try:
            sitting = begin(opened, SystemRandom().shuffle)
            cleared = trace.can_clear
            sheet = ask(opened, sitting, read_line, say, alone=True, warning=warning, will_be_cleared=cleared)
            click.echo(_page(show(asked, sheet), form), nl=False)
            outcome = _kept(asked, keeping, sheet)
            _until_read(trace)
        except Left:
            outcome = LEFT_ALONE
    for sentence in (outcome, *trace.left):
        say(sentence)


def _page(picture: Picture, form: str) -> str:
    from tuiretro.export.self_check import PICTURES

    return PICTURES[form](picture)


def _until_read(trace: NoTrace) -> None:
    """Leaves a person the time to read what is about to be cleared."""
    from tuiretro.cli.answer import read_line

    if trace.can_clear and sys.stdin.isatty() and sys.stdout.isatty():
        with suppress(EOFError):
            read_line("Press enter once you have read it; then this screen is cleared. ")


def _kept(asked: OwnCheck, keeping: Keeping, sheet: Sheet) -> str:
    """What became of the answers, in one sentence; a person who can be asked may try again.

    Raises:
        TuiretroError: They could not be kept, and nobody can be asked.
    """
    from tuiretro.core.self_check_words import GONE, KEEP, KEEP_EXPLAINED
    from tuiretro.errors import TuiretroError, UnconfirmedError
    from tuiretro.service.self_check import keep, locking

    if not asked.wanted:
        say(KEEP_EXPLAINED)
        if not _yes(f"{KEEP} y/n: "):
            return GONE
    while True:
        try:
            lock = locking(keeping)
            return _unlocked(lock, partial(keep, keeping, asked, sheet, lock))
        except UnconfirmedError as error:
            return error.message
        except TuiretroError as error:
            if not sys.stdin.isatty():
                raise
            say(error.message)
            if not _yes("Try again? y/n: "):
                return GONE


def _yes(question: str) -> bool:
    """The end of input is a no."""
    from tuiretro.cli.answer import read_line

    with suppress(EOFError):
        while True:
            word = read_line(question).strip().casefold()
            if word in {"y", "yes", "n", "no"}:
                return word.startswith("y")
    return False


def _unlocked(lock: Locking, use: Callable[[str], R]) -> R:
    """What becomes of the passphrase of what is kept, or of a new one; empty where there is none.

    Raises:
        BadInputError: It cannot be one or is another one, and nobody can be asked again; or the input ended.
    """
    from tuiretro.cli.hidden import hidden_line, until_taken
    from tuiretro.core.self_check_words import NO_PASSPHRASE
    from tuiretro.errors import BadInputError

    try:
        if lock.times != 1:
            return use(_new_passphrase(lock))
        return until_taken(
            lambda: lock.passphrase(hidden_line("Passphrase of your self-checks, or ctrl+d to leave: ")), use
        )
    except EOFError:
        raise BadInputError(NO_PASSPHRASE) from None


def _new_passphrase(lock: Locking) -> str:
    from tuiretro.cli.hidden import hidden_line
    from tuiretro.core.passphrase import LEAST
    from tuiretro.core.self_check_words import BEFORE_LOCKING

    if not lock.times:
        return lock.passphrase()
    say(BEFORE_LOCKING)
    first = hidden_line(f"Passphrase, {LEAST} characters or more, or enter for none: ")
    return lock.passphrase(first, hidden_line("Once more: ") if first else "")


@check.command()
@formatted("text", "md", "json")
@placed
def history(call: Call, form: str) -> None:
    """Show your kept self-checks side by side, and the little that one person's answers can say."""
    from tuiretro.core.self_check_words import NOTHING_KEPT, ON_THE_SCREEN
    from tuiretro.errors import NotFoundError
    from tuiretro.export.own_history import HISTORIES
    from tuiretro.service import self_check

    keeping = _keeping(call)
    lock = self_check.locking(keeping)
    read = partial(self_check.history, keeping)
    found = _unlocked(lock, read) if lock.is_locked else read()
    if found is None:
        raise NotFoundError(f"{NOTHING_KEPT} 'tuiretro check --keep' keeps one.")
    click.echo(HISTORIES[form](found), nl=False)
    if sys.stdout.isatty():
        say(ON_THE_SCREEN)


@check.command()
@click.option("--yes", is_flag=True, help="Do not ask; needed where nobody can be asked.")
@placed
def forget(call: Call, *, yes: bool) -> None:
    """Remove all your kept self-checks for good."""
    from tuiretro.core.self_check_words import FORGET, FORGOTTEN, NOTHING_KEPT
    from tuiretro.errors import NotNowError
    from tuiretro.service import self_check

    keeping = _keeping(call)
    if not yes and not confirmed(FORGET):
        raise NotNowError("Nothing was removed; '--yes' removes them without a question.")
    say(FORGOTTEN if self_check.forget(keeping) else NOTHING_KEPT)
