"""What nobody can look up later: where a round's codes lie, its closing code, and that somebody has seen it.

Owns the order in which they are shown, and what becomes of a round whose closing code nobody has seen. Must not know
how rounds are kept.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import ABANDON, Call, for_team, hinted, say
from tuiretro.errors import NotNowError, TuiretroError

if TYPE_CHECKING:
    from tuiretro.model.round import Round
    from tuiretro.service.rounds import Guard

_GONE = (
    "so the round was abandoned again, and slips that were written for it are removed. Open another round where the "
    "output can be read."
)


@dataclass
class Secrets:
    """The secrets of a round that is being opened."""

    call: Call
    guard: Guard
    slips: Path | None
    """The file with the codes."""
    opened: Round | None = None
    """None until it is open."""
    is_seen: bool = False
    """Whether the closing code was on the screen, or went where the output goes."""
    is_kept: bool = False
    """Whether the keeper said that it is written down."""

    def show(self) -> None:
        """Shows once what nobody can look up later.

        Raises:
            EOFError: Nobody wanted to see the closing code.
            OSError: It could not be shown.
        """
        if self.slips is not None:
            say(f"{self.slips} holds the codes: print it, let everybody draw a slip blind, and delete it.")
        if not self.guard.closing:
            return
        compared = self._compared()
        if sys.stdin.isatty() and sys.stdout.isatty():
            self._to_the_keeper(compared)
            return
        say("The closing code, shown this once; somebody other than the facilitator writes it down and keeps it:")
        click.echo(self.guard.closing)
        self.is_seen = self.is_kept = True
        say(compared)

    @contextmanager
    def taken_back_unseen(self) -> Iterator[None]:
        """Abandons the round where the block ends before anybody has seen the closing code: nobody could close it.

        Raises:
            NotNowError: The code could not be shown, or nobody wanted to see it.
        """
        try:
            yield
        except (OSError, EOFError, KeyboardInterrupt, SystemExit) as error:
            if self.opened is not None and self.guard.closing and not self.is_seen:
                self._take_back(self.opened)
                if isinstance(error, OSError):
                    raise NotNowError(f"The closing code could not be shown, {_GONE}") from error
                if isinstance(error, EOFError):
                    raise NotNowError(f"Nobody wanted to see the closing code, {_GONE}") from error
                _say_if_possible(f"Nobody has seen the closing code, {_GONE}")
            elif self.is_seen and not self.is_kept:
                self._warn()
            raise

    def _take_back(self, opened: Round) -> None:
        from tuiretro.service import rounds

        with hinted(TuiretroError, f"{ABANDON}: nobody has seen the closing code"):
            rounds.abandon(self.call.workspace, self.call.team, asked=opened)
        if self.slips is not None:
            self.slips.unlink(missing_ok=True)

    def _to_the_keeper(self, compared: str) -> None:
        """Shows the words on a terminal to the one who keeps them, and leaves none of them on it."""
        from tuiretro.cli.no_trace import NoTrace
        from tuiretro.core.promises import KEEPER_ALONE, recorded

        say(f"{KEEPER_ALONE} Press enter to see its six words.")
        if not sys.stdin.readline():
            raise EOFError
        trace = NoTrace(os.environ, is_recorded=bool(recorded(os.environ)))
        with trace:
            click.echo(self.guard.closing)
            self.is_seen = True
            say("Write them down in this order; they are shown this once.")
            say(f"{compared} Then press enter.")
            self.is_kept = bool(sys.stdin.readline())
        for sentence in trace.left:
            say(sentence)
        if not self.is_kept:
            self._warn()

    def _warn(self) -> None:
        from tuiretro.core.promises import PERHAPS_UNWRITTEN

        _say_if_possible(f"{PERHAPS_UNWRITTEN} Try: {for_team(ABANDON)}")

    def _compared(self) -> str:
        """What the keeper of the closing code is told of the invitation."""
        from tuiretro.core.promises import keepers_sentences
        from tuiretro.service.carrying import keepers_words

        words = keepers_words(self.call.workspace, self.call.team)
        before, after = keepers_sentences(words)
        return f"{before} {words}. {after}" if words else f"{before} {after}"


def _say_if_possible(sentence: str) -> None:
    # The terminal may be what has gone.
    with suppress(OSError):
        say(sentence)
