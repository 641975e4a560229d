"""Every format that a year of the demo is written in holds the same numbers: one test reads them back and compares."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from tests.export.test_same_numbers import (
    lines_in_csv,
    lines_in_html,
    lines_in_json,
    lines_in_markdown,
    lines_of,
    statements_in_csv,
    statements_in_json,
    statements_of,
    without_sides,
)
from tuiretro.export import EXPORTERS
from tuiretro.service import demo, reports
from tuiretro.service.workspace import open_workspace

TODAY = date(2026, 11, 23)


def test_all_formats_of_the_demo_hold_the_same_numbers(tmp_path: Path) -> None:
    demo.build(tmp_path / "workspace", today=TODAY)
    workspace = open_workspace(tmp_path / "workspace", today=lambda: TODAY)
    report = reports.report(workspace, workspace.store.teams()[0])
    made = {form: EXPORTERS[form](report) for form in ("md", "json", "csv", "html")}
    lines, statements = lines_of(report), statements_of(report)
    assert len(report.summaries) == 26
    assert len(lines) > 300
    for form, read in (
        ("md", lines_in_markdown),
        ("json", lines_in_json),
        ("csv", partial(lines_in_csv, report=report)),
    ):
        assert read(made[form]) == lines, form
    assert lines_in_html(made["html"]) == without_sides(lines)
    assert statements_in_json(made["json"]) == statements_in_csv(made["csv"]) == statements
