"""Parts that several Markdown exports tell alike: what was unusual of a sprint, and actions with what became of them.

Owns their layout. Every word about numbers comes from `core`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tuiretro.core.calendar import day_and_month
from tuiretro.core.figures import SPLIT_ADVICE, TOO_FEW, band_words, mean_short, mean_words
from tuiretro.export.escaping import escape
from tuiretro.model.action import Action
from tuiretro.model.report import ActionLine
from tuiretro.model.summary import Signal, Summary, ThemeLine
from tuiretro.model.survey import Theme


def theme_title(theme: Theme) -> str:
    """'Data'; a team's own questions are called so."""
    return "Your own questions" if theme == "own" else theme.capitalize()


def cell(mean: float, signal: Signal | None) -> str:
    """'2.4', '≤1.5 low': a value in a narrow column, with the side on which it is unusual."""
    return mean_short(mean) if signal is None else f"{mean_short(mean)} {signal}"


def figure_words(mean: float, half: float) -> str:
    """'2.4 ±0.7'."""
    return f"{mean_words(mean)} {band_words(half)}"


def unusual(summary: Summary) -> Iterator[str]:
    """A line of a list for each theme and statement that was unusual, or that has a new normal."""
    for theme in summary.themes:
        if theme.signal is not None and theme.mean is not None and theme.band is not None:
            yield f"- {theme_title(theme.theme)}: {figure_words(theme.mean, theme.band)}. {escape(theme.remark)}"
        for item in theme.items:
            said = " ".join(escape(remark) for remark in item.remarks if remark not in {TOO_FEW, SPLIT_ADVICE})
            if said and item.mean is not None and item.band is not None:
                yield f"- {escape(item.short)}: {figure_words(item.mean, item.band)}. {said}"


def seen_differently(themes: Iterable[ThemeLine]) -> str:
    """'People see this differently. Talk before you fix: A; B.'; empty where nothing is split."""
    split = [escape(item.short) for theme in themes for item in theme.items if SPLIT_ADVICE in item.remarks]
    return f"{SPLIT_ADVICE[:-1]}: {'; '.join(split)}." if split else ""


def suppressed(themes: Iterable[ThemeLine]) -> str:
    """'Too few answers to show: A; B.'; empty where everything is shown."""
    hidden = [escape(item.short) for theme in themes for item in theme.items if item.mean is None]
    return f"{TOO_FEW[:-1]}: {'; '.join(hidden)}." if hidden else ""


def told_action(line: ActionLine, *, owners: bool) -> str:
    """A line of a list: an action, how it stands, and what may be said of its topic."""
    action = line.action
    owner = f", {escape(action.owner)}" if owners and action.owner else ""
    told = f"- {escape(action.title)} (from sprint {action.sprint}{owner}): {_state(action)}."
    return f"{told} {escape(line.followed)}".rstrip()


def _state(action: Action) -> str:
    if action.status == "open":
        return f"open, due {day_and_month(action.due)} {action.due.year}"
    return f"{action.status} in sprint {action.closed}"
