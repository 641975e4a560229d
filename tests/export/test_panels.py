from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuiretro.export.panels import Panel, panels, sprints_words, years_words
from tuiretro.model.team import Sprint


def calendar(count: int, days: int = 14, start: date = date(2024, 1, 1)) -> list[Sprint]:
    return [
        Sprint(number + 1, start + timedelta(days=days * number), start + timedelta(days=days * (number + 1) - 1))
        for number in range(count)
    ]


def sizes(found: tuple[Panel, ...]) -> list[int]:
    return [len(panel.sprints) for panel in found]


def test_what_fits_stays_together() -> None:
    (panel,) = panels(calendar(27), 27)
    assert panel.numbers == tuple(range(1, 28))
    assert panel.words == "Sprints 1 to 27, 2024 to 2025"


def test_longer_ranges_are_cut_at_the_turn_of_a_year() -> None:
    found = panels(calendar(60), 27)
    assert sizes(found) == [26, 26, 8]
    assert [panel.first for panel in found] == [0, 26, 52]
    assert [years_words(panel.sprints) for panel in found] == ["2024", "2025", "2026"]


def test_neighbouring_years_share_a_panel_where_there_is_room() -> None:
    assert sizes(panels(calendar(60), 54)) == [52, 8]


def test_a_year_that_is_too_long_is_cut_into_even_parts() -> None:
    assert sizes(panels(calendar(52, days=7), 27)) == [26, 26]


def test_no_sprints_need_no_panel() -> None:
    assert panels((), 9) == (Panel((), 0),) or panels((), 9) == ()


@pytest.mark.parametrize(("count", "words"), [(1, "Sprint 1"), (3, "Sprints 1 to 3")])
def test_sprints_are_named_by_their_ends(count: int, words: str) -> None:
    assert sprints_words(calendar(count)) == words


@given(st.integers(1, 200), st.integers(1, 60), st.integers(1, 100))
def test_panels_hold_every_sprint_once_in_order_and_never_too_many(count: int, most: int, days: int) -> None:
    sprints = calendar(count, days)
    found = panels(sprints, most)
    assert [sprint for panel in found for sprint in panel.sprints] == sprints
    assert max(sizes(found)) <= most
    assert all(sprints[panel.first] == panel.sprints[0] for panel in found)
