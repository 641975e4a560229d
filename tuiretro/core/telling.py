"""Which parts of a summary are told: the plays to suggest, the actions that are open, the sentence on the whole sprint.

Every screen, command and export asks here, so that they cannot disagree. Computes no figure, and knows nothing of
layout.
"""

from __future__ import annotations

from collections.abc import Iterable

from tuiretro.core.figures import NO_CHANGE, NOT_ASKED, TOO_EARLY, TOO_FEW
from tuiretro.core.rules import FOCUS_CEILING
from tuiretro.model.action import Action
from tuiretro.model.round import Round
from tuiretro.model.summary import FocusLine, PlayLine, Summary
from tuiretro.model.trends import Line, Trends

NO_PLAY = "The catalogue has no play for it."
_OF_THE_LAST = frozenset({NO_CHANGE, NOT_ASKED, TOO_EARLY, TOO_FEW})


def suggestions(entry: FocusLine) -> tuple[PlayLine, ...]:
    """The plays that may be suggested, best first; none where people should talk first (docs/numbers.md)."""
    return () if entry.talk_first else entry.plays


def suggestion(entry: FocusLine) -> PlayLine | None:
    """The play to suggest; None where people should talk first, or where there is none."""
    return next(iter(suggestions(entry)), None)


def empty_focus(summary: Summary) -> str:
    """The sentence in place of an empty focus list."""
    if summary.levels:
        return f"Nothing is under {FOCUS_CEILING}: no mistake needs you now."
    return "No mistake has been rated yet; a sprint pulse asks about them."


def open_actions(actions: Iterable[Action]) -> tuple[Action, ...]:
    """Those that are open, the first due first."""
    return tuple(sorted((a for a in actions if a.status == "open"), key=lambda action: (action.due, action.id)))


def last_time(actions: Iterable[Action], released: tuple[int, ...]) -> str:
    """What became of what was taken on, as people are told before they answer; empty before the first results.

    Args:
        actions: All actions of the team.
        released: The sprints with results, oldest first.
    """
    if not released:
        return ""
    taken = tuple(actions)
    done = [action.title for action in taken if action.status == "done" and (action.closed or 0) >= released[-1]]
    waiting = [action.title for action in open_actions(taken)]
    parts = [f"Done since the last round: {'; '.join(done)}."] if done else []
    parts += [f"Still open: {'; '.join(waiting)}."] if waiting else []
    return " ".join(parts) or "Nothing was taken on after the last round, or nothing of it is open."


def whole_remark(summary: Summary) -> str:
    """What holds for the whole sprint; empty where a theme or an item says more, or where nothing could be judged."""
    if summary.remark or not summary.is_judged:
        return summary.remark
    return "" if _is_unusual(summary) else NO_CHANGE


def told_whole(summary: Summary) -> str:
    """The same for those who read one sprint after another: where nothing could be judged, it says so."""
    return whole_remark(summary) or ("" if _is_unusual(summary) else TOO_EARLY)


def _is_unusual(summary: Summary) -> bool:
    themes = [theme.signal for theme in summary.themes]
    items = [item.signal for theme in summary.themes for item in theme.items]
    return any((summary.signal, *themes, *items))


def dated(line: Line, trends: Trends) -> tuple[str, ...]:
    """What is said of a line; what is about one sprint names it, since it stands beside the values of many.

    Args:
        line: One of the trends' lines.
        trends: All of it.
    """
    return tuple(_dated(words, line, trends) for words in line.said)


def _dated(words: str, line: Line, trends: Trends) -> str:
    if words in _OF_THE_LAST:
        return f"In sprint {trends.sprints[-1].number}: {words}"
    # An unusual value that was not asked again since is still the line's last one.
    return f"In sprint {line.dots[-1].sprint}: {words}" if words.startswith("Unusually") else words


def unspoken(language: str) -> str:
    """The sentence on a round that could not be opened in the team's language."""
    return (
        f"It is asked in English: no sound file speaks the team's language '{language}' any more. "
        "'tuiretro survey check' names what is broken."
    )


def guarded(opened: Round) -> str:
    """What a round asks for, in one short line; empty for one that asks for nothing."""
    if opened.asks_code and opened.two_person:
        return "Each person types a one-time code; closing takes the six words."
    if opened.asks_code:
        return "Each person types a one-time code."
    return "Closing takes the six words of its closing code." if opened.two_person else ""
