from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuiretro.core.charts import STRIP_WIDTH, spark, strip, strip_scale

VALUES = st.lists(st.none() | st.floats(1, 5), max_size=30)
QUICK = settings(max_examples=150, deadline=None)


def test_the_scale_marks_the_five_points() -> None:
    assert strip_scale() == "1   2   3   4   5"
    assert len(strip_scale()) == STRIP_WIDTH


@pytest.mark.parametrize(
    ("mean", "half", "drawn"),
    [
        (3.0, 0.3, "·   ·  ─●─  ·   ·"),
        (1.0, 0.9, "●────   ·   ·   ·"[:STRIP_WIDTH]),
        (5.0, 0.5, "·   ·   ·   · ──●"),
        (3.0, 0.0, "·   ·  ─●─  ·   ·"),
    ],
)
def test_a_value_is_drawn_with_its_band(mean: float, half: float, drawn: str) -> None:
    assert strip(mean, half) == drawn


@QUICK
@given(st.floats(1, 5), st.floats(0, 2))
def test_a_strip_shows_one_dot_at_its_value(mean: float, half: float) -> None:
    drawn = strip(mean, half)

    assert len(drawn) == STRIP_WIDTH
    assert drawn.count("●") == 1
    assert abs(drawn.index("●") - 4 * (mean - 1)) <= 0.5
    assert set(drawn) <= set("● ─·")


@QUICK
@given(VALUES, st.integers(0, 12))
def test_a_spark_has_its_width_and_shows_the_last_values(values: list[float | None], width: int) -> None:
    drawn = spark(values, width)

    assert len(drawn) == width
    assert spark(values[-2 * width :] if width else [], width) == drawn
    dots = sum((ord(cell) - 0x2800).bit_count() for cell in drawn if cell != " ")
    assert dots == sum(value is not None for value in values[len(values) - min(len(values), 2 * width) :])


def test_the_four_heights_are_fixed() -> None:
    assert spark([1.0, 2.0, 3.0, 4.0], 2) == "\u2860\u280a"
    assert spark([1.9, 2.9, 3.9, 5.0], 2) == "\u2860\u280a"


def test_a_gap_stays_empty_and_a_short_line_starts_late() -> None:
    assert spark([None, None, 5.0], 3) == "  \u2808"
