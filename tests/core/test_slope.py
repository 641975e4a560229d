from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, theilslopes
from statsmodels.stats.multitest import multipletests

from tuiretro.core.slope import holm, kendall_s, mann_kendall, orders_by_falls, theil_sen

GOLDEN = Path(__file__).parent.parent / "golden"
"""Sources, as each file says: own enumeration in R 4 (trend_mk_exact_small; Gilbert 1987 for n = 4), R trend 1.1.6
(trend_sen_sprints, trend_mk_nile), R p.adjust (mult_bh1995, data of Benjamini and Hochberg 1995)."""
TENTHS = st.integers(10, 50).map(lambda tenths: tenths / 10)


def _case(name: str) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads((GOLDEN / f"{name}.json").read_text())
    return found


@pytest.mark.parametrize("series", ["gilbert", "steady", "ties", "flat", "sprints8"])
def test_the_exact_p_and_the_slope_are_those_of_full_enumeration(series: str) -> None:
    case = _case("trend_mk_exact_small")
    values, expected = case["input"][series], case["expected"][series]
    assert isinstance(values, list)
    assert isinstance(expected, dict)

    assert kendall_s(values) == expected["S"]
    assert mann_kendall(values) == pytest.approx(expected["p_two"], abs=1e-9)
    if expected["mk"]:
        assert theil_sen(values) == pytest.approx(expected["mk"]["sen_slope"], abs=1e-9)


def test_the_slope_of_eight_sprints_is_that_of_r() -> None:
    case = _case("trend_sen_sprints")
    values = case["input"]["y"]
    assert isinstance(values, list)
    assert kendall_s(values) == case["expected"]["S"]
    assert theil_sen(values) == pytest.approx(case["expected"]["sen_slope"], abs=1e-9)


def test_the_nile_falls_as_r_says() -> None:
    case = _case("trend_mk_nile")
    flow = [float(line.split(",")[1]) for line in (GOLDEN / "nile.csv").read_text().splitlines()[1:]]
    assert kendall_s(flow) == case["expected"]["S"]
    assert theil_sen(flow) == pytest.approx(case["expected"]["sen_slope"], abs=1e-9)
    # R's normal approximation is 3.7e-5, the exact p 2.9e-5: even with a hundred values they differ by a quarter.
    assert mann_kendall(flow) == pytest.approx(case["expected"]["p_normal_cc"], rel=0.3)


def test_holm_adjusts_as_r_does() -> None:
    case = _case("mult_bh1995")
    ps, expected = case["input"]["p"], case["expected"]["holm"]
    assert isinstance(ps, list)
    adjusted = holm({str(place): p for place, p in enumerate(ps)})
    assert [adjusted[str(place)] for place in range(len(ps))] == pytest.approx(expected, abs=1e-12)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
@settings(max_examples=1_000, deadline=None)
def test_holm_adjusts_as_statsmodels_does(ps: list[float]) -> None:
    adjusted = holm({str(place): p for place, p in enumerate(ps)})
    with pytest.MonkeyPatch.context() as patch:
        # statsmodels looks for garbage on every call, which takes a tenth of a second in a run of many tests.
        patch.setattr("gc.collect", lambda: 0)
        expected = multipletests(ps, method="holm")[1]
    assert [adjusted[str(place)] for place in range(len(ps))] == pytest.approx(list(expected), abs=1e-12)


@given(st.lists(TENTHS, min_size=1, max_size=7))
@settings(max_examples=100, deadline=None)
def test_ties_are_kept_as_full_enumeration_keeps_them(values: list[float]) -> None:
    orders = [abs(kendall_s(order)) for order in permutations(values)]
    expected = sum(s >= abs(kendall_s(values)) for s in orders) / len(orders)
    assert mann_kendall(values) == pytest.approx(expected, abs=1e-12)


@given(st.lists(st.integers(0, 10_000), min_size=3, max_size=30, unique=True))
@settings(max_examples=1_000, deadline=None)
def test_without_ties_the_p_is_scipys_exact_one(values: list[int]) -> None:
    # scipy is exact without ties only; with ties its "exact" raises and "auto" falls back to a normal approximation,
    # which at eight values may be off by half.
    expected = kendalltau(range(len(values)), values, method="exact").pvalue
    assert mann_kendall(values) == pytest.approx(expected, abs=1e-9)


@given(st.lists(TENTHS, min_size=2, max_size=15), st.data())
@settings(max_examples=1_000, deadline=None)
def test_the_slope_is_scipys(values: list[float], data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.integers(1, 3), min_size=len(values), max_size=len(values)))
    times = [sum(gaps[: place + 1]) for place in range(len(gaps))]
    assert theil_sen(values, times) == pytest.approx(theilslopes(values, times).slope, abs=1e-9)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=5))
def test_all_orders_are_counted(sizes: list[int]) -> None:
    assume(sum(sizes) <= 10)
    ways = orders_by_falls(sizes)
    assert ways == ways[::-1]
    assert len(ways) - 1 == (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2


def test_nothing_has_no_trend_and_one_value_no_slope() -> None:
    with pytest.raises(ValueError, match="at least one value"):
        mann_kendall([])
    with pytest.raises(ValueError, match="at least two"):
        theil_sen([3.0])
    assert mann_kendall([3.0]) == 1
    assert holm({}) == {}


def test_a_rising_order_is_the_rarest() -> None:
    assert mann_kendall([1, 2, 3, 4, 5, 6, 7, 8]) == pytest.approx(2 / 40_320)
