"""A retro: its board, everything that was done to it, and where the team stands in its agenda.

The board is never kept beside the changes that made it: it is what they make of the board that the retro began with.
That is why every change can be taken back, also after a restart. Nothing here says who or at what time.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tuiretro.model.action import Action
from tuiretro.model.board_format import Format
from tuiretro.model.release import Release
from tuiretro.model.team import Sprint

CheckId = Literal["welcome", "close"]
"""The two questions of a retro that are answered like a round: safety at the start, worth the time at the end."""
Id = Annotated[int, Meta(ge=1)]
"""Of a note or a group; they count up together, so that a topic is known by one number."""
Count = Annotated[int, Meta(ge=0)]
Fate = Literal["done", "kept", "moved", "dropped"]
"""What became of an action of an earlier sprint."""


class Note(Struct, frozen=True):
    """One note. It has no author."""

    id: Id
    column: str
    """By id; empty for a note that was dropped during the sprint and has not been put into a column."""
    text: str
    group: int | None = None
    """The group that it lies in, by id."""


class Group(Struct, frozen=True):
    """Notes that belong together."""

    id: Id
    title: str


class Board(Struct, frozen=True):
    """What lies on the table."""

    notes: tuple[Note, ...] = ()
    """In the order in which they were added; the dropped ones first, shuffled."""
    groups: tuple[Group, ...] = ()
    next_id: Id = 1
    """For the next note or group; no number is used twice."""
    is_revealed: bool = False
    budget: int | None = None
    """Votes of each person; None as long as the rule decides: a third of the topics, at least three."""
    several: bool = True
    """Whether one person may give one topic several votes."""
    votes: dict[int, Count] = {}
    """Topic to votes; topics without a vote are left out."""
    voters: Count = 0
    """How many have voted by passing the keyboard."""
    discussed: tuple[int, ...] = ()
    """Topics that are done, in the order in which they were."""
    decided: tuple[int, ...] = ()
    """Actions that were taken on, by number."""
    reviewed: dict[int, Fate] = {}
    """What became of earlier actions, by number."""


class Added(Struct, frozen=True, tag="added"):
    """A note was added."""

    column: str
    text: str


class Edited(Struct, frozen=True, tag="edited"):
    """A note got another text."""

    note: Id
    text: str


class Moved(Struct, frozen=True, tag="moved"):
    """A note went into another column."""

    note: Id
    column: str


class Removed(Struct, frozen=True, tag="removed"):
    """A note was removed."""

    note: Id


class Revealed(Struct, frozen=True, tag="revealed"):
    """The notes were shown, or hidden again."""

    shown: bool = True


class Grouped(Struct, frozen=True, tag="grouped"):
    """Notes were put together: into the first group that one of them lay in, or else into a new one."""

    notes: Annotated[tuple[Id, ...], Meta(min_length=1)]
    """Notes of other groups bring nobody along: whoever merges groups names all their notes."""


class Named(Struct, frozen=True, tag="named"):
    """A group got another title."""

    group: Id
    title: str


class Ungrouped(Struct, frozen=True, tag="ungrouped"):
    """Notes were taken out of their groups; a group without notes is gone."""

    notes: Annotated[tuple[Id, ...], Meta(min_length=1)]


class VoteRules(Struct, frozen=True, tag="vote-rules"):
    """The team chose its budget, or whether several votes may go to one topic."""

    budget: int | None
    several: bool


class Counted(Struct, frozen=True, tag="counted"):
    """Votes for one topic were counted together, such as raised hands; negative takes some back."""

    topic: Id
    votes: int


class Voted(Struct, frozen=True, tag="voted"):
    """All votes as they stand after people voted by passing the keyboard.

    Only the sum is kept, and only the last one: two sums in a row would show what one person chose.
    """

    votes: dict[int, Count]
    voters: Count


class Discussed(Struct, frozen=True, tag="discussed"):
    """A topic is done, or open again."""

    topic: Id
    done: bool = True


class Decided(Struct, frozen=True, tag="decided"):
    """An action was taken on or changed; undoing it brings the action's state before back.

    The owner's name stands here as long as the retro is open, and in the list of actions for good.
    """

    before: Action | None
    """None for one that was taken on."""
    after: Action
    fate: Fate | None = None
    """For an action of an earlier sprint."""


Change = (
    Added
    | Edited
    | Moved
    | Removed
    | Revealed
    | Grouped
    | Named
    | Ungrouped
    | VoteRules
    | Counted
    | Voted
    | Discussed
    | Decided
)
"""One step that can be taken back."""


class Clock(Struct, frozen=True):
    """How long what has taken. Advises; never moves anybody on."""

    spent: dict[str, Count] = {}
    """Seconds by stage, or by topic as 'topic:7'."""
    extra: dict[str, Count] = {}
    """Minutes that were added, by the same names."""
    is_paused: bool = False
    rings: bool = False
    """Whether the end of a time rings the terminal's bell; a team that wants it switches it on."""


class Retro(Struct, frozen=True):
    """One retro of one team, for one sprint. One that is over holds no steps any more."""

    sprint: Sprint
    held: date
    """The day on which it began."""
    format: Format
    """As it was when the retro began: later changes of its file change no retro."""
    focus: tuple[str, ...] = ()
    """The focus list's mistakes when it began, by id."""
    base: Board = Board()
    changes: tuple[Change, ...] = ()
    undone: Count = 0
    """So many changes at the end are taken back, and can be done again."""
    stage: str = ""
    """Where the team stands, by id; 'summary' behind the last stage."""
    seen: tuple[str, ...] = ()
    """Stages where the team has been."""
    clock: Clock = Clock()
    released: dict[CheckId, Release] = {}
    """The two questions, as far as they were closed."""
    people: Count = 0
    """How many people the team had when it began; 0 takes the team's number."""
    minimum: Count = 0
    """k as it was then; 0 takes the team's."""
    votes_shown: bool = False
    """Whether votes that people cast alone have been shown: one more would be read from the difference."""
    is_over: bool = False
