from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.boards import BOARDS, LAYOUT, a_retro, all_votes, topics_on, written
from tuiretro.core.board import applied
from tuiretro.core.topics import (
    LARGEST_BUDGET,
    are_votes_hidden,
    budget,
    cast,
    checked_budget,
    is_tied,
    may_vote_alone,
    ranked,
    shown_board,
    topics,
    with_votes_shown,
)
from tuiretro.errors import BadInputError, NotNowError
from tuiretro.model.retro import Board, Counted, Discussed, Grouped, Moved, Named, Voted, VoteRules

PEOPLE = 60

QUICK = settings(max_examples=200, deadline=None)


@QUICK
@given(BOARDS)
def test_every_note_lies_in_exactly_one_topic_and_every_vote_on_one(board: Board) -> None:
    found = topics(board, LAYOUT)

    assert sorted(note.id for topic in found for note in topic.notes) == sorted(note.id for note in board.notes)
    assert sum(topic.votes for topic in found) == all_votes(board)
    assert {topic.id for topic in found} == topics_on(board)
    assert {topic.id for topic in found if topic.is_group} == {group.id for group in board.groups}


def test_a_group_is_called_by_its_name_or_else_by_its_first_note() -> None:
    board = written(3, Grouped((2, 3)))
    assert [(topic.id, topic.title) for topic in topics(board, LAYOUT)] == [(1, "note 1"), (4, "note 2")]

    assert topics(applied(board, Named(4, "Builds")), LAYOUT)[1].title == "Builds"


def test_a_topic_is_about_the_mistakes_of_its_columns() -> None:
    board = written(3, Moved(1, "saw"), Moved(2, "saw"), Moved(3, "gone"), Grouped((1, 2, 3)))

    assert topics(board, LAYOUT)[0].mistakes == ("data-cleaning",)


def test_topics_with_equally_many_votes_share_their_place() -> None:
    board = written(5, Counted(2, 3), Counted(4, 3), Counted(5, 1), Discussed(5))
    found = topics(board, LAYOUT)

    assert [(topic.id, topic.place) for topic in ranked(found)] == [(2, 1), (4, 1), (5, 3), (1, 0), (3, 0)]
    assert [topic.id for topic in found if is_tied(topic, found)] == [2, 4]
    assert [topic.id for topic in found if topic.is_discussed] == [5]


def voted(board: Board, ballot: dict[int, int]) -> Voted:
    """One more ballot where people vote."""
    return cast(replace(a_retro(), stage="vote"), board, ballot, people=PEOPLE, minimum=4)


@pytest.mark.parametrize(("count", "votes"), [(0, 3), (9, 3), (10, 4), (12, 4), (13, 5), (60, 20)])
def test_the_budget_is_a_third_of_the_topics_and_at_least_three(count: int, votes: int) -> None:
    assert budget(written(count)) == votes


def test_the_budget_counts_a_group_once_and_a_team_may_choose_its_own() -> None:
    board = written(13, Grouped((1, 2, 3, 4)))
    assert budget(board) == 4

    assert budget(applied(board, VoteRules(7, several=True))) == 7


@pytest.mark.parametrize("votes", [-1, 0, LARGEST_BUDGET + 1, 10**9])
def test_a_budget_that_makes_no_sense_is_refused(votes: int) -> None:
    assert checked_budget(1) == 1
    assert checked_budget(LARGEST_BUDGET) == LARGEST_BUDGET
    with pytest.raises(
        BadInputError, match=rf"{votes} votes makes no sense; from 1 to 99 are fine\. Nothing was saved"
    ):
        checked_budget(votes)


@QUICK
@given(BOARDS, st.dictionaries(st.integers(1, 9), st.integers(-1, 5), max_size=5))
def test_a_ballot_is_within_the_rules_or_refused(board: Board, ballot: dict[int, int]) -> None:
    given_votes = {topic: votes for topic, votes in ballot.items() if votes}
    is_fine = (
        bool(given_votes)
        and set(given_votes) <= topics_on(board)
        and min(given_votes.values(), default=1) > 0
        and sum(given_votes.values()) <= budget(board)
        and (board.several or max(given_votes.values(), default=1) == 1)
    )
    if not is_fine:
        with pytest.raises(BadInputError, match="Nothing was saved"):
            voted(board, ballot)
        return

    after = applied(board, voted(board, ballot))
    added = {topic: after.votes.get(topic, 0) - board.votes.get(topic, 0) for topic in topics_on(board)}
    assert {topic: votes for topic, votes in added.items() if votes} == given_votes
    assert after.voters == board.voters + 1


def test_a_ballot_says_which_rule_it_breaks() -> None:
    board = replace(written(2), several=False)
    for ballot, why in (
        ({9: 1}, "There is no topic 9 to vote for"),
        ({1: -1}, "A vote cannot be negative"),
        ({1: 2}, "one vote at most, as the team chose"),
    ):
        with pytest.raises(BadInputError, match=why):
            voted(board, ballot)
    with pytest.raises(BadInputError, match="Each person has 3 votes, and this ballot gives 4"):
        voted(written(2), {1: 2, 2: 2})


def test_an_empty_ballot_or_one_too_many_is_refused() -> None:
    board = written(1)
    with pytest.raises(BadInputError, match="gives no vote"):
        voted(board, {1: 0})
    assert voted(replace(board, voters=PEOPLE - 1), {1: 1}).voters == PEOPLE
    with pytest.raises(NotNowError, match=f"All {PEOPLE} people"):
        voted(replace(board, voters=PEOPLE), {1: 1})


@pytest.mark.parametrize(("voters", "told"), [(0, {1: 2}), (1, {}), (3, {}), (4, {1: 2})])
def test_votes_that_were_cast_alone_are_shown_from_k_on_and_hands_at_once(voters: int, told: dict[int, int]) -> None:
    board = replace(written(2), votes={1: 2}, voters=voters)
    assert shown_board(board, 4).votes == told
    discussing, voting = replace(a_retro(), stage="discuss"), replace(a_retro(), stage="vote")
    assert are_votes_hidden(discussing, board, 4) is (told == {})
    assert are_votes_hidden(voting, board, 4) is (voters > 0)
    assert are_votes_hidden(replace(voting, votes_shown=True), board, 4) is (told == {})


@pytest.mark.parametrize(
    ("stage", "voters", "shown", "fine"),
    [
        ("vote", 0, False, True),
        ("vote", 3, False, True),
        ("vote", 4, False, True),
        ("vote", 4, True, False),
        ("vote", 3, True, True),
        ("discuss", 3, False, True),
        ("discuss", 4, False, False),
        ("discuss", 0, True, True),
    ],
)
def test_nobody_votes_alone_once_the_sum_can_be_seen(stage: str, voters: int, shown: bool, fine: bool) -> None:  # noqa: FBT001 - a table
    retro = replace(a_retro(), stage=stage, votes_shown=shown)
    board = replace(written(2), votes={1: voters}, voters=voters)
    assert may_vote_alone(retro, board, 4) is fine
    if fine:
        assert cast(retro, board, {1: 1}, people=PEOPLE, minimum=4).votes == {1: voters + 1}
    else:
        with pytest.raises(NotNowError, match="The votes have been shown, so one more"):
            cast(retro, board, {1: 1}, people=PEOPLE, minimum=4)


@pytest.mark.parametrize("voters", [0, 3, 4])
def test_only_what_k_have_voted_is_shown_for_good(voters: int) -> None:
    board = replace(written(2), voters=voters)
    assert with_votes_shown(a_retro(), board, 4).votes_shown is (voters == 4)
