"""Some sprints of one team as they may be told: the value that every export is made from."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from tuiretro.model.action import Action
from tuiretro.model.summary import Summary
from tuiretro.model.trends import Trends


class ActionLine(Struct, frozen=True):
    """An action, with what became of its topic."""

    action: Action
    followed: str
    """What may be said of it now, in words; empty where nothing may."""


class Report(Struct, frozen=True):
    """Some released sprints of one team as they may be told."""

    summaries: tuple[Summary, ...]
    """One for each released sprint of the range, oldest first; at least one."""
    trends: Trends
    """The team's lines as they stood after the last of these sprints, their dots kept to the range's sprints.

    Where a segment began before the range, its first dot here has no start."""
    actions: tuple[ActionLine, ...]
    """Taken on up to the last sprint of the range, oldest first, as they stand today.

    The newest sprint with results counts as lasting until today."""
    today: date | None = None
    """The day on which it is made, which says how late an action is; None where nobody is to be told."""
    is_range: bool = False
    """Asked for as a range of sprints, of which there may still be just one."""
