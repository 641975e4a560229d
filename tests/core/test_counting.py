from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from tuiretro.core.cells import ANSWER_WIDTH, UNKNOWN, Reading
from tuiretro.core.columns import places
from tuiretro.core.counting import Counting
from tuiretro.core.faults import Faults
from tuiretro.core.table import Batch
from tuiretro.core.timing import When
from tuiretro.errors import BadInputError
from tuiretro.model.importing import DateColumn, ImportMap, MappedItem, Scale
from tuiretro.model.team import Cadence, Every, Team

TEAM = Team("a1b2c3d4e5f60718", "Atlas", 8, (Cadence(1, date(2026, 1, 5), Every(2, "week")),))
WANTED = ImportMap((MappedItem("One", "imported.one"), MappedItem("Two", "imported.two")), date=DateColumn("Day"))
HEADER = ["Day", "One", "Two"]


def a_counting(wanted: ImportMap = WANTED) -> tuple[Counting, Faults]:
    faults = Faults()
    when = When(wanted, TEAM, date(2026, 3, 1), (), faults)
    return Counting(places(HEADER, wanted, faults), Reading(Scale(empty=("n/a",))), when), faults


def a_batch(*said: tuple[str, ...], line: int = 2) -> Batch:
    return Batch(line, [list(row) for row in said])


def test_answers_are_counted_by_sprint_and_column() -> None:
    counting, faults = a_counting()
    early, late = "2026-01-05", "2026-01-19 23:59"
    counting.add(a_batch((early, "1", "5"), (late, "2", "N/A"), (early, "1 ", "4"), (early, "", "")))

    assert faults.count == 0
    assert counting.found[1].rows == 2
    assert counting.found[1].answers == [[2, 0, 0, 0, 0], [0, 0, 0, 1, 1]]
    assert counting.found[2].answers == [[0, 1, 0, 0, 0], [0, 0, 0, 0, 0]]


def test_an_answer_on_no_scale_is_told_once_with_its_column() -> None:
    counting, faults = a_counting()
    day = "2026-01-05"
    counting.add(a_batch((day, "6", "1"), (day, "1", "1"), (day, "6", "?")))
    counting.add(a_batch((day, "1", "6"), line=5))

    assert faults.told == [
        "line 2: the answer '6' is on no scale of the map, in the column 'One' (and 2 more like it)",
        "line 4: the answer '?' is on no scale of the map, in the column 'Two'",
    ]
    assert faults.count == 4


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("neither agree nor disagree with it", "the answer (several words) is on no scale of the map"),
        ("because of SECRETNAME0", "the answer 'because of SECRETNA…' is on no scale of the map"),
    ],
)
def test_of_what_people_typed_a_fault_repeats_hardly_anything(cell: str, expected: str) -> None:
    counting, faults = a_counting()
    counting.add(a_batch(("2026-01-05", cell, "1"), (cell, "1", "1")))

    assert faults.told[1] == f"line 2: {expected}, in the column 'One'"
    assert "SECRETNAME" not in str(faults.told)
    assert "neither" not in str(faults.told)


def test_a_day_in_words_is_told_without_the_time_behind_it() -> None:
    counting, faults = a_counting(replace(WANTED, date=DateColumn("Day", "words")))
    counting.add(a_batch(("Mon Jun 08 2026 10:11:12 GMT+0200 (CEST)", "1", "1")))

    assert "'Mon Jun 08 2026' is of a sprint that is not over" in faults.told[0]


def test_a_fault_has_the_line_of_its_row_whatever_lies_before_it() -> None:
    wanted = replace(WANTED, keep={"Two": ("1", "2")})
    counting, faults = a_counting(wanted)
    early, late, unkept = ("2026-01-05", "1", "1"), ("2026-01-19", "9\n9", "2"), ("2026-01-05", "9", "3")
    counting.add(a_batch(early, (), ("x",), late, unkept, early, ("2026-01-05", "8", "1"), ("?", "1", "1"), line=10))

    assert faults.told == [
        "line 12: it has 1 fields, and the header has 3",
        "line 18: '?' is no day written as y-m-d",
        "line 17: the answer '8' is on no scale of the map, in the column 'One'",
        "line 13: the answer '9 9' is on no scale of the map, in the column 'One'",
    ]
    assert counting.left_out == {"another row than those to keep": 1}


def test_a_single_statement_is_counted_as_well() -> None:
    counting, _ = a_counting(ImportMap((MappedItem("Two", "imported.two"),), date=DateColumn("Day")))
    counting.add(a_batch(("2026-01-05", "x", "5")))

    assert counting.found[1].answers == [[0, 0, 0, 0, 1]]


def test_more_forms_of_an_answer_than_are_remembered_are_read_all_the_same() -> None:
    reading = Reading(Scale())

    assert {reading.answer(" " * (n % 190) + "3" + " " * (n // 190)) for n in range(1_500)} == {3}


def test_no_answer_is_longer_than_any_label() -> None:
    reading = Reading(Scale())

    assert reading.answer("4" + " " * (ANSWER_WIDTH - 1)) == 4
    assert reading.answer("4" + " " * ANSWER_WIDTH) is UNKNOWN


def test_more_days_than_are_remembered_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(When, "_MOST", 2)
    counting, _ = a_counting()
    counting.add(a_batch(("2026-01-07", "3", "3")))
    counting.add(a_batch(*[("2026-01-05", "3", "3"), ("2026-01-06", "3", "3")] * 2))

    assert counting.found[1].rows == 5


def test_a_faulty_map_and_a_faulty_header_are_told_together() -> None:
    faults = Faults()
    faults.add(None, "it says too little")

    with pytest.raises(BadInputError, match="2 faults"):
        places(["Day", "One"], WANTED, faults)
