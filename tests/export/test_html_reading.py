"""What a reader of the page must not stumble over: which sprint, which mistake, how late, and what lies to the side."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest
from msgspec.structs import replace

from tests.export.html_pages import elements, local, read, words
from tests.export.page_reports import alone, eventful_report
from tests.export.summaries import rich_summary
from tuiretro.core.telling import NO_PLAY
from tuiretro.export.html import html
from tuiretro.export.html_page import SIDEWAYS


@cache
def eventful() -> str:
    return html(replace(eventful_report(), today=date(2026, 11, 20)))


@cache
def rich() -> str:
    return html(alone(rich_summary()))


def test_what_a_chart_says_names_its_sprint() -> None:
    captions = [words(caption) for caption in elements(eventful(), "figcaption")]
    said = [caption for caption in captions if "No unusual change." in caption]
    assert said
    assert all("In sprint 14: No unusual change." in caption for caption in said)


def test_the_range_is_told_from_its_first_to_its_last_day() -> None:
    assert "Sprints 1 to 14, 6 Jan 2025 - 20 Jul 2025" in read(eventful())


def test_the_focus_list_tells_how_it_changed_the_newest_sprint_first() -> None:
    (table,) = [table for table in elements(eventful(), "table") if table.attrib.get("class") == "changes"]
    rows = [[words(cell) for cell in row] for row in table.iter() if local(row) == "tr"]
    assert rows[0] == ["Sprint", "Entered", "Left"]
    assert rows[1] == ["14", "Title of m01", "Title of m18"]
    assert [row[0] for row in rows[1:]] == ["14", "11", "9", "8"]
    assert "How the focus list changed" not in read(rich())


def test_an_open_action_says_how_late_it_is() -> None:
    assert "due 20 May 2026, 184 days late" in read(eventful())
    assert "days late" not in read(html(eventful_report()))


def test_a_mistake_stands_with_its_statement_and_without_a_play_that_is_said() -> None:
    entry = replace(rich_summary().focus[1], statement="Time set aside for upkeep")
    page = html(alone(replace(rich_summary(), focus=(entry,))))
    assert "Asked as Time set aside for upkeep" in read(page)
    assert NO_PLAY in read(page)
    assert "Asked as" not in read(rich())
    assert read(rich()).count(NO_PLAY) == 1


def test_a_whole_sprint_that_was_unusual_is_named_above_the_trends() -> None:
    report = eventful_report()
    last = replace(report.summaries[-1], signal="low")
    trends = replace(report.trends, remark="This whole sprint was rated lower than usual.")
    page = read(html(replace(report, summaries=(*report.summaries[:-1], last), trends=trends)))
    assert "In sprint 14: This whole sprint was rated lower than usual." in page


@pytest.mark.parametrize(
    ("width", "hint"),
    [(290, None), (291, "soft sideways"), (561, "soft sideways middling"), (691, "soft sideways far")],
)
def test_a_drawing_that_may_not_fit_has_a_hint_for_screens_that_are_too_small(width: int, hint: str | None) -> None:
    from types import SimpleNamespace

    from tuiretro.export.html import _environment

    module = _environment().get_template("charts.html.jinja").make_module({"texts": {"sideways": SIDEWAYS}})
    said = str(module.sideways(SimpleNamespace(width=width))).strip()  # type: ignore[attr-defined]
    assert said == ("" if hint is None else f'<p class="{hint}">{SIDEWAYS}</p>')


def test_names_of_the_heatmap_are_a_drawing_of_their_own_beside_the_cells() -> None:
    page = eventful()
    (names,) = [drawing for drawing in elements(page, "svg") if drawing.attrib["class"] == "chart names"]
    assert words(names[1]).startswith("Neglecting part 1 of whatever the product needs; Neglecting part 6")
    begins = names.attrib["width"]
    assert re.search(rf'<svg class="chart" [^>]*viewBox="{begins} 0 449 ', page)
