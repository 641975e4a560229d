"""Orders the plays of a mistake or survey: what to suggest first.

Owns the order of suggestions and the reference by which an action remembers its play. It must not know how a play is
shown, nor how an action is made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tuiretro.model.action import Action
from tuiretro.model.release import History, ItemResult
from tuiretro.model.survey import Effort, Play, PlayBook

EFFORTS: tuple[Effort, ...] = ("S", "M", "L")
"""Smaller first: an action that is done beats one that is planned."""


def play_reference(book: PlayBook, play: Play) -> str:
    """The name of a play that is unique over all mistakes and surveys: 'mistake.play' or 'survey.play'."""
    return f"{book.id}.{play.id}"


def has_tried(book: PlayBook, play: Play, actions: Iterable[Action]) -> bool:
    """Whether the team has an action with that play, whatever became of it.

    An action names its play by reference, or by the play's own id unless the action belongs to another mistake.
    """
    reference = play_reference(book, play)
    return any(
        action.play == reference or (action.play == play.id and action.mistake in {book.id, None}) for action in actions
    )


def mark_of(reference: str, actions: Iterable[Action]) -> str:
    """What became of a play so far: 'taken on' while an action with it is open, 'tried' after that, or nothing."""
    states = {action.status for action in actions if action.play == reference}
    return "taken on" if "open" in states else "tried" if states else ""


def side_means(book: PlayBook, history: History) -> dict[str, float]:
    """By facet or survey item: the latest shown mean of its statement, in points; those never shown are missing.

    In whatever words they were asked: an old value still says more about where to start than the file's order.
    """
    sides = book.sides
    return {
        side: item.mean
        for release in history.releases
        for item in release.items
        if item.mean is not None and (side := sides.get(item.id)) is not None
    }


def suggest(book: PlayBook, history: History, actions: Iterable[Action]) -> tuple[Play, ...]:
    """All plays of a mistake or survey, the one to suggest first in front.

    Untried plays come before tried ones, then plays for the weakest facet (facets without a shown mean after those
    with one, in the file's order), then smaller efforts, then the file's order.
    """
    return ordered(book, side_means(book, history), actions)


def ordered(book: PlayBook, means: Mapping[str, float], actions: Iterable[Action]) -> tuple[Play, ...]:
    """The same for those who know already, as `side_means` gives it, how the sides were last rated."""
    taken = tuple(actions)
    order = list(book.sides.values())

    def rank(play: Play) -> tuple[bool, bool, float, int]:
        known = play.facet in means
        weakness = means[play.facet] if known else order.index(play.facet)
        return has_tried(book, play, taken), not known, weakness, EFFORTS.index(play.effort)

    return tuple(sorted(book.plays, key=rank))


def talk_first(item: ItemResult | None) -> bool:
    """Whether people see an item so differently that talking comes before any play."""
    return item is not None and item.spread == "split"
