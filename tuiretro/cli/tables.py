"""Rows as text, Markdown, CSV or JSON. Everything that people typed is cleaned here before it is printed.

Must not know what the rows are about.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import click
from rich.cells import cell_len

from tuiretro.core.text import clean, cleaned_keys, pad

SCHEMA = 1
"""Goes up when a key of the JSON changes its meaning or goes away; new keys leave it alone."""
_GAP = "  "

Cell = str | int | float | None


class Table(NamedTuple):
    """Rows under heads; numbers stand right, a missing value is empty."""

    heads: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    empty: str = ""
    """The sentence that stands in for no rows, in text and Markdown."""


def render(
    form: str, table: Table, document: Mapping[str, object], *, title: str = "", foot: Iterable[str] = ()
) -> str:
    """A table in one of the four forms.

    Args:
        form: "text", "md", "json" or "csv".
        table: What text, Markdown and CSV show.
        document: What JSON shows, without its schema number.
        title: Stands above the table in text and Markdown.
        foot: Sentences below it, in text and Markdown.
    """
    if form == "json":
        return as_json(document)
    if form == "csv":
        return as_csv(table)
    body = table.empty if not table.rows else as_text(table) if form == "text" else as_markdown(table)
    head = click.style(clean(title), bold=True) if form == "text" else _heading(title)
    return "\n".join([*([head] if title else []), body, *(["", *map(clean, foot)] if foot else [])])


def _heading(title: str) -> str:
    # The exporters take longer to import than a table to print, so only Markdown pays for them.
    from tuiretro.export.escaping import escape

    return f"# {escape(title)}\n"


def as_text(table: Table) -> str:
    """Columns as wide as their widest cell; wide characters count twice."""
    rows = [[_word(cell) for cell in row] for row in table.rows]
    widths = [max(map(cell_len, column)) for column in zip(table.heads, *rows, strict=True)]
    right = [_is_number(column) for column in zip(*table.rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        shown = (
            " " * (width - cell_len(cell)) + cell if to_right else pad(cell, width)
            for cell, width, to_right in zip(cells, widths, right, strict=True)
        )
        return _GAP.join(shown).rstrip()

    return "\n".join([click.style(line(table.heads), bold=True), *map(line, rows)])


def as_markdown(table: Table) -> str:
    """A pipe table in which no cell can be anything but text."""
    from tuiretro.export.escaping import escape

    right = [_is_number(column) for column in zip(*table.rows, strict=True)]
    lines = [table.heads, tuple("--:" if to_right else "---" for to_right in right)]
    lines += [tuple(escape(_word(cell)) for cell in row) for row in table.rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_csv(table: Table) -> str:
    """Comma-separated with a head line; a cell that a spreadsheet would run gets an apostrophe in front."""
    from tuiretro.export.cells import unarmed

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.heads)
    writer.writerows([unarmed(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows)
    return out.getvalue().rstrip("\n")


def as_json(document: Mapping[str, object]) -> str:
    """The document with its schema number first."""
    return json.dumps({"schema": SCHEMA, **cleaned_keys(document)}, ensure_ascii=False, indent=2, allow_nan=False)


def _word(cell: Cell) -> str:
    return "" if cell is None else clean(cell) if isinstance(cell, str) else str(cell)


def _is_number(column: Iterable[Cell]) -> bool:
    return all(cell is None or isinstance(cell, int | float) for cell in column)
