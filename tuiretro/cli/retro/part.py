"""What a dialogue that leads a retro works with: the retro, the people, and the parts of which it is made.

Holds no word that is said. Must not know how lines are read or written, nor anything of stores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from tuiretro.cli.ask import Read, Say
from tuiretro.core.text import clean
from tuiretro.errors import BadInputError, NotFoundError, NotNowError
from tuiretro.model.retro import Change, CheckId, Fate
from tuiretro.model.retro_summary import RetroSummary
from tuiretro.model.round import Round
from tuiretro.service.retro_room import Room

REFUSED = (BadInputError, NotFoundError, NotNowError)
"""What is said in a sentence, and the dialogue goes on."""


class Lead(Protocol):
    """What can be done with the retro that is led. Each change is durable on return."""

    @property
    def here(self) -> Room:
        """The retro as it stands."""
        ...

    def told(self) -> RetroSummary:
        """What may be told of it."""
        ...

    def titles(self) -> Mapping[str, str]:
        """The titles of mistakes, by id."""
        ...

    def results(self) -> Iterable[str]:
        """What the round of the sprint says, in lines."""
        ...

    def since(self) -> Mapping[int, str]:
        """What became of the topics of earlier actions, in words, by number."""
        ...

    def plays(self, mistake: str) -> Sequence[tuple[str, str]]:
        """The plays of a mistake, the one to suggest first in front: its reference and its title."""
        ...

    def due(self, text: str) -> date:
        """The day that somebody means; raises BadInputError."""
        ...

    def usual_due(self) -> date:
        """When an action is due that is given no day."""
        ...

    def change(self, step: Callable[[Room], tuple[Change, ...]]) -> None:
        """Changes the board."""
        ...

    def undo(self) -> str:
        """Takes the last change back, and says which."""
        ...

    def redo(self) -> str:
        """Does it again, and says what."""
        ...

    def go(self, stage: str) -> None:
        """Goes to a stage."""
        ...

    def move_on(self, by: int) -> None:
        """Goes so many stages on, or back."""
        ...

    def spend(self, seconds: Mapping[str, int]) -> None:
        """Adds to what stages and topics have taken."""
        ...

    def more_time(self, key: str) -> None:
        """Gives a stage or topic a minute more."""
        ...

    def question(self, check: CheckId) -> Round:
        """A question as it is asked now."""
        ...

    def answer(self, check: CheckId, asked: Round, value: int | None) -> None:
        """Seals one person's answer."""
        ...

    def close_question(self, check: CheckId) -> None:
        """Closes a question."""
        ...

    def take_on(
        self, title: str | None, play: str | None, mistake: str | None, owner: str, due: date | None, done_when: str
    ) -> None:
        """Takes an action on."""
        ...

    def settle(self, number: int, fate: Fate, due: date | None) -> None:
        """Says what becomes of an earlier action."""
        ...

    def close(self) -> None:
        """Ends the retro."""
        ...


@dataclass
class Talk:
    """How a team is talked with, and what it is looking at."""

    lead: Lead
    read: Read
    write: Say
    """Where paragraphs go; `say` cleans them first."""
    alone: Callable[[], AbstractContextManager[None]]
    """Around what only one person may see: clears the screen afterwards, where it can."""
    is_cleared: bool = False
    """Whether it can."""
    warning: str = ""
    """Said before somebody answers, where the terminal is recorded."""
    column: int = 0
    """Where a note goes that names no column, counted from 0."""
    topic: int | None = None
    """The topic that is discussed, by id."""

    def say(self, paragraph: str) -> None:
        """Says a paragraph, in which nothing that somebody typed can steer the terminal."""
        self.write(clean(paragraph))

    def lines(self, lines: Iterable[str]) -> None:
        """Says one line after the other."""
        for line in lines:
            self.say(line)


class Part(NamedTuple):
    """One stage of the dialogue."""

    keys: str
    """What can be typed there, besides `KEYS`."""
    show: Callable[[Talk], Iterable[str]]
    """What the team looks at there."""
    take: Callable[[Talk, str], None]
    """Does what was typed; what makes no sense is refused with one sentence."""
