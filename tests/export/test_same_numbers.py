"""All formats hold the same numbers: each is read back and compared with the report it was made from.

A format joins by a reader of lines, and one of statements if it holds them: text to what it says.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping

import pytest

from tests.export.html_pages import elements, local, words
from tests.export.reports import story
from tuiretro.core.figures import mean_short, told_band, told_mean
from tuiretro.export import EXPORTERS
from tuiretro.export.csvfile import BOM
from tuiretro.model.report import Report

Lines = dict[tuple[int, str], str]
"""By sprint, and theme or mistake: its value as people see it, with the side on which it is unusual."""
Statements = dict[tuple[int, str], tuple[float | None, float | None, str, str]]
"""By sprint and item: mean, band, spread word and signal; None where too few answered."""
FEW = "few"


def lines_of(report: Report) -> Lines:
    found = {
        (dot.sprint, line.title): f"{mean_short(dot.value)} {dot.signal or ''}".strip()
        for line in report.trends.lines
        for dot in line.dots
    }
    return found | {(sprint, line.title): FEW for line in report.trends.lines for sprint in line.too_few}


def statements_of(report: Report) -> Statements:
    return {
        (summary.sprint.number, item.id): (None, None, "", "")
        if item.mean is None or item.band is None
        else (told_mean(item.mean), told_band(item.band), item.spread or "", item.signal or "")
        for summary in report.summaries
        for theme in summary.themes
        for item in theme.items
    }


def lines_in_json(text: str) -> Lines:
    found: Lines = {}
    for line in json.loads(text)["lines"]:
        for dot in line["dots"]:
            found[dot["sprint"], line["title"]] = f"{mean_short(dot['value'])} {dot['signal'] or ''}".strip()
        found |= {(sprint, line["title"]): FEW for sprint in line["too_few"]}
    return found


def statements_in_json(text: str) -> Statements:
    return {
        (sprint["sprint"]["number"], item["id"]): (
            item["figure"]["mean"],
            item["figure"]["band"],
            item["spread"] or "",
            item["signal"] or "",
        )
        for sprint in json.loads(text)["sprints"]
        for theme in sprint["themes"]
        for item in theme["items"]
    }


def _rows(text: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(text.removeprefix(BOM), newline=""))


def lines_in_csv(text: str, report: Report | None = None) -> Lines:
    """Titles of mistakes stand in no row of theirs: the label of the statement does, whose id is the mistake's."""
    titles = {line.mistake: line.title for line in (report or story()).trends.lines if line.mistake}
    found: Lines = {}
    for row in _rows(text):
        title = row["id"] if row["kind"] == "theme" else titles.get(row["id"])
        if (
            title is not None
            and row["kind"] in {"theme", "item"}
            and row["figure"] == "mean"
            and row["asked"] == "true"
        ):
            value = FEW if row["suppressed"] == "true" else mean_short(float(row["value"]))
            found[int(row["sprint"]), title] = f"{value} {row['signal']}".strip()
    return found


def statements_in_csv(text: str) -> Statements:
    figures: dict[tuple[int, str], dict[str, dict[str, str]]] = {}
    for row in _rows(text):
        if row["kind"] in {"item", "facet"}:
            figures.setdefault((int(row["sprint"]), row["id"]), {})[row["figure"]] = row
    return {
        key: (None, None, "", "")
        if (mean := told["mean"])["suppressed"] == "true"
        else (float(mean["value"]), float(told["band"]["value"]), mean["spread"], mean["signal"])
        for key, told in figures.items()
    }


def lines_in_markdown(text: str) -> Lines:
    """The tables over the sprints; those of mistakes name theirs by a letter."""
    found: Lines = {}
    names: Mapping[str, str] = {}
    for block in text.split("\n\n"):
        if block.startswith("- A: "):
            names = dict(re.findall(r"^- ([A-Z]+): (.*?) \(", block, re.MULTILINE))
        if not block.startswith("| Sprint | Ends"):
            continue
        heads, _, *rows = ([cell.strip() for cell in row.strip("|").split("|")] for row in block.splitlines())
        for sprint, _, *cells in rows:
            told = {names.get(head, head.lower()): cell for head, cell in zip(heads[2:], cells, strict=True) if cell}
            found |= {(int(sprint), title): cell for title, cell in told.items() if title != "note"}
    return found


def lines_in_html(text: str) -> Lines:
    """The tables under the heatmap; the side of what is unusual is told in words elsewhere."""
    found: Lines = {}
    for table in elements(text, "table"):
        if table.get("class") != "figures-table":
            continue
        head, *rows = ([cell for cell in row if local(cell) in {"th", "td"}] for row in table.iter("tr"))
        sprints = [int(words(cell).removeprefix("s")) for cell in head[1:]]
        sums = [row.get("class") == "sum" for row in table.iter("tr")][1:]
        for (title, *cells), is_theme in zip(rows, sums, strict=True):
            name = words(title).lower() if is_theme else words(title)
            told = {sprint: words(cell) for sprint, cell in zip(sprints, cells, strict=True)}
            found |= {(sprint, name): FEW if value == "x" else value for sprint, value in told.items() if value != "·"}
    return found


def without_sides(lines: Lines) -> Lines:
    return {key: re.sub(r" (low|high)$", "!", value) for key, value in lines.items()}


LINES: Mapping[str, Callable[[str], Lines]] = {"md": lines_in_markdown, "json": lines_in_json, "csv": lines_in_csv}
STATEMENTS: Mapping[str, Callable[[str], Statements]] = {"json": statements_in_json, "csv": statements_in_csv}


@pytest.mark.parametrize("form", LINES)
def test_every_format_says_the_same_of_themes_and_mistakes(form: str) -> None:
    assert LINES[form](EXPORTERS[form](story())) == lines_of(story())


def test_the_page_for_browsers_says_the_same_of_themes_and_mistakes() -> None:
    assert lines_in_html(EXPORTERS["html"](story())) == without_sides(lines_of(story()))


@pytest.mark.parametrize("form", STATEMENTS)
def test_every_format_says_the_same_of_statements(form: str) -> None:
    assert STATEMENTS[form](EXPORTERS[form](story())) == statements_of(story())


def test_the_story_holds_what_the_formats_must_tell_apart() -> None:
    told = lines_of(story())
    assert told[10, "m11"] == FEW
    assert told[10, "No pilot"] == "2.0 low"
    assert (9, "m11") not in told
    assert statements_of(story())[9, "m03.a"][0] == 1.5
