"""Maps that say one thing twice in different ways."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tuiretro.core.map_faults import contradictions
from tuiretro.model.importing import ImportMap

ITEM = {"column": "One", "item": "testing"}
TABLE = {"item": "Item", "mean": "Mean", "n": "n"}


def said(**more: object) -> list[str]:
    wanted = {"items": [ITEM], "sprint": {"column": "Sprint"}, **more}
    return list(contradictions(msgspec.convert(wanted, ImportMap)))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            {"scale": {"values": {"agree": 1, "Agree": 5}}},
            "[scale.values] says 1 for 'agree' and 5 for 'Agree', which are the same",
        ),
        ({"scale": {"empty": ["5"]}}, "[scale] says that '5' stands for an answer, and that it stands for none"),
        (
            {"scale": {"values": {" ": 3}}},
            "[scale] says that '' stands for an answer, and that it stands for none",
        ),
        (
            {"sprint": {"column": "Sprint", "names": {"X": 1, "X ": 2}}},
            "[sprint.names] says 1 for 'X' and 2 for 'X', which are the same",
        ),
        ({"averages": {**TABLE, "n": "Mean"}}, "[averages] names the column 'Mean' twice"),
        ({"averages": {**TABLE, "n": " Item"}}, "[averages] names the column 'Item' twice"),
        ({"items": [ITEM, {"column": "One ", "item": "culture"}]}, "[[items]] names the column 'One' twice"),
    ],
)
def test_what_contradicts_itself_is_named(more: dict[str, Any], expected: str) -> None:
    assert said(**more) == [expected]


def test_the_same_said_twice_is_no_contradiction() -> None:
    scale = {"values": {"agree": 4, "Agree": 4, "5": 5}, "empty": ["n/a", "N/A"]}

    assert said(scale=scale, averages=TABLE) == []
    assert said(scale=scale, sprint={"column": "Sprint", "names": {"X": 1, "X ": 1, "x": 2}}) == []
    assert list(contradictions(msgspec.convert({"items": [ITEM], "date": {"column": "Day"}}, ImportMap))) == []
