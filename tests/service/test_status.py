from __future__ import annotations

from tests.service.conftest import a_team, answer
from tuiretro.core.calendar import sprint
from tuiretro.service import rounds
from tuiretro.service.status import status
from tuiretro.service.workspace import Workspace


def test_without_a_round_there_is_no_status(either: Workspace) -> None:
    team = a_team(either)
    assert status(either, team) is None

    opened = rounds.open_round(either, team, "safety")
    found = status(either, team)
    assert found is not None
    assert (found.round, found.sprint) == (opened, sprint(team, 1))

    rounds.abandon(either, team)
    assert status(either, team) is None


def test_an_open_round_tells_only_whether_enough_have_answered(either: Workspace) -> None:
    team = a_team(either, people=6)
    opened = rounds.open_round(either, team, "safety")
    seen = []
    for _ in range(6):
        seen.append(status(either, team))
        answer(either, team, opened, 1)
    seen.append(status(either, team))

    assert len(set(map(repr, seen[:4]))) == len(set(map(repr, seen[4:]))) == 1
    told = [(found.words, found.enough) for found in seen if found]
    assert told == [*[("waiting for 4 or more answers", False)] * 4, *[("4 or more answered", True)] * 3]
