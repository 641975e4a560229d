from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.export.summaries import HOSTILE, first_summary, hostile_summary, rich_summary
from tuiretro.core.text import clean
from tuiretro.export.json_parts import SCHEMA
from tuiretro.export.jsonfile import json_document
from tuiretro.model.summary import Summary

GOLDEN = Path(__file__).parents[1] / "golden"


def _data_items() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(json_document(rich_summary()))["themes"][1]["items"]
    return found


def all_text(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in inner for text in all_text(part)]


@pytest.mark.parametrize(("name", "summary"), [("export_rich", rich_summary()), ("export_first", first_summary())])
def test_documents_are_the_golden_ones(name: str, summary: Summary) -> None:
    assert json_document(summary) == (GOLDEN / f"{name}.json").read_text(encoding="utf-8")


def test_the_document_says_its_schema_and_ends_in_a_newline() -> None:
    text = json_document(first_summary())
    assert json.loads(text)["schema"] == SCHEMA == 1
    assert text.endswith("}\n")


def test_an_item_that_too_few_answered_has_no_number_at_all() -> None:
    hidden = _data_items()[2]
    assert hidden["figure"] == {"suppressed": True, "mean": None, "at_most": False, "at_least": False, "band": None}
    assert (hidden["n"], hidden["spread"], hidden["signal"]) == (None, None, None)
    assert hidden["remarks"] == ["Too few answers to show."]


def test_a_figure_without_a_mean_takes_everything_else_with_it() -> None:
    theme = rich_summary().themes[1]
    leaky = replace(theme.items[0], mean=None)
    document = json.loads(json_document(replace(rich_summary(), themes=(replace(theme, items=(leaky,)),))))
    item = document["themes"][0]["items"][0]
    assert (item["n"], item["spread"], item["signal"], item["figure"]["band"]) == (None, None, None, None)
    assert item["remarks"] == ["Too few answers to show."]


def test_means_at_the_ends_say_which_way_they_are_open() -> None:
    assert _data_items()[1]["figure"] == {
        "suppressed": False,
        "mean": 1.5,
        "at_most": True,
        "at_least": False,
        "band": 0.7,
    }
    safety = json.loads(json_document(rich_summary()))["themes"][0]["items"][0]["figure"]
    assert (safety["mean"], safety["at_least"]) == (4.5, True)


def test_numbers_of_answers_are_left_out_when_exactly_one_is_missing() -> None:
    assert json.loads(json_document(first_summary()))["themes"][0]["items"][0]["n"] is None
    assert _data_items()[0]["n"] == 7


def test_facts_are_told_beside_their_sentences() -> None:
    document = json.loads(json_document(rich_summary()))
    assert document["signal"] == "low"
    assert [theme["asked"] for theme in document["themes"]] == [True, True, False, True]


def test_neither_comments_nor_their_number_are_in_the_document() -> None:
    assert json_document(rich_summary()) == json_document(replace(rich_summary(), comments=9))
    assert json.loads(json_document(rich_summary()))["has_comments"] is True


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_strangers_is_cleaned_and_comes_back_whole(text: str) -> None:
    document = json_document(hostile_summary(text))
    assert "\x1b" not in document
    assert set(all_text(json.loads(document))) >= {clean(text)}
    assert all(found == clean(found) for found in all_text(json.loads(document)))
