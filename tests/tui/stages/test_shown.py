"""What a screen looks at follows from the retro and from where it looks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.tui.stages.rooms import (
    FOCUS_COLUMNS,
    NAMED,
    a_shown,
    seen,
)
from tuiretro.model.retro import Clock, Counted, Discussed, Voted
from tuiretro.tui.stages.shown import Shown, running

VOTED = (*NAMED, Counted(3, 2))


def test_only_the_program_that_leads_a_retro_that_is_not_over_may_change_it() -> None:
    assert a_shown().leads
    assert not replace(a_shown(), reason="Another program leads it.").leads
    assert not a_shown(stage="summary", is_over=True).leads


def test_the_page_behind_the_last_stage_is_the_summary() -> None:
    assert a_shown(stage="summary").is_summary
    assert not a_shown(stage="close").is_summary


def test_the_columns_of_one_mistake_stand_beside_each_other() -> None:
    shown = a_shown(columns=FOCUS_COLUMNS, focus=("data-cleaning", "no-pilot"))
    assert [column.id for column in shown.page] == ["data-cleaning-saw", "data-cleaning-why"]
    assert [column.id for column in replace(shown, column=3).page] == ["no-pilot-saw", "no-pilot-why"]


def test_the_topic_under_discussion_is_the_chosen_one_or_the_first_open_one_by_votes() -> None:
    def number(shown: Shown) -> int | None:
        return shown.topic.id if shown.topic is not None else None

    assert [topic.id for topic in a_shown(*VOTED).by_votes] == [3, 4]
    assert number(a_shown(*VOTED)) == 3
    assert number(a_shown(*VOTED, Discussed(3))) == 4
    assert number(replace(a_shown(*VOTED, Discussed(3)), picked=3)) == 3
    assert number(replace(a_shown(*VOTED), picked=99)) == 3
    assert number(a_shown(*VOTED, Discussed(3), Discussed(4))) is None


def test_votes_are_hidden_while_people_vote_one_by_one() -> None:
    four_voted = a_shown(*NAMED, Voted({3: 1}, 4), stage="vote")
    assert four_voted.hides_votes
    assert not seen(four_voted).hides_votes
    assert not a_shown(*VOTED, stage="vote").hides_votes
    assert not a_shown(*NAMED, Voted({3: 1}, 4), stage="discuss").hides_votes
    three_voted = a_shown(*NAMED, Voted({3: 1}, 3), stage="discuss")
    assert three_voted.hides_votes
    assert seen(three_voted).hides_votes
    assert [topic.votes for topic in three_voted.room.topics] == [0] * len(three_voted.room.topics)


@pytest.mark.parametrize(
    ("shown", "names"),
    [
        (a_shown(*VOTED, stage="notes"), ("notes",)),
        (a_shown(*VOTED, stage="discuss"), ("discuss", "topic:3")),
        (a_shown(stage="discuss"), ("discuss",)),
        (a_shown(stage="summary"), ()),
        (a_shown(stage="notes", clock=Clock(is_paused=True)), ()),
        (replace(a_shown(stage="notes"), reason="Another program leads it."), ()),
    ],
)
def test_time_counts_for_the_stage_and_its_topic_unless_nobody_leads_or_the_clock_stands(
    shown: Shown, names: tuple[str, ...]
) -> None:
    assert running(shown) == names
