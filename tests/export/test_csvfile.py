from __future__ import annotations

import csv
import io

import pytest
from msgspec.structs import replace

from tests.export.reports import STRANGERS, hostile, one, story
from tests.export.summaries import first_summary, rich_summary
from tuiretro.export.cells import GUARD, unarmed
from tuiretro.export.csvfile import BOM, HEADS, NEARLY_ALL, csv_table
from tuiretro.model.report import Report


def rows(report: Report) -> list[dict[str, str]]:
    text = csv_table(report)
    assert text.startswith(BOM)
    return [*csv.DictReader(io.StringIO(text.removeprefix(BOM), newline=""))]


def figures(report: Report, id_: str) -> dict[str, dict[str, str]]:
    return {row["figure"]: row for row in rows(report) if row["id"] == id_ and row["kind"] != "focus"}


def test_every_row_has_every_column_and_lines_end_as_the_rfc_says() -> None:
    lines = csv_table(story()).removeprefix(BOM).split("\r\n")
    assert lines.pop() == ""
    assert {len(row) for row in csv.reader(lines)} == {len(HEADS)}
    assert not any("\n" in line or "\r" in line for line in lines)


def test_numbers_are_numbers() -> None:
    for row in rows(story()):
        assert row["value"] == "" or float(row["value"]) == round(float(row["value"]), 1)
        assert row["n"] == "" or int(row["n"]) >= 4


def test_an_item_that_too_few_answered_has_no_number_and_says_why() -> None:
    (row,) = figures(story(10), "m11").values()
    assert (row["figure"], row["suppressed"], row["why"]) == ("mean", "true", "Too few answers to show.")
    assert {row[head] for head in ("value", "shown", "n", "answered", "spread", "signal")} == {""}
    theme = figures(one(rich_summary()), "own")["mean"]
    assert (theme["suppressed"], theme["value"]) == ("true", "")


def test_what_is_unusual_is_marked_and_stands_beside_what_is_usual() -> None:
    found = figures(story(10), "m07")
    assert {row["signal"] for row in found.values()} == {"low"}
    assert float(found["mean"]["value"]) < float(found["lower"]["value"]) < float(found["usual"]["value"])
    assert found["upper"]["suppressed"] == "false"


def test_a_mean_at_an_end_says_so_in_words() -> None:
    found = figures(one(rich_summary()), "data-cleaning.dark-data")["mean"]
    assert (found["kind"], found["value"], found["shown"]) == ("facet", "1.5", "1.5 or lower")


def test_numbers_of_answers_are_left_out_where_exactly_one_is_missing() -> None:
    told = rows(one(first_summary()))
    assert {row["n"] for row in told} == {""}
    assert {row["answered"] for row in told if row["kind"] == "item"} == {""}
    assert (told[0]["figure"], told[0]["value"], told[0]["suppressed"]) == ("answered", "", "true")
    assert told[0]["why"] == NEARLY_ALL
    assert [row["value"] for row in rows(story(10)) if row["kind"] == "whole"] == ["7", "9"]


def test_a_value_from_earlier_sprints_is_marked_as_not_asked() -> None:
    assert {row["asked"] for row in figures(one(rich_summary()), "trust").values()} == {"false"}
    assert {row["asked"] for row in figures(one(rich_summary()), "data").values()} == {"true"}


def test_the_focus_list_has_rows_of_its_own() -> None:
    found = [row for row in rows(one(rich_summary())) if row["kind"] == "focus"]
    assert [(row["id"], row["figure"], row["value"]) for row in found][:3] == [
        ("data-cleaning", "level", "2.7"),
        ("data-cleaning", "band", "0.7"),
        ("model-drift", "level", "1.5"),
    ]


@pytest.mark.parametrize("text", STRANGERS, ids=range(len(STRANGERS)))
def test_text_of_strangers_is_guarded_in_every_cell(text: str) -> None:
    told = rows(hostile(text))
    assert {row["team"] for row in told} == {unarmed(text)}
    assert {row["text"] for row in told if row["kind"] == "item"} == {unarmed(text)}
    assert all(cell == unarmed(cell) or cell.startswith(GUARD) for row in told for cell in row.values())
    assert len(told) == len(rows(hostile("plain")))


def test_owners_change_nothing() -> None:
    assert csv_table(story(), owners=True) == csv_table(story())


def test_a_leaky_item_without_a_mean_is_suppressed_whole() -> None:
    summary = rich_summary()
    leaky = replace(summary.themes[1].items[0], mean=None)
    theme = replace(summary.themes[1], items=(leaky,))
    (row,) = figures(one(replace(summary, themes=(theme,))), leaky.id).values()
    assert (row["n"], row["spread"], row["signal"]) == ("", "", "")
