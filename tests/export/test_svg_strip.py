from __future__ import annotations

from tuiretro.export.svg_strip import draw


def test_a_value_stands_on_the_scale_with_its_band_around_it() -> None:
    found = draw(3.0, 0.7)
    assert found.points == (6, 29, 52, 75, 98)
    assert found.value == 52
    assert (found.low, found.high) == (52 - 16.1, 52 + 16.1)


def test_a_band_ends_with_the_scale() -> None:
    assert draw(1.5, 0.7).low == 6
    assert draw(4.5, 0.7).high == 98


def test_values_that_are_shown_alike_are_drawn_alike() -> None:
    assert draw(3.44, 0.5) == draw(3.4, 0.5)
