"""What is told of a retro: the one value from which every screen, command and file of it is made."""

from __future__ import annotations

from msgspec import Struct

from tuiretro.model.action import Action
from tuiretro.model.release import Spread
from tuiretro.model.retro import CheckId, Fate
from tuiretro.model.team import Sprint


class CheckLine(Struct, frozen=True):
    """One of the two questions, as far as it may be told."""

    id: CheckId
    title: str
    statement: str
    answered: str
    """In words."""
    mean: float | None
    """None: too few answers."""
    band: float | None
    spread: Spread | None


class NoteLine(Struct, frozen=True):
    """One note."""

    id: int
    column: str
    """The column's title, with the mistake's where the board has the columns once for each."""
    text: str


class TopicLine(Struct, frozen=True):
    """A group of notes, or a note on its own."""

    id: int
    title: str
    is_group: bool
    notes: tuple[NoteLine, ...]
    votes: int
    place: int
    """By votes, from 1; 0 without a vote."""
    is_tied: bool
    is_discussed: bool


class ReviewLine(Struct, frozen=True):
    """What became of an earlier action."""

    action: Action
    fate: Fate
    since: str
    """What its topic's score has done since it was taken on, in words; empty where nothing can be said."""


class StageLine(Struct, frozen=True):
    """One stage of the agenda."""

    id: str
    title: str
    minutes: int
    is_seen: bool
    """Whether the team has been there and went on."""


class RetroSummary(Struct, frozen=True):
    """A retro, under way or over."""

    team: str
    sprint: Sprint
    held: str
    """The day on which it began, as 2026-11-26."""
    format: str
    is_over: bool
    minutes: str
    checks: tuple[CheckLine, ...]
    reviewed: tuple[ReviewLine, ...]
    topics: tuple[TopicLine, ...]
    """By votes; without any vote, in the order of the board."""
    voters: int
    """How many voted by passing the keyboard."""
    decided: tuple[Action, ...]
    stage: str = ""
    """Where the team stands, by id; 'summary' behind the last stage."""
    agenda: tuple[StageLine, ...] = ()
    hides_votes: bool = False
    """Whether people are voting one by one: no topic tells its votes then."""
    hidden: int = 0
    """Notes that lie face down, and so stand in no topic."""
