"""Steps of a retro: doing, taking back and doing again, without limit.

Owns which steps count, and what may never stand beside each other in a file. Judges no step.
"""

from __future__ import annotations

from functools import singledispatch

from msgspec.structs import replace

from tuiretro.core.board import board_after
from tuiretro.core.topics import shown_board
from tuiretro.errors import NotNowError
from tuiretro.model.retro import (
    Added,
    Board,
    Change,
    Counted,
    Decided,
    Discussed,
    Edited,
    Grouped,
    Moved,
    Named,
    Removed,
    Retro,
    Revealed,
    Ungrouped,
    Voted,
    VoteRules,
)


def in_force(retro: Retro) -> tuple[Change, ...]:
    """The changes that count, oldest first."""
    return retro.changes[: max(0, len(retro.changes) - retro.undone)]


def board_of(retro: Retro) -> Board:
    """What lies on the table now."""
    return board_after(retro.base, in_force(retro))


def board_since(known: Retro, board: Board, retro: Retro) -> Board:
    """What lies on the table now, from what lay there when the retro was known.

    Args:
        known: The retro as it was.
        board: Its board.
        retro: The retro as it is, which may have gone on, or back.
    """
    before, now = in_force(known), in_force(retro)
    if known.base == retro.base and now[: len(before)] == before:
        return board_after(board, now[len(before) :])
    return board_of(retro)


def do(retro: Retro, *changes: Change) -> Retro:
    """The retro with more changes made; what was taken back before can no longer be done again.

    Without a change nothing happens.
    """
    if not changes:
        return retro
    kept = in_force(retro)
    for change in changes:
        if isinstance(change, Voted):
            # Two sums in a row would show what the person between them chose.
            kept = tuple(old for old in kept if not isinstance(old, Voted))
        kept = (*kept, change)
    return replace(retro, changes=kept, undone=0)


def undo(retro: Retro) -> tuple[Retro, Change]:
    """The retro with its last change taken back, and that change.

    Raises:
        NotNowError: There is none.
    """
    kept = in_force(retro)
    if not kept:
        raise NotNowError("There is nothing to take back in this retro; nothing was changed.")
    return replace(retro, undone=retro.undone + 1), kept[-1]


def redo(retro: Retro) -> tuple[Retro, Change]:
    """The retro with the change done again that was taken back last, and that change.

    Raises:
        NotNowError: There is none.
    """
    if not 0 < retro.undone <= len(retro.changes):
        raise NotNowError("There is nothing to do again in this retro; nothing was changed.")
    return replace(retro, undone=retro.undone - 1), retro.changes[-retro.undone]


def finished(retro: Retro, minimum: int) -> Retro:
    """The retro when it is over: what lies on the table stays, how it came about does not.

    Votes that fewer than k (`minimum`) people cast alone are never shown, and so not kept.
    """
    board = shown_board(board_of(retro), minimum)
    return replace(retro, base=board, changes=(), undone=0, stage="summary", is_over=True)


def words(change: Change, *, is_revealed: bool = True) -> str:
    """A change in a few words, for "Taken back: ...".

    Args:
        change: The change.
        is_revealed: Whether the notes are shown; a hidden note is not told by taking it back either.
    """
    return _words(change) if is_revealed or not isinstance(change, Added) else "a note"


@singledispatch
def _words(change: object) -> str:
    raise TypeError(change)


@_words.register
def _(change: Added) -> str:
    return f"note '{change.text}'"


@_words.register
def _(_: Edited) -> str:
    return "the new text of a note"


@_words.register
def _(_: Moved) -> str:
    return "a note's way into another column"


@_words.register
def _(_: Removed) -> str:
    return "the removal of a note"


@_words.register
def _(change: Revealed) -> str:
    return "showing the notes" if change.shown else "hiding the notes"


@_words.register
def _(_: Grouped) -> str:
    return "putting notes together"


@_words.register
def _(_: Ungrouped) -> str:
    return "taking notes apart"


@_words.register
def _(change: Named) -> str:
    return f"the name '{change.title}'" if change.title else "taking a group's name away"


@_words.register
def _(_: VoteRules) -> str:
    return "the rules of the vote"


@_words.register
def _(_: Counted) -> str:
    return "a count of votes"


@_words.register
def _(_: Voted) -> str:
    return "all votes that were cast by passing the keyboard"


@_words.register
def _(change: Discussed) -> str:
    return "marking a topic as discussed" if change.done else "opening a topic again"


@_words.register
def _(change: Decided) -> str:
    is_taken_on = change.before is None or (change.before == change.after and change.fate is None)
    what = "what became of " if change.fate is not None else "" if is_taken_on else "the new words of "
    return f"{what}action {change.after.id}, '{change.after.title}'"
