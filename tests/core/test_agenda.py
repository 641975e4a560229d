from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.boards import LAYOUT, a_retro
from tuiretro.core.agenda import (
    SUMMARY,
    allowed,
    clock_words,
    current,
    go,
    is_over_time,
    more_time,
    onward,
    places,
    spend,
    topic_key,
    total_words,
)
from tuiretro.errors import NotFoundError
from tuiretro.model.board_format import STAGES
from tuiretro.model.retro import Clock

PLACES = (*STAGES, SUMMARY)


def test_a_retro_goes_through_its_stages_to_the_summary_and_back() -> None:
    assert places(LAYOUT) == PLACES
    there, retro = [], a_retro()
    for _ in PLACES:
        there.append(retro.stage)
        retro = onward(retro)
    assert tuple(there) == PLACES

    assert current(retro) is None
    assert onward(retro, -1).stage == STAGES[-1]


def test_at_either_end_a_retro_stays_where_it_is() -> None:
    assert onward(a_retro(), -1) == a_retro()
    assert onward(replace(a_retro(), stage=SUMMARY)).stage == SUMMARY


@given(st.lists(st.sampled_from(PLACES), max_size=30))
def test_where_a_team_has_been_is_remembered_once_and_in_order(way: list[str]) -> None:
    retro = a_retro()
    for stage in way:
        retro = go(retro, stage)

    assert list(retro.seen) == [stage for stage in dict.fromkeys(["welcome", *way][:-1]) if stage != SUMMARY]
    assert (retro.changes, retro.stage) == ((), way[-1] if way else "welcome")


def test_a_stage_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(NotFoundError, match=r"no stage 'lunch'; nothing was changed\. It has: welcome, .*summary"):
        go(a_retro(), "lunch")


def test_a_stage_that_a_file_made_up_counts_as_the_summary() -> None:
    lost = replace(a_retro(), stage="lunch")

    assert current(lost) is None
    assert onward(lost) == lost
    assert onward(lost, -1).stage == "close"


def test_a_clock_adds_up_unless_it_is_paused() -> None:
    clock = spend(spend(Clock(), "notes", 60), "notes", 30)

    assert clock.spent == {"notes": 90}
    assert spend(replace(clock, is_paused=True), "notes", 5).spent == {"notes": 90}
    assert spend(clock, "notes", -5) == spend(clock, "notes", 0) == clock


def test_time_that_was_added_can_be_taken_back_and_no_more_than_that() -> None:
    clock = more_time(more_time(Clock(), "notes"), "notes", 2)

    assert clock.extra == {"notes": 3}
    assert more_time(clock, "notes", -9).extra == {"notes": 0}


def test_a_stage_and_a_topic_have_their_own_time() -> None:
    retro = replace(a_retro(), format=replace(LAYOUT, topic_minutes=8), clock=Clock(extra={"notes": 1, "topic:7": 2}))

    assert (allowed(retro, "notes"), allowed(retro, "vote")) == (360, 300)
    assert (allowed(retro, topic_key(7)), allowed(retro, topic_key(8))) == (600, 480)
    assert not is_over_time(retro, "notes", 359)
    assert is_over_time(retro, "notes", 360)


def test_the_clock_is_told_in_words() -> None:
    assert clock_words(a_retro(), "notes", 65) == "1:05 of 5:00"
    assert clock_words(a_retro(), "notes", 301) == "time is up, 5:01 of 5:00"
    assert clock_words(replace(a_retro(), clock=Clock(is_paused=True)), "notes", 0) == "0:00 of 5:00, paused"


def test_all_stages_together_are_told_in_minutes_and_topics_not_twice() -> None:
    retro = replace(a_retro(), clock=Clock(spent={"notes": 300, "vote": 100, "topic:7": 999}, extra={"vote": 2}))

    assert total_words(retro) == "6 of 47 minutes"
    assert total_words(retro, running=20) == "7 of 47 minutes"
