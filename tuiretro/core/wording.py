"""How a statement should be worded: one positive idea about this sprint, in few words (docs/catalogue.md).

Owns what can be told by looking at the words. Whether a statement is true, or fair, is for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

OPENING = "In this sprint "
MOST_WORDS = 20
_SECOND_IDEA = re.compile(
    r"\b(and|or|not|no|nor|never|but|without|none|nobody|nothing|cannot|neither|either|both|hardly|rarely"
    r"|although|while|unless|except|however|as well as|plus|\w+n't|can't)\b|[/;]",
    re.IGNORECASE,
)
"""Words and signs that bring in a second idea, or turn agreement upside down."""


def second_ideas(text: str) -> tuple[str, ...]:
    """The words of an English text that bring in a second idea or turn agreement round, each once."""
    return tuple(dict.fromkeys(found[0] for found in _SECOND_IDEA.finditer(text)))


def doubts(text: str) -> Iterator[str]:
    """What an author may want to change in an English statement.

    Args:
        text: The statement, in one line.
    """
    words = len(text.split())
    if words > MOST_WORDS:
        yield f"{words} words, better at most {MOST_WORDS}"
    if not text.startswith(OPENING):
        yield f"better begin with '{OPENING.strip()}', so that everybody answers for the same time"
    if re.findall(r"[.?!:]", text) != ["."] or not text.endswith("."):
        yield "better one sentence with a full stop"
    for word in second_ideas(text):
        yield f"'{word}' makes it hard to answer, better one positive idea"
