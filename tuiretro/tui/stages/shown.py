"""All that a stage draws from: the retro as it stands, and where this screen looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tuiretro.core.agenda import current, topic_key
from tuiretro.core.decisions import fate_of
from tuiretro.core.topics import Topic, are_votes_hidden, ranked
from tuiretro.model.action import Action
from tuiretro.model.board_format import Column
from tuiretro.service.insight import Results
from tuiretro.service.retro_decisions import waiting
from tuiretro.service.retros import Room


@dataclass(frozen=True)
class Shown:
    """What a stage draws."""

    room: Room
    today: date
    titles: Mapping[str, str] = field(default_factory=dict)
    """Of mistakes, by id."""
    since: Mapping[int, str] = field(default_factory=dict)
    """What became of the topics of actions, in words, by number."""
    results: Results | None = None
    """The results that the retro is about, if there are any."""
    reason: str = ""
    """Why this program only looks; empty for the one that leads."""
    column: int = 0
    """The column that is typed into, from 0."""
    marked: frozenset[int] = frozenset()
    """Topics that are marked, by number."""
    query: str = ""
    """Only what holds it is shown; empty shows all."""
    waiting: int = 0
    """Notes that were refused and wait for the line to be free."""
    picked: int | None = None
    """The topic under discussion, where somebody chose one."""

    @property
    def stage(self) -> str:
        """Where the team stands, by id."""
        return self.room.retro.stage

    @property
    def leads(self) -> bool:
        """Whether this program may change anything: it leads, and the retro is not over."""
        return not self.reason and not self.room.retro.is_over

    @property
    def is_summary(self) -> bool:
        """Whether the page behind the last stage is shown."""
        return current(self.room.retro) is None

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns."""
        return self.room.retro.format.columns

    @property
    def page(self) -> tuple[Column, ...]:
        """The columns that stand beside the one that is typed into: those of its mistake."""
        about = self.columns[self.column].mistake
        return tuple(column for column in self.columns if column.mistake == about)

    @property
    def by_votes(self) -> tuple[Topic, ...]:
        """Topics in the order in which they are discussed."""
        return ranked(self.room.topics)

    @property
    def to_decide(self) -> tuple[Topic, ...]:
        """Topics in the order in which actions come from them: those that were discussed first."""
        return tuple(sorted(self.by_votes, key=lambda topic: not topic.is_discussed))

    @property
    def topic(self) -> Topic | None:
        """The topic under discussion: the one that was chosen, or the first that has not been discussed."""
        chosen = next((topic for topic in self.room.topics if topic.id == self.picked), None)
        return chosen or next((topic for topic in self.by_votes if not topic.is_discussed), None)

    @property
    def unsettled(self) -> tuple[Action, ...]:
        """Earlier actions of which nobody has said yet what becomes of them."""
        return tuple(action for action in waiting(self.room) if not fate_of(self.room.board, action))

    @property
    def hides_votes(self) -> bool:
        """Whether people are still voting one by one, or too few have voted to show anything."""
        return are_votes_hidden(self.room.retro, self.room.board, self.room.team.minimum)


def running(shown: Shown) -> tuple[str, ...]:
    """What time counts for now: the stage, and at discuss the topic; nothing while the clock is paused."""
    retro, topic = shown.room.retro, shown.topic
    stage = current(retro)
    if stage is None or not shown.leads or retro.clock.is_paused:
        return ()
    return (stage.id, topic_key(topic.id)) if stage.id == "discuss" and topic is not None else (stage.id,)
