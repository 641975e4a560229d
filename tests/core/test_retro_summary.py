from __future__ import annotations

from msgspec.structs import replace

from tests.core.boards import LAYOUT, SPRINT, a_retro, an_action, written
from tuiretro.core.retro_summary import BROUGHT, as_shown, column_title, face_down, summarise_retro
from tuiretro.core.steps import finished
from tuiretro.model.action import Action
from tuiretro.model.release import ItemResult, Release
from tuiretro.model.retro import (
    Added,
    Change,
    CheckId,
    Clock,
    Counted,
    Decided,
    Discussed,
    Grouped,
    Moved,
    Named,
    Voted,
)
from tuiretro.model.retro_summary import RetroSummary, ReviewLine, StageLine

TITLES = {"data-cleaning": "Data cleaning"}


def told(*changes: Change, actions: tuple[Action, ...] = (), since: dict[int, str] | None = None) -> RetroSummary:
    retro = replace(a_retro(*changes, base=written(3)), votes_shown=True)
    return summarise_retro("Atlas", retro, actions, since or {}, TITLES, 1)


def test_topics_are_told_by_votes_with_their_ties() -> None:
    summary = told(
        Grouped((1, 3)), Named(4, "Builds"), Added("stop", "late"), Voted({4: 1, 2: 1, 5: 2}, 3), Discussed(4)
    )

    assert [(topic.id, topic.votes, topic.place, topic.is_tied) for topic in summary.topics] == [
        (5, 2, 1, False),
        (4, 1, 2, True),
        (2, 1, 2, True),
    ]
    group = summary.topics[1]
    assert (group.title, group.is_group, group.is_discussed) == ("Builds", True, True)
    assert [(note.id, note.text) for note in group.notes] == [(1, "note 1"), (3, "note 3")]
    assert summary.voters == 3


def test_as_long_as_people_vote_no_topic_tells_its_votes_not_even_by_its_place() -> None:
    voted = replace(a_retro(Voted({3: 2}, 1), base=written(3)), stage="vote")
    summary = summarise_retro("Atlas", voted, (), {}, {}, 1)
    assert summary.hides_votes
    assert [(topic.id, topic.votes, topic.place) for topic in summary.topics] == [(1, 0, 0), (2, 0, 0), (3, 0, 0)]
    for shown in (replace(voted, stage="discuss"), finished(replace(voted, stage="vote"), 1)):
        later = summarise_retro("Atlas", shown, (), {}, {}, 1)
        assert (later.hides_votes, later.topics[0].id, later.topics[0].votes) == (False, 3, 2)
    hands = replace(a_retro(Counted(3, 1), base=written(3)), stage="vote")
    assert not summarise_retro("Atlas", hands, (), {}, {}, 1).hides_votes


def test_without_a_vote_topics_stand_as_on_the_board() -> None:
    assert [topic.id for topic in told(Counted(3, 1), Counted(3, -1)).topics] == [1, 2, 3]


def test_a_column_is_told_with_its_mistake_and_none_as_brought_along() -> None:
    assert column_title(LAYOUT, "start", TITLES) == "Start"
    assert column_title(LAYOUT, "saw", TITLES) == "Data cleaning: What we saw"
    assert column_title(LAYOUT, "saw", {}) == "data-cleaning: What we saw"
    assert column_title(LAYOUT, "", TITLES) == BROUGHT
    assert told(Moved(1, "saw")).topics[0].notes[0].column == "Data cleaning: What we saw"


def test_actions_are_told_as_they_are_now_and_not_as_they_were_decided() -> None:
    one, two = an_action(1), an_action(2)
    later = replace(two, status="done", closed=15)
    done = replace(one, status="done")
    changes = (Decided(None, two), Decided(one, one, "kept"), Decided(None, an_action(8)), Decided(one, done, "done"))
    summary = told(*changes, actions=(done, later), since={1: "It rose."})

    assert summary.decided == (later,)
    assert summary.reviewed == (ReviewLine(done, "done", "It rose."),)
    assert told(Decided(one, one, "kept"), actions=(one,)).reviewed[0].since == ""
    assert told(Decided(one, one, "kept")).reviewed == ()


def test_what_became_of_an_action_is_told_only_as_long_as_it_is_so_or_when_the_retro_is_over() -> None:
    reopened = an_action(1)
    retro = a_retro(Decided(reopened, replace(reopened, status="done"), "done"))

    assert summarise_retro("Atlas", retro, (reopened,), {}, {}, 4).reviewed == ()
    over = summarise_retro("Atlas", finished(retro, 4), (reopened,), {}, {}, 4)
    assert over.reviewed == (ReviewLine(reopened, "done", ""),)


def test_where_the_team_stands_and_what_it_took_is_told() -> None:
    retro = replace(a_retro(), seen=("welcome",), stage="actions", clock=Clock(spent={"welcome": 120}))
    summary = summarise_retro("Atlas", retro, (), {}, {}, 4)

    assert (summary.stage, summary.minutes, summary.is_over) == ("actions", "2 of 45 minutes", False)
    assert summary.agenda[:2] == (
        StageLine("welcome", "Welcome", 5, is_seen=True),
        StageLine("actions", "Actions", 5, is_seen=False),
    )
    assert summarise_retro("Atlas", finished(retro, 4), (), {}, {}, 4).is_over


def test_the_question_at_the_start_is_told_before_the_one_at_the_end() -> None:
    # A file holds them by name.
    last: CheckId = "close"
    first: CheckId = "welcome"
    item = ItemResult("retro.any", 1, 4, 4.0, None)
    released = dict.fromkeys((last, first), Release("r1", SPRINT, "retro", "Question", 8, 4, 4, (item,)))
    summary = summarise_retro("Atlas", replace(a_retro(), released=released), (), {}, {}, 4)
    assert [check.id for check in summary.checks] == ["welcome", "close"]


def test_of_notes_that_lie_face_down_only_their_number_is_told() -> None:
    hidden = face_down(told(Grouped((1, 2))))

    assert (hidden.topics, hidden.hidden) == ((), 3)
    assert "note" not in repr(hidden.topics)


def test_notes_lie_face_down_until_they_are_shown_or_the_retro_is_over() -> None:
    summary = told(Grouped((1, 2)))
    over = replace(summary, is_over=True)

    assert as_shown(summary, is_revealed=False) == face_down(summary)
    assert as_shown(summary, is_revealed=True) is summary
    assert as_shown(over, is_revealed=False) is over
