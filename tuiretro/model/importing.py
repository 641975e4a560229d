"""History from another tool's file: the map that says what its columns mean, and what comes of reading it."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from tuiretro.model.release import Release
from tuiretro.model.survey import ENGLISH, Question, Theme
from tuiretro.model.team import Number, Sprint, Team

Order = Literal["y-m-d", "m/d/y", "d/m/y", "d.m.y", "words"]
"""In which order a date's parts stand; 'words' is for "Mon Jan 05 2026". A time behind the date is passed over."""
ORDERS: tuple[Order, ...] = ("y-m-d", "m/d/y", "d/m/y", "d.m.y", "words")
Delimiter = Literal[",", ";", "\t", "|"]
DELIMITERS: tuple[Delimiter, ...] = (",", ";", "\t", "|")
Encoding = Literal["utf-8", "utf-16", "cp1252"]
Answer = Annotated[int, Meta(ge=1, le=5)]
People = Annotated[int, Meta(ge=4, le=60)]
Column = Annotated[str, Meta(min_length=1)]


class DateColumn(Struct, frozen=True, forbid_unknown_fields=True):
    """The column that says when a row was filled in; the team's calendar makes a sprint of it."""

    column: Column
    order: Order = "y-m-d"


class SprintSource(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a row's sprint stands if not in a date: in a column, or all rows are of one sprint."""

    column: str = ""
    number: Number | None = None
    names: dict[str, Number] = {}
    """What the column says for a sprint, where that is no number."""

    def __post_init__(self) -> None:
        """Refuses none of the two, and both."""
        if bool(self.column) == (self.number is not None):
            raise ValueError("[sprint] takes one of 'column' and 'number'")


class Averages(Struct, frozen=True, forbid_unknown_fields=True):
    """The columns of a table that was averaged already: a row for each sprint and item."""

    item: Column
    mean: Column
    n: Column
    decimal: Literal[".", ","] = "."


class MappedItem(Struct, frozen=True, forbid_unknown_fields=True):
    """One statement of the file."""

    column: Column
    """Its column; in an averaged table what the item's column says."""
    item: Column
    """The id of one of our statements, or 'imported.NAME' for one of the file's own."""
    text: str = ""
    """What was asked, if the column is called otherwise."""
    short: str = ""
    theme: Theme = "own"
    """Of a statement of the file's own."""
    reversed: bool = False
    """Agreeing was bad."""


class Scale(Struct, frozen=True, forbid_unknown_fields=True):
    """What cells say for the answers 1 to 5."""

    values: dict[str, Answer] = field(default_factory=lambda: {str(value): value for value in range(1, 6)})
    empty: tuple[str, ...] = ()
    """What stands for "can't say"; an empty cell always does."""


class ImportMap(Struct, frozen=True, forbid_unknown_fields=True):
    """What the columns of a file mean."""

    items: Annotated[tuple[MappedItem, ...], Meta(min_length=1)]
    title: Annotated[str, Meta(max_length=60)] = "Imported"
    language: str = ENGLISH
    delimiter: Delimiter | None = None
    """None: found in the header."""
    encoding: Encoding | None = None
    """None: UTF-8, or UTF-16 with its mark."""
    people: People | None = None
    """How many were asked; None: as many as the team has."""
    people_in: dict[Annotated[str, Meta(pattern=r"^[1-9][0-9]{0,3}$")], People] = {}
    """The same for single sprints, by number."""
    outside: Literal["refuse", "leave-out"] = "refuse"
    """What becomes of rows before sprint 1, after the last sprint that is over, and of sprints that have results."""
    ignore: tuple[str, ...] = ()
    """Columns that are never looked at; so is every other that the map does not name."""
    keep: dict[str, tuple[str, ...]] = {}
    """Columns, and what they must say for a row to count."""
    date: DateColumn | None = None
    sprint: SprintSource | None = None
    averages: Averages | None = None
    scale: Scale = Scale()

    def __post_init__(self) -> None:
        """Refuses a map that says nowhere, or twice, which sprint a row is of."""
        if (self.date is None) == (self.sprint is None):
            raise ValueError("a map takes one of [date] and [sprint]")


class Guess(Struct, frozen=True):
    """What one column of an unknown table looks like."""

    column: str
    kind: Literal["date", "sprint", "finished", "personal", "statement", "other scale", "free text", "empty"]
    values: tuple[str, ...] = ()
    """The different answers of a statement or of 'finished'."""
    orders: tuple[Order, ...] = ()
    """Those in which all of a date's cells can be read."""


class Match(Struct, frozen=True):
    """The item that a statement of an unknown table is, or may be."""

    column: str
    question: Question | None = None
    is_sure: bool = False
    """Whether it is proposed, and not only named."""


class Averaged(Struct, frozen=True):
    """One row of an averaged table."""

    line: int
    tenths: int
    """The mean, rounded half up to tenths of a point: nothing finer is kept."""
    n: int


class ImportedSprint(Struct, frozen=True):
    """What would be, or was, released of one sprint."""

    sprint: Sprint
    people: int
    answered: int
    release: Release | None
    """None where too few answered for anything to be shown, so that nothing is written."""


class ImportedItem(Struct, frozen=True):
    """One statement of the file, and the question that it becomes."""

    column: str
    question: Question
    reversed: bool
    is_ours: bool
    """In our words on our scale, so that its values continue our line."""


class Import(Struct, frozen=True):
    """A file as it was read: what would be written, and what not."""

    sprints: tuple[ImportedSprint, ...]
    items: tuple[ImportedItem, ...]
    ignored: tuple[str, ...]
    """Columns that were not looked at."""
    left_out: dict[str, int]
    """Why rows do not count, and how many."""
    team: Team
    """Whose calendar, people and k the numbers stand on, as they were when the file was read."""
    personal: tuple[str, ...] = ()
    """Columns of [keep] that may say who answered."""

    @property
    def releases(self) -> tuple[Release, ...]:
        """What is to be written."""
        return tuple(found.release for found in self.sprints if found.release is not None)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What it asked."""
        asked = {item.wording for release in self.releases for item in release.items}
        return tuple(item.question for item in self.items if item.question.wording in asked)
