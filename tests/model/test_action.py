from __future__ import annotations

import pytest

from tuiretro.model.action import Draw


@pytest.mark.parametrize(("starts", "start"), [((4, 5, 6), 7), ((6, 5, 4), 5), ((4, 4, 5), 4)])
def test_a_start_that_could_not_have_been_drawn_is_none(starts: tuple[int, ...], start: int) -> None:
    with pytest.raises(ValueError, match="a start must be one of its sprints"):
        Draw(starts, start)


def test_any_of_its_sprints_may_be_drawn() -> None:
    assert [Draw((4, 5, 6), start).start for start in (4, 5, 6)] == [4, 5, 6]
