from __future__ import annotations

import pytest

from tests.core.test_plot import line, past
from tests.export.page_reports import eventful_report, years_report
from tuiretro.export.svg_heatmap import HeatDrawing, draw
from tuiretro.model.trends import Dot, Line, Trends


def drawn(of: Line, *sprints: int) -> HeatDrawing:
    (found,) = draw(past(of, sprints))
    return found


def cells(found: HeatDrawing) -> list[tuple[str, str, bool]]:
    return [(cell.text, cell.shade, cell.is_unusual) for cell in found.rows[0].cells]


def test_every_cell_says_in_signs_what_its_shade_says() -> None:
    of = line(Dot(1, 1.5, 2.0), Dot(2, 2.5, 2.0), Dot(3, 3.5, 3.0, None, 2.0, 1.0, 3.0, "high"), too_few=(4,))
    assert cells(drawn(of, 1, 2, 3, 4, 5)) == [
        ("≤1.5", "low", False),
        ("2.5", "middle", False),
        ("3.5!", "high", True),
        ("x", "none", False),
        ("·", "none", False),
    ]


def test_sprints_stand_above_their_cells() -> None:
    found = drawn(line(Dot(7, 3.0, 3.0)), 7, 8)
    assert [label.text for label in found.sprints] == ["s7", "s8"]
    assert [label.x - cell.x for label, cell in zip(found.sprints, found.rows[0].cells, strict=True)] == [16, 16]
    assert found.width > found.rows[0].cells[-1].x + found.cell


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Setting the wrong culture", ["Setting the wrong culture"]),
        (
            "Treating AI like traditional software development",
            ["Treating AI like traditional", "software development"],
        ),
        ("o" * 40, ["o" * 27 + "…"]),
        (f"{'o' * 40} {'u' * 40}", ["o" * 27 + "…", "u" * 27 + "…"]),
    ],
)
def test_a_title_takes_one_line_or_two_and_is_cut_only_beyond_them(title: str, names: list[str]) -> None:
    row = drawn(Line("m", title, "data", "m", (Dot(1, 3.0, 3.0),)), 1).rows[0]
    assert [label.text for label in row.names] == names
    assert all(row.y < label.y + 4 < row.y + 30 for label in row.names)


def test_themes_have_no_row_and_without_mistakes_there_is_no_heatmap() -> None:
    trends = eventful_report().trends
    (found,) = draw(trends)
    assert [row.title for row in found.rows] == [line.title for line in trends.lines if line.mistake]
    theme = Line("data", "data", "data", None, (Dot(1, 3.0, 3.0),))
    assert draw(Trends("Atlas", trends.sprints, (theme,))) == ()


def test_long_ranges_come_by_years_with_the_newest_first() -> None:
    found = draw(years_report().trends)
    assert [drawing.panel for drawing in found] == [
        "Sprints 52 to 60, 2027",
        "Sprints 26 to 51, 2026",
        "Sprints 1 to 25, 2025",
    ]
    assert [drawing.sprints[0].text for drawing in found] == ["s52", "s26", "s1"]
