from __future__ import annotations

import json

from tuiretro.cli.tables import Table, as_csv, as_json, as_markdown, as_text, render

TABLE = Table(("name", "n"), [("a\x1b[2Jb", 3), ("| c", None)])


def test_text_has_columns_and_no_control_characters() -> None:
    assert as_text(TABLE).splitlines()[1:] == ["a[2Jb  3", "| c"]


def test_markdown_escapes_what_would_break_a_table() -> None:
    assert as_markdown(TABLE).splitlines()[1:] == ["| --- | --: |", "| a\\[2Jb | 3 |", "| \\| c |  |"]


def test_csv_disarms_formulas_but_not_numbers() -> None:
    rows = [(cell, -1) for cell in ("=1", "+1", "-1", "@x", "\t=1", "＝1", "\u200b=1", "fine, really")]  # noqa: RUF001 - full-width on purpose
    lines = as_csv(Table(("cell", "number"), rows)).splitlines()
    assert all(line.startswith("'") and line.endswith(",-1") for line in lines[1:-1])
    assert lines[-1] == '"fine, really",-1'


def test_json_starts_with_its_schema_and_is_clean_all_the_way_down() -> None:
    text = as_json({"teams": [{"name\x07": "a\x1bb", "n": (1, None, 2.5, True)}]})
    assert text.startswith('{\n  "schema": 1,')
    assert json.loads(text) == {"schema": 1, "teams": [{"name": "ab", "n": [1, None, 2.5, True]}]}


def test_no_rows_are_a_sentence_for_people_and_a_head_for_programs() -> None:
    empty = Table(("name", "n"), [], "There is nothing.")
    assert render("text", empty, {}) == "There is nothing."
    assert render("md", empty, {}, title="Things", foot=["Really."]) == "# Things\n\nThere is nothing.\n\nReally."
    assert render("csv", empty, {}) == "name,n"
