from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.decision_histories import CORE, MISTAKES, QUESTIONS, headline, history, in_language, release
from tuiretro.core.follow_up import (
    Drawn,
    FollowUp,
    Topics,
    draw_words,
    drawn_start,
    explain,
    first_sprint,
    follow_up,
)
from tuiretro.model.action import Action, Draw
from tuiretro.model.release import History, Release

NAP = Path(__file__).parent.parent / "golden" / "its_nap_randomisation.json"
"""Source, as the file says: own R; the randomisation p holds only if the start was drawn from the list."""
OTHERS = MISTAKES[1:7]
APART = "The team, the language or the statement has changed since, so before and after cannot be compared."


def _action(sprint: int = 3, mistake: str | None = "m01", draw: Draw | None = None, number: int = 1) -> Action:
    return Action(number, "Fix it", sprint, date(2026, 3, 1), mistake=mistake, draw=draw)


def _past(
    *means: float | None, people: int = 8, others: Sequence[float] = (), topics: Sequence[str] = OTHERS
) -> History:
    """Sprints from 1 on: in each the mean of m01, None where it was not asked, and the others', 3.0 if not given."""
    rest = [*others, *([3.0] * len(means))]
    releases = [
        release(number, {**dict.fromkeys(topics, rest[number - 1]), **({} if mean is None else {"m01": mean})})
        for number, mean in enumerate(means, start=1)
    ]
    return history(*(replace(r, people=people) for r in releases))


def _told(
    past: History,
    action: Action | None = None,
    *,
    changes: Sequence[int] = (),
    others: Sequence[Action] = (),
    lowest: Sequence[str] = (),
) -> FollowUp:
    action = action or _action()
    return follow_up(action, Topics(past, changes, [action, *others]), lowest)


def test_before_the_third_asking_it_is_too_early() -> None:
    asked = (2.0, 2.0, 2.0, 3.0, 3.0, 3.0)
    told = [_told(_past(*asked[:count])) for count in (3, 4, 5)]

    assert [t.words for t in told] == [f"Too early ({count} of 3 sprints)." for count in range(3)]
    assert {t.state for t in told} == {"early"}
    assert (told[2].before, told[2].after, told[2].change, told[2].note) == ((2.0, 2.0, 2.0), (3.0, 3.0), None, "")


def test_without_a_release_it_is_too_early_and_without_a_mistake_nothing_is_compared() -> None:
    assert _told(History()) == FollowUp("early", "Too early (0 of 3 sprints).")
    nothing = FollowUp("none", "It belongs to no mistake, so there is no score beside it.")
    assert _told(_past(2.0, 2.0), _action(mistake=None)) == nothing
    assert _told(History(), _action(mistake=None)) == nothing


def test_what_was_never_asked_is_too_early() -> None:
    assert _told(_past(None, None, None, None)).words == "Too early (0 of 3 sprints)."


def test_only_sprints_that_asked_it_count() -> None:
    told = _told(_past(1.9, 2.0, 2.1, None, 3.0, None, 3.0, 3.0, 4.0))

    assert (told.before, told.after, told.state) == ((1.9, 2.0, 2.1), (3.0, 3.0, 3.0), "rose")


def test_the_sprint_in_which_it_was_taken_on_counts_as_before() -> None:
    assert first_sprint(_action(sprint=3)) == 4
    assert _told(_past(4.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0), _action(sprint=4)).before == (2.0, 2.0, 2.0)


def test_a_rise_beyond_the_others_is_told_without_its_cause() -> None:
    told = _told(_past(2.0, 2.2, 2.4, 3.0, 3.0, 3.0))

    assert told.state == "rose"
    assert told.words == "Rose by 0.8, more than your other topics. We can't tell if the action caused it."
    assert told.change == pytest.approx(0.8)
    assert (told.others, told.topics, told.needed) == (0.0, 6, 0.65)


def test_anything_less_is_no_clear_change() -> None:
    for after in (2.8, 2.2, 1.6):
        told = _told(_past(2.2, 2.2, 2.2, after, after, after))
        assert (told.state, told.words) == ("unclear", "No clear change yet.")


def test_what_all_topics_do_is_taken_off() -> None:
    told = _told(_past(2.0, 2.0, 2.0, 3.0, 3.0, 3.0, others=[3.0, 3.0, 3.0, 3.5, 3.5, 3.5]))
    fallen = _told(_past(2.0, 2.0, 2.0, 2.4, 2.4, 2.4, others=[3.0, 3.0, 3.0, 3.0, 3.0, 1.8, 4.0]))

    assert told.state == "unclear"
    assert told.change == pytest.approx(1.0)
    assert told.others == pytest.approx(0.5)
    assert (fallen.state, fallen.words[:12]) == ("rose", "Rose by 0.4,")


@pytest.mark.parametrize(
    ("people", "needed"), [(4, 0.7), (5, 0.7), (6, 0.65), (9, 0.65), (10, 0.5), (12, 0.5), (60, 0.5)]
)
def test_how_much_is_needed_goes_by_the_number_of_people(people: int, needed: float) -> None:
    sixtieths = round(needed * 60)
    enough, short = _rise(sixtieths), _rise(sixtieths - 1)

    assert [_told(_past(2.0, 2.0, 2.0, *after, people=people)).state for after in (enough, short)] == [
        "rose",
        "unclear",
    ]
    assert _told(_past(2.0, 2.0, 2.0, people=people)).needed == needed


def _rise(sixtieths: int) -> tuple[float, ...]:
    """Three values after three at 2.0, that are on average so many sixtieths of a point higher."""
    return (2.0, 2.0, 2.0 + sixtieths / 20)


def test_a_rise_that_is_just_enough_on_paper_is_enough() -> None:
    told = _told(_past(2.1, 2.2, 2.3, 2.9, 2.9, 2.9, people=5))

    assert told.change is not None
    assert told.change == pytest.approx(0.7)
    assert told.state == "rose"


def test_a_comparison_needs_three_askings_before() -> None:
    words = "Cannot be compared: asked 2 of 3 times before it was taken on."

    assert _told(_past(None, 2.0, 2.0, 3.0, 3.0, 3.0)) == FollowUp("apart", words, (2.0, 2.0), (3.0,) * 3, needed=0.65)


@pytest.mark.parametrize(("change", "before", "after"), [(5, 3, 1), (6, 3, 2)])
def test_a_team_change_between_takes_the_comparison_away(change: int, before: int, after: int) -> None:
    told = _told(_past(2.0, 2.0, 2.0, 3.0, 3.0, 3.0), changes=[change])

    assert (told.state, told.words, len(told.before), len(told.after)) == ("apart", APART, before, after)


def test_a_team_change_right_at_the_start_leaves_nothing_to_compare_with() -> None:
    told = _told(_past(2.0, 2.0, 2.0, 3.0, 3.0, 3.0), changes=[4])

    assert (told.state, told.before, told.after) == ("apart", (), (3.0, 3.0, 3.0))


def test_changes_before_or_after_all_of_it_do_no_harm() -> None:
    past = _past(4.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0, 2.0)

    assert _told(past, _action(sprint=4), changes=[8, 2]).state == "rose"


def test_another_language_or_wording_takes_the_comparison_away() -> None:
    past = _past(2.0, 2.0, 2.0, 3.0, 3.0, 3.0)
    spanish = (*past.releases[:4], *(in_language(r, "es") for r in past.releases[4:]))
    reworded = tuple(
        replace(r, items=tuple(replace(i, version=2) if i.id == "m01" else i for i in r.items))
        for r in past.releases[4:]
    )
    questions = (*QUESTIONS, *(replace(q, language="es") for q in QUESTIONS), headline("m01", version=2))

    assert _told(History(spanish, questions)).words == APART
    assert _told(History((*past.releases[:4], *reworded), questions)).words == APART


def test_too_few_other_topics_are_no_comparison() -> None:
    told = [_told(_past(2.0, 2.0, 2.0, 3.0, 3.0, 3.0, topics=OTHERS[:count])) for count in (3, 4)]

    assert [t.state for t in told] == ["apart", "rose"]
    assert (told[0].words, told[0].change) == ("Too few other topics to compare with.", None)


def test_core_statements_are_topics_and_deep_dives_are_none() -> None:
    past = _past(2.0, 2.0, 2.0, 3.0, 3.0, 3.0, topics=[CORE[0].id, CORE[1].id, "m02", "m03", "m04.a", "m04.b"])

    assert _told(past).topics == 4


def test_topics_that_another_action_was_about_are_left_out() -> None:
    past = _past(2.0, 2.0, 2.0, 3.0, 3.0, 3.0, 3.0, 3.0)
    early, late = _action(2, "m02", number=2), _action(6, "m03", number=3)
    drawn_late = _action(2, "m04", Draw((6, 7), 7), number=4)

    assert _told(past, others=[early]).topics == 5
    assert _told(past, others=[early, late, drawn_late, _action(1, None, number=5)]).topics == 5
    assert _told(past, others=[_action(5, m, number=n) for n, m in enumerate(OTHERS[:3])]).state == "apart"


def test_a_topic_that_cannot_be_compared_itself_is_no_other() -> None:
    past = _past(2.0, 2.0, 2.0, 3.0, 3.0, 3.0)
    joined = replace(past.releases[3], items=(*past.releases[3].items, *release(4, {"m20": 1.5}).items))

    assert _told(history(*past.releases[:3], joined, *past.releases[4:])).topics == 6


def test_the_lowest_are_said_to_bounce_where_they_rose() -> None:
    note = "Part of this is expected: the lowest scores tend to bounce back by about 0.2."
    rose, little, level, fell = (_past(2.2, 2.2, 2.2, *[after] * 3) for after in (3.2, 2.3, 2.2, 1.9))

    assert [_told(past, lowest=["m02", "m01"]).note for past in (rose, little, level, fell)] == [note, note, "", ""]
    assert [_told(past, lowest=["m02"]).note for past in (rose, little)] == ["", ""]


@st.composite
def _grown(draw: st.DrawFn) -> tuple[list[Release], int]:
    chance = random.Random(draw(st.integers(0, 10_000)))
    releases = [
        release(n, {i: chance.randint(15, 45) / 10 for i in MISTAKES[:8] if chance.random() < 0.8})
        for n in range(1, 16)
    ]
    return releases, draw(st.integers(6, 15))


@given(_grown(), st.lists(st.integers(1, 15), max_size=1), st.lists(st.integers(1, 15), max_size=3))
@settings(deadline=None)
def test_after_three_askings_the_verdict_stands(
    grown: tuple[list[Release], int], changes: list[int], taken: list[int]
) -> None:
    releases, upto = grown
    others = [_action(sprint, MISTAKES[n], number=n) for n, sprint in enumerate(taken, start=2)]
    known = [other for other in others if other.sprint <= upto]
    told = _told(history(*releases[:upto]), changes=changes, others=known)

    if told.state != "early":
        assert _told(history(*releases), changes=changes, others=others) == told


def test_a_start_that_was_drawn_is_the_first_that_counts_as_after() -> None:
    past = _past(2.0, 2.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0)
    drawn = _action(3, draw=Draw((4, 5, 6), 6))

    assert first_sprint(drawn) == 6
    assert _told(past, drawn).before == (2.0, 2.0, 2.0)
    assert _told(past, drawn).state == "rose"
    assert draw_words(Draw((4, 5, 6), 6)) == "Its start was drawn from sprints 4 to 6: sprint 6."


def test_the_draw_has_the_p_of_the_reference() -> None:
    case = json.loads(NAP.read_text())
    given_, expected = case["input"], case["expected"]
    values = dict(enumerate(given_["pre"] + given_["post"], start=1))
    starts = [after + 1 for after in given_["possible_start_after"]]
    drawn = drawn_start(values, starts, len(given_["pre"]) + 1)

    assert drawn == Drawn(1, 5)
    assert drawn.p == pytest.approx(expected["p_one_sided"], abs=case["tolerance"])
    rises = dict(zip(starts, expected["mean_diff_at_each_start"], strict=True))
    for start in starts:
        larger = sum(rise >= rises[start] - 1e-9 for rise in rises.values())
        assert drawn_start(values, starts, start) == Drawn(larger, 5)


def test_equal_rises_count_as_at_least_as_large() -> None:
    assert drawn_start({1: 0.3, 2: 0.1 + 0.2, 3: 0.3}, (2, 3), 2) == Drawn(2, 2)
    assert drawn_start({1: 2.0, 2: 3.0}, (2,), 2) == Drawn(1, 1)


@pytest.mark.parametrize("values", [{}, {4: 3.0}, {2: 3.0, 3: 2.0}, {4: 3.0, 5: 3.0, 6: 3.0}])
def test_a_draw_says_nothing_while_a_start_has_no_value_on_a_side(values: dict[int, float]) -> None:
    assert drawn_start(values, (3, 4), 4) is None


def test_the_values_of_a_draw_are_of_one_segment() -> None:
    topics = Topics(_past(2.0, 2.1, 2.2, None, 2.4, 2.5, 2.6), changes=[2, 7])

    assert topics.values("m01", 3, 6) == {2: 2.1, 3: 2.2, 5: 2.4, 6: 2.5}
    assert topics.values("m01", 2, 5) == {2: 2.1, 3: 2.2, 5: 2.4}
    assert topics.values("m01", 9, 12) == topics.values("m09", 1, 12) == {}


def test_the_figures_behind_a_sentence_are_told_in_order() -> None:
    action = _action(3, draw=Draw((4, 5), 4))
    told = _told(_past(1.5, 2.2, 2.4, 3.0, 3.0, 4.5, others=[3, 3, 3, 2.8, 2.8, 2.8]), action, lowest=["m01"])

    assert explain(action, told, Drawn(1, 2)) == (
        "Before: ≤1.5, 2.2, 2.4; on average 2.0.",
        "After: 3.0, 3.0, ≥4.5; on average 3.5.",
        "It moved by +1.5, your 6 other topics by -0.2 over these sprints (mistakes and safety statements). "
        "'Rose more' needs 0.65 between the two, which at most one action in twenty-five reaches with nothing done.",
        "Part of this is expected: the lowest scores tend to bounce back by about 0.2.",
        "Its start was drawn from sprints 4 to 5: sprint 4.",
        "Of the 2 starts that could have been drawn, 1 would show a rise at least as large as the real one "
        "(exact p = 0.50); the draw makes that number honest.",
    )


def test_no_figures_are_made_up_for_what_has_none() -> None:
    assert explain(_action(mistake=None), _told(_past(2.0), _action(mistake=None)), None) == ()
    assert explain(_action(), _told(_past(2.0)), None) == ("Before: 2.0; on average 2.0.",)
    level = _told(_past(*[2.0] * 6, others=[3, 3, 3, 2.9, 3, 3]))
    assert "moved by 0.0, your 6 other topics by 0.0 over" in explain(_action(), level, None)[2]


def test_a_topic_that_fell_is_never_said_to_have_risen() -> None:
    for after in (2.3, 2.5):
        words = _told(_past(2.5, 2.5, 2.5, after, after, after, others=[4, 4, 4, 3, 3, 3])).words
        assert not words.startswith(("Rose by -", "Rose by 0.0"))


def test_a_verdict_stands_when_the_team_grows_later() -> None:
    for rise, people in ((2.6, 12), (2.66, 5)):
        past = _past(2.0, 2.0, 2.0, rise, rise, rise)
        later = replace(release(7, {"m02": 3.0}), people=people)
        assert _told(history(*past.releases, later)).words == _told(past).words


def test_a_team_change_before_is_named_as_the_reason_and_no_asking_denied() -> None:
    for change in (4, 2):
        assert _told(_past(2.0, 2.0, 2.0, 3.0, 3.0, 3.0), changes=[change]).words == APART


def test_what_is_needed_is_shown_as_it_is() -> None:
    told_ = _told(_past(2, 2, 2, 2.6, 2.6, 2.7, others=[3, 3, 3, 2.9, 3, 3]))
    assert told_.state == "rose"
    assert "moved by +0.6, your 6 other topics by 0.0" in explain(_action(), told_, None)[2]
    assert "needs 0.7" not in explain(_action(), told_, None)[2]


def test_a_topic_of_another_action_counts_among_the_others_once_its_time_is_over() -> None:
    past = _past(2.0, 2.0, 2.0, 3.0, 3.0, 3.0)
    early = replace(_action(), id=9, sprint=0, mistake="m02")
    open_still = replace(early, sprint=3)
    dropped = replace(open_still, status="dropped")

    assert [_told(past, others=[other]).topics for other in (dropped, open_still)] == [len(OTHERS), len(OTHERS) - 1]


def test_a_topic_is_taken_only_while_an_action_on_it_is_followed_up() -> None:
    actions = [
        _action(2, "m02", number=1),
        _action(8, "m03", number=2),
        _action(5, None, number=3),
        replace(_action(5, "m04", number=4), status="dropped"),
    ]
    topics = Topics(_past(*([3.0] * 9)), (), actions)

    taken = {(start, until): topics.taken(start, until) for start, until in ((1, 2), (1, 3), (5, 8), (6, 8), (6, 20))}
    assert taken == {(1, 2): set(), (1, 3): {"m02"}, (5, 8): {"m02"}, (6, 8): set(), (6, 20): {"m03"}}
