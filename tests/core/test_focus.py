from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.decision_histories import CORE, HEADLINES, MISTAKES, NUMBERS, headline, history, in_language, release
from tuiretro.core.focus import RULE, Entry, FocusList, Shown, focus_list, position_words, reason, replay, step
from tuiretro.core.signals import judge

GOLDEN = Path(__file__).parent.parent / "golden"
"""Source of the focus cases: reference run of the design note "focus" (synthetic, CC0)."""
ABC = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}
TITLES = {"a": "Title of a"}


def _run(*releases: Shown, numbers: dict[str, int] = ABC) -> list[FocusList]:
    lists = [FocusList()]
    for shown in releases:
        lists.append(step(lists[-1], shown, numbers))
    return lists[1:]


def _ids(listed: FocusList) -> list[str]:
    return [entry.mistake for entry in listed.entries]


def _entry(listed: FocusList, mistake: str) -> Entry:
    found = listed.entry(mistake)
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["focus_a", "focus_b"])
def test_the_list_agrees_with_the_golden_run(name: str) -> None:
    case: dict[str, Any] = json.loads((GOLDEN / f"{name}.json").read_text())
    shown = [
        Shown(
            sprint,
            given["means"],
            {str(mistake): 4.0 for mistake in given["low"]},
            frozenset(str(mistake) for mistake in given["starred"]),
        )
        for sprint, given in enumerate(case["input"]["sprints"], start=1)
    ]

    lists = _run(*shown, numbers={str(number): number for number in range(1, 9)})

    for listed, wanted in zip(lists, case["expected"], strict=True):
        assert listed.levels == pytest.approx(wanted["levels"], abs=1e-6)
        assert _ids(listed) == [str(mistake) for mistake in wanted["focus"]]
        assert listed.entered == tuple(str(mistake) for mistake in wanted["entered"])
        assert listed.left == tuple(str(mistake) for mistake in wanted["left"])
        assert listed.why == wanted["why"]


def test_places_are_filled_from_the_lowest_and_ties_go_to_the_smaller_number() -> None:
    (listed,) = _run(Shown(1, {"e": 2.0, "d": 3.0, "c": 3.0, "b": 3.0, "a": 4.0}))

    assert _ids(listed) == ["e", "b", "c"]
    assert listed.why == "filled"


def test_a_mistake_at_four_never_enters_by_its_level() -> None:
    (listed,) = _run(Shown(1, {"a": 4.0, "b": 3.9}))

    assert _ids(listed) == ["b"]


def test_a_star_brings_no_mistake_at_four_onto_the_list() -> None:
    (listed,) = _run(Shown(1, {"a": 4.1}, starred=frozenset("a")))

    assert _ids(listed) == []


def test_sums_of_tenths_that_are_equal_on_paper_are_ties() -> None:
    lists = _run(Shown(1, {"b": 2.2}), Shown(2, {"b": 2.4}), Shown(3, {"a": 2.7, "b": 3.5}))

    assert lists[2].levels["b"] < 2.7
    assert _ids(lists[2]) == ["a", "b"]


def test_a_listed_mistake_leaves_after_two_releases_at_four() -> None:
    lists = _run(Shown(1, {"a": 3.9}), Shown(2, {"a": 4.5}), Shown(3, {"a": 4.0}))

    assert [_ids(listed) for listed in lists] == [["a"], ["a"], []]
    assert (lists[2].left, lists[2].why) == (("a",), "kept")


def test_a_mistake_that_leaves_does_not_come_back_in_the_same_release() -> None:
    lists = _run(Shown(1, {"a": 3.9}), Shown(2, {"a": 4.5}), Shown(3, {"a": 3.6}, {"a": 4.2}))

    assert lists[2].levels["a"] == pytest.approx(4.0)
    assert _ids(lists[2]) == []


def test_a_new_drop_takes_the_place_of_the_highest() -> None:
    lists = _run(Shown(1, {"a": 3.0, "b": 3.1, "c": 3.2, "d": 3.9}), Shown(2, {"d": 2.4}, {"d": 3.9}))

    assert _ids(lists[1]) == ["a", "b", "d"]
    assert (lists[1].entered, lists[1].left, lists[1].why) == (("d",), ("c",), "drop")
    entry = _entry(lists[1], "d")
    assert (entry.new_drop, entry.replaced, entry.entered) == (True, "c", 2)
    assert reason(entry, TITLES) == "new drop: 2.4, usual for you 3.9"


def test_a_new_drop_is_measured_by_its_own_mean_and_not_by_its_level() -> None:
    lists = _run(Shown(1, {"a": 3.0, "b": 3.1, "c": 3.3, "d": 4.4}), Shown(2, {"d": 3.2}, {"d": 4.4}))

    assert lists[1].levels["d"] > 3.3
    assert _ids(lists[1]) == ["a", "b", "d"]


def test_a_new_drop_above_the_listed_ones_does_not_enter() -> None:
    lists = _run(Shown(1, {"a": 3.0, "b": 3.1, "c": 3.2, "d": 4.5}), Shown(2, {"d": 3.2}, {"d": 4.5}))

    assert (_ids(lists[1]), lists[1].why) == (["a", "b", "c"], "kept")


def test_of_two_drops_the_lower_one_enters_and_the_places_left_are_filled() -> None:
    lists = _run(
        Shown(1, {"a": 4.2, "b": 4.4, "c": 4.1, "d": 4.4}),
        Shown(2, {"a": 2.9, "b": 2.0, "c": 3.8}, {"a": 4.2, "b": 4.4}),
    )

    assert lists[1].entered == ("b", "a", "c")
    assert lists[1].why == "drop"
    assert [entry.new_drop for entry in lists[1].entries] == [True, False, False]


def test_a_drop_is_new_only_at_its_own_release() -> None:
    lists = _run(
        Shown(1, {"a": 3.0, "b": 3.1, "c": 3.2, "d": 3.9}),
        Shown(2, {"d": 2.4}, {"d": 3.9}),
        Shown(3, {"d": 2.4}, {"d": 3.9}),
    )

    assert reason(_entry(lists[2], "d"), TITLES) == "3-sprint average 2.9, lowest of 4; on your list for 2 sprints"


def _swappable(lower: float, releases: int) -> FocusList:
    first = Shown(1, {"a": 3.0, "b": 3.0, "c": 3.0, "d": 3.9})
    waiting = [Shown(s, {"b": 3.0}) for s in range(2, releases + 1)]
    return _run(first, *waiting, Shown(releases + 1, {"d": lower}, fresh=frozenset("d")))[-1]


def test_a_swap_needs_a_margin_of_two_tenths() -> None:
    assert _ids(_swappable(2.9, 2)) == ["a", "b", "c"]
    assert _ids(_swappable(2.8, 2)) == ["d", "a", "b"]


def test_a_swap_waits_until_the_listed_one_has_had_two_releases() -> None:
    assert _swappable(2.0, 1).why == "kept"
    assert _swappable(2.0, 2).why == "swap"


def test_the_one_that_was_swapped_is_named_with_its_title() -> None:
    lists = _run(
        Shown(1, {"a": 3.3, "b": 3.0, "c": 3.0, "d": 3.9}),
        Shown(2, {"a": 3.3}),
        Shown(3, {"d": 3.0}, fresh=frozenset("d")),
    )
    entry = _entry(lists[2], "d")

    assert (entry.replaced, entry.new_drop) == ("a", False)
    assert reason(entry, TITLES) == "entered for Title of a, which was 0.3 higher"
    assert reason(entry, {}) == "entered for a, which was 0.3 higher"


def test_a_star_counts_as_a_quarter_of_a_point() -> None:
    (listed,) = _run(Shown(1, {"a": 3.0, "b": 3.1, "c": 3.1, "d": 3.3}, starred=frozenset("d")))

    assert _ids(listed) == ["a", "d", "b"]
    entry = _entry(listed, "d")
    assert entry.rank == pytest.approx(3.05)
    assert (entry.level, entry.starred, entry.position) == (3.3, True, 4)


def test_a_new_segment_forgets_what_was_shown_before() -> None:
    lists = _run(Shown(1, {"a": 2.0}), Shown(2, {"a": 3.0}), Shown(3, {"a": 3.4}, fresh=frozenset("a")))

    assert [listed.levels["a"] for listed in lists] == [2.0, 2.5, 3.4]


def test_a_mistake_without_a_number_comes_last() -> None:
    (listed,) = _run(Shown(1, {"a": 3.0, "zz": 3.0, "b": 3.0}), numbers={"b": 2, "a": 1})

    assert _ids(listed) == ["a", "b", "zz"]


def test_reasons_grow_with_the_askings() -> None:
    lists = _run(Shown(1, {"a": 2.7, "b": 2.0}), Shown(2, {"a": 2.5}), Shown(3, {"a": 2.8, "b": 1.5}))

    assert [reason(_entry(listed, "a"), TITLES) for listed in lists] == [
        "asked once: 2.7, 2nd lowest of 2; on your list for 1 sprint",
        "2-sprint average 2.6, 2nd lowest of 2; on your list for 2 sprints",
        "3-sprint average 2.7, 2nd lowest of 2; on your list for 3 sprints",
    ]


def test_imported_results_count_for_the_level_and_not_for_the_time_on_the_list() -> None:
    of_rounds = history(*(release(sprint, {"m01": 2.0}) for sprint in (1, 2, 3, 4)))
    past = replace(
        of_rounds, releases=(*(replace(r, imported=True) for r in of_rounds.releases[:2]), *of_rounds.releases[2:])
    )

    assert [reason(_entry(listed, "m01"), TITLES) for listed in replay(past, judge(past, ()), NUMBERS)] == [
        "asked once: 2.0, lowest of 1; by imported results alone",
        "2-sprint average 2.0, lowest of 1; by imported results alone",
        "3-sprint average 2.0, lowest of 1; on your list for 1 sprint",
        "3-sprint average 2.0, lowest of 1; on your list for 2 sprints",
    ]


def test_a_reason_never_says_more_than_the_ends_of_the_scale_do() -> None:
    (listed,) = _run(Shown(1, {"a": 1.5}))

    assert reason(_entry(listed, "a"), TITLES).startswith("asked once: 1.5 or lower, lowest of 1;")


@pytest.mark.parametrize(
    ("position", "words"),
    [(1, "lowest"), (2, "2nd lowest"), (3, "3rd lowest"), (4, "4th lowest"), (11, "11th lowest"), (21, "21st lowest")],
)
def test_positions_are_counted_from_the_lowest(position: int, words: str) -> None:
    entry = Entry("a", 3.0, 3, 3.0, position, 30, 1)

    assert position_words(entry) == f"{words} of 30"


def test_a_team_without_releases_has_an_empty_list() -> None:
    assert focus_list(history(), (), NUMBERS) == FocusList()


def test_a_release_without_shown_headlines_leaves_the_list_as_it_was() -> None:
    past = history(
        release(1, {"m01": 2.0, "m02": 3.0}),
        release(2, {CORE[0].id: 3.0, "m01.a": 1.5, "m02": None}),
    )

    lists = replay(past, judge(past, ()), NUMBERS)

    assert _ids(lists[0]) == ["m01", "m02"]
    assert lists[1] == lists[0]


def test_stars_are_those_of_the_release() -> None:
    past = history(release(1, {"m01": 3.0, "m02": 3.1}, starred=["m02"]))

    assert _ids(focus_list(past, judge(past, ()), NUMBERS)) == ["m02", "m01"]


def test_a_team_change_starts_the_level_anew_once_the_mistake_is_asked() -> None:
    past = history(release(1, {"m01": 2.0, "m02": 3.0}), release(2, {"m01": 3.5}))

    listed = focus_list(past, judge(past, (2,)), NUMBERS)

    assert listed.levels == {"m01": 3.5, "m02": 3.0}


def test_a_new_wording_starts_the_level_anew() -> None:
    past = history(
        release(1, {"m01": 2.0}),
        release(2, {"m01": 3.5}, versions={"m01": 2}),
        questions=(headline("m01"), headline("m01", version=2)),
    )

    assert focus_list(past, judge(past, ()), NUMBERS).levels == {"m01": 3.5}


def test_the_level_of_a_mistake_starts_again_in_another_language() -> None:
    past = history(
        release(1, {"m01": 2.0}),
        in_language(release(2, {"m01": 3.5}), "es"),
        questions=(headline("m01"), replace(headline("m01"), text="En este sprint ...", language="es")),
    )

    listed = focus_list(past, judge(past, ()), NUMBERS)

    assert listed.levels == {"m01": 3.5}
    assert _entry(listed, "m01").askings == 1


def test_a_low_signal_of_the_history_is_a_new_drop() -> None:
    calm = [release(s, dict.fromkeys(MISTAKES, 3.3 + 0.1 * (-1) ** s)) for s in range(1, 9)]
    drop = release(9, {m: 2.0 if m == "m20" else 3.3 for m in MISTAKES})
    past = history(*calm, drop)

    listed = focus_list(past, judge(past, ()), NUMBERS)

    assert _ids(listed) == ["m20", "m01", "m02"]
    assert listed.left == ("m03",)
    assert reason(_entry(listed, "m20"), {}) == "new drop: 2.0, usual for you 3.3"


def test_a_high_signal_is_no_drop() -> None:
    calm = [release(s, {m: 4.1 + 0.1 * (NUMBERS[m] < 9 and s % 2) for m in MISTAKES}) for s in range(1, 9)]
    past = history(*calm, release(9, {m: 4.5 if m == "m20" else 4.1 for m in MISTAKES}))
    judgements = judge(past, ())

    assert judgements[8].items["m20"].signal == "high"
    assert _ids(focus_list(past, judgements, NUMBERS)) == []


def test_one_judgement_per_release_is_needed() -> None:
    with pytest.raises(ValueError, match="shorter"):
        focus_list(history(release(1, {"m01": 2.0})), (), NUMBERS)


@st.composite
def _past(draw: st.DrawFn) -> list[Shown]:
    drawn = random.Random(draw(st.integers(0, 100_000)))
    releases = []
    for sprint in range(1, draw(st.integers(1, 15)) + 1):
        asked = [m for m in MISTAKES if sprint == 1 or drawn.random() < 0.6] or [MISTAKES[0]]
        means = {m: drawn.randint(20, 45) / 10 for m in asked}
        usual = {m: 4.0 for m in asked if drawn.random() < 0.1}
        fresh = frozenset(m for m in asked if drawn.random() < 0.05)
        releases.append(Shown(sprint, means, usual, frozenset(drawn.sample(MISTAKES, 2)), fresh))
    return releases


@given(_past())
def test_the_list_never_holds_more_than_three_and_changes_at_most_once_when_full(past: list[Shown]) -> None:
    lists = [FocusList(), *_run(*past, numbers=NUMBERS)]

    for before, after in pairwise(lists):
        assert len(after.entries) <= 3
        assert len(set(_ids(after))) == len(after.entries)
        assert set(_ids(after)) == (set(_ids(before)) - set(after.left)) | set(after.entered)
        if len(before.entries) == 3 and len(after.left) <= 1:
            assert len(after.entered) <= 1
        assert all(first.rank <= second.rank + 1e-9 for first, second in pairwise(after.entries))


@given(_past(), st.randoms(use_true_random=False))
def test_the_order_of_mistakes_does_not_matter(past: list[Shown], order: random.Random) -> None:
    mixed = [
        Shown(s.sprint, dict(order.sample(list(s.means.items()), len(s.means))), s.usual, s.starred, s.fresh)
        for s in past
    ]

    assert _run(*mixed, numbers=NUMBERS) == _run(*past, numbers=NUMBERS)


@given(st.integers(0, 100_000))
def test_later_releases_never_change_earlier_lists(seed: int) -> None:
    drawn = random.Random(seed)
    past = history(
        *(release(s, {q.id: drawn.randint(15, 45) / 10 for q in HEADLINES if drawn.random() < 0.7}) for s in range(8))
    )
    part = history(*past.releases[:5])

    assert replay(past, judge(past, ()), NUMBERS)[:5] == replay(part, judge(part, ()), NUMBERS)


def test_a_tie_goes_to_the_lower_number_and_last_to_a_mistake_without_one() -> None:
    means = {"gone": 2.0, "b": 2.0, "own": 2.0, "a": 2.0}

    (listed,) = _run(Shown(1, means), numbers={"a": 1, "b": 2, "own": 99})

    assert _ids(listed) == ["a", "b", "own"]
    assert _entry(listed, "own").position == 3


def test_the_rule_is_told_with_its_own_numbers() -> None:
    assert RULE == (
        "A mistake's level is the average of its last 3 shown means; a starred mistake counts as 0.25 lower. The list "
        "holds at most 3 mistakes: the lowest levels under 4.0. One leaves after two results at 4.0 or more. An "
        "unusual drop enters at once, marked as new drop. Otherwise one a sprint is swapped at most: for one that is "
        "lower by 0.2 or more, once the listed one has stayed for 2 results."
    )
