"""Picks the items of a pulse.

Owns which mistakes are asked when, and the order of themes on the sheet. It must not know where questions are
written down, nor the shuffling of items for each person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tuiretro.core.asking import by_theme
from tuiretro.core.focus import Entry
from tuiretro.core.rules import PULSE_RANGE
from tuiretro.errors import BadInputError
from tuiretro.model.release import History
from tuiretro.model.survey import Question


def last_asked(history: History) -> dict[str, int]:
    """By item id: the index of the last release that holds it, shown or not."""
    return {item.id: index for index, release in enumerate(history.releases) for item in release.items}


def longest_ago(headlines: Iterable[Question], history: History) -> tuple[Question, ...]:
    """The headlines, asked longest ago first and never asked before all; ties stay in the order given."""
    asked = last_asked(history)
    return tuple(sorted(headlines, key=lambda q: asked.get(q.id, -1)))


def due_dives(
    facets: Iterable[Question], history: History, listed: Sequence[Entry]
) -> tuple[tuple[Question, ...], ...]:
    """The deep dives of listed mistakes that have not been asked since the mistake entered the list.

    A dive is due until a release of a later sprint than the one in which the mistake entered holds one of its items.

    Returns:
        The facets of each such mistake, in the list's order.
    """
    dives: dict[str | None, list[Question]] = {}
    for facet in facets:
        dives.setdefault(facet.mistake, []).append(facet)
    due = []
    for entry in listed:
        dive = tuple(dives.get(entry.mistake, ()))
        ids = {facet.id for facet in dive}
        later = (release for release in history.releases if release.sprint.number > entry.entered)
        if dive and not any(item.id in ids for release in later for item in release.items):
            due.append(dive)
    return tuple(due)


def pulse(
    headlines: Sequence[Question],
    facets: Sequence[Question],
    safety_core: Sequence[Question],
    history: History,
    listed: Sequence[Entry],
    size: int,
) -> tuple[Question, ...]:
    """The items of the next pulse.

    The first one asks every headline once, whatever the size. Later ones ask the safety core, the listed mistakes,
    the deep dives that are due and fit as a whole, then the mistakes asked longest ago.

    Args:
        headlines: One per mistake, in the order of their numbers.
        facets: The deep-dive items, in the same order.
        safety_core: The items that every pulse asks.
        history: What was asked so far.
        listed: The focus list.
        size: How many items a pulse asks, within `PULSE_RANGE`.

    Returns:
        At most `size` items, by theme; inside a theme the core, then headlines, then facets, each in the order given.

    Raises:
        BadInputError: A size outside `PULSE_RANGE`.
    """
    least, most = PULSE_RANGE
    if not least <= size <= most:
        raise BadInputError(
            f"A pulse asks {least} to {most} items, not {size}. Nothing was opened; choose another size."
        )
    asked = last_asked(history)
    if not any(headline.id in asked for headline in headlines):
        return by_theme([*safety_core, *headlines])
    wanted = {entry.mistake for entry in listed}
    chosen = [headline for headline in headlines if headline.mistake in wanted]
    room = size - len(safety_core) - len(chosen)
    dive: list[Question] = []
    for three in due_dives(facets, history, listed):
        if len(three) <= room:
            dive.extend(three)
            room -= len(three)
    others = longest_ago((headline for headline in headlines if headline.mistake not in wanted), history)
    chosen.extend(others[: max(room, 0)])
    return by_theme([*safety_core, *(h for h in headlines if h in chosen), *(f for f in facets if f in dive)])
