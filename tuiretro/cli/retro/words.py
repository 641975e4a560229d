"""What is said of actions and of the end of a retro, by its commands and by its dialogue alike.

Must not know how lines are read or written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuiretro.core.topics import Topic
    from tuiretro.model.action import Action
    from tuiretro.model.retro import Change, Fate, Voted
    from tuiretro.service.retro_room import Room

FATES: dict[str, Fate] = {"done": "done", "keep": "kept", "move": "moved", "drop": "dropped"}
"""What people type, and what it means."""
CLOSING = (
    "Closing is final: notes, votes and decisions stay; the steps that led to them go, so nothing can be taken back "
    "any more, and what was answered to a question that is not closed is destroyed."
)


def about(here: Room, topic: int | None) -> tuple[str | None, str | None]:
    """The title of a topic, and the mistake that it is about, by id; None for what there is not.

    Raises:
        NotFoundError: No such topic.
        NotNowError: Notes are hidden, so none is told.
    """
    from tuiretro.core.pointing import topic_at
    from tuiretro.errors import NotNowError

    if topic is None:
        return None, None
    if not here.board.is_revealed:
        raise NotNowError("The notes are hidden, so none of them can become an action yet; show them first.")
    chosen = topic_at(here.topics, topic)
    return chosen.title, chosen.mistakes[0] if chosen.mistakes else None


def ballot_cast(here: Room, votes: Mapping[int, int]) -> Voted:
    """One person's votes, by the numbers of topics or of notes in them.

    Raises:
        BadInputError, NotFoundError, NotNowError: See `topics.cast` and `pointing.ballot_of`.
    """
    from tuiretro.core.pointing import ballot_of
    from tuiretro.core.topics import cast

    given = ballot_of(here.topics, votes)
    return cast(here.retro, here.board, given, people=here.team.people, minimum=here.team.minimum)


def counted_by_hand(here: Room, votes: Mapping[int, int]) -> tuple[Change, ...]:
    """Votes that were counted together.

    Raises:
        NotNowError: Votes that were cast alone are hidden, and would be told by what counting makes of them.
        BadInputError, NotFoundError: See `pointing.counted`.
    """
    from tuiretro.core.pointing import counted
    from tuiretro.core.topics import are_votes_hidden
    from tuiretro.errors import NotNowError

    if are_votes_hidden(here.retro, here.board, here.team.minimum):
        raise NotNowError(
            "People have voted alone and their votes are hidden, so hands cannot be counted now; nothing was changed. "
            "Go on to the next stage first."
        )
    return counted(here.topics, votes, here.team.people)


def taken_on(here: Room) -> tuple[str, ...]:
    """What is said after an action was taken on, which is the last one of the retro."""
    from tuiretro.core.rules import ENOUGH_ACTIONS

    made = next(action for action in here.actions if action.id == here.board.decided[-1])
    owner = f", {made.owner}" if made.owner else ", nobody's so far"
    said = f"Saved. Action {made.id}: {made.title}; due {made.due}{owner}."
    count = len(here.board.decided)
    if count <= ENOUGH_ACTIONS:
        return (said,)
    return (said, f"These are {count} actions; of more than {ENOUGH_ACTIONS} at once, few get done.")


def settled(action: Action, fate: Fate) -> str:
    """What is said of an earlier action."""
    until = f" until {action.due}" if fate in {"kept", "moved"} else ""
    return f"Saved. Action {action.id}, {action.title}: {fate}{until}."


def named(group: Topic, name: str) -> str:
    """What is said of a group that was named, or whose name was taken away."""
    return f"Group {group.id} is called '{name}'." if name.strip() else f"Group {group.id} has no name of its own now."


def closing(here: Room) -> str:
    """What is lost when a retro ends."""
    from tuiretro.core.checks import TITLES

    lost = ", ".join(f"'{TITLES[check]}'" for check in sorted(here.enough))
    return f"{CLOSING} Not closed, though enough have answered: {lost}." if lost else CLOSING
