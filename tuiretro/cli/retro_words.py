"""What is said of actions and of the end of a retro, by its commands and by its dialogue alike.

Must not know how lines are read or written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuiretro.core.topics import Topic
    from tuiretro.model.action import Action
    from tuiretro.model.retro import Fate
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
    """
    from tuiretro.core.pointing import topic_at

    if topic is None:
        return None, None
    chosen = topic_at(here.topics, topic)
    return chosen.title, chosen.mistakes[0] if chosen.mistakes else None


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
