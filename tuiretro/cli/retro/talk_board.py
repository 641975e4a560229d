"""The stages of a retro line by line in which the board changes: notes, group, vote, discuss.

Owns what is typed there and what it means. Must not know how lines are read or written, nor anything of stores.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tuiretro.cli.retro.page import ballot_paper, columns, title, topics, votes
from tuiretro.cli.retro.part import Part, Talk
from tuiretro.cli.retro.words import ballot_cast, counted_by_hand, named
from tuiretro.core import notes
from tuiretro.core.agenda import topic_key
from tuiretro.core.pointing import grouped, topic_at, ungrouped, votes_typed
from tuiretro.core.retro_summary import column_title
from tuiretro.core.text import plural
from tuiretro.core.topics import Topic, ranked
from tuiretro.errors import BadInputError
from tuiretro.model.board_format import Column
from tuiretro.model.retro import Change, Discussed
from tuiretro.service.retro_room import Room

_NUMBERED = re.compile(r"([0-9]{1,2})(?:\s+(\S.*))?")
_EDIT = re.compile(r"edit\s+([0-9]{1,5})\s+(.*)", re.IGNORECASE)
_MOVE = re.compile(r"move\s+([0-9]{1,5})\s+(?:to\s+)?([0-9]{1,2})", re.IGNORECASE)
_REMOVE = re.compile(r"remove\s+([0-9]{1,5})", re.IGNORECASE)
_GROUP = re.compile(r"(?:group\s+)?([0-9]{1,5}(?:[\s,]+[0-9]{1,5})*)(?:\s+as\s+(.*))?", re.IGNORECASE)
_NAME = re.compile(r"name\s+([0-9]{1,5})(?:\s+(.*))?", re.IGNORECASE)
_APART = re.compile(r"apart\s+([0-9]{1,5})", re.IGNORECASE)
_COUNT = re.compile(r"count\s+(.*)", re.IGNORECASE)
_BUDGET = re.compile(r"budget\s+([0-9]{1,4})", re.IGNORECASE)
_DISCUSSED = re.compile(r"(d|open)(?:\s+([0-9]{1,5}))?", re.IGNORECASE)

Way = tuple[re.Pattern[str], Callable[[Talk, re.Match[str]], None]]


def _first(ways: tuple[Way, ...], talk: Talk, line: str) -> bool:
    """Does what the first pattern that fits means; False if none does."""
    for pattern, take in ways:
        match = pattern.fullmatch(line)
        if match:
            take(talk, match)
            return True
    return False


def _or_refuse(ways: tuple[Way, ...]) -> Callable[[Talk, str], None]:
    def take(talk: Talk, line: str) -> None:
        if not _first(ways, talk, line):
            raise BadInputError(f"'{line[:40]}' is not understood here; ? lists what is. Nothing was changed.")

    return take


def _show_notes(talk: Talk) -> Iterator[str]:
    here, told = talk.lead.here, talk.lead.told()
    yield from columns(here, talk.lead.titles())
    yield from topics(told)
    yield f"A note goes into {_title(talk, _column(talk))}."


def _column(talk: Talk) -> Column:
    return talk.lead.here.retro.format.columns[talk.column]


def _title(talk: Talk, column: Column) -> str:
    return column_title(talk.lead.here.retro.format, column.id, talk.lead.titles())


def _take_note(talk: Talk, line: str) -> None:
    if line.startswith(":"):
        _add(talk, _column(talk), line[1:])
        return
    if _first(_ON_NOTES, talk, line):
        return
    layout = talk.lead.here.retro.format
    match = _NUMBERED.fullmatch(line)
    at = int(match[1]) - 1 if match else -1
    if match is None or not 0 <= at < len(layout.columns):
        _add(talk, _column(talk), line)
    elif match[2]:
        _add(talk, layout.columns[at], match[2])
    else:
        talk.column = at
        column = layout.columns[at]
        talk.say(f"A note goes into {_title(talk, column)} now. {column.hint}")


def _add(talk: Talk, column: Column, text: str) -> None:
    talk.lead.change(lambda now: notes.add(now.board, column, text))
    talk.say(f"Saved. Note {talk.lead.here.board.notes[-1].id} in {_title(talk, column)}.")


def _change(talk: Talk, step: Callable[[Room], tuple[Change, ...]], said: str) -> None:
    talk.lead.change(step)
    talk.say(f"Saved. {said}")


def _edit(talk: Talk, match: re.Match[str]) -> None:
    number = int(match[1])
    _change(talk, lambda now: notes.edit(now.board, number, match[2]), f"Note {number} has a new text.")


def _move(talk: Talk, match: re.Match[str]) -> None:
    number = int(match[1])
    column = notes.find_column(talk.lead.here.retro.format, match[2])
    said = f"Note {number} in {_title(talk, column)}."
    _change(talk, lambda now: notes.move(now.board, number, column), said)


def _remove(talk: Talk, match: re.Match[str]) -> None:
    number = int(match[1])
    _change(talk, lambda now: notes.remove(now.board, number), f"Note {number} is off the board; u brings it back.")


def _group(talk: Talk, match: re.Match[str]) -> None:
    numbers = [int(word) for word in re.split(r"[\s,]+", match[1])]
    talk.lead.change(lambda now: grouped(now.board, now.retro.format, numbers, match[2] or ""))
    topic = topic_at(talk.lead.here.topics, numbers[0])
    talk.say(f"Saved. Group {topic.id}, {title(talk.lead.here, topic)}: {plural(len(topic.notes), 'note')}.")


def _name(talk: Talk, match: re.Match[str]) -> None:
    number, text = int(match[1]), match[2] or ""
    talk.lead.change(lambda now: notes.name(topic_at(now.topics, number), text))
    talk.say(f"Saved. {named(topic_at(talk.lead.here.topics, number), text)}")


def _apart(talk: Talk, match: re.Match[str]) -> None:
    number = int(match[1])
    _change(talk, lambda now: ungrouped(now.topics, number), "The notes stand on their own again.")


def _show_topics(talk: Talk) -> Iterator[str]:
    yield from topics(talk.lead.told())


def _show_vote(talk: Talk) -> Iterator[str]:
    yield from ballot_paper(talk.lead.here)
    yield "What the topics have together is shown at the next stage."


def _vote(talk: Talk, _: re.Match[str]) -> None:
    with talk.alone():
        talk.lines(ballot_paper(talk.lead.here))
        line = talk.read("Your votes, such as 3 5 or 3=2; enter for none: ")
        if not line.strip():
            talk.say("No votes were given.")
            return
        given = votes_typed(line.replace(",", " ").split())
        talk.lead.change(lambda now: (ballot_cast(now, given),))
    voters = talk.lead.here.board.voters
    talk.say(f"Saved. {plural(voters, 'person has', 'people have')} voted. Pass the keyboard; v is the next person.")


def _count(talk: Talk, match: re.Match[str]) -> None:
    given = votes_typed(match[1].replace(",", " ").split())
    _change(talk, lambda now: counted_by_hand(now, given), "The votes are counted.")


def _budget(talk: Talk, match: re.Match[str]) -> None:
    talk.lead.change(lambda now: notes.vote_rules(now.board, int(match[1])))
    talk.say(votes(talk.lead.here.board))


def _several(talk: Talk, match: re.Match[str]) -> None:
    several = match[0].casefold() == "several"
    talk.lead.change(lambda now: notes.vote_rules(now.board, None, several=several))
    talk.say(votes(talk.lead.here.board))


def _show_discussion(talk: Talk) -> Iterator[str]:
    yield from topics(talk.lead.told())
    yield _next_topic(talk)


def _next_topic(talk: Talk) -> str:
    """Which topic comes next; the talk looks at it from now on."""
    here = talk.lead.here
    left = [topic for topic in ranked(here.topics) if not topic.is_discussed]
    if not left:
        talk.topic = None
        return "All topics are discussed; n goes on."
    talk.topic = left[0].id
    minutes = here.retro.format.topic_minutes + here.retro.clock.extra.get(topic_key(left[0].id), 0)
    return f"Next topic: {left[0].id}. {title(here, left[0])}, {plural(minutes, 'minute')}. d when it is done."


def _discussed(talk: Talk, match: re.Match[str]) -> None:
    done = match[1].casefold() == "d"
    number = int(match[2]) if match[2] else talk.topic
    if number is None:
        raise BadInputError("All topics are discussed; name one, such as 'open 5', to open it again.")
    topic = topic_at(talk.lead.here.topics, number)
    if topic.is_discussed is not done:
        talk.lead.change(lambda now: _marked(topic_at(now.topics, number), done=done))
    talk.say(f"Saved. {_next_topic(talk)}")


def _marked(topic: Topic, *, done: bool) -> tuple[Change, ...]:
    return (Discussed(topic.id, done),)


_ON_NOTES: tuple[Way, ...] = ((_EDIT, _edit), (_MOVE, _move), (_REMOVE, _remove))
_ON_GROUPS: tuple[Way, ...] = ((_GROUP, _group), (_NAME, _name), (_APART, _apart), *_ON_NOTES)
_ON_VOTES: tuple[Way, ...] = (
    (re.compile("v", re.IGNORECASE), _vote),
    (_COUNT, _count),
    (_BUDGET, _budget),
    (re.compile("single|several", re.IGNORECASE), _several),
)

NOTES = Part(
    "type a note, or ': text' for one that looks like a key; '2 text' puts it in column 2, '2' puts all that follow "
    "there; 'edit 3 text', 'move 3 2' and 'remove 3' change note 3",
    _show_notes,
    _take_note,
)
GROUP = Part(
    "'group 3 5 8 as Name' puts notes together, 'name 9 Name' names group 9, 'apart 9' takes it apart; 'edit 3 text', "
    "'move 3 2' and 'remove 3' change note 3",
    _show_topics,
    _or_refuse(_ON_GROUPS),
)
VOTE = Part(
    "v one person votes alone; 'count 3=5 4=2' counts raised hands; 'budget 4', 'single' and 'several' set the rules",
    _show_vote,
    _or_refuse(_ON_VOTES),
)
DISCUSS = Part(
    "d this topic is done, 'd 5' topic 5 is, 'open 5' opens it again",
    _show_discussion,
    _or_refuse(((_DISCUSSED, _discussed),)),
)
