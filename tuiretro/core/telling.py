"""Which parts of a summary are told: the plays to suggest, the actions that are open, the sentence on the whole sprint.

Every screen, command and export asks here, so that they cannot disagree. Computes no figure, and knows nothing of
layout.
"""

from __future__ import annotations

from collections.abc import Iterable

from tuiretro.core.figures import NO_CHANGE
from tuiretro.model.action import Action
from tuiretro.model.summary import FocusLine, PlayLine, Summary


def suggestions(entry: FocusLine) -> tuple[PlayLine, ...]:
    """The plays that may be suggested, best first; none where people should talk first (design note "focus")."""
    return () if entry.talk_first else entry.plays


def suggestion(entry: FocusLine) -> PlayLine | None:
    """The play to suggest; None where people should talk first, or where there is none."""
    return next(iter(suggestions(entry)), None)


def open_actions(actions: Iterable[Action]) -> tuple[Action, ...]:
    """Those that are open, the first due first."""
    return tuple(sorted((a for a in actions if a.status == "open"), key=lambda action: (action.due, action.id)))


def whole_remark(summary: Summary) -> str:
    """What holds for the whole sprint; empty where a theme or an item says more, or where nothing could be judged."""
    if summary.remark or not summary.is_judged:
        return summary.remark
    signals = (summary.signal, *(part.signal for theme in summary.themes for part in (theme, *theme.items)))
    return "" if any(signals) else NO_CHANGE
