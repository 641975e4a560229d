"""The page that says all of it: what is kept, what nobody can find out from it, and what somebody can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from tuiretro.service.kept import CAN_BE_FOUND_OUT, CANNOT_BE_FOUND_OUT
from tuiretro.tui.screens.dialogs import Reader
from tuiretro.tui.text import HEAD, plain, stack


def kept_page(*, before: Sequence[str] = (), after: Sequence[str] = ()) -> Reader:
    """The long form of what is promised: what can be found out, and what cannot.

    Args:
        before: Paragraphs that stand before it.
        after: Paragraphs that stand after it, for those who have just read them.
    """
    parts = [*map(plain, before), *_lists(), *map(plain, after)]
    return Reader("What is kept, and what cannot be hidden", Content("\n\n").join(parts))


def _lists() -> Iterator[Content]:
    for title, sentences in (
        ("What cannot be found out from it", CANNOT_BE_FOUND_OUT),
        ("What can", CAN_BE_FOUND_OUT),
    ):
        yield stack(plain(title, HEAD), *(plain(f"- {sentence}") for sentence in sentences))


def own_page(promises: Sequence[str]) -> Reader:
    """What becomes of the answers of a self-check.

    Args:
        promises: One paragraph each.
    """
    return Reader("What becomes of your answers", Content("\n\n").join(map(plain, promises)))
