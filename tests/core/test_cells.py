from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuiretro.core.cells import count_of, day_of, is_five_point, mean_tenths, sprint_number
from tuiretro.model.importing import Order, Scale


@pytest.mark.parametrize(
    ("cell", "order", "expected"),
    [
        ("2026-01-05 10:11:12", "y-m-d", date(2026, 1, 5)),
        ("2026-01-05T10:11:12.000Z", "y-m-d", date(2026, 1, 5)),
        ("2026/1/5", "y-m-d", date(2026, 1, 5)),
        ("1/5/2026 9:05:07", "m/d/y", date(2026, 1, 5)),
        ("1/5/26", "m/d/y", date(2026, 1, 5)),
        ("05/01/2026, 10:11", "d/m/y", date(2026, 1, 5)),
        ("5.1.2026 10:11", "d.m.y", date(2026, 1, 5)),
        ("Mon Jan 05 2026", "words", date(2026, 1, 5)),
        ("Jan 5, 2026", "words", date(2026, 1, 5)),
        ("Mon Foo 05 2026", "words", None),
        ("13/1/2026", "m/d/y", None),
        ("2026-02-29", "y-m-d", None),
        ("1980-01-01 00:00:00", "y-m-d", None),
        ("2026-01-05x", "y-m-d", None),
        ("1/5/20261", "m/d/y", None),
        ("", "y-m-d", None),
        ("yesterday", "words", None),
    ],
)
def test_a_day_is_read_in_its_order_and_no_other(cell: str, order: Order, expected: date | None) -> None:
    assert day_of(cell, order) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("12", 12), ("Sprint 12", 12), ("sprint #7", 7), (" S1 ", 1), ("0", None), ("1.5", None), ("12345", None)],
)
def test_a_sprint_is_a_number_or_a_name_of_the_map(cell: str, expected: int | None) -> None:
    assert sprint_number(cell, {"S1": 1}) == expected


@given(hundredths=st.integers(100, 500), more=st.text("0123456789", max_size=10))
@settings(max_examples=60)
def test_a_mean_is_rounded_half_up_from_all_of_its_decimals(hundredths: int, more: str) -> None:
    text = f"{hundredths / 100:.2f}{more}"
    exact = Decimal(text)
    expected = min(max(exact.quantize(Decimal("0.1"), ROUND_HALF_UP), Decimal("1.5")), Decimal("4.5"))

    assert mean_tenths(text, ".") == (int(10 * expected) if exact <= 5 else None)


@pytest.mark.parametrize(
    ("cell", "decimal", "is_reversed", "expected"),
    [
        ("3,25", ",", False, 33),
        ("3.25", ",", False, None),
        ("2.25", ".", True, 38),
        ("4", ".", False, 40),
        ("1.0", ".", False, 15),
        ("0.99", ".", False, None),
        ("5.01", ".", False, None),
        ("nan", ".", False, None),
        ("1e0", ".", False, None),
        ("٣", ".", False, None),
        ("3." + "0" * 400, ".", False, None),
    ],
)
def test_a_mean_is_a_plain_number_from_1_to_5(
    cell: str, decimal: str, *, is_reversed: bool, expected: int | None
) -> None:
    assert mean_tenths(cell, decimal, is_reversed=is_reversed) == expected


@pytest.mark.parametrize(("cell", "expected"), [("7", 7), (" 7.0 ", 7), ("", None), ("-1", None), ("7.5", None)])
def test_a_number_of_answers_is_whole(cell: str, expected: int | None) -> None:
    assert count_of(cell) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "Agree": 4}, True),
        ({"A1": 5, "A2": 4, "A3": 3, "A4": 2, "A5": 1}, True),
        ({str(n): min(5, n) for n in range(1, 8)}, False),
        ({"1": 5, "2": 4, "3": 3, "4": 2, "5": 1}, False),
        ({"Yes": 5, "No": 1}, False),
        ({"1": 1, "2": 2, "3": 3, " 4": 5, "Often": 4}, False),
        ({"01": 1, "2": 2, "3": 3, "4": 4, "5": 5}, True),
        ({"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "9" * 5000: 5}, False),
    ],
)
def test_only_five_points_in_their_order_are_our_scale(values: dict[str, int], *, expected: bool) -> None:
    assert is_five_point(Scale(values)) is expected
