"""Topics of a retro and their votes: what is voted on, what each person may give, and how topics rank."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from tuiretro.core.text import plural
from tuiretro.errors import BadInputError, NotNowError
from tuiretro.model.board_format import Format
from tuiretro.model.retro import Board, Note, Retro, Voted

LEAST_BUDGET = 3
"""Votes of each person, however few topics there are (design 8)."""
LARGEST_BUDGET = 99
SHARE = 3
"""Each person gets a vote for so many topics."""
BALLOT = "ballot"
NEEDS_VOTES = frozenset({"discuss", "decide", "close", "summary"})
"""The stages that work with the votes."""
VOTES_SHOWN = (
    "The votes have been shown, so one more that is cast alone would be read from the difference. Nothing was saved; "
    "count raised hands, or take all votes back and vote anew."
)


class Topic(Struct, frozen=True):
    """A group, or a note that lies in none."""

    id: int
    title: str
    """The group's name; without one, the text of its first note."""
    notes: tuple[Note, ...]
    votes: int
    place: int
    """By votes, from 1; topics with equally many share theirs. 0 without a vote."""
    is_discussed: bool
    mistakes: tuple[str, ...]
    """The mistakes that its columns are about, by id."""
    is_group: bool


def topics(board: Board, layout: Format) -> tuple[Topic, ...]:
    """All topics, in the order of the board."""
    members: dict[int, list[Note]] = {}
    for note in board.notes:
        members.setdefault(note.id if note.group is None else note.group, []).append(note)
    titles = {group.id: group.title for group in board.groups}
    about = {column.id: column.mistake for column in layout.columns if column.mistake}
    more = sorted(board.votes.values(), reverse=True)
    return tuple(
        Topic(
            id=number,
            title=titles.get(number) or notes[0].text,
            notes=tuple(notes),
            votes=board.votes.get(number, 0),
            place=more.index(board.votes[number]) + 1 if number in board.votes else 0,
            is_discussed=number in board.discussed,
            mistakes=tuple(dict.fromkeys(about[note.column] for note in notes if note.column in about)),
            is_group=number in titles,
        )
        for number, notes in members.items()
    )


def ranked(found: tuple[Topic, ...]) -> tuple[Topic, ...]:
    """Topics by votes; those with equally many in the order of the board."""
    return tuple(sorted(found, key=lambda topic: -topic.votes))


def is_tied(topic: Topic, found: tuple[Topic, ...]) -> bool:
    """Whether another topic has as many votes."""
    return bool(topic.votes) and sum(other.votes == topic.votes for other in found) > 1


def budget(board: Board) -> int:
    """Votes of each person: what the team chose, or a third of the topics, rounded up, and at least three."""
    if board.budget is not None:
        return board.budget
    count = len({note.id if note.group is None else note.group for note in board.notes})
    return max(LEAST_BUDGET, -(-count // SHARE))


def checked_budget(votes: int) -> int:
    """A budget that a team chose.

    Raises:
        BadInputError: Less than one, or more than anybody would hand out.
    """
    if not 1 <= votes <= LARGEST_BUDGET:
        raise BadInputError(
            f"A budget of {votes} votes makes no sense; from 1 to {LARGEST_BUDGET} are fine. Nothing was saved.", BALLOT
        )
    return votes


def shown_board(board: Board, minimum: int) -> Board:
    """The board as it may be shown: without votes as long as fewer than k people have cast theirs alone.

    Args:
        board: The board.
        minimum: k of the team.
    """
    return replace(board, votes={}) if 0 < board.voters < minimum else board


def are_votes_hidden(retro: Retro, board: Board, minimum: int) -> bool:
    """Whether votes that were cast alone are hidden: people are still at it, or fewer than k have voted.

    Args:
        retro: The retro.
        board: Its board.
        minimum: k of the team.
    """
    is_shown = retro.votes_shown or retro.is_over or is_told(retro.stage)
    return board.voters > 0 and (not is_shown or board.voters < minimum)


def is_told(stage: str) -> bool:
    """Whether a stage works with the votes, and so shows them: what was voted until then is the team's answer."""
    return stage in NEEDS_VOTES


def may_vote_alone(retro: Retro, board: Board, minimum: int) -> bool:
    """Whether one more person may vote alone: not once the sum is to be seen, since the next one would tell theirs."""
    return not board.voters or are_votes_hidden(retro, board, minimum)


def with_votes_shown(retro: Retro, board: Board, minimum: int) -> Retro:
    """The retro once everybody has seen the votes, if k have voted alone."""
    return replace(retro, votes_shown=True) if board.voters >= minimum else retro


def require_somebody_left(board: Board, people: int) -> None:
    """Refuses a ballot where as many as the team has have voted.

    Raises:
        NotNowError: All have.
    """
    if board.voters >= people:
        raise NotNowError(f"All {people} people of the team have voted. Nothing was saved.")


def cast(retro: Retro, board: Board, ballot: Mapping[int, int], *, people: int, minimum: int) -> Voted:
    """The votes after one more person has voted.

    Args:
        retro: The retro.
        board: Its board.
        ballot: Votes by topic; topics without a vote may be left out.
        people: How many the team has.
        minimum: k of the team.

    Raises:
        BadInputError: A topic is not there, or the ballot breaks a rule or is empty.
        NotNowError: As many as the team has have voted, or the votes were shown.
    """
    if not may_vote_alone(retro, board, minimum):
        raise NotNowError(VOTES_SHOWN)
    require_somebody_left(board, people)
    given = {topic: votes for topic, votes in ballot.items() if votes}
    known = {topic.id for topic in topics(board, retro.format)}
    if not given:
        raise BadInputError("This ballot gives no vote; give at least one, or leave. Nothing was saved.", BALLOT)
    strange = next((topic for topic in given if topic not in known), None)
    if strange is not None:
        raise BadInputError(f"There is no topic {strange} to vote for. Nothing was saved.", BALLOT)
    if any(votes < 0 for votes in given.values()):
        raise BadInputError("A vote cannot be negative. Nothing was saved.", BALLOT)
    if not board.several and any(votes > 1 for votes in given.values()):
        raise BadInputError("Each person gives a topic one vote at most, as the team chose. Nothing was saved.", BALLOT)
    most = budget(board)
    if sum(given.values()) > most:
        raise BadInputError(
            f"Each person has {plural(most, 'vote')}, and this ballot gives {sum(given.values())}. Nothing was saved.",
            BALLOT,
        )
    together = dict(board.votes)
    for topic, votes in given.items():
        together[topic] = together.get(topic, 0) + votes
    return Voted(together, board.voters + 1)
