from __future__ import annotations

import pytest

from tuiretro.model.team import Every, Unit


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
