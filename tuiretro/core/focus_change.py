"""How the focus list changed between sprints: what entered, stayed, left, and what came and went in between.

Words and draws nothing.
"""

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


class Stint(Struct, frozen=True):
    """Some sprints with results, side by side, in which a mistake was on the list."""

    entry: FocusLine
    """As it stood in the last of them."""
    first: int
    """Its first sprint."""
    last: int
    """Its last one."""


def stints(summaries: Sequence[Summary]) -> tuple[Stint, ...]:
    """Every stay on the list, the first to end first; one that was running before the first sprint begins with it."""
    over: list[Stint] = []
    running: dict[str, Stint] = {}
    for summary in summaries:
        before, number = running, summary.sprint.number
        running = {
            entry.mistake: Stint(entry, before[entry.mistake].first if entry.mistake in before else number, number)
            for entry in summary.focus
        }
        over += [stint for mistake, stint in before.items() if mistake not in running]
    return (*over, *running.values())


def came_and_went(summaries: Sequence[Summary]) -> tuple[Stint, ...]:
    """The stays that began after the first sprint and were over before the last: neither list shows them."""
    first, last = summaries[0].sprint.number, summaries[-1].sprint.number
    return tuple(stint for stint in stints(summaries) if stint.first > first and stint.last < last)


def focus_changes(summaries: Sequence[Summary]) -> Iterator[FocusChange]:
    """The sprints after the first whose list holds other mistakes than that of the sprint before."""
    for before, now in pairwise(summaries):
        change = focus_change(before, now)
        if change.entered or change.left:
            yield change
