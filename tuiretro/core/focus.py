"""The focus list of a team's history, and the words that say why a mistake is on it.

Owns the way from releases and judgements to the list, and its reasons. It must not know how the list is drawn, nor
how signals are found. Source: docs/numbers.md, focus list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tuiretro.core.figures import mean_words
from tuiretro.core.focus_rule import Entry, FocusList, Shown, Why, step
from tuiretro.core.judgement import Judgement
from tuiretro.core.rules import FOCUS_CEILING, FOCUS_PLACES, LEVEL_OF, STAR, SWAP_AFTER, SWAP_MARGIN
from tuiretro.core.text import plural
from tuiretro.model.release import History, Release
from tuiretro.model.survey import Question, Wording

RULE = (
    f"A mistake's level is the average of its last {LEVEL_OF} shown means; a starred mistake counts as {STAR} lower. "
    f"The list holds at most {FOCUS_PLACES} mistakes: the lowest levels under {FOCUS_CEILING}. One leaves after two "
    f"results at {FOCUS_CEILING} or more. An unusual drop enters at once, marked as new drop. Otherwise one a sprint "
    f"is swapped at most: for one that is lower by {SWAP_MARGIN} or more, once the listed one has stayed for "
    f"{SWAP_AFTER} results."
)
"""How the list is made, in the words of docs/numbers.md, focus list."""

__all__ = ["Entry", "FocusList", "Shown", "Why", "focus_list", "position_words", "reason", "replay", "step"]


def _shown(release: Release, judgement: Judgement, headlines: Mapping[Wording, Question]) -> Shown:
    asked = {
        question.mistake: (item.mean, judgement.items[item.id])
        for item in release.items
        if item.mean is not None
        and (question := headlines.get(item.wording)) is not None
        and question.mistake is not None
    }
    return Shown(
        sprint=release.sprint.number,
        means={mistake: mean for mistake, (mean, _) in asked.items()},
        usual={m: i.centre for m, (_, i) in asked.items() if i.signal == "low" and i.centre is not None},
        starred=frozenset(release.starred),
        fresh=frozenset(mistake for mistake, (_, i) in asked.items() if i.since == release.sprint.number),
        is_imported=release.imported is True,
    )


def replay(history: History, judgements: Sequence[Judgement], numbers: Mapping[str, int]) -> tuple[FocusList, ...]:
    """The list after every release.

    A release that shows no headline leaves the list as it was. The segment of a mistake is that of its latest asking:
    after a team change its level stands until it is asked again.

    Args:
        history: The team's releases.
        judgements: Theirs, in the same order, as `signals.judge` gives them.
        numbers: Each mistake's number, which settles ties.

    Raises:
        ValueError: Not one judgement per release.
    """
    headlines = {q.wording: q for q in history.questions if q.is_headline}
    lists: list[FocusList] = []
    current = FocusList()
    for release, judgement in zip(history.releases, judgements, strict=True):
        shown = _shown(release, judgement, headlines)
        if shown.means:
            current = step(current, shown, numbers)
        lists.append(current)
    return tuple(lists)


def focus_list(history: History, judgements: Sequence[Judgement], numbers: Mapping[str, int]) -> FocusList:
    """The list after the latest release, empty before the first; arguments and errors as for `replay`."""
    lists = replay(history, judgements, numbers)
    return lists[-1] if lists else FocusList()


def _ordinal(number: int) -> str:
    teens = 10 <= number % 100 <= 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def position_words(entry: Entry) -> str:
    """'lowest of 20', '2nd lowest of 20'."""
    place = "lowest" if entry.position == 1 else f"{_ordinal(entry.position)} lowest"
    return f"{place} of {entry.of}"


def reason(entry: Entry, titles: Mapping[str, str]) -> str:
    """Why a mistake is on the list, in one line.

    Args:
        entry: The entry.
        titles: Titles of mistakes by id; without one the id stands for it.
    """
    if entry.shown is not None and entry.usual is not None:
        return f"new drop: {mean_words(entry.shown)}, usual for you {entry.usual:.1f}"
    if entry.replaced is not None and entry.higher is not None:
        return f"entered for {titles.get(entry.replaced, entry.replaced)}, which was {entry.higher:.1f} higher"
    average = "asked once: " if entry.askings == 1 else f"{entry.askings}-sprint average "
    return f"{average}{mean_words(entry.level)}, {position_words(entry)}; {_stay(entry)}"


def _stay(entry: Entry) -> str:
    """How long the team has had it on a list; while results were only imported, it had none."""
    own = entry.releases - entry.imported
    if not own:
        return "by imported results alone"
    return f"on your list for {plural(own, 'sprint')}"
