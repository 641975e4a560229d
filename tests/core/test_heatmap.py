from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.test_plot import line, past, simulated
from tuiretro.core.heatmap import CELL, FLAG, MEANING, NOT_ASKED, TOO_FEW, HeatCell, heatmap
from tuiretro.model.summary import Signal
from tuiretro.model.trends import Dot, Line, Trends


def dot(number: int, value: float, signal: Signal | None = None) -> Dot:
    return Dot(number, value, value, signal=signal)


def asked_in(*sprints: int) -> Line:
    return line(*(dot(number, 3.0) for number in sprints))


def test_a_cell_shows_its_number_and_what_it_is() -> None:
    of = line(dot(1, 3.4), dot(2, 4.5, "high"), dot(4, 1.5, "low"), dot(6, 2.0), too_few=(3,))
    (row,) = heatmap(past(of, range(1, 7)), 6).rows

    assert row.line == of
    assert row.cells == (
        HeatCell(" 3.4 ", 3.4),
        HeatCell("≥4.5!", 4.5, "high"),
        HeatCell("   x "),
        HeatCell("≤1.5!", 1.5, "low"),
        HeatCell("   · "),
        HeatCell(" 2.0 ", 2.0),
    )


def test_each_sign_is_explained() -> None:
    for sign in (FLAG, NOT_ASKED, TOO_FEW):
        assert f"{sign} " in MEANING


def test_the_head_stands_above_the_numbers() -> None:
    found = heatmap(past(asked_in(8, 9, 10, 100), [8, 9, 10, 100]), 9)

    assert found.head == "  s8   s9  s10 s100 "
    assert "".join(cell.text for cell in found.rows[0].cells) == " 3.0  3.0  3.0  3.0 "


def test_the_head_stands_above_the_numbers_after_very_many_sprints() -> None:
    found = heatmap(past(asked_in(9_998, 9_999), [9_998, 9_999]), 2)

    assert len(found.head) == CELL * 2


def test_every_mistake_has_a_row_and_no_theme_has_one() -> None:
    first, second = asked_in(1), replace(asked_in(), id="m02", mistake="m02")
    theme = replace(asked_in(1), id="direction", mistake=None)
    found = heatmap(replace(past(first, [1]), lines=(theme, first, second)), 1)

    assert [row.line for row in found.rows] == [first, second]
    assert [cell.text for cell in found.rows[1].cells] == ["   · "]


@pytest.mark.parametrize(
    ("columns", "back", "shown", "earlier", "later"),
    [
        (9, 0, (1, 3, 4, 7, 8), 0, 0),
        (5, 0, (1, 3, 4, 7, 8), 0, 0),
        (2, 0, (7, 8), 3, 0),
        (2, 1, (4, 7), 2, 1),
        (2, 3, (1, 3), 0, 3),
        (2, 9, (1, 3), 0, 3),
        (9, 2, (1, 3, 4, 7, 8), 0, 0),
        (1, 4, (1,), 0, 4),
    ],
)
def test_the_newest_sprints_are_shown_or_some_before_them(
    columns: int, back: int, shown: tuple[int, ...], earlier: int, later: int
) -> None:
    found = heatmap(past(asked_in(1, 3, 4, 7, 8), [1, 3, 4, 7, 8]), columns, back)

    assert (found.sprints, found.earlier, 5 - found.earlier - len(shown)) == (shown, earlier, later)
    assert len(found.rows[0].cells) == len(shown)


def test_without_results_there_is_nothing_to_show() -> None:
    for back in (0, 3):
        found = heatmap(Trends("Atlas", (), ()), 9, back)
        assert (found.sprints, found.rows, found.head, found.earlier) == ((), (), "", 0)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 14), st.integers(1, 40), st.integers(0, 40))
def test_every_heatmap_is_a_table_of_what_the_lines_hold(seed: int, columns: int, back: int) -> None:
    trends = simulated(seed)
    found = heatmap(trends, columns, back)

    assert len(found.head) == CELL * len(found.sprints) <= CELL * columns
    assert found.earlier + len(found.sprints) <= len(trends.sprints)
    assert [row.line.id for row in found.rows] == [of.id for of in trends.lines if of.mistake is not None]
    for row in found.rows:
        assert {len(cell.text) for cell in row.cells} <= {CELL}
        dots = {dot.sprint: dot for dot in row.line.dots}
        for number, cell in zip(found.sprints, row.cells, strict=True):
            known = dots.get(number)
            assert (cell.value, cell.signal) == ((known.value, known.signal) if known else (None, None))
            assert (FLAG in cell.text) == (cell.signal is not None)
            assert (TOO_FEW in cell.text) == (number in row.line.too_few)
            assert (NOT_ASKED in cell.text) == (known is None and number not in row.line.too_few)
