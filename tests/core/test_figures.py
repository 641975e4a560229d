from __future__ import annotations

import json
import random
import re
from fractions import Fraction
from itertools import combinations_with_replacement
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from tuiretro.core.figures import (
    answered_words,
    band,
    band_words,
    few_sprints_words,
    mean_short,
    mean_words,
    noise_words,
    shown_mean,
    silent_bounds,
    silent_words,
    spread_word,
    theme_band,
    told_band,
    told_mean,
    waiting_words,
)
from tuiretro.core.rules import BAND_Z, SPREAD_FROM

GOLDEN = Path(__file__).parent.parent / "golden"
ANSWERS = st.lists(st.integers(1, 5), min_size=1, max_size=30)
QUICK = settings(max_examples=200, deadline=None)


def golden(name: str) -> dict[str, Any]:
    case: dict[str, Any] = json.loads((GOLDEN / f"{name}.json").read_text())
    return case


def with_sum(n: int, total: int) -> list[int]:
    """`n` answers that add up to `total`."""
    low, more = divmod(total, n)
    return [low + 1] * more + [low] * (n - more)


# Source: ci_fixed_noise_band, "arithmetic; coverage by simulation in science.md" (computed, CC0).
@pytest.mark.parametrize("case", golden("ci_fixed_noise_band")["expected"], ids=lambda case: f"n={case['n']}")
def test_the_band_agrees_with_the_golden_table(case: dict[str, float]) -> None:
    assert band(int(case["n"])) == pytest.approx(case["half_width_90"], abs=1e-9)


def test_the_band_uses_the_normal_quantile_of_90_percent() -> None:
    assert pytest.approx(norm.ppf(0.95), abs=1e-12) == BAND_Z


@pytest.mark.parametrize("n", range(1, 61))
def test_the_band_covers_90_percent_of_the_normal_law(n: int) -> None:
    half = band(n)
    error = 1.1 / n**0.5

    assert norm.cdf(half, scale=error) - norm.cdf(-half, scale=error) == pytest.approx(0.9, abs=1e-12)


@pytest.mark.parametrize(
    ("n", "shown"), [(3, "1.0"), (4, "0.9"), (5, "0.8"), (6, "0.7"), (7, "0.7"), (8, "0.6"), (15, "0.5")]
)
def test_the_printed_band_is_the_one_that_users_can_learn(n: int, shown: str) -> None:
    assert band_words(band(n)) == f"±{shown}"
    assert noise_words(n, band(n)) == (
        f"With {n} answers an average like this often moves by up to {shown} when nothing has changed."
    )
    assert noise_words(None, band(n)) == (
        f"An average like this often moves by up to {shown} when nothing has changed."
    )


def test_a_theme_takes_the_band_of_its_least_answered_item() -> None:
    assert theme_band([9, 4, 7, 8]) == pytest.approx(0.7 * band(4))


def test_a_band_needs_an_answer() -> None:
    with pytest.raises(ValueError, match="at least one"):
        band(0)


@pytest.mark.parametrize("n", range(1, 61))
def test_a_shown_mean_has_one_decimal_near_the_true_one_and_hides_the_ends(n: int) -> None:
    for total in range(n, 5 * n + 1):
        true, shown = Fraction(total, n), shown_mean(with_sum(n, total))

        assert 1.5 <= shown <= 4.5
        assert shown == round(shown, 1)
        tenths = Fraction(round(10 * shown), 10)
        if shown == 1.5:
            assert true < Fraction(155, 100)
        elif shown == 4.5:
            assert true >= Fraction(445, 100)
        else:
            assert abs(true - tenths) <= Fraction(5, 100)


@QUICK
@given(ANSWERS, st.randoms(use_true_random=False))
def test_figures_do_not_depend_on_the_order_of_answers(answers: list[int], chance: random.Random) -> None:
    shuffled = answers.copy()
    chance.shuffle(shuffled)

    assert shown_mean(shuffled) == shown_mean(answers)
    assert spread_word(shuffled) == spread_word(answers)


def test_halves_are_rounded_up() -> None:
    assert shown_mean([2, 2, 2, 3]) == 2.3
    assert shown_mean([3, 3, 3, 4]) == 3.3
    assert shown_mean([4, 4, 4, 3]) == 3.8


def test_a_mean_needs_an_answer() -> None:
    with pytest.raises(ValueError, match="at least one"):
        shown_mean([])


# Source: agr_single_item_teams, "multilevel 2.7 rwg(), ad.m()" (synthetic, CC0).
@pytest.mark.parametrize("team", golden("agr_single_item_teams")["input"])
def test_mean_and_spread_word_agree_with_the_golden_teams(team: str) -> None:
    case = golden("agr_single_item_teams")
    answers: list[int] = case["input"][team]
    wanted = case["expected"][team]

    assert shown_mean(answers) == pytest.approx(min(max(wanted["mean"], 1.5), 4.5), abs=0.05)
    word = "together" if wanted["ad_md"] <= 0.5 else "split" if wanted["ad_md"] >= 1.0 else "mixed"
    assert spread_word(answers) == (word if len(answers) >= 6 else None)


def test_the_golden_teams_show_every_word() -> None:
    teams = golden("agr_single_item_teams")["input"].values()

    assert {spread_word(answers) for answers in teams} == {"together", "mixed", "split", None}


@QUICK
@given(st.lists(st.integers(1, 5), min_size=SPREAD_FROM, max_size=20))
def test_the_spread_word_follows_the_deviation_about_the_median(answers: list[int]) -> None:
    middle = Fraction(median(answers))
    deviation = sum(abs(x - middle) for x in answers) / len(answers)

    expected = "together" if deviation <= Fraction(1, 2) else "split" if deviation >= 1 else "mixed"
    assert spread_word(answers) == expected
    assert spread_word([6 - x for x in answers]) == expected


@given(st.lists(st.integers(1, 5), max_size=SPREAD_FROM - 1))
def test_there_is_no_spread_word_below_six_answers(answers: list[int]) -> None:
    assert spread_word(answers) is None


# Source: ci_missing_bounds, "arithmetic (Manski bounds)" (synthetic, CC0).
def test_bounds_for_the_silent_agree_with_the_golden_cases() -> None:
    case = golden("ci_missing_bounds")

    for given_, (mean, low, high) in zip(case["input"]["cases"], case["expected"], strict=True):
        answers = given_["x"]
        assert sum(answers) / len(answers) == pytest.approx(mean, abs=1e-12)
        assert silent_bounds(sum(answers) / len(answers), len(answers), given_["N"]) == pytest.approx(
            (low, high), abs=1e-12
        )


@pytest.mark.parametrize(("people", "n"), [(people, n) for people in range(1, 8) for n in range(1, people + 1)])
def test_bounds_for_the_silent_contain_every_completion_and_no_more(people: int, n: int) -> None:
    completed = [sum(rest) for rest in combinations_with_replacement(range(1, 6), people - n)]
    for total in range(n, 5 * n + 1):
        low, high = silent_bounds(total / n, n, people)
        means = [(total + rest) / people for rest in completed]

        assert min(means) == pytest.approx(low, abs=1e-12)
        assert max(means) == pytest.approx(high, abs=1e-12)
        assert all(low - 1e-12 <= mean <= high + 1e-12 for mean in means)


@pytest.mark.parametrize("people", range(4, 16))
def test_the_printed_bounds_contain_the_true_mean_of_every_completion(people: int) -> None:
    for n in range(2, people - 1):
        for total in range(n, 5 * n + 1):
            words = silent_words(shown_mean(with_sum(n, total)), n, people)

            assert words is not None
            found = re.fullmatch(
                rf"{people - n} of {people} did not answer\. With them the average would lie between (\S+) and (\S+)\.",
                words,
            )
            assert found is not None
            silent = people - n
            assert Fraction(1) <= Fraction(found[1]) <= Fraction(total + silent, people)
            assert Fraction(total + 5 * silent, people) <= Fraction(found[2]) <= Fraction(5)


@pytest.mark.parametrize("n", [6, 7])
def test_bounds_are_not_printed_when_nobody_or_one_is_missing(n: int) -> None:
    assert silent_words(3.4, n, 7) is None


@pytest.mark.parametrize(("n", "people"), [(0, 3), (4, 3), (-1, 3)])
def test_bounds_refuse_impossible_numbers(n: int, people: int) -> None:
    with pytest.raises(ValueError, match="1 <= n <= people"):
        silent_bounds(3.0, n, people)


def test_the_ends_are_said_in_words() -> None:
    assert [mean_words(mean) for mean in (1.5, 1.6, 3.0, 4.4, 4.5)] == [
        "1.5 or lower", "1.6", "3.0", "4.4", "4.5 or higher",
    ]  # fmt: skip
    assert [mean_short(mean) for mean in (1.5, 1.6, 3.0, 4.4, 4.5)] == ["≤1.5", "1.6", "3.0", "4.4", "≥4.5"]


@QUICK
@given(st.floats(1, 5))
def test_programs_are_told_no_more_than_people(value: float) -> None:
    assert str(told_mean(value)) == mean_words(value).split()[0]
    assert f"±{told_band(value)}" == band_words(value)


def test_one_missing_person_is_not_counted_out() -> None:
    assert answered_words(7, 9) == "7 of 9 answered"
    assert answered_words(9, 9) == "9 of 9 answered"
    assert answered_words(8, 9) == answered_words(None, 9) == "nearly all answered"


# Source: sdc_differencing, "arithmetic: integers nearest to mean*n" (computed, CC0).
def test_no_running_figure_lets_the_next_answer_be_worked_out() -> None:
    case = golden("sdc_differencing")
    first, second, found = case["input"]["first"], case["input"]["second"], case["expected"]

    sums = round(first["mean"] * first["n"]), round(second["mean"] * second["n"])
    assert sums == (found["sum_first"], found["sum_second"])
    assert sums[1] - sums[0] == found["answer_of_the_seventh"]
    assert waiting_words(first["n"], 4) == waiting_words(second["n"], 4) == "4 or more answered"


@given(st.integers(0, 60), st.integers(4, 10))
def test_an_open_round_tells_only_whether_k_have_answered(sheets: int, minimum: int) -> None:
    expected = f"{minimum} or more answered" if sheets >= minimum else f"waiting for {minimum} or more answers"

    assert waiting_words(sheets, minimum) == expected


def test_too_few_sprints_are_said_so() -> None:
    assert few_sprints_words(2, 5) == "Too early for trends: 2 of 5 sprints."
