"""One person's own picture as text, Markdown and JSON.

Owns the layout only: every figure and sentence comes with the picture. Must not know where it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from textwrap import wrap
from types import MappingProxyType

import msgspec

from tuiretro.core.self_check import LOW
from tuiretro.core.self_check_words import NOTHING_LOW
from tuiretro.core.text import clean, cleaned_keys, pad
from tuiretro.export.escaping import escape
from tuiretro.model.self_check import OwnLine, Picture, SeenMistake
from tuiretro.model.survey import EFFORT_WORDS

SCHEMA = 1
"""Counts up when a key of the JSON goes away or changes its meaning."""
_LABEL, _SCALE, _PAGE = 38, 9, 68
"""Cells of a statement's label, of the five points, and of a line: what a page to read has room for."""
_CANT_SAY = "can't say"


def picture_text(picture: Picture) -> str:
    """A picture as plain text, at most 68 cells wide, with one play for each mistake; ends in a newline."""
    lines = [f"{clean(picture.title)}, {picture.day}: your answers"]
    lines += wrapped(picture.beside)
    lines += ["", f"{'':{_LABEL}} 1 2 3 4 5{'  team' if picture.compares else ''}"]
    for theme in picture.themes:
        lines += [theme.theme.upper(), *map(_line, theme.lines)]
    lines += ["", f"WHAT YOU SEE, RATED 1 OR {LOW}"]
    for seen in picture.seen:
        lines += _seen(seen)
    lines += [] if picture.seen else [f"  {NOTHING_LOW}"]
    lines += ["", *(line for note in picture.notes for line in wrapped(note))]
    return "\n".join(lines) + "\n"


def wrapped(text: str, indent: str = "") -> list[str]:
    """A sentence in lines that fit a page to read; none for none."""
    return wrap(clean(text), _PAGE, initial_indent=indent, subsequent_indent=indent)


def _line(line: OwnLine) -> str:
    scale = _CANT_SAY if line.answer is None else " ".join("●" if n == line.answer else "·" for n in range(1, 6))
    return f"{pad(f'  {clean(line.short)}', _LABEL)} {scale:{_SCALE}}  {clean(line.team)}".rstrip()


def _seen(seen: SeenMistake) -> Iterator[str]:
    number = f"{seen.number:>2}  " if seen.number else ""
    yield f"  {number}{clean(seen.title)}"
    yield from (f"      {clean(rated)}" for rated in seen.rated)
    for play in seen.plays[:1]:
        yield from wrapped(f"You can start: {play.title} ({EFFORT_WORDS[play.effort]})", " " * 6)
        yield from wrapped(play.first_step, " " * 8)
    yield from wrapped(seen.remark, " " * 6)


def picture_markdown(picture: Picture) -> str:
    """A picture as Markdown; ends in a newline."""
    lines = [f"# {escape(picture.title)}, {picture.day}: your answers", ""]
    lines += [escape(picture.beside), ""] if picture.beside else []
    for theme in picture.themes:
        lines += [f"## {theme.theme}", "", *_table(theme.lines, compares=picture.compares), ""]
    lines += [f"## What you see, rated 1 or {LOW}", ""]
    for seen in picture.seen:
        lines += [*_seen_markdown(seen), ""]
    lines += [] if picture.seen else [NOTHING_LOW, ""]
    return "\n".join([*lines, *(f"{escape(note)}  " for note in picture.notes)]).rstrip() + "\n"


def _table(lines: tuple[OwnLine, ...], *, compares: bool) -> Iterator[str]:
    yield f"| statement | you |{' team |' if compares else ''}"
    yield f"|---|---|{'---|' if compares else ''}"
    for line in lines:
        answer = _CANT_SAY if line.answer is None else f"{line.answer}, {line.said}"
        team = f" {escape(line.team)} |" if compares else ""
        yield f"| {escape(line.text)} | {escape(answer)} |{team}"


def _seen_markdown(seen: SeenMistake) -> Iterator[str]:
    number = f"{seen.number} " if seen.number else ""
    yield f"### {number}{escape(seen.title)}"
    yield ""
    yield from (f"- {escape(rated)}" for rated in seen.rated)
    for play in seen.plays:
        yield f"- You can start: **{escape(play.title)}** ({EFFORT_WORDS[play.effort]}). {escape(play.first_step)}"
    if seen.remark:
        yield f"- {escape(seen.remark)}"


def picture_json(picture: Picture) -> str:
    """A picture as indented JSON in a fixed order of keys; ends in a newline."""
    document = {"schema": SCHEMA, "check": msgspec.to_builtins(picture)}
    return msgspec.json.format(msgspec.json.encode(cleaned_keys(document)), indent=2).decode() + "\n"


PICTURES: Mapping[str, Callable[[Picture], str]] = MappingProxyType(
    {"text": picture_text, "md": picture_markdown, "json": picture_json}
)
"""Form to exporter."""
