"""Group, vote, discuss and decide: the same topics, looked at in four ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.tui.stages.rooms import (
    GROUP,
    NAMED,
    OPEN,
    WIDTH,
    a_shown,
    an_action,
    drawn,
    keys_of,
    seen,
)
from tuiretro.model.retro import Added, Clock, Counted, Decided, Discussed, Grouped, Voted, VoteRules
from tuiretro.tui.stages.topics import (
    NO_NOTES,
    decide_detail,
    decide_rows,
    discuss_detail,
    discuss_rows,
    group_detail,
    group_rows,
    vote_detail,
    vote_rows,
)

VOTED = (*OPEN, Counted(3, 2), Counted(4, 2))
LONG = "Name one owner for retraining and write it on the page of the team, where all can see it"


def test_topics_stand_with_their_notes_and_marks() -> None:
    rows = group_rows(replace(a_shown(*GROUP), marked=frozenset({3})), WIDTH)
    assert keys_of(rows) == ["t4", "n1", "n2", "t3"]
    assert drawn(rows).splitlines() == [
        "[ ] a group without a name; e names it  2 notes",
        "      - slow builds",
        "      - flaky tests",
        "[x] nobody owns churn_table",
    ]
    assert drawn(group_rows(a_shown(*NAMED), WIDTH)).startswith("[ ] Build and test  2 notes\n")
    wide = drawn(group_rows(a_shown(*GROUP), 117)).splitlines()[-1]
    assert wide == "[ ] nobody owns churn_table  Underestimating the data cleaning burden: What we saw"


@pytest.mark.parametrize(
    ("query", "keys"), [("CHURN", ["t3"]), ("flaky", ["t4", "n1", "n2"]), ("build and", ["t4", "n1", "n2"])]
)
def test_a_search_finds_topics_by_their_titles_and_notes_in_any_case(query: str, keys: list[str]) -> None:
    shown = replace(a_shown(*NAMED), query=query)
    assert keys_of(group_rows(shown, WIDTH)) == keys
    assert group_detail(shown, None).plain == f"0 marked   only what holds '{query}'; escape shows all"


def test_a_search_without_a_hit_and_an_empty_board_say_what_to_do() -> None:
    assert drawn(group_rows(replace(a_shown(*NAMED), query="[/x"), WIDTH)) == "No note holds '[/x'."
    for rows in (group_rows, vote_rows, discuss_rows):
        assert drawn(rows(a_shown(), WIDTH)) == NO_NOTES


def test_two_marks_can_be_put_together_and_one_cannot() -> None:
    marked = replace(a_shown(*NAMED), marked=frozenset({3}))
    assert group_detail(marked, None).plain == "1 marked"
    assert group_detail(replace(marked, marked=frozenset({3, 4})), None).plain == "2 marked   g puts them together"


def test_votes_stand_in_the_order_of_the_board_with_the_notes_of_the_chosen_topic_below() -> None:
    shown = a_shown(*OPEN, Counted(3, 2), stage="vote")
    assert drawn(vote_rows(shown, WIDTH)).splitlines() == [
        "   ·  Build and test  (2 notes)",
        "   2  nobody owns churn_table",
    ]
    assert vote_detail(shown, "t4").plain.splitlines() == [
        "Each person has 3 votes; several on one topic are fine.",
        "2 votes counted.",
        "- slow builds",
        "- flaky tests",
    ]
    assert vote_detail(shown, None).plain.splitlines()[2:] == []
    assert "Nobody has voted yet." in vote_detail(a_shown(*OPEN, VoteRules(1, several=False)), None).plain
    assert "Each person has 1 vote; one on a topic." in vote_detail(a_shown(VoteRules(1, several=False)), None).plain


def test_of_a_large_group_the_first_notes_are_shown_and_the_others_counted() -> None:
    notes = [Added("start", f"note {at}") for at in range(1, 6)]
    assert vote_detail(a_shown(*notes, Grouped((1, 2, 3, 4, 5))), "t6").plain.splitlines()[2:] == [
        "- note 1",
        "- note 2",
        "and 3 more",
    ]


def test_while_people_vote_alone_nobody_sees_a_vote() -> None:
    few = a_shown(*OPEN, Voted({3: 8}, 2), stage="vote")
    assert vote_detail(few, None).plain.endswith("Hidden until 4 have; hands can be counted after that.")
    assert drawn(discuss_rows(a_shown(*OPEN, Voted({3: 8}, 2), stage="discuss"), WIDTH)).startswith(
        "Fewer than 4 have voted alone, so no votes are shown."
    )
    shown = a_shown(*OPEN, Voted({3: 8}, 4), stage="vote")
    assert "8" not in drawn(vote_rows(shown, WIDTH))
    assert "4 of 7 have voted by passing the keyboard. Hidden until r shows them;" in vote_detail(shown, None).plain
    revealed = seen(shown)
    assert "   8  nobody owns churn_table" in drawn(vote_rows(revealed, WIDTH))
    assert "Shown; nobody can vote alone any more." in vote_detail(revealed, None).plain


def test_topics_are_discussed_by_votes_and_the_one_under_discussion_is_open() -> None:
    rows = discuss_rows(a_shown(*VOTED, Added("start", LONG), Discussed(3), stage="discuss"), WIDTH)
    assert keys_of(rows) == ["t4", "t3", "t5"]
    assert drawn(rows).splitlines() == [
        "▸ 1.  Build and test                                           tie  2 votes",
        "        - slow builds",
        "        - flaky tests",
        "✓ 1.  nobody owns churn_table                                  tie  2 votes",
        "      Name one owner for retraining and write it on the page…",
    ]


def test_the_title_of_the_topic_under_discussion_is_never_cut() -> None:
    shown = replace(a_shown(*VOTED, Added("start", LONG), stage="discuss"), picked=5)
    assert drawn(discuss_rows(shown, WIDTH)).splitlines()[-2:] == [
        "▸     Name one owner for retraining and write it on the page",
        "      of the team, where all can see it",
    ]


def test_a_topic_has_its_own_time_and_is_asked_about_when_it_is_up() -> None:
    shown = a_shown(*VOTED, stage="discuss")
    assert discuss_detail(shown, 62).plain == "This topic: 1:02 of 5:00."
    assert discuss_detail(shown, 300).plain == (
        "This topic: time is up, 5:00 of 5:00.  More time?  + yes, a minute   d no, the next"
    )
    more = a_shown(*VOTED, stage="discuss", clock=Clock(extra={"topic:4": 1}, is_paused=True))
    assert discuss_detail(more, 300).plain == "This topic: 5:00 of 6:00, paused."


def test_when_every_topic_is_discussed_the_next_stage_is_named() -> None:
    assert discuss_detail(a_shown(*VOTED, Discussed(3), Discussed(4)), 0).plain.startswith("Every topic has been")
    assert discuss_detail(a_shown(), 0).plain == ""


def test_an_action_may_come_from_a_topic_or_from_the_focus_list() -> None:
    rows = decide_rows(a_shown(*VOTED, Discussed(3), focus=("no-pilot", "gone")), WIDTH)
    assert keys_of(rows) == ["t3", "t4", "mno-pilot", "mgone"]
    assert drawn(rows).splitlines() == [
        "TAKEN ON  0   at most 3 get done; more are allowed",
        "Nothing yet. enter makes an action of what the cursor is on; a, one in your own words.",
        "",
        "FROM A TOPIC",
        "✓  nobody owns churn_table                                          2 votes",
        "   Build and test                                                   2 votes",
        "",
        "FROM THE FOCUS LIST",
        "   No pilot before scaling",
        "   gone",
    ]


def test_what_was_taken_on_is_whole_and_more_than_three_are_allowed() -> None:
    free = tuple(an_action(number, f"Action {number}", owner="") for number in (2, 3, 4))
    actions = (an_action(1, LONG), *free, an_action(9, "Older"))
    decided = tuple(Decided(None, action) for action in actions[:4])
    rows = drawn(decide_rows(a_shown(*decided, actions=actions), WIDTH)).splitlines()
    assert rows[:6] == [
        "TAKEN ON  4   with more than three, few get done; more are allowed",
        "◦  Name one owner for retraining and write it on the page of the team,",
        "   where all can see it",
        "   Mina, due 13 Dec",
        "◦  Action 2",
        "   due 13 Dec",
    ]
    assert not any("Older" in line for line in rows)
    assert rows[-1] == "No note was written."


def test_the_plays_of_a_topics_mistakes_are_announced() -> None:
    assert decide_detail(a_shown(*VOTED), "t3").plain == (
        "enter offers the plays of: Underestimating the data cleaning burden"
    )
    for chosen in ("t4", "mno-pilot", None):
        assert decide_detail(a_shown(*VOTED), chosen).plain.startswith("An action has an owner")
