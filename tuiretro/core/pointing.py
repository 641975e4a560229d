"""What people mean who point at notes and topics by typing numbers: the changes that follow, or one sentence why not.

Must not know where the words were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from tuiretro.core.board import board_after
from tuiretro.core.notes import GROUP, put_together, take_apart, take_out, topic_of
from tuiretro.core.text import NAME_LIMIT, clip, typed
from tuiretro.core.topics import BALLOT, LARGEST_BUDGET, Topic, topics
from tuiretro.errors import BadInputError
from tuiretro.model.board_format import Format
from tuiretro.model.retro import Board, Change, Counted, Named

_VOTES = re.compile(r"([0-9]{1,5})(?:=([0-9]{1,5}))?")


def topic_at(found: Iterable[Topic], number: int) -> Topic:
    """The topic with a number, or the one that the note with that number belongs to.

    Raises:
        NotFoundError: There is neither.
    """
    known = tuple(found)
    home = next((topic for topic in known if any(note.id == number for note in topic.notes)), None)
    return topic_of(known, number) if home is None else home


def grouped(board: Board, layout: Format, numbers: Sequence[int], name: str = "") -> tuple[Change, ...]:
    """Topics, or notes in them, put together, with a name if there is one.

    Args:
        board: The board.
        layout: Its format.
        numbers: Of topics, or of notes that bring their topic along.
        name: For the group; empty leaves it as it is.

    Raises:
        BadInputError: Fewer than two topics, or a name that is not fit to keep.
        NotFoundError: One is not there.
    """
    found = topics(board, layout)
    changes = put_together(found, [topic_at(found, number).id for number in numbers])
    kept = typed(name, GROUP, limit=NAME_LIMIT, empty=True)
    if not kept:
        return changes
    note = topic_at(found, numbers[0]).notes[0].id
    return (*changes, Named(topic_at(topics(board_after(board, changes), layout), note).id, kept))


def ungrouped(found: Iterable[Topic], number: int) -> tuple[Change, ...]:
    """A group taken apart, or one note taken out of its group.

    Raises:
        BadInputError: It is a note that lies in no group.
        NotFoundError: It is not there.
    """
    home = topic_at(found, number)
    note = next((note for note in home.notes if note.id == number), None)
    return take_apart(home) if note is None else take_out(note)


def stage_at(layout: Format, wanted: str) -> str:
    """The id of a stage by its number from 1, its id, or its title; anything else as it is.

    Whether there is such a stage is judged where somebody goes to it.
    """
    said = wanted.strip().casefold()
    if said.isascii() and said.isdecimal() and 1 <= int(said[:4]) <= len(layout.stages):
        return layout.stages[int(said[:4]) - 1].id
    return next((stage.id for stage in layout.stages if stage.title.casefold() == said), said)


def votes_typed(words: Iterable[str]) -> dict[int, int]:
    """Votes by number, from words such as '3' for one vote and '3=2' for two; a number that stands twice adds up.

    Raises:
        BadInputError: A word is neither, or there is none.
    """
    votes: dict[int, int] = {}
    for word in words:
        match = _VOTES.fullmatch(word)
        if match is None:
            raise BadInputError(
                f"The vote '{clip(word, 20)}' is neither a topic's number nor one with votes, such as 3=2. Nothing "
                "was saved.",
                BALLOT,
            )
        topic, given = int(match[1]), int(match[2] or 1)
        votes[topic] = votes.get(topic, 0) + given
    if not votes:
        raise BadInputError(
            "No vote was named: write the numbers of topics, such as 3 or 3=2. Nothing was saved.", BALLOT
        )
    return votes


def ballot_of(found: Iterable[Topic], votes: Mapping[int, int]) -> dict[int, int]:
    """A ballot by topic; the number of a note stands for the topic that it lies in.

    Raises:
        NotFoundError: A number is neither a topic nor a note.
    """
    known = tuple(found)
    ballot: dict[int, int] = {}
    for number, given in votes.items():
        topic = topic_at(known, number).id
        ballot[topic] = ballot.get(topic, 0) + given
    return ballot


def counted(found: Iterable[Topic], votes: Mapping[int, int], people: int) -> tuple[Change, ...]:
    """Votes that were counted together, such as raised hands: each topic has as many as were counted for it.

    Args:
        found: The topics.
        votes: By topic.
        people: How many the team has; more than all their votes cannot be.

    Raises:
        BadInputError: More votes than there can be.
        NotFoundError: No such topic.
    """
    known = tuple(found)
    most = people * LARGEST_BUDGET
    changes = []
    for number, count in ballot_of(known, votes).items():
        if count > most:
            raise BadInputError(
                f"{count} votes for topic {number} are more than {people} people have. Nothing was saved.", BALLOT
            )
        before = topic_of(known, number).votes
        if count != before:
            changes.append(Counted(number, count - before))
    return tuple(changes)
