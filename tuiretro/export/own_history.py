"""One person's kept self-checks as text, Markdown and JSON.

Owns the layout only: every mark and sentence comes with the history. Must not know where it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType

import msgspec

from tuiretro.core.calendar import day_and_month
from tuiretro.core.text import clean, cleaned_keys, pad, plural
from tuiretro.export.escaping import escape
from tuiretro.export.self_check import wrapped
from tuiretro.model.self_check import OwnHistory, OwnSeries

SCHEMA = 1
"""Counts up when a key of the JSON goes away or changes its meaning."""
SHOWN = 5
"""Self-checks that stand side by side in text: so many fit beside the statements in 80 cells."""
_LABEL, _COLUMN = 38, 8


def history_text(history: OwnHistory) -> str:
    """A history as plain text, at most 78 cells wide; ends in a newline.

    Of many self-checks the last `SHOWN` stand side by side; which were left out is said.
    """
    days = history.days[-SHOWN:]
    lines = [f"Your self-checks: {plural(len(history.days), 'time')}"]
    if len(history.days) > SHOWN:
        lines.append(f"The last {SHOWN} are shown; --format md and --format json have them all.")
    lines += ["", _row("", [str(day.year) for day in days]), _row("", list(map(day_and_month, days)))]
    for theme, series in groupby(history.lines, lambda line: line.theme):
        lines += [theme.upper(), *(row for line in series for row in _series(line))]
    return "\n".join([*lines, "", *(line for note in history.notes for line in wrapped(note))]) + "\n"


def _series(line: OwnSeries) -> Iterator[str]:
    marks = line.marks[-SHOWN:]
    if any(marks) or line.remark:
        yield _row(f"  {clean(line.short)}", list(marks))
    yield from wrapped(line.remark, " " * 6)


def _row(label: str, cells: list[str]) -> str:
    return f"{pad(label, _LABEL)}{''.join(f'{cell:>{_COLUMN}}' for cell in cells)}".rstrip()


def history_markdown(history: OwnHistory) -> str:
    """A history as Markdown, all of it; ends in a newline."""
    heads = ["statement", *map(str, history.days), "direction"]
    lines = ["# Your self-checks", "", _cells(heads), _cells(["---"] * len(heads))]
    lines += [_cells([escape(line.short), *line.marks, escape(line.remark)]) for line in history.lines]
    return "\n".join([*lines, "", *(f"{escape(note)}  " for note in history.notes)]).rstrip() + "\n"


def _cells(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def history_json(history: OwnHistory) -> str:
    """A history as indented JSON in a fixed order of keys; ends in a newline.

    Of each statement, `asked` says which self-checks asked it, counted from 0, and `answers` what was answered to it
    then: 1 to 5, or null for "can't say".
    """
    checks = [{"day": str(day), "survey": survey} for day, survey in zip(history.days, history.surveys, strict=True)]
    lines = [
        {
            "item": line.item,
            "short": line.short,
            "theme": line.theme,
            "version": line.version,
            "language": line.language,
            "asked": [at for at, mark in enumerate(line.marks) if mark],
            "answers": [int(mark) if mark.isdecimal() else None for mark in line.marks if mark],
            "remark": line.remark,
        }
        for line in history.lines
    ]
    document = {"schema": SCHEMA, "checks": checks, "lines": lines, "notes": list(history.notes)}
    return msgspec.json.format(msgspec.json.encode(cleaned_keys(document)), indent=2).decode() + "\n"


HISTORIES: Mapping[str, Callable[[OwnHistory], str]] = MappingProxyType(
    {"text": history_text, "md": history_markdown, "json": history_json}
)
"""Form to exporter."""
