"""How the focus list changed between sprints: what entered, stayed and left. Words and draws nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from tuiretro.model.summary import FocusLine, Summary


class FocusChange(Struct, frozen=True):
    """The focus list of a later sprint beside that of an earlier one."""

    sprint: int
    """The later one."""
    entered: tuple[FocusLine, ...]
    stayed: tuple[FocusLine, ...]
    """As it stands in the later list."""
    left: tuple[FocusLine, ...]
    """As it stood in the earlier list."""


def focus_change(before: Summary | None, now: Summary) -> FocusChange:
    """What changed from one list to another; None before means that there was none."""
    earlier = before.focus if before is not None else ()
    known, listed = {entry.mistake for entry in earlier}, {entry.mistake for entry in now.focus}
    return FocusChange(
        sprint=now.sprint.number,
        entered=tuple(entry for entry in now.focus if entry.mistake not in known),
        stayed=tuple(entry for entry in now.focus if entry.mistake in known),
        left=tuple(entry for entry in earlier if entry.mistake not in listed),
    )


def focus_changes(summaries: Sequence[Summary]) -> Iterator[FocusChange]:
    """The sprints after the first whose list holds other mistakes than that of the sprint before."""
    for before, now in pairwise(summaries):
        change = focus_change(before, now)
        if change.entered or change.left:
            yield change
