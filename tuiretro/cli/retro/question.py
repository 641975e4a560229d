"""One person answers one of the two questions of a retro, line by line.

Owns the dialogue alone: what is promised is `promises`', what is kept the service's. Must not know of stores.
"""

from __future__ import annotations

from tuiretro.cli.ask import Left, Read, Say
from tuiretro.core.promises import NOT_SAVED, WHY, WILL_BE_CLEARED, before_answering
from tuiretro.core.text import clean
from tuiretro.errors import BadInputError
from tuiretro.model.round import Round

KEYS = "1 to 5 answers, 0 can't say, q leaves"
ANSWERED = "Saved. Your answer is sealed, and destroyed when the question is closed."


def ask_one(asked: Round, read: Read, say: Say, *, warning: str = "", will_be_cleared: bool = False) -> int | None:
    """What one person answers: 1 to 5, or None for "can't say".

    Args:
        asked: The question, as a round of one statement.
        read: Where lines come from.
        say: Where paragraphs go.
        warning: Said before the question, where the terminal is recorded.
        will_be_cleared: Whether the screen is, once this is over.

    Raises:
        Left: The person chose to leave; nothing was saved.
        BadInputError: The input ended before there was an answer.
    """
    for paragraph in before_answering(asked, warning):
        if paragraph != WHY:
            say(clean(paragraph))
    if will_be_cleared:
        say(WILL_BE_CLEARED)
    say(clean(asked.questions[0].text))
    say(", ".join(f"{key} {clean(asked.labels[key])}" for key in (1, 2, 3, 4, 5, 0)))
    while True:
        try:
            word = read("1-5, 0, q: ").strip().casefold()
        except EOFError:
            raise BadInputError(f"The input ended before the question was answered. {NOT_SAVED}") from None
        if word == "q":
            raise Left
        if word and word in "012345" and len(word) == 1:
            return int(word) or None
        say(f"That is not one of the keys: {KEYS}.")
