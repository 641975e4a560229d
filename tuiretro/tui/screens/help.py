"""Help: the keys that work here from the registry, and what the words and figures mean."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from tuiretro.core.figures import FOOTER, band
from tuiretro.core.focus import RULE
from tuiretro.tui.commands import Command
from tuiretro.tui.screens.dialogs import Reader
from tuiretro.tui.text import ACT, DIM, HEAD, cell, fold, plain, row, stack

EMPTY = Content("")
KEY_WIDTH, WORD_WIDTH = 9, 14
"""Cells of the columns of keys and of words."""
MEANINGS = (
    ("1 to 5", "Agreeing is always good: 5 is best, also for the level of a mistake."),
    ("mean", "The average of the answers, one decimal; 1.5 and 4.5 stand for everything beyond them."),
    (
        "band",
        f"±{band(7):.1f} with 7 answers: an average often moves that far when nothing has changed. It depends on the "
        "number of answers alone.",
    ),
    ("nearly all", "Exactly one did not answer. How many did is told nowhere then, so that nobody looks for the one."),
    (
        "view",
        "together, mixed or split: how far apart the answers are, from six answers on and not near the ends of the "
        "scale. Split: talk before you fix.",
    ),
    ("unusual", "Beyond what your own past sprints produce by chance. About one false alarm in six sprints."),
    (
        "line",
        "In a chart from 1 to 5: the dot is the mean, the line its band. The small dots on the right are sprints.",
    ),
    ("S M L", "The effort of a play: under two hours, under two days, a sprint."),
    ("▸", "The play to try next, or 'talk first' where people are split."),
    ("●", "In a survey of the Library: asked in every pulse."),
    ("k", "Fewer answers than k are never shown. It is fixed once a round opens."),
    ("box", "One person's sealed answers while a round is open. Closing destroys all of them."),
    ("slip", "A piece of paper with a one-time code, drawn blind: it lets one person answer once."),
    (
        "closing code",
        "Six words that open the boxes of a two-person round; somebody else than the facilitator has them.",
    ),
    ("invitation", "A file with the statements, with which people answer on their own machines."),
    ("envelope", "What such a person sends back: sealed, and read by nobody on its way."),
    ("check words", "Six words that tell the round's own invitation from any other. No secret; the keeper has them."),
)


def help_screen(commands: Iterable[Command]) -> Reader:
    """The help for the commands that are possible now."""
    keys = [(command.keycap, command.help) for command in commands]

    def page(width: int) -> Content:
        lines = [line for key, said in keys for line in _beside(key, said, KEY_WIDTH, width)]
        lines += [EMPTY, plain("What the words mean", HEAD)]
        lines += [line for word, meaning in MEANINGS for line in _beside(word, meaning, WORD_WIDTH, width)]
        lines += [EMPTY, plain("How the focus list is made", HEAD), plain(RULE), EMPTY, plain(FOOTER, DIM)]
        return stack(*lines)

    return Reader("Help", page)


def _beside(word: str, said: str, column: int, width: int) -> list[Content]:
    """A word, and what is said of it in a column of its own."""
    first, *more = fold(said, max(column, width - column))
    return [row(cell(word, column, ACT), plain(first)), *(plain(" " * column + line) for line in more)]
