from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tuiretro.model.importing import ImportMap
from tuiretro.model.release import Release
from tuiretro.model.team import Sprint

ITEM = {"column": "One", "item": "testing"}


@pytest.mark.parametrize(
    "wanted",
    [
        {"items": [ITEM]},
        {"items": [ITEM], "date": {"column": "Day"}, "sprint": {"number": 1}},
        {"items": [ITEM], "sprint": {}},
        {"items": [ITEM], "sprint": {"number": 1, "column": "Sprint"}},
        {"items": [], "sprint": {"number": 1}},
        {"items": [ITEM], "sprint": {"number": 0}},
        {"items": [ITEM], "sprint": {"number": 1}, "people": 3},
        {"items": [ITEM], "sprint": {"number": 1}, "people_in": {"x": 8}},
        {"items": [ITEM], "sprint": {"number": 1}, "scale": {"values": {"1": 6}}},
        {"items": [ITEM], "sprint": {"number": 1}, "colour": "red"},
        {"items": [{**ITEM, "colum": "x"}], "sprint": {"number": 1}},
        {"items": [ITEM], "date": {"column": "Day", "order": "?"}},
    ],
    ids=str,
)
def test_a_map_that_cannot_be_meant_is_refused(wanted: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wanted, ImportMap)


def test_a_map_says_no_more_than_it_must() -> None:
    found = msgspec.convert({"items": [ITEM], "sprint": {"number": 1}}, ImportMap)

    assert found.scale.values == {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
    assert (found.delimiter, found.encoding, found.people, found.outside) == (None, None, None, "refuse")


def test_a_release_that_a_round_made_says_nothing_of_imports(a_sprint: Sprint) -> None:
    release = Release("0123456789abcdef", a_sprint, "pulse", "Pulse", 8, 4, 8, ())

    assert b"imported" not in msgspec.json.encode(release)
    told = msgspec.structs.replace(release, imported=True)
    assert msgspec.json.decode(msgspec.json.encode(told), type=Release) == told


@pytest.fixture
def a_sprint() -> Sprint:
    return msgspec.convert({"number": 1, "starts": "2026-01-05", "ends": "2026-01-18"}, Sprint)
