"""One person answers line by line: for screen readers, pipes and bare terminals.

Owns the dialogue alone; every rule of answering is `Sitting`'s, every promise is `promises`'. Must not know how lines
are read or written, nor anything of stores.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tuiretro.core.promises import LEAVE, NOT_SAVED, WILL_BE_CLEARED, before_answering
from tuiretro.core.rules import COMMENT_LIMIT, COMMENTS_FROM
from tuiretro.core.self_check_words import FREE, before_check
from tuiretro.core.sheets import COMMENT_HINT, Sitting, checked_comment
from tuiretro.core.text import clean
from tuiretro.errors import BadInputError
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question

Read = Callable[[str], str]
"""Shows a prompt and returns a line without its end; raises EOFError at the end of input."""
Say = Callable[[str], None]
"""Writes one paragraph."""

KEYS = "1 to 5 answers, 0 can't say, b back, ? help, q leave"


class _Talk(NamedTuple):
    """How a person is talked with."""

    read: Read
    say: Say
    labels: tuple[str, ...]
    """What the keys 0 to 5 mean."""
    free: str
    """What becomes of the answers of somebody who leaves."""

    def words(self, value: int | None) -> str:
        """An answer in words."""
        return self.labels[0] if value is None else f"{value}, {self.labels[value]}"

    def help(self) -> None:
        """Says what the keys do."""
        for key in (1, 2, 3, 4, 5, 0):
            self.say(f"{key}  {self.labels[key]}")
        self.say("b  back to the statement before")
        self.say(f"q  leave. {self.free}")


class Left(Exception):  # noqa: N818 - nothing failed: the person chose to go
    """The person left before submitting."""


def ask(
    opened: Round,
    sitting: Sitting,
    read: Read,
    say: Say,
    *,
    elsewhere: bool = False,
    alone: bool = False,
    warning: str = "",
    will_be_cleared: bool = False,
) -> Sheet:
    """Leads one person through a round, up to and including "Submit?".

    Args:
        opened: The round.
        sitting: A fresh sitting of it.
        read: Where lines come from.
        say: Where paragraphs go.
        elsewhere: It is answered from an invitation.
        alone: It is a self-check, which nobody else sees: no comment is asked for.
        warning: Said before the first question, where the terminal is recorded.
        will_be_cleared: Whether the screen is, once this is over.

    Returns:
        The sheet to hand in; nothing has been saved.

    Raises:
        Left: The person chose to leave, or said no at the end.
        BadInputError: The input ended before the sheet was submitted.
    """
    try:
        told = before_check(opened, warning) if alone else before_answering(opened, warning, elsewhere=elsewhere)
        for paragraph in told:
            say(clean(paragraph))
        if will_be_cleared:
            say(WILL_BE_CLEARED)
        say(f"Keys, each followed by enter: {KEYS}.")
        talk = _Talk(read, say, tuple(map(clean, opened.labels)), FREE if alone else LEAVE)
        if alone:
            sitting, comment = _review(_through(sitting, talk), talk), ""
            _until_yes(talk, "Show your own picture? y/n: ", "Type y to see it, or n to leave without it.")
        else:
            sitting, comment = _to_the_end(sitting, talk)
            _until_yes(talk, "Submit? y/n: ", "Type y to hand your sheet in, or n to leave without saving.")
    except EOFError:
        again = "check --plain" if alone else "answer --invite FILE" if elsewhere else "answer --plain"
        raise BadInputError(
            f"The input ended before the sheet was submitted. {NOT_SAVED} Start again with 'tuiretro {again}'."
        ) from None
    return sitting.sheet(comment)


def _to_the_end(sitting: Sitting, talk: _Talk) -> tuple[Sitting, str]:
    sitting = _through(sitting, talk)
    while True:
        sitting = _review(sitting, talk)
        comment = _comment(talk)
        if comment is not None:
            return sitting, comment


def _through(sitting: Sitting, talk: _Talk) -> Sitting:
    while (question := sitting.current) is not None:
        sitting = _one(sitting, question, talk)
    return sitting


def _one(sitting: Sitting, question: Question, talk: _Talk) -> Sitting:
    given = question.id in sitting.answers
    before = f" Now: {talk.words(sitting.answers[question.id])}." if given else ""
    talk.say(f"{sitting.at + 1} of {len(sitting.questions)}. {clean(question.text)}{before}")
    while True:
        word = talk.read("1-5, 0, b, ?, q: ").strip().casefold()
        if word in set("012345"):
            return sitting.answer(int(word))
        if word == "b":
            return sitting.back()
        if word == "q":
            raise Left
        if word in {"?", "h", "help"}:
            talk.help()
        elif word == "" and given:
            return sitting.forward()
        else:
            talk.say(f"That is not one of the keys: {KEYS}.")


def _review(sitting: Sitting, talk: _Talk) -> Sitting:
    while True:
        talk.say("Your answers:")
        for at, question in enumerate(sitting.questions, 1):
            talk.say(f"{at}. {clean(question.short)}: {talk.words(sitting.answers[question.id])}")
        sitting_or_none = _changed(sitting, talk)
        if sitting_or_none is None:
            return sitting
        sitting = sitting_or_none


def _changed(sitting: Sitting, talk: _Talk) -> Sitting | None:
    total = len(sitting.questions)
    while True:
        word = talk.read("Number to change, enter to go on: ").strip().casefold()
        if not word:
            return None
        if word == "q":
            raise Left
        if word == "b":
            return _through(sitting.go(total - 1), talk)
        if word.isdecimal() and len(word) <= 3 and 1 <= int(word) <= total:
            return _through(sitting.go(int(word) - 1), talk)
        talk.say(f"Type a number from 1 to {total}, enter to go on, or q to leave.")


def _comment(talk: _Talk) -> str | None:
    """What the person wrote, or None to go back to the answers."""
    talk.say(
        f"A comment, if you like, in one line of at most {COMMENT_LIMIT} characters. {COMMENT_HINT} Comments are shown "
        f"only if {COMMENTS_FROM} or more people write one; else they are dropped at closing. An empty line means no "
        "comment; b alone goes back to your answers, q alone leaves."
    )
    while True:
        line = talk.read("Comment, or enter for none: ")
        if line.strip().casefold() == "q":
            raise Left
        if line.strip().casefold() == "b":
            return None
        try:
            return checked_comment(line)
        except BadInputError as error:
            talk.say(error.message)


def _until_yes(talk: _Talk, question: str, otherwise: str) -> None:
    while True:
        word = talk.read(question).strip().casefold()
        if word in {"y", "yes"}:
            return
        if word in {"n", "no", "q"}:
            raise Left
        talk.say(otherwise)
