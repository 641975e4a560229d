"""What each change does to a retro's board. Total: whether a change makes sense is judged before it is made."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable
from functools import reduce
from operator import attrgetter

from msgspec.structs import replace

from tuiretro.model.retro import (
    Added,
    Board,
    Change,
    Counted,
    Decided,
    Discussed,
    Edited,
    Group,
    Grouped,
    Moved,
    Named,
    Note,
    Removed,
    Revealed,
    Ungrouped,
    Voted,
    VoteRules,
)


def board_after(base: Board, changes: Iterable[Change]) -> Board:
    """The board that changes make of another one, in their order."""
    return reduce(applied, changes, base)


def applied(board: Board, change: Change) -> Board:
    """The board after one change; a change that names what is not there leaves it as it is."""
    return _STEPS[type(change)](board, change)


def _added(board: Board, change: Added) -> Board:
    note = Note(board.next_id, change.column, change.text)
    return replace(board, notes=(*board.notes, note), next_id=board.next_id + 1)


def _edited(board: Board, change: Edited) -> Board:
    return _with_one(board, change.note, lambda note: replace(note, text=change.text))


def _moved(board: Board, change: Moved) -> Board:
    return _with_one(board, change.note, lambda note: replace(note, column=change.column))


def _removed(board: Board, change: Removed) -> Board:
    return _tidy(replace(board, notes=tuple(note for note in board.notes if note.id != change.note)))


def _revealed(board: Board, change: Revealed) -> Board:
    return replace(board, is_revealed=change.shown)


def _grouped(board: Board, change: Grouped) -> Board:
    marked = set(change.notes)
    by_id = {note.id: note for note in board.notes}
    there = [by_id[number] for number in change.notes if number in by_id]
    if not there:
        return board
    home = next((note.group for note in there if note.group is not None), None)
    if home is None:
        home = board.next_id
        board = replace(board, groups=(*board.groups, Group(home, "")), next_id=home + 1)
    votes = dict(board.votes)
    before = {note.id if note.group is None else note.group for note in there}
    board = _with(board, marked, lambda note: replace(note, group=home))
    # What is no topic of its own any more brings its votes along.
    gone = before - {home} - {note.group for note in board.notes}
    moved = sum(votes.pop(topic, 0) for topic in gone)
    if moved:
        votes[home] = votes.get(home, 0) + moved
    return _tidy(replace(board, votes=votes))


def _ungrouped(board: Board, change: Ungrouped) -> Board:
    size = Counter(note.group for note in board.notes)
    marked = set(change.notes)
    # A group's only note is the same topic without it, so it keeps votes and mark; of several none has a claim to them.
    same = {note.group: note.id for note in board.notes if note.id in marked and size[note.group] == 1}
    votes = {same.get(topic, topic): count for topic, count in board.votes.items()}
    discussed = tuple(same.get(topic, topic) for topic in board.discussed)
    apart = _with(board, marked, lambda note: replace(note, group=None))
    return _tidy(replace(apart, votes=votes, discussed=discussed))


def _named(board: Board, change: Named) -> Board:
    groups = tuple(replace(group, title=change.title) if group.id == change.group else group for group in board.groups)
    return replace(board, groups=groups)


def _ruled(board: Board, change: VoteRules) -> Board:
    return replace(board, budget=change.budget, several=change.several)


def _counted(board: Board, change: Counted) -> Board:
    votes = {**board.votes, change.topic: max(0, board.votes.get(change.topic, 0) + change.votes)}
    return _tidy(replace(board, votes=votes))


def _voted(board: Board, change: Voted) -> Board:
    return _tidy(replace(board, votes=change.votes, voters=change.voters))


def _discussed(board: Board, change: Discussed) -> Board:
    others = tuple(topic for topic in board.discussed if topic != change.topic)
    return _tidy(replace(board, discussed=(*others, change.topic) if change.done else others))


def _decided(board: Board, change: Decided) -> Board:
    number = change.after.id
    if change.fate is not None:
        return replace(board, reviewed={**board.reviewed, number: change.fate})
    return replace(board, decided=board.decided if number in board.decided else (*board.decided, number))


# One function per kind of change; its argument is narrowed by the key that it stands behind.
_STEPS: dict[type, Callable[..., Board]] = {
    Added: _added,
    Edited: _edited,
    Moved: _moved,
    Removed: _removed,
    Revealed: _revealed,
    Grouped: _grouped,
    Ungrouped: _ungrouped,
    Named: _named,
    VoteRules: _ruled,
    Counted: _counted,
    Voted: _voted,
    Discussed: _discussed,
    Decided: _decided,
}


def _with(board: Board, wanted: set[int], change: Callable[[Note], Note]) -> Board:
    return replace(board, notes=tuple(change(note) if note.id in wanted else note for note in board.notes))


def _with_one(board: Board, number: int, change: Callable[[Note], Note]) -> Board:
    """`_with` for one note; hundreds of such steps are made anew for every change of a retro."""
    notes = board.notes
    at = bisect_left(notes, number, key=attrgetter("id"))
    if at < len(notes) and notes[at].id == number:
        return replace(board, notes=(*notes[:at], change(notes[at]), *notes[at + 1 :]))
    # Numbers count up, but a file that somebody has changed may hold them in any order.
    return _with(board, {number}, change)


def _tidy(board: Board) -> Board:
    """Without groups that hold no note, and without votes and marks for topics that are no more."""
    held = {note.group for note in board.notes}
    topics = held | {note.id for note in board.notes if note.group is None}
    return replace(
        board,
        groups=tuple(group for group in board.groups if group.id in held),
        votes={topic: votes for topic, votes in board.votes.items() if votes and topic in topics},
        discussed=tuple(topic for topic in board.discussed if topic in topics),
    )
