"""How a retro is laid out: the columns of its board, and the stages of its agenda."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

StageId = Literal["welcome", "actions", "results", "notes", "group", "vote", "discuss", "decide", "close"]
STAGES: tuple[StageId, ...] = (
    "welcome",
    "actions",
    "results",
    "notes",
    "group",
    "vote",
    "discuss",
    "decide",
    "close",
)
"""In the usual order; a format may leave some out or order them in another way."""
Minutes = Annotated[int, Meta(ge=1, le=240)]


class Stage(Struct, frozen=True):
    """One part of the agenda. Its timer only advises."""

    id: StageId
    title: str
    """One word or two, for the agenda."""
    minutes: Minutes
    say: tuple[str, ...] = ()
    """What a facilitator may say, a sentence or two each."""


class Column(Struct, frozen=True):
    """One column of the board."""

    id: str
    title: str
    hint: str = ""
    """What belongs into it, as a question."""
    mistake: str | None = None
    """The mistake that it is about, by id, where the board is made from the focus list."""


class Format(Struct, frozen=True):
    """Columns and stages. One made from the focus list has its columns once for each mistake on it."""

    id: str
    title: str
    about: str
    """One or two sentences: what it is good for."""
    columns: Annotated[tuple[Column, ...], Meta(min_length=1)]
    stages: Annotated[tuple[Stage, ...], Meta(min_length=1)]
    topic_minutes: Minutes = 5
    """For each topic that is discussed."""
    from_focus: bool = False

    def stage(self, wanted: str) -> Stage | None:
        """One of its stages by id."""
        return next((stage for stage in self.stages if stage.id == wanted), None)

    def column(self, wanted: str) -> Column | None:
        """One of its columns by id."""
        return next((column for column in self.columns if column.id == wanted), None)
