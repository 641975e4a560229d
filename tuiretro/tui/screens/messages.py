"""What main screens tell the app: that something was chosen or is wanted."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from tuiretro.model.action import Action
from tuiretro.service.insight import Results


@dataclass
class ActionAsked(Message):
    """Something is to happen with an action."""

    what: str
    """'new', 'done', 'drop', 'move', 'reopen', or 'follow up' to ask which of them."""
    action: Action | None
    """None for a new one."""


@dataclass
class SprintWanted(Message):
    """Another sprint's results are wanted."""

    number: int


@dataclass
class CommentsWanted(Message):
    """The comments are to be read."""

    results: Results


@dataclass
class PlaysWanted(Message):
    """One of a mistake's plays is to be chosen."""

    mistake: str
    """By id."""


@dataclass
class StarAsked(Message):
    """A mistake's star is to be set or taken away."""

    mistake: str
    """By id."""
