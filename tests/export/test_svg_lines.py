from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.test_plot import flat, line, past, taken
from tests.export.page_reports import eventful_report
from tuiretro.export.svg_lines import Drawing, Label, draw
from tuiretro.model.summary import Signal
from tuiretro.model.team import Sprint
from tuiretro.model.trends import Dot, Line, Start, Trends

TOP, POINT, FLOOR = 16, 42, 184
"""Pixels of the value 5, of one point, and of the value 1."""


def drawn(of: Line, sprints: Sequence[int], **marks: object) -> Drawing:
    (found,) = draw(of, past(of, sprints, **marks))  # type: ignore[arg-type]
    return found


def texts(labels: Sequence[Label]) -> list[str]:
    return [label.text for label in labels]


def test_the_scale_is_fixed_from_one_to_five() -> None:
    low, high = drawn(flat(1, 2, value=1.0), [1, 2]), drawn(flat(1, 2, value=5.0), [1, 2])
    assert low.scale == high.scale
    assert [(label.text, label.y) for label in low.scale] == [(str(p), FLOOR - POINT * (p - 1)) for p in range(1, 6)]
    assert {dot.y for dot in low.dots} == {FLOOR}
    assert {dot.y for dot in high.dots} == {TOP}


def test_every_sprint_has_its_dot_and_an_unusual_one_its_number() -> None:
    of = line(Dot(1, 3.0, 3.0, "first"), Dot(2, 2.0, 2.5, None, 3.0, 2.2, 3.8, "low"), Dot(4, 4.9, 3.3, signal="high"))
    found = drawn(of, [1, 2, 3, 4])
    assert len(found.dots) == 1
    assert [alarm.text for alarm in found.unusual] == ["2.0", "≥4.5"]
    low, high = found.unusual
    assert low.text_y > low.y
    assert high.text_y <= high.y
    assert texts(found.numbers) == ["s1", "s2", "s3", "s4"]


def test_the_average_breaks_where_the_line_is_not_compared_across() -> None:
    of = line(Dot(1, 3.0, 3.0, "first"), Dot(2, 3.2, 3.1), Dot(3, 4.0, 4.0, "team"), Dot(4, 4.0, 4.0, "baseline"))
    found = drawn(of, [1, 2, 3, 4], changes=(3,))
    assert re.findall("[ML]", found.average) == ["M", "L", "M", "L"]
    assert found.breaks == (found.dots[2].x - (found.dots[1].x - found.dots[0].x) / 2,)
    assert texts(found.marks) == ["T", "B"]


def test_a_range_that_begins_with_a_new_segment_has_no_break_at_its_edge() -> None:
    assert drawn(line(Dot(1, 3.0, 3.0, "team"), Dot(2, 3.0, 3.0)), [1, 2]).breaks == ()


def test_limits_are_stairs_of_each_sprints_own_and_end_with_the_scale() -> None:
    of = line(
        Dot(1, 3.0, 3.0, "first"),
        Dot(2, 3.0, 3.0, None, 3.0, 2.0, 4.0),
        Dot(3, 3.0, 3.0, None, 3.0, 0.5, 5.5),
        Dot(5, 3.0, 3.0, None, 3.0, 2.5, 3.5),
    )
    found = drawn(of, [1, 2, 3, 4, 5])
    assert found.usual.count("M") == 1
    assert found.limits.count("M") == 4
    heights = {float(y) for y in re.findall(r"V([\d.]+)", found.within)}
    assert {TOP, FLOOR} <= heights
    assert min(heights) >= TOP
    assert max(heights) <= FLOOR
    assert texts(found.beside) == ["3.5 upper", "3.0 usual", "2.5 lower"]


def test_limits_are_not_drawn_across_a_break_nor_before_there_are_any() -> None:
    of = line(
        Dot(1, 3.0, 3.0, "first", 3.0, 2.0, 4.0), Dot(2, 3.0, 3.0, "team", 3.0, 2.0, 4.0), Dot(3, 3.0, 3.0, "statement")
    )
    found = drawn(of, [1, 2, 3])
    assert found.usual.count("M") == 2
    assert found.within.count("Z") == 2
    assert found.beside == ()
    assert drawn(flat(1, 2), [1, 2]).within == ""


def test_words_beside_the_chart_never_lie_on_each_other() -> None:
    found = drawn(line(Dot(1, 3.0, 3.0, "first", 3.0, 2.95, 3.05)), [1])
    heights = [label.y for label in found.beside]
    assert len(heights) == 3
    assert all(after - before >= 12 for before, after in pairwise(heights))


def test_a_limit_beyond_the_scale_has_no_words_beside_the_chart() -> None:
    found = drawn(line(Dot(1, 4.5, 4.5, "first", 4.4, 3.6, 5.2)), [1])
    assert texts(found.beside) == ["4.4 usual", "3.6 lower"]


def test_more_marks_than_fit_end_in_a_plus() -> None:
    sprints = [*range(1, 55)]
    of = line(Dot(1, 3.0, 3.0, "first"), *(Dot(n, 3.0, 3.0, "statement" if n == 9 else None) for n in range(2, 55)))
    found = drawn(of, sprints, changes=(9,), actions=(taken(9),), wholes=((9, "low"),))
    assert "A+" in texts(found.marks)
    roomy = drawn(flat(1, 2), [1, 2], changes=(2,), actions=(taken(2),), wholes=((2, "low"),))
    assert texts(roomy.marks) == ["ATW"]


def test_what_was_before_the_first_sprint_is_no_mark_of_it() -> None:
    of = line(Dot(8, 3.0, 3.0), Dot(9, 3.0, 3.0), too_few=(10,))
    assert texts(drawn(of, [8, 9, 10], actions=(taken(3), taken(9))).marks) == ["A", "x"]


def test_numbers_of_many_sprints_are_thinned_out_and_end_with_the_last() -> None:
    found = drawn(flat(*range(1, 53)), [*range(1, 53)])
    assert found.numbers[-1].text == "s52"
    gaps = [after.x - before.x for before, after in pairwise(found.numbers)]
    assert min(gaps) >= 30


def _years(count: int) -> tuple[Sprint, ...]:
    days = [date(2020, 1, 6) + timedelta(weeks=2 * at) for at in range(count)]
    return tuple(Sprint(at + 1, day, day + timedelta(days=13)) for at, day in enumerate(days))


def test_a_long_line_comes_in_panels_with_the_newest_first_and_none_is_empty() -> None:
    of = line(*(Dot(n, 3.0, 3.0, "first" if n == 1 else None) for n in (*range(1, 20), *range(120, 150))))
    found = draw(of, Trends("Atlas", _years(150), (of,), actions=(taken(119), taken(120))))
    assert [drawing.panel for drawing in found] == ["Sprints 105 to 150, 2024 to 2025", "Sprints 1 to 51, 2020 to 2021"]
    assert texts(found[0].marks) == ["A", "A"]


def test_a_line_without_values_is_not_drawn() -> None:
    assert draw(line(), past(line(), [1, 2])) == ()


def test_a_drawing_says_in_words_what_is_to_be_seen() -> None:
    of = Line(
        "m01", "First", "direction", "m01", (Dot(2, 1.5, 1.8, "first", 3.0, 2.0, 4.0, "low"),), (), ("Low.",), 0.7
    )
    (found,) = draw(of, past(of, [2]))
    assert found.told == (
        "Sprint 2: 1.5 or lower ±0.7, 3-sprint average 1.8. Limits: 4.0 upper, 3.0 usual, 2.0 lower. Low."
    )
    (bare,) = draw(line(Dot(2, 3.0, 3.0, "first")), past(line(), [2]))
    assert bare.told == "Sprint 2: 3.0, 3-sprint average 3.0."


def test_only_the_newest_panel_says_what_may_be_said_now() -> None:
    dots = tuple(Dot(n, 3.0, 3.0, "first" if n == 1 else None) for n in range(1, 61))
    of = Line("m01", "First", "direction", "m01", dots, (), ("Rising.",), 0.7)
    newest, older = draw(of, Trends("Atlas", _years(60), (of,)))
    assert "Rising." in newest.told
    assert "Rising." not in older.told
    assert "±" not in older.told


@pytest.mark.parametrize("wanted", [line.id for line in eventful_report().trends.lines])
def test_a_real_line_stays_inside_its_drawing(wanted: str) -> None:
    trends = eventful_report().trends
    of = trends.line(wanted)
    assert of is not None
    for found in draw(of, trends):
        inside(found)


def inside(found: Drawing) -> None:
    paths = " ".join((found.usual, found.limits, found.within, found.average))
    heights = [float(y) for y in re.findall(r"V([\d.]+)|[ML][\d.]+ ([\d.]+)", paths) for y in y if y]
    assert all(found.top <= y <= found.floor for y in heights)
    assert all(found.left <= float(x) <= found.right for x in re.findall(r"[HML]([\d.]+)", paths))
    labels = (*found.dots, *found.marks, *found.numbers, *found.beside)
    alarms = [(alarm.x, y) for alarm in found.unusual for y in (alarm.y, alarm.text_y)]
    for x, y in (*((label.x, label.y) for label in labels), *alarms):
        assert 0 <= x <= found.width
        assert 0 <= y <= found.height


VALUES = st.floats(1, 5)
SIGNALS: st.SearchStrategy[Signal | None] = st.sampled_from(("low", "high", None))
LIMITS = st.one_of(st.none(), st.tuples(VALUES, st.floats(0, 1.5)))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES, LIMITS, SIGNALS), min_size=1, max_size=60), st.sets(st.integers(1, 60)))
def test_whatever_the_values_a_line_stays_inside_its_drawing(
    values: list[tuple[float, float, tuple[float, float] | None, Signal | None]], changes: set[int]
) -> None:
    dots = []
    for number, (value, average, limits, signal) in enumerate(values, start=1):
        centre, half = limits or (None, 0.0)
        lower, upper = (None, None) if centre is None else (centre - half, centre + half)
        start: Start | None = "team" if number in changes else None
        dots.append(Dot(number, value, average, start, centre, lower, upper, signal))
    of = line(*dots)
    for found in draw(of, Trends("Atlas", _years(len(dots)), (of,), tuple(sorted(changes)))):
        inside(found)
