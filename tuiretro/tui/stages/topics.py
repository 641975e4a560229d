"""Group, vote, discuss and decide: the same topics, looked at in four ways."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rich.cells import cell_len
from textual.content import Content
from textual.widgets.option_list import Option

from tuiretro.core.agenda import clock_words, is_over_time, topic_key
from tuiretro.core.retro_summary import column_title
from tuiretro.core.rules import ENOUGH_ACTIONS
from tuiretro.core.text import plural
from tuiretro.core.topics import Topic, budget, is_tied
from tuiretro.tui.laid import Laid
from tuiretro.tui.stages.notes import note_entry, note_lines
from tuiretro.tui.stages.shown import Shown
from tuiretro.tui.stages.summary import action_lines
from tuiretro.tui.text import ACT, DIM, HEAD, LOOK, cell, fold, plain, right, row, stack
from tuiretro.tui.widgets.rows import entry, heading

EMPTY = Content("")
NO_NOTES = "No note lies on the board, so there is nothing to work with here. b goes back to the notes."


def group_rows(shown: Shown, width: int) -> list[Option]:
    """All topics with their notes; what is marked has a mark in front."""
    found = [topic for topic in shown.room.topics if _fits(topic, shown.query)]
    if not found:
        said = f"No note holds '{shown.query}'." if shown.query else NO_NOTES
        return [heading(plain(said))]
    return [option for topic in found for option in _grouped(topic, shown, width)]


def _fits(topic: Topic, query: str) -> bool:
    wanted = query.casefold()
    return not wanted or any(wanted in text.casefold() for text in (topic.title, *(note.text for note in topic.notes)))


def _grouped(topic: Topic, shown: Shown, width: int) -> Iterator[Option]:
    mark = "[x] " if topic.id in shown.marked else "[ ] "
    where = column_title(shown.room.retro.format, topic.notes[0].column, shown.titles)
    if not topic.is_group:
        yield entry(f"t{topic.id}", _lone(f"{mark}{topic.title}", where, width))
        return
    named = next(group.title for group in shown.room.board.groups if group.id == topic.id)
    title = named or "a group without a name; e names it"
    head = row(plain(f"{mark}{title}", HEAD if named else DIM), plain(f"  {plural(len(topic.notes), 'note')}", DIM))
    yield entry(f"t{topic.id}", head)
    yield from (note_entry(note, width, "      - ") for note in topic.notes)


@lru_cache(maxsize=2048)
def _lone(text: str, where: str, width: int) -> Laid:
    """A note on its own, with its column behind it where there is room; kept, as `folded` is."""
    *lines, last = fold(text, width - 2, hang=4)
    room = width - 4 - cell_len(last)
    aside = row(plain(last), "  ", plain(where, DIM)) if cell_len(where) <= room else plain(last)
    return Laid([*(plain(line) for line in lines), aside])


def group_detail(shown: Shown, _: str | None) -> Content:
    """How many are marked, and what is looked for."""
    parts = [plain(f"{len(shown.marked)} marked", ACT if shown.marked else DIM)]
    if len(shown.marked) > 1:
        parts.append(plain("   g puts them together", DIM))
    if shown.query:
        parts.append(plain(f"   only what holds '{shown.query}'; escape shows all", DIM))
    return row(*parts)


def vote_rows(shown: Shown, width: int) -> list[Option]:
    """All topics in the order of the board, with their votes."""
    if not shown.room.topics:
        return [heading(plain(NO_NOTES))]
    return [entry(f"t{topic.id}", _voted(topic, shown, width)) for topic in shown.room.topics]


def _voted(topic: Topic, shown: Shown, width: int) -> Content:
    votes = "" if shown.hides_votes else str(topic.votes or "·")
    return row(right(votes, 4, ACT if topic.votes else DIM), "  ", cell(_title(topic), width - 8))


def _title(topic: Topic) -> str:
    return f"{topic.title}  ({len(topic.notes)} notes)" if topic.is_group else topic.title


def vote_detail(shown: Shown, chosen: str | None) -> Content:
    """The budget, and who has voted."""
    board = shown.room.board
    each = budget(board)
    rule = "several on one topic are fine" if board.several else "one on a topic"
    lines = [plain(f"Each person has {plural(each, 'vote')}; {rule}.")]
    if board.voters:
        people = shown.room.team.people
        voted = f"{board.voters} of {people} have voted by passing the keyboard."
        few = board.voters < shown.room.team.minimum
        minimum = shown.room.team.minimum
        until = (
            f"{minimum} have; hands can be counted after that" if few else "r shows them; then hands can be counted too"
        )
        state = f"Hidden until {until}." if shown.hides_votes else "Shown; nobody can vote alone any more."
        lines.append(plain(f"{voted} {state}", DIM))
    else:
        given = sum(board.votes.values())
        none = "Nobody has voted yet. v: each alone, passing the keyboard; or → counts raised hands."
        lines.append(plain(f"{plural(given, 'vote')} counted." if given else none, DIM))
    topic = next((topic for topic in shown.room.topics if f"t{topic.id}" == chosen), None)
    return stack(*lines, *_notes_of(topic, shown, 2))


def _notes_of(topic: Topic | None, shown: Shown, most: int) -> list[Content]:
    if topic is None:
        return []
    more = len(topic.notes) - most
    lines = [plain(f"- {note.text}", DIM) for note in topic.notes[:most]]
    return [*lines, plain(f"and {more} more", DIM)] if more > 0 else lines


def discuss_rows(shown: Shown, width: int) -> list[Option]:
    """Topics by votes; the one under discussion with all its notes."""
    if not shown.room.topics:
        return [heading(plain(NO_NOTES))]
    now = shown.topic
    rows = [entry(f"t{topic.id}", *_discussed(topic, shown, width, is_now=topic == now)) for topic in shown.by_votes]
    if not shown.hides_votes:
        return rows
    few = f"Fewer than {shown.room.team.minimum} have voted alone, so no votes are shown. b goes back to the vote."
    return [heading(plain(few, LOOK)), *rows]


def _discussed(topic: Topic, shown: Shown, width: int, *, is_now: bool) -> list[Content]:
    tie = "tie" if is_tied(topic, shown.room.topics) else ""
    mark = "✓" if topic.is_discussed else "▸" if is_now else " "
    place = f"{topic.place}." if topic.place else "  "
    first, *more = fold(topic.title, width - 22) if is_now else [topic.title]
    head = row(
        plain(f"{mark} {place:<4}", ACT if is_now else DIM),
        cell(first, width - 22, HEAD if is_now else DIM if topic.is_discussed else ""),
        right(tie, 5, DIM),
        right(plural(topic.votes, "vote") if topic.votes else "", 9, DIM),
    )
    notes = topic.notes if is_now and topic.is_group else ()
    return [
        head,
        *(plain(f"      {line}", HEAD) for line in more),
        *(line for note in notes for line in note_lines(note, width, "        - ")),
    ]


def discuss_detail(shown: Shown, seconds: int) -> Content:
    """The time of the topic under discussion; when it is up, the question whether it is to go on."""
    topic = shown.topic
    if topic is None:
        return plain("Every topic has been discussed. n goes on to deciding.", DIM) if shown.room.topics else EMPTY
    key = topic_key(topic.id)
    words = clock_words(shown.room.retro, key, seconds)
    if is_over_time(shown.room.retro, key, seconds):
        yes, no = (
            row(plain("+", ACT), plain(" yes, a minute   ", DIM)),
            row(plain("d", ACT), plain(" no, the next", DIM)),
        )
        return row(plain(f"This topic: {words}.  More time?  ", LOOK), yes, no)
    return plain(f"This topic: {words}.", DIM)


def decide_rows(shown: Shown, width: int) -> list[Option]:
    """What was taken on, then the topics that an action may come from."""
    rows = [*_taken(shown, width), heading(EMPTY, plain("FROM A TOPIC", HEAD))]
    order = shown.to_decide
    rows += [entry(f"t{topic.id}", *_source(topic, width)) for topic in order]
    if not order:
        rows.append(heading(plain("No note was written.", DIM)))
    focus = shown.room.retro.focus
    if focus:
        rows.append(heading(EMPTY, plain("FROM THE FOCUS LIST", HEAD)))
    return [*rows, *(entry(f"m{id_}", row("   ", cell(shown.titles.get(id_, id_), width - 5))) for id_ in focus)]


def _taken(shown: Shown, width: int) -> list[Option]:
    taken = [action for action in shown.room.actions if action.id in shown.room.board.decided]
    many = len(taken) > ENOUGH_ACTIONS
    said = "with more than three, few get done" if many else f"at most {ENOUGH_ACTIONS} get done"
    rows = [heading(row(plain(f"TAKEN ON  {len(taken)}", HEAD), plain(f"   {said}; more are allowed", DIM)))]
    if not taken:
        nothing = "Nothing yet. enter makes an action of what the cursor is on; a, one in your own words."
        rows.append(heading(plain(nothing, DIM)))
    return [*rows, *(entry(f"a{action.id}", *action_lines(action, shown, width)) for action in taken)]


def _source(topic: Topic, width: int) -> list[Content]:
    mark = plain("✓  " if topic.is_discussed else "   ", DIM)
    votes = right(plural(topic.votes, "vote") if topic.votes else "", 9, DIM)
    first, *more = fold(topic.title, width - 14)
    return [row(mark, cell(first, width - 14), votes), *(plain(f"   {line}") for line in more)]


def decide_detail(shown: Shown, chosen: str | None) -> Content:
    """Where the chosen row leads."""
    if (chosen or "").startswith("a"):
        return plain("enter changes it: another owner, date or done-when.", DIM)
    topic = next((topic for topic in shown.room.topics if f"t{topic.id}" == chosen), None)
    about = [shown.titles.get(mistake, mistake) for mistake in topic.mistakes] if topic is not None else []
    if about:
        return plain(f"enter offers the plays of: {', '.join(about)}", DIM)
    return plain("An action has an owner, a date and a way to tell that it is done.", DIM)
