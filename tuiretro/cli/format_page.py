"""The format of a retro as a page of text or Markdown, or as the start of one's own.

Must not know where it came from.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuiretro.cli.survey_page import Page, Part
from tuiretro.core.text import plural
from tuiretro.model.board_format import Format

_START = (
    "# To start a format of your own, change the id and the title, and save it in the workspace as\n"
    "# surveys/formats/ID.toml. What you do not want to change under [stages] may be left out."
)


def page(board: Format) -> Page:
    """Its columns, and its stages with what a facilitator may say."""
    return Page(tuple(_parts(board)))


def _parts(board: Format) -> Iterator[Part]:
    yield Part("title", f"{board.title} ({board.id})")
    yield Part("text", board.about)
    yield Part("head", "Columns")
    yield from (Part("point", f"{column.title}: {column.hint}".rstrip(": ")) for column in board.columns)
    if board.from_focus:
        yield Part("text", "Each of them stands once for each mistake on the focus list.")
    whole = sum(stage.minutes for stage in board.stages)
    yield Part("head", f"Stages, {plural(whole, 'minute')} in all")
    for stage in board.stages:
        yield Part("point", f"{stage.title}, {plural(stage.minutes, 'minute')}")
        yield from (Part("detail", line) for line in stage.say)
    yield Part("text", f"Times only advise. Each topic that is discussed has {plural(board.topic_minutes, 'minute')}.")


def as_toml(board: Format) -> str:
    """The whole format, with what it has from the agenda, as a file may say it."""
    import tomli_w

    from tuiretro.core.text import cleaned_keys

    source = {"from": "focus"} if board.from_focus else {}
    plain = {
        "id": board.id,
        "title": board.title,
        "about": board.about,
        **source,
        "topic_minutes": board.topic_minutes,
        "order": [stage.id for stage in board.stages],
        "columns": [
            {"id": column.id, "title": column.title, **({"hint": column.hint} if column.hint else {})}
            for column in board.columns
        ],
        "stages": {
            stage.id: {"title": stage.title, "minutes": stage.minutes, "say": list(stage.say)} for stage in board.stages
        },
    }
    return f"{_START}\n\n{tomli_w.dumps(cleaned_keys(plain))}".rstrip("\n")
