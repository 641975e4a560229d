"""What the team took on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tuiretro.model.team import Number

Status = Literal["open", "done", "dropped"]


class Draw(Struct, frozen=True):
    """A start that was drawn by chance, so that what follows it can be told from what would have come anyway."""

    starts: Annotated[tuple[Number, ...], Meta(min_length=1)]
    """The sprints that could have been drawn."""
    start: Number
    """The one that was."""

    def __post_init__(self) -> None:
        """Refuses a start that could not have been drawn; only a damaged file holds such."""
        if self.start not in self.starts or list(self.starts) != sorted(set(self.starts)):
            raise ValueError("a start must be one of its sprints, and these go up")


class Action(Struct, frozen=True):
    """An action with an owner, a due date and a way to tell that it is done."""

    id: Annotated[int, Meta(ge=0)]
    """Counts up from 1 within a team; people type it."""
    title: str
    sprint: Number
    """The sprint in which it was taken on."""
    due: date
    owner: str = ""
    """Free text, and the only place where a name is kept."""
    done_when: str = ""
    mistake: str | None = None
    play: str | None = None
    """The play it came from, if any."""
    status: Status = "open"
    closed: int | None = None
    """The sprint in which it was done or dropped."""
    draw: Draw | None = None
    """For a team that wants to know more than "it rose": when it was to start was left to chance."""
