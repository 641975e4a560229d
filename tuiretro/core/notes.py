"""Which changes of a board make sense: what somebody asks for becomes changes, or one sentence that says why not."""

from __future__ import annotations

from collections.abc import Iterable

from tuiretro.core.rules import NOTE_LIMIT, NOTES_LIMIT
from tuiretro.core.text import NAME_LIMIT, typed
from tuiretro.core.topics import Topic, checked_budget
from tuiretro.errors import BadInputError, NotFoundError, NotNowError
from tuiretro.model.board_format import Column, Format
from tuiretro.model.retro import (
    Added,
    Board,
    Change,
    Edited,
    Grouped,
    Moved,
    Named,
    Note,
    Removed,
    Ungrouped,
    VoteRules,
)

NOTE, COLUMN, GROUP = "note", "column", "name"


def checked_note(text: str) -> str:
    """A note's text, cleaned.

    Raises:
        BadInputError: Empty, too long, or with characters that cannot be shown.
    """
    return typed(text, NOTE, limit=NOTE_LIMIT)


def find_column(layout: Format, wanted: str) -> Column:
    """A column by its number from 1, its id, or the beginning of its title.

    Raises:
        NotFoundError: None fits, or more than one.
    """
    said = wanted.strip().casefold()
    numbered = {str(at): column for at, column in enumerate(layout.columns, 1)}
    if said in numbered:
        return numbered[said]
    same = [column for column in layout.columns if column.id.casefold() == said]
    fits = same or [column for column in layout.columns if said and column.title.casefold().startswith(said)]
    if len(fits) == 1:
        return fits[0]
    known = ", ".join(f"{at} {column.title}" for at, column in numbered.items())
    what = "fits more than one column" if fits else "is no column"
    raise NotFoundError(f"'{wanted.strip()[:40]}' {what}; nothing was saved. Choose one by its number: {known}.")


def add(board: Board, column: Column, text: str) -> tuple[Change, ...]:
    """A new note.

    Raises:
        BadInputError: The text is not fit to keep.
        NotNowError: The board is full.
    """
    kept = checked_note(text)
    if len(board.notes) >= NOTES_LIMIT:
        raise NotNowError(
            f"The board holds {NOTES_LIMIT} notes, which is the most. Nothing was saved; remove one first."
        )
    return (Added(column.id, kept),)


def note_of(board: Board, number: int) -> Note:
    """A note by number.

    Raises:
        NotFoundError: There is none.
    """
    found = next((note for note in board.notes if note.id == number), None)
    if found is None:
        raise NotFoundError(f"There is no note {number} on the board; nothing was changed.")
    return found


def topic_of(topics: Iterable[Topic], number: int) -> Topic:
    """A topic by number.

    Raises:
        NotFoundError: There is none.
    """
    found = next((topic for topic in topics if topic.id == number), None)
    if found is None:
        raise NotFoundError(f"There is no topic {number}; nothing was changed.")
    return found


def edit(board: Board, number: int, text: str) -> tuple[Change, ...]:
    """Another text for a note; none if it is the same.

    Raises:
        BadInputError: The text is not fit to keep.
        NotFoundError: No such note.
    """
    kept = checked_note(text)
    return () if note_of(board, number).text == kept else (Edited(number, kept),)


def move(board: Board, number: int, column: Column) -> tuple[Change, ...]:
    """A note into another column; none if it lies there.

    Raises:
        NotFoundError: No such note.
    """
    return () if note_of(board, number).column == column.id else (Moved(number, column.id),)


def remove(board: Board, number: int) -> tuple[Change, ...]:
    """A note off the board.

    Raises:
        NotFoundError: No such note.
    """
    return (Removed(note_of(board, number).id),)


def vote_rules(board: Board, votes: int | None, *, several: bool | None = None) -> tuple[Change, ...]:
    """Rules of the vote; None leaves one as it is. None if they are so already.

    Raises:
        BadInputError: Nobody could hand out so many votes.
    """
    chosen = board.budget if votes is None else checked_budget(votes)
    rules = VoteRules(chosen, board.several if several is None else several)
    return () if rules == VoteRules(board.budget, board.several) else (rules,)


def put_together(found: Iterable[Topic], marked: Iterable[int]) -> tuple[Change, ...]:
    """Topics, by number, into one group: the first group among them, or a new one.

    Raises:
        BadInputError: Fewer than two.
        NotFoundError: One is not there.
    """
    known = tuple(found)
    chosen = [topic_of(known, number) for number in dict.fromkeys(marked)]
    if len(chosen) < 2:
        raise BadInputError("Mark two or more notes or groups to put them together. Nothing was changed.", GROUP)
    return (Grouped(tuple(note.id for topic in chosen for note in topic.notes)),)


def take_apart(topic: Topic) -> tuple[Change, ...]:
    """All notes of a group on their own again.

    Raises:
        BadInputError: It is no group.
    """
    if not topic.is_group:
        raise BadInputError(
            "This note lies in no group, so there is nothing to take apart; nothing was changed.", GROUP
        )
    return (Ungrouped(tuple(note.id for note in topic.notes)),)


def take_out(note: Note) -> tuple[Change, ...]:
    """One note out of its group.

    Raises:
        BadInputError: It lies in none.
    """
    if note.group is None:
        raise BadInputError(
            "This note lies in no group, so there is nothing to take apart; nothing was changed.", GROUP
        )
    return (Ungrouped((note.id,)),)


def name(topic: Topic, text: str) -> tuple[Change, ...]:
    """A name for a group. Empty takes the name away.

    Raises:
        BadInputError: The name is not fit to keep, or the topic is a note on its own.
    """
    kept = typed(text, GROUP, limit=NAME_LIMIT, empty=True)
    if topic.is_group:
        return (Named(topic.id, kept),)
    raise BadInputError(
        "Only a group can have a name; put two or more notes together first. Nothing was changed.", GROUP
    )
