"""The comments of a round: in random order, word for word, on this screen only."""

from __future__ import annotations

from textual.content import Content

from tuiretro.service.insight import Results
from tuiretro.tui.screens.dialogs import Reader
from tuiretro.tui.text import ACT, DIM, plain, row, stack


def comments_screen(results: Results) -> Reader:
    """The comments as a page to read."""
    lines = [
        plain("In random order, without names. They stay on this screen: no export holds them.", DIM),
        plain("Read them for what they say, not for who may have said it.", DIM),
    ]
    for comment in results.comments:
        lines += [Content(""), row(plain("▪ ", ACT), plain(comment, lines=True))]
    return Reader(f"Comments of sprint {results.summary.sprint.number}", stack(*lines))
