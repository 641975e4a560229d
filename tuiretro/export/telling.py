"""Parts that several Markdown exports tell alike: what was unusual of a sprint, and actions with what became of them.

Owns their layout. Every word about numbers comes from `core`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tuiretro.core.calendar import deadline_words
from tuiretro.core.figures import SPLIT_ADVICE, TOO_FEW, band_words, mean_short, mean_words
from tuiretro.core.remarks import whole_words
from tuiretro.export.escaping import escape
from tuiretro.model.action import Action
from tuiretro.model.report import ActionLine
from tuiretro.model.summary import FocusLine, ItemLine, Signal, Summary, ThemeLine
from tuiretro.model.survey import Theme
from tuiretro.model.trends import Trends

Titles = Mapping[str, str]
"""Titles of mistakes, by id."""


def theme_title(theme: Theme) -> str:
    """'Data'; a team's own questions are called so."""
    return "Your own questions" if theme == "own" else theme.capitalize()


def cell(mean: float, signal: Signal | None) -> str:
    """'2.4', '≤1.5 low': a value in a narrow column, with the side on which it is unusual."""
    return mean_short(mean) if signal is None else f"{mean_short(mean)} {signal}"


def figure_words(mean: float, half: float) -> str:
    """'2.4 ±0.7'."""
    return f"{mean_words(mean)} {band_words(half)}"


def titles(trends: Trends) -> Titles:
    """How the mistakes of some trends are called."""
    return {line.mistake: line.title for line in trends.lines if line.mistake is not None}


def mistake_of(item: ItemLine, known: Titles) -> str:
    """The title of the mistake that a statement asks about; empty where it would say nothing new."""
    title = known.get(item.mistake or "", "")
    return "" if title == item.short else title


def asked_as(entry: FocusLine) -> str:
    """The label of the statement behind an entry of the focus list; empty where it would say nothing new."""
    return "" if entry.statement == entry.title else entry.statement


def _named(item: ItemLine, known: Titles) -> str:
    """'Time set aside for model upkeep (Failing to plan for drift)'."""
    about = mistake_of(item, known)
    return f"{escape(item.short)} ({escape(about)})" if about else escape(item.short)


def unusual_short(summary: Summary, known: Titles) -> str:
    """What was unusual of a sprint in one line, without figures; empty where nothing was.

    Args:
        summary: The sprint.
        known: Titles of mistakes, which stand behind their statements.
    """
    said = [] if summary.signal is None else [whole_words(summary.signal)]
    sides: tuple[Signal, ...] = ("low", "high")
    for side in sides:
        names = [theme_title(theme.theme) for theme in summary.themes if theme.signal == side]
        names += [_named(item, known) for theme in summary.themes for item in theme.items if item.signal == side]
        if names:
            said.append(f"Unusually {side}: {'; '.join(names)}.")
    return " ".join(said)


def unusual(summary: Summary, known: Titles) -> Iterator[str]:
    """A line of a list for each theme and statement that was unusual, or that has a new normal.

    Args:
        summary: The sprint.
        known: Titles of mistakes, which stand behind their statements.
    """
    for theme in summary.themes:
        if theme.signal is not None and theme.mean is not None and theme.band is not None:
            yield f"- {theme_title(theme.theme)}: {figure_words(theme.mean, theme.band)}. {escape(theme.remark)}"
        for item in theme.items:
            said = " ".join(escape(remark) for remark in item.remarks if remark not in {TOO_FEW, SPLIT_ADVICE})
            if said and item.mean is not None and item.band is not None:
                yield f"- {_named(item, known)}: {figure_words(item.mean, item.band)}. {said}"


def seen_differently(themes: Iterable[ThemeLine]) -> str:
    """'People see this differently. Talk before you fix: A; B.'; empty where nothing is split."""
    split = [escape(item.short) for theme in themes for item in theme.items if SPLIT_ADVICE in item.remarks]
    return f"{SPLIT_ADVICE[:-1]}: {'; '.join(split)}." if split else ""


def suppressed(themes: Iterable[ThemeLine]) -> str:
    """'Too few answers to show: A; B.'; empty where everything is shown."""
    hidden = [escape(item.short) for theme in themes for item in theme.items if item.mean is None]
    return f"{TOO_FEW[:-1]}: {'; '.join(hidden)}." if hidden else ""


def told_action(line: ActionLine, today: date | None, *, owners: bool) -> str:
    """A line of a list: an action, how it stands, and what may be said of its topic.

    Args:
        line: The action.
        today: What day it is, of which it may be late; None where nothing is to be called so.
        owners: Whether its owner is named.
    """
    action = line.action
    owner = f", {escape(action.owner)}" if owners and action.owner else ""
    told = f"- {escape(action.title)} (from sprint {action.sprint}{owner}): {_state(action, today)}."
    return f"{told} {escape(line.followed)}".rstrip()


def _state(action: Action, today: date | None) -> str:
    if action.status == "open":
        return f"open, {deadline_words(action.due, today)}"
    return f"{action.status} in sprint {action.closed}"
