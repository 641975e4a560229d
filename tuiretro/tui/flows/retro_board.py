"""The board of a retro: notes, groups, counted votes and topics."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from tuiretro.core import notes
from tuiretro.core.text import plural
from tuiretro.core.topics import BALLOT, Topic, budget
from tuiretro.errors import BadInputError, TuiretroError
from tuiretro.model.retro import Change, Counted, Discussed, Revealed
from tuiretro.service import retros
from tuiretro.service.retros import Room
from tuiretro.tui.flows.desk import fill_in, whole_number
from tuiretro.tui.flows.hall import Hall
from tuiretro.tui.screens.dialogs import Choice, Choose, Confirm, Field, Form
from tuiretro.tui.screens.room import Wish
from tuiretro.tui.stages.notes import waiting_words
from tuiretro.tui.stages.shown import Shown
from tuiretro.tui.text import DIM, plain


async def _change(hall: Hall, step: Callable[[Room], tuple[Change, ...]]) -> bool:
    return await hall.attempt(retros.change, step)


UNSAVED = "Notes that were refused in the retro were not saved."
"""Said after an app that ended while such notes waited; their text is nobody else's to read."""


async def add(hall: Hall, wish: Wish) -> None:
    """A note into the column that was typed into; one that is refused comes back into the line when that is free."""
    column = hall.room.retro.format.columns[wish.column]
    try:
        await hall.step(retros.change, lambda room: notes.add(room.board, column, wish.text))
    except TuiretroError as error:
        hall.screen.judged(wish, is_saved=False)
        hall.desk.refuse(" ".join(filter(None, (error.message, waiting_words(hall.screen.shown.waiting)))))
        hall.desk.farewell = UNSAVED
        await hall.look_again()
    else:
        hall.screen.judged(wish, is_saved=True)
        if not hall.screen.holds_refused:
            hall.desk.farewell = ""


async def may_leave(hall: Hall) -> bool:
    """Whether the room may be left: at once, or without what was typed and is not saved."""
    lost = hall.screen.unsaved
    question = Confirm(f"Leave without {plural(lost, 'note')}?", NOT_ON_BOARD, "leave", "stay")
    if lost and not await hall.desk.ask(question):
        return False
    hall.desk.farewell = ""
    return True


NOT_ON_BOARD = "What stands in the line for notes, or waits for it, is not saved; it is forgotten when you leave."


async def _reveal(hall: Hall, _: Wish) -> None:
    await _change(hall, lambda room: (Revealed(not room.board.is_revealed),))


async def _edit(hall: Hall, wish: Wish) -> None:
    number = wish.number("n")
    if number is not None:
        await _edit_note(hall, number)


async def _last_note(hall: Hall, _: Wish) -> None:
    """The note that was typed last, also while the notes are hidden: a slip of the finger is seen at once."""
    typed = [note for note in hall.room.board.notes if note.column]
    if typed:
        await _edit_note(hall, typed[-1].id)


async def _edit_note(hall: Hall, number: int) -> None:
    note = next((note for note in hall.room.board.notes if note.id == number), None)
    if note is None:
        return
    form = Form("Edit the note", [Field("note", "Note", note.text, about=notes.NOTE)])

    async def use(values: Mapping[str, str]) -> None:
        await hall.step(retros.change, lambda room: notes.edit(room.board, number, values["note"]))

    await fill_in(hall.desk, form, use)


async def _move(hall: Hall, wish: Wish) -> None:
    number = wish.number("n")
    if number is None:
        return
    layout = hall.room.retro.format
    choices = [
        Choice(column.id, plain(_column(hall.screen.shown, column.id)), plain(column.hint, DIM))
        for column in layout.columns
    ]
    chosen = await hall.desk.ask(Choose("Into which column?", choices, "move"))
    column = layout.column(chosen or "")
    if column is not None:
        await _change(hall, lambda room: notes.move(room.board, number, column))


def _column(shown: Shown, column: str) -> str:
    from tuiretro.core.retro_summary import column_title

    return column_title(shown.room.retro.format, column, shown.titles)


async def _remove(hall: Hall, wish: Wish) -> None:
    number = wish.number("n")
    if number is not None and await _change(hall, lambda room: notes.remove(room.board, number)):
        hall.desk.tell("Removed; u brings it back.")


async def _together(hall: Hall, wish: Wish) -> None:
    first = next((topic.notes[0].id for topic in hall.room.topics if topic.id in wish.marked), 0)
    if await _change(hall, lambda room: notes.put_together(room.topics, wish.marked)):
        topic = _holding(hall, first)
        hall.screen.unmark(f"t{topic.id}" if topic is not None else "")
        if topic is not None and not _name_of(hall, topic):
            await _ask_name(hall, topic)


def _holding(hall: Hall, number: int | None) -> Topic | None:
    """The topic of that number, or the one that the note of that number lies in."""
    return next((t for t in hall.room.topics if number in (t.id, *(note.id for note in t.notes))), None)


def _name_of(hall: Hall, topic: Topic) -> str:
    return next((group.title for group in hall.room.board.groups if group.id == topic.id), "")


async def _name(hall: Hall, wish: Wish) -> None:
    topic = _holding(hall, wish.number("t") or wish.number("n"))
    if topic is not None and topic.is_group:
        await _ask_name(hall, topic)
    elif topic is not None:
        hall.desk.refuse("Only a group can have a name; mark two or more notes and put them together first.")


async def _ask_name(hall: Hall, topic: Topic) -> None:
    about = "What the notes are about, in a word or two; escape leaves it without a name."
    form = Form("Name the group", [Field("name", "Name", _name_of(hall, topic), about=notes.GROUP)], about=about)

    async def use(values: Mapping[str, str]) -> None:
        await hall.step(retros.change, lambda room: notes.name(notes.topic_of(room.topics, topic.id), values["name"]))

    await fill_in(hall.desk, form, use)


async def _apart(hall: Hall, wish: Wish) -> None:
    group, single = wish.number("t"), wish.number("n")
    if group is not None:
        await _change(hall, lambda room: notes.take_apart(notes.topic_of(room.topics, group)))
    elif single is not None:
        await _change(hall, lambda room: notes.take_out(notes.note_of(room.board, single)))


async def _count(hall: Hall, wish: Wish) -> None:
    number, votes = wish.number("t"), int(wish.text)
    if number is not None and (votes > 0 or hall.room.board.votes.get(number)):
        await _change(hall, lambda _: (Counted(number, votes),))


async def _rules(hall: Hall, _: Wish) -> None:
    board = hall.room.board
    form = Form(
        "The rules of the vote",
        [
            Field("budget", "Votes of each person", str(budget(board)), "from 1 to 99", about=BALLOT),
            Field("several", "Several on one topic", "yes" if board.several else "no", "yes or no", about="several"),
        ],
    )

    async def use(values: Mapping[str, str]) -> None:
        votes = whole_number(values["budget"], BALLOT)
        several = values["several"].strip().casefold()
        if several not in {"y", "yes", "n", "no"}:
            raise BadInputError("Type yes or no for several votes on one topic. Nothing was saved.", "several")
        # What stands in the form and is left as it is, is no choice.
        chosen = None if votes == budget(board) else votes
        rules = partial(notes.vote_rules, votes=chosen, several=several in {"y", "yes"})
        await hall.step(retros.change, lambda room: rules(room.board))

    await fill_in(hall.desk, form, use)


async def _discussed(hall: Hall, wish: Wish) -> None:
    number = wish.number("t")
    topic = next((topic for topic in hall.room.topics if topic.id == number), None)
    if topic is not None:
        await hall.keep_time()
        if await _change(hall, lambda _: (Discussed(topic.id, not topic.is_discussed),)):
            hall.screen.take_next()


GRANTS: Mapping[str, Callable[[Hall, Wish], Awaitable[None]]] = {
    "reveal": _reveal,
    "edit": _edit,
    "last note": _last_note,
    "move note": _move,
    "remove": _remove,
    "together": _together,
    "name": _name,
    "apart": _apart,
    "count": _count,
    "rules": _rules,
    "discussed": _discussed,
}
