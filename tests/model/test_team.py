from __future__ import annotations

from datetime import date

import pytest

from tuiretro.model.team import Cadence, Every, Team, Unit


@pytest.mark.parametrize(
    ("count", "unit", "words"),
    [
        (1, "day", "1 day"),
        (10, "day", "10 days"),
        (1, "week", "1 week"),
        (2, "week", "2 weeks"),
        (3, "month", "3 months"),
    ],
)
def test_a_sprint_length_is_written_as_people_write_it(count: int, unit: Unit, words: str) -> None:
    assert str(Every(count, unit)) == words


@pytest.mark.parametrize("starts", [(), (2,), (1, 1), (1, 5, 3)])
def test_cadences_that_leave_a_sprint_without_a_date_are_refused(starts: tuple[int, ...]) -> None:
    cadences = tuple(Cadence(sprint, date(2026, 1, 5), Every(2, "week")) for sprint in starts)
    with pytest.raises(ValueError, match="cadences"):
        Team("a1b2c3d4", "Atlas", 7, cadences)
