"""Notes: hidden they are counted, shown they are listed by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.widgets.option_list import Option

from tuiretro.core.retro_summary import BROUGHT
from tuiretro.core.text import plural
from tuiretro.model.board_format import Column
from tuiretro.model.retro import Note
from tuiretro.tui.stages.shown import Shown
from tuiretro.tui.text import ACT, DIM, HEAD, LOOK, cell, fold, folded, plain, row, stack
from tuiretro.tui.widgets.rows import entry, heading

EMPTY = Content("")
GAP = 2
BLOCK = "▪"
READ_AT_ONCE = "The notes are shown, so what is typed now is read at once."
PASSING = "escape before the keyboard is passed on, so that nobody reads the last note of somebody else."


def note_rows(shown: Shown, width: int) -> list[Option]:
    """What lies on the board: a count as long as it is hidden, else every note under its column."""
    if shown.room.board.is_revealed:
        return list(_open(shown, width))
    return [heading(*_hidden(shown, width))]


def _about(shown: Shown) -> list[Content]:
    mistake = shown.columns[shown.column].mistake
    if mistake is None:
        return []
    known = list(dict.fromkeys(column.mistake for column in shown.columns))
    place = f"{known.index(mistake) + 1} of {len(known)}: "
    title = plain(shown.titles.get(mistake, mistake), HEAD)
    others = plain("tab leads on to the next mistake", DIM)
    return [row(plain(place, DIM), title), *((others,) if len(known) > 1 else ()), EMPTY]


def _hidden(shown: Shown, width: int) -> Iterator[Content]:
    yield from _about(shown)
    page = shown.page
    room = max(8, (width - GAP * (len(page) - 1)) // len(page))
    at = shown.columns[shown.column]
    yield _beside([cell(_name(column, shown), room, ACT if column == at else HEAD) for column in page])
    yield from _beside_all([[cell(line, room, DIM) for line in fold(column.hint, room)] for column in page], room)
    yield EMPTY
    counts = [sum(note.column == column.id for note in shown.room.board.notes) for column in page]
    yield _beside([cell(f"{count}, hidden" if count else "none yet", room) for count in counts])
    blocks = [[cell(line, room, DIM) for line in _blocks(count, room)] for count in counts]
    yield from _beside_all(blocks, room)
    brought = sum(not note.column for note in shown.room.board.notes)
    others = len(shown.room.board.notes) - sum(counts) - brought
    if brought or others:
        yield EMPTY
    if others:
        yield plain(f"{plural(others, 'note')} in the other columns.", DIM)
    if brought:
        yield plain(f"{plural(brought, 'note')} brought along from the sprint.", DIM)


def _blocks(count: int, room: int) -> list[str]:
    line = BLOCK * count
    return [line[at : at + room - 1] for at in range(0, count, room - 1)][:3]


def _beside(cells: Sequence[Content]) -> Content:
    return Content(" " * GAP).join(cells)


def _beside_all(columns: list[list[Content]], room: int) -> Iterator[Content]:
    blank = cell("", room)
    for at in range(max(map(len, columns))):
        yield _beside([lines[at] if at < len(lines) else blank for lines in columns])


def _name(column: Column, shown: Shown) -> str:
    return f"{shown.columns.index(column) + 1} {column.title}"


def _open(shown: Shown, width: int) -> Iterator[Option]:
    notes = shown.room.board.notes
    if not notes:
        yield heading(plain("No note lies on the board yet. i types the first one."))
    before: str | None = None
    for column in shown.columns:
        lying = [note for note in notes if note.column == column.id]
        if not lying:
            continue
        if column.mistake is not None and column.mistake != before:
            before = column.mistake
            yield heading(plain(shown.titles.get(column.mistake, column.mistake), HEAD))
        yield heading(row(plain(_name(column, shown), ACT), plain(f"  {len(lying)}", DIM)))
        yield from (note_entry(note, width) for note in lying)
    brought = [note for note in notes if shown.room.retro.format.column(note.column) is None]
    if brought:
        yield heading(row(plain(BROUGHT, ACT), plain(f"  {len(brought)}, m moves one into a column", DIM)))
        yield from (note_entry(note, width) for note in brought)


def note_entry(note: Note, width: int, start: str = "- ") -> Option:
    """A note as a row that the cursor stops at."""
    return entry(f"n{note.id}", folded(f"{start}{note.text}", width - 2, len(start)))


def note_lines(note: Note, width: int, start: str = "- ") -> list[Content]:
    """A note as lines of at most `width` cells."""
    lines = fold(f"{start}{note.text}", width - 2, hang=len(start))
    return [plain(line) for line in lines]


def note_detail(shown: Shown, _: str | None) -> Content:
    """What belongs into the column that is typed into."""
    column = shown.columns[shown.column]
    if not shown.leads:
        return EMPTY
    into = row(plain("into ", DIM), plain(_name(column, shown), ACT), plain(f"   {column.hint}", DIM))
    said = [plain(waiting_words(shown.waiting), LOOK)] if shown.waiting else []
    # A line in either case: one more or less would lay out the whole screen anew.
    return stack(into, *said, plain(READ_AT_ONCE if shown.room.board.is_revealed else PASSING, DIM))


def waiting_words(count: int) -> str:
    """What is said of refused notes that wait until the line is free; nothing where none does."""
    notes = plural(count, "refused note waits", "refused notes wait")
    return f"{notes} for the line; enter brings the next one." if count else ""
