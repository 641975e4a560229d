from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tuiretro.core.rules import SHIFT_AFTER, SHIFT_RUN
from tuiretro.core.shifts import NO_DIRECTION, Shift, Value, directions, shift_words, shifts
from tuiretro.core.slope import mann_kendall

CALM = (3.0, 3.2) * 4
"""Eight values around 3.1, which is the fewest that an average is made of."""


def _values(*numbers: float, start: int = 1, every: int = 1) -> list[Value]:
    return [Value(start + place * every, number) for place, number in enumerate(numbers)]


def _found(*numbers: float) -> tuple[Shift, ...]:
    return shifts(_values(*numbers))


def test_eight_values_in_a_row_on_one_side_are_a_shift_since_the_first_of_them() -> None:
    assert _found(*CALM, *[3.6] * 8) == (Shift(9, 16, "above"),)
    assert _found(*CALM, *[2.6] * 8) == (Shift(9, 16, "below"),)


def test_seven_in_a_row_are_none() -> None:
    assert _found(*CALM, *[3.6] * 7) == ()
    assert _found(*CALM, *[3.6] * 7, 3.0, *[3.6] * 7) == ()


def test_seven_earlier_values_are_too_few_to_be_shifted_from() -> None:
    assert _found(*CALM[:7], *[3.6] * 8) == ()


def test_a_step_within_the_first_eight_values_is_part_of_what_is_usual() -> None:
    assert _found(*CALM[:4], *[4.0] * 30) == ()


@pytest.mark.parametrize("tie", [3.1, 3.1 + 1e-12, 3.1 - 1e-12])
def test_a_value_that_equals_the_average_breaks_the_run(tie: float) -> None:
    values = [*CALM, *[3.6] * 4, tie, *[3.6] * 3]

    assert _found(*values) == ()
    assert _found(*[3.6 if value == tie else value for value in values]) == (Shift(9, 16, "above"),)


def test_a_value_on_the_other_side_breaks_the_run() -> None:
    assert _found(*CALM, *[3.6] * 4, 3.0, *[3.6] * 3) == ()


def test_float_noise_is_no_side() -> None:
    average = sum([0.1] * 3) / 3
    assert average != 0.1
    assert _found(*[0.1] * 8, *[average] * 8) == ()
    assert _found(*[average] * 8, *[0.1] * 8) == ()


def test_eight_values_close_to_the_average_are_none_however_long_the_run() -> None:
    # 14 degrees of freedom: the earlier values have a pooled standard deviation of 0.076, times 1.5 is 0.113.
    assert _found(*CALM, *[3.1 + 0.12] * 8) == (Shift(9, 16, "above"),)
    assert _found(*CALM, *[3.1 + 0.11] * 8) == ()


def test_the_spread_within_the_run_counts_as_well() -> None:
    assert _found(*CALM, *[3.3, 3.3] * 4) == (Shift(9, 16, "above"),)
    assert _found(*CALM, *[3.12, 3.48] * 4) == ()


def test_exactly_one_and_a_half_standard_deviations_are_enough() -> None:
    level = 1.5 * (8 / 14) ** 0.5

    assert _found(*[-1.0, 1.0] * 4, *[level] * 8) == (Shift(9, 16, "above"),)
    assert _found(*[-1.0, 1.0] * 4, *[level - 1e-6] * 8) == ()


def test_all_earlier_values_of_the_baseline_count_not_the_last_eight_alone() -> None:
    long_ago = [3.0, 3.6] * 4

    assert _found(*[3.3, 3.3, 3.3, 3.3] * 2, *[3.2] * 8) == (Shift(9, 16, "below"),)
    assert _found(*long_ago, *[3.3] * 8, *[3.2] * 8) == ()
    assert _found(*[2.4] * 8, *[3.0] * 9) == (Shift(9, 16, "above"),)


def test_a_shift_starts_a_baseline_of_its_own() -> None:
    up, down = [3.6, 3.8] * 4, [2.6, 2.8] * 4

    assert _found(*CALM, *up, *down) == (Shift(9, 16, "above"), Shift(17, 24, "below"))
    assert _found(*CALM, *up, *up) == (Shift(9, 16, "above"),)
    assert _found(*CALM, *up, *[4.4] * 8) == (Shift(9, 16, "above"), Shift(17, 24, "above"))


def test_a_shift_is_seen_at_its_eighth_value_also_where_sprints_are_left_out() -> None:
    assert shifts(_values(*CALM, *[3.6] * 10, every=3)) == (Shift(25, 46, "above"),)


def test_a_few_values_hold_no_shift() -> None:
    assert _found() == ()
    assert _found(*CALM, *CALM[:7]) == ()


def test_a_still_line_holds_no_shift_and_any_step_from_one_is_one() -> None:
    assert _found(*[3.5] * 30) == ()
    assert _found(*[3.5] * 8, *[3.6] * 8) == (Shift(9, 16, "above"),)


TENTHS = st.integers(15, 45).map(lambda tenths: tenths / 10)
STEPS = st.lists(st.tuples(TENTHS, st.integers(1, 14)), min_size=1, max_size=6)


@st.composite
def _walks(draw: st.DrawFn) -> list[float]:
    """Levels that are kept for some time, with a little wobble, so that shifts do occur."""
    chance = random.Random(draw(st.integers(0, 10_000)))
    wobble = draw(st.sampled_from([0, 1, 3]))
    return [
        round(level + chance.randint(-wobble, wobble) / 10, 1) for level, times in draw(STEPS) for _ in range(times)
    ]


@given(_walks(), st.integers(0, 80), st.lists(TENTHS, max_size=20))
@settings(deadline=None, max_examples=300)
def test_later_values_never_change_earlier_shifts(walk: list[float], upto: int, others: list[float]) -> None:
    known = len(walk[:upto])
    before = _found(*walk[:upto])

    assert tuple(shift for shift in _found(*walk) if shift.seen <= known) == before
    assert tuple(shift for shift in _found(*walk[:upto], *others) if shift.seen <= known) == before


@given(_walks())
@settings(deadline=None, max_examples=300)
def test_every_shift_holds_what_the_rule_says(walk: list[float]) -> None:
    baseline = 1
    for shift in _found(*walk):
        earlier, run = walk[baseline - 1 : shift.since - 1], walk[shift.since - 1 : shift.seen]
        usual = sum(earlier) / len(earlier)

        assert (len(run), len(earlier) >= SHIFT_AFTER) == (SHIFT_RUN, True)
        assert {"above" if value > usual else "below" for value in run} == {shift.side}
        baseline = shift.since


@given(_walks())
@settings(deadline=None)
def test_a_line_upside_down_shifts_to_the_other_side(walk: list[float]) -> None:
    turned = {"above": "below", "below": "above"}
    mirrored = _found(*[6 - value for value in walk])

    assert [(s.since, s.seen, turned[s.side]) for s in mirrored] == [(s.since, s.seen, s.side) for s in _found(*walk)]


def test_a_shift_is_told_in_sprints_where_each_was_asked() -> None:
    values = _values(*CALM, *[3.6] * 8, *[3.0] * 3, start=4)
    (shift,) = shifts(values)

    assert shift_words(shift, values) == (
        "8 sprints in a row above the earlier average. The baseline is reset. It starts at sprint 12."
    )


def test_a_shift_is_told_in_askings_where_sprints_are_left_out() -> None:
    values = _values(*CALM, *[2.6] * 8, every=2)
    (shift,) = shifts(values)

    assert shift_words(shift, values) == (
        "8 askings in a row below the earlier average. The baseline is reset. It starts at sprint 17."
    )


def test_sprints_left_out_before_a_shift_do_not_make_its_sprints_askings() -> None:
    values = [*_values(*CALM, every=3), *_values(*[3.6] * 8, start=30)]
    (shift,) = shifts(values)

    assert shift_words(shift, values).startswith("8 sprints in a row above")


# --- Directions -------------------------------------------------------------------------------------------------------


def _told(numbers: Sequence[float], every: int = 1) -> str:
    return directions({"data": _values(*numbers, every=every)})["data"]


def test_a_steady_rise_or_fall_is_told_with_its_slope() -> None:
    assert _told([2.0 + 0.1 * step for step in range(10)]) == (
        "Rising about 0.1 per sprint over 10 sprints (this would rarely be chance)."
    )
    assert _told([4.0 - 0.2 * step for step in range(9)]) == (
        "Falling about 0.2 per sprint over 9 sprints (this would rarely be chance)."
    )


def test_a_slope_too_small_to_be_shown_is_told_in_all() -> None:
    assert _told([3.0 + 0.02 * step for step in range(11)]) == (
        "Rising about 0.2 in all over 11 sprints (this would rarely be chance)."
    )
    assert _told([3.0 - 0.04 * step for step in range(8)]) == (
        "Falling about 0.3 in all over 8 sprints (this would rarely be chance)."
    )


def test_a_slope_is_per_sprint_where_only_every_second_was_asked() -> None:
    assert _told([2.0 + 0.2 * step for step in range(8)], every=2) == (
        "Rising about 0.1 per sprint over 15 sprints (this would rarely be chance)."
    )


def test_fewer_than_eight_values_say_nothing() -> None:
    rising = [2.0 + 0.1 * step for step in range(8)]

    assert directions({"data": _values(*rising[:7]), "trust": _values(*rising), "own": []}).keys() == {"trust"}
    assert directions({}) == {}


def test_what_goes_no_way_has_no_direction() -> None:
    assert _told(CALM) == NO_DIRECTION == "No clear direction."
    assert _told([3.0] * 12) == NO_DIRECTION


def test_a_rise_whose_middle_slope_is_nothing_has_no_direction() -> None:
    # The order alone would be rare, but most pairs are level.
    assert _told([3.0, *[3.1] * 5, *[3.1] * 5, 3.2]) == NO_DIRECTION
    assert _told([3.0] * 3 + [3.1] * 9) == NO_DIRECTION


def test_only_the_last_twelve_values_count() -> None:
    rising = [2.0 + 0.1 * step for step in range(12)]

    assert _told([4.5] * 20 + rising) == _told(rising)
    assert "over 12 sprints" in _told([4.5] * 20 + rising)
    assert _told(rising + [3.0, 3.2] * 6) == NO_DIRECTION


ALONE_RARE = (3.0, 3.1, 3.3, 3.2, 2.9, 3.5, 3.6, 3.7)
"""Kendall's S is 18 of 28: p is 0.03 where nothing else was looked at."""


def test_a_rise_that_is_rare_alone_has_the_p_that_the_next_test_is_about() -> None:
    assert mann_kendall(ALONE_RARE) == pytest.approx(0.03, abs=0.002)


def test_one_theme_among_six_needs_more_than_alone() -> None:
    alone = directions({"data": _values(*ALONE_RARE)})
    silent = {f"t{place}": _values(*CALM) for place in range(5)}
    among = directions({**silent, "data": _values(*ALONE_RARE)})

    assert alone["data"].startswith("Rising about 0.1 per sprint over 8 sprints")
    assert set(among.values()) == {NO_DIRECTION}


def test_themes_with_too_few_values_are_not_looked_at_and_cost_nothing() -> None:
    young = {f"t{place}": _values(*CALM[:7]) for place in range(5)}

    assert directions({**young, "data": _values(*ALONE_RARE)}) == directions({"data": _values(*ALONE_RARE)})


def test_what_differs_by_rounding_alone_is_a_tie() -> None:
    noisy = [3.1 + step * 4e-16 for step in range(12)]
    assert noisy != [3.1] * 12

    assert _told(noisy) == NO_DIRECTION


@given(st.lists(TENTHS, min_size=8, max_size=20))
@example([1.9, 1.9, 1.9, 1.9, 1.5, 1.9, 2.1, 2.2, 2.3])
@settings(deadline=None)
def test_a_line_upside_down_goes_the_other_way(numbers: list[float]) -> None:
    turned = _told([6 - number for number in numbers])

    swapped = turned.replace("Rising", "?").replace("Falling", "Rising").replace("?", "Falling")
    assert swapped == _told(numbers)


def test_float_noise_has_no_slope() -> None:
    assert _told([3.0] * 3 + [3.1 + step * 4e-16 for step in range(9)]) == NO_DIRECTION


def test_a_direction_never_says_zero() -> None:
    assert "0.0" not in _told([3.0 + 0.004 * step for step in range(12)])
