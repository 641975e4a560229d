from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from tests.export.reports import OWNER, STRANGERS, hostile, one, story
from tests.export.schema_page import page
from tests.export.summaries import first_summary, rich_summary
from tuiretro.core.text import clean
from tuiretro.export import EXPORTERS
from tuiretro.export.json_parts import SCHEMA
from tuiretro.export.json_range import range_document, told_limit
from tuiretro.model.report import Report

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "export.schema.json"
ODD = {"suppressed": True, "mean": 7, "at_most": False, "at_least": False, "band": None}


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def document(report: Report, *, owners: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(range_document(report, owners=owners))
    return found


def test_the_schema_file_is_what_the_values_say() -> None:
    expected = SCHEMA_FILE.read_text(encoding="utf-8")
    assert page() == expected, "run: python -m tests.export.schema_page > docs/export.schema.json"


@pytest.mark.parametrize("owners", [False, True])
@pytest.mark.parametrize(
    "report", [story(), story(10), one(rich_summary()), one(first_summary()), hostile("=1")], ids=range(5)
)
def test_every_document_meets_the_schema(validator: Draft202012Validator, report: Report, *, owners: bool) -> None:
    validator.validate(json.loads(EXPORTERS["json"](report, owners=owners)))


@pytest.mark.parametrize("key", ["schema", "range", "lines", "note"])
def test_the_schema_refuses_a_document_without_a_key(validator: Draft202012Validator, key: str) -> None:
    found = document(story(10))
    del found[key]
    assert not validator.is_valid(found)


def test_the_schema_refuses_a_mean_outside_the_scale(validator: Draft202012Validator) -> None:
    found = document(story(10))
    found["sprints"][0]["themes"][0]["figure"] = ODD
    assert not validator.is_valid(found)


def test_a_range_says_its_ends_its_sprints_and_its_lines() -> None:
    found = document(story())
    assert found["schema"] == SCHEMA == 1
    assert (found["range"]["first"]["number"], found["range"]["last"]["number"]) == (8, 10)
    assert [sprint["sprint"]["number"] for sprint in found["sprints"]] == [8, 9, 10]
    assert found["whole_sprints"] == [{"sprint": 10, "signal": "low"}]
    line = next(line for line in found["lines"] if line["id"] == "m07")
    assert [dot["signal"] for dot in line["dots"]] == [None, None, "low"]
    assert next(line for line in found["lines"] if line["id"] == "m11")["too_few"] == [10]


def test_a_range_of_one_sprint_is_still_a_range() -> None:
    assert len(json.loads(EXPORTERS["json"](story(10)))["sprints"]) == 1
    assert "range" not in json.loads(EXPORTERS["json"](replace(story(10), is_range=False)))


def test_numbers_of_answers_are_left_out_in_the_sprint_that_lacked_one() -> None:
    counts = {
        sprint["sprint"]["number"]: {item["n"] for theme in sprint["themes"] for item in theme["items"]}
        for sprint in document(story())["sprints"]
    }
    assert counts == {8: {7}, 9: {None}, 10: {7, None}}


def test_actions_say_what_became_of_them_and_name_no_owner_unless_asked() -> None:
    plain, named = document(story())["actions"], document(story(), owners=True)["actions"]
    assert [(action["id"], action["status"], action["closed"]) for action in plain] == [
        (1, "done", 4),
        (2, "done", 9),
        (3, "dropped", 9),
        (5, "open", None),
        (4, "open", None),
    ]
    assert plain[1]["followed"] == "No clear change yet."
    assert not any("owner" in action for action in plain)
    assert [action["owner"] for action in named] == [OWNER, OWNER, OWNER, "", OWNER]


@pytest.mark.parametrize("text", STRANGERS, ids=range(len(STRANGERS)))
def test_text_of_strangers_is_cleaned_and_comes_back_whole(text: str) -> None:
    found = document(hostile(text), owners=True)
    assert found["team"] == found["remark"] == clean(text)
    assert {line["title"] for line in found["lines"]} == {clean(text)}
    assert {(a["title"], a["owner"], a["done_when"], a["followed"]) for a in found["actions"]} == {(clean(text),) * 4}


@pytest.mark.parametrize(("points", "told"), [(None, None), (2.8500001, 2.9), (-0.04, 0.0)])
def test_limits_have_one_decimal_and_no_negative_zero(points: float | None, told: float | None) -> None:
    assert str(told_limit(points)) == str(told)
