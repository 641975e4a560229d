"""What main screens tell the app: that something was chosen or is wanted."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from tuiretro.model.action import Action
from tuiretro.model.survey import Play, Template
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
    """One of a mistake's or survey's plays is to be chosen."""

    book: str
    """The mistake or survey, by id."""
    side: str = ""
    """The facet or item that they are to help with, if one was chosen."""


@dataclass
class PlayChosen(Message):
    """A play is to be taken on."""

    reference: str
    """'mistake.play' or 'survey.play'."""
    play: Play


@dataclass
class TemplateWanted(Message):
    """A template is to be read, or to be written to a file."""

    template: Template
    write: bool


@dataclass
class PlayTemplateWanted(Message):
    """The template of a play is to be written to a file."""

    play: Play


@dataclass
class StarAsked(Message):
    """A mistake's star is to be set or taken away."""

    mistake: str
    """By id."""


@dataclass
class RetroWanted(Message):
    """A retro is to be opened."""

    sprint: int | None
    """None begins one, or goes on with the one that is under way."""


@dataclass
class NoteWanted(Message):
    """A note for the next retro is to be written."""
