"""A sprint as JSON, for programs: the figures as they may be shown, in a fixed order of keys.

Owns the document of one sprint; its parts are `json_parts`'.
"""

from __future__ import annotations

from msgspec import Struct

from tuiretro.core.figures import FOOTER
from tuiretro.core.telling import open_actions, told_whole
from tuiretro.core.text import clean
from tuiretro.export.json_parts import (
    SCHEMA,
    FocusEntry,
    OpenAction,
    SchemaNumber,
    SprintSpan,
    ThemeFigures,
    encoded,
    focus_entries,
    open_action,
    span,
    theme_figures,
)
from tuiretro.model.summary import Signal, Summary


class SprintDocument(Struct, frozen=True):
    """What is exported of one sprint."""

    schema: SchemaNumber
    team: str
    sprint: SprintSpan
    survey: str
    answered: str
    minimum: int
    sprints: int
    mistakes: int
    signal: Signal | None
    remark: str
    focus: tuple[FocusEntry, ...]
    actions: tuple[OpenAction, ...]
    themes: tuple[ThemeFigures, ...]
    has_comments: bool
    note: str


def json_document(summary: Summary, *, owners: bool = False) -> str:
    """A summary as indented JSON of schema `SCHEMA`; ends in a newline.

    An item that too few answered has `"suppressed": true` and null figures. A mean at an end of the shown range has
    `"at_most": true` or `"at_least": true`. Of a focus entry only the suggested play is in (null where people should
    talk first), and of the actions only the open ones. Where nearly all answered, every `n` is null: the exact number
    would send people looking for the one.

    Args:
        summary: One released sprint.
        owners: Whether the owners of actions are named.
    """
    return encoded(
        SprintDocument(
            schema=SCHEMA,
            team=clean(summary.team),
            sprint=span(summary.sprint),
            survey=clean(summary.title),
            answered=clean(summary.answered),
            minimum=summary.minimum,
            sprints=summary.sprints,
            mistakes=summary.mistakes,
            signal=summary.signal,
            remark=clean(told_whole(summary)),
            focus=focus_entries(summary.focus),
            actions=tuple(open_action(action, owners=owners) for action in open_actions(summary.actions)),
            themes=theme_figures(summary),
            has_comments=summary.comments > 0,
            note=FOOTER,
        )
    )
