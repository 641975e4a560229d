"""Formats of retros and the agenda that they share: the keys of their files, and what must fit together in them.

A format says only what differs from the agenda. Must not know where files lie.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from tuiretro.library.fitting import repeated_ids, tables_of
from tuiretro.library.problem import Fault, listed, quoted
from tuiretro.library.reading import Table
from tuiretro.library.rules import Rule, choice, kind_of, name, narrow, table, tables, text, texts, whole, within
from tuiretro.model.board_format import STAGES, Column, Format, Minutes, Stage, StageId

AGENDA = "agenda"
"""The id of the one file that holds no format, but the stages that every format begins with."""
MOST_COLUMNS = 9
"""On a board: each is reached by one digit."""
FOCUS_COLUMNS = 3
"""In a format made from the focus list, which holds at most three mistakes."""
COLUMN_CELLS, STAGE_CELLS = 22, 12
MOST_LINES = 6

_minutes = whole(1, 240)


def _say(value: object) -> Iterator[Fault]:
    yield from texts(text(260))(value)
    if isinstance(value, list) and not 1 <= len(value) <= MOST_LINES:
        yield Fault("", f"expected 1 to {MOST_LINES} lines to say, found {len(value)}")


_STAGE: dict[str, Rule] = {"title": narrow(STAGE_CELLS), "minutes": _minutes, "say": _say}
_changes = table(dict.fromkeys(STAGES, table(_STAGE, optional=frozenset(_STAGE))), optional=frozenset(STAGES))


def _stages(value: object) -> Iterator[Fault]:
    if isinstance(value, dict):
        yield from _changes(value)
    else:
        found = kind_of(value)
        yield Fault("", f"expected tables such as [stages.notes], found {found}; 'order' lists the stages")


def _order(value: object) -> Iterator[Fault]:
    yield from texts(choice(*STAGES))(value)
    if not isinstance(value, list):
        return
    if not value:
        yield Fault("", f"expected 1 to {len(STAGES)} stages, found none; leave it out to have them all")
    for position, stage in enumerate(value, 1):
        if isinstance(stage, str) and stage in value[: position - 1]:
            yield within(str(position), Fault("", f"expected each stage once, found {quoted(stage)} again"))


_COLUMN: dict[str, Rule] = {"id": name, "title": narrow(COLUMN_CELLS), "hint": text(120)}
_FORMAT: dict[str, Rule] = {
    "id": name,
    "title": text(60),
    "about": text(300),
    "from": choice("focus"),
    "topic_minutes": _minutes,
    "columns": tables("columns", table(_COLUMN, optional=frozenset({"hint"}))),
    "order": _order,
    "stages": _stages,
}
_OPTIONAL = frozenset({"from", "topic_minutes", "order", "stages"})
_AGENDA: dict[str, Rule] = {
    "id": choice(AGENDA),
    "topic_minutes": _minutes,
    "stages": tables("stages", table({"id": choice(*STAGES), **_STAGE})),
}
_format_table, _agenda_table = table(_FORMAT, optional=_OPTIONAL), table(_AGENDA)


class Agenda(Struct, frozen=True, forbid_unknown_fields=True):
    """The nine stages as they are unless a format says otherwise."""

    id: str
    topic_minutes: Minutes
    stages: tuple[Stage, ...]


class StageChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What a format says in its own way about one stage; None and nothing leave it as it is in the agenda."""

    title: str | None = None
    minutes: Minutes | None = None
    say: tuple[str, ...] = ()


class FormatFile(Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "from"}):
    """A format as its file says it."""

    id: str
    title: str
    about: str
    columns: tuple[Column, ...]
    source: Literal["focus"] | None = None
    topic_minutes: Minutes | None = None
    order: tuple[StageId, ...] = ()
    """Its stages; nothing for those of the agenda."""
    stages: dict[StageId, StageChange] = {}

    def on(self, agenda: Agenda) -> Format:
        """The whole format, which has from the agenda what its file does not say."""
        usual = {stage.id: stage for stage in agenda.stages}
        return Format(
            id=self.id,
            title=self.title,
            about=self.about,
            columns=self.columns,
            stages=tuple(_changed(usual[id_], self.stages.get(id_)) for id_ in self.order or usual),
            topic_minutes=self.topic_minutes or agenda.topic_minutes,
            from_focus=self.source == "focus",
        )


def _changed(stage: Stage, change: StageChange | None) -> Stage:
    if change is None:
        return stage
    return Stage(stage.id, change.title or stage.title, change.minutes or stage.minutes, change.say or stage.say)


def format_faults(raw: Table) -> Iterator[Fault]:
    """Every fault of a format file's table; none means that it decodes to a `FormatFile`."""
    yield from _format_table(raw)
    columns, stages, order = raw.get("columns"), raw.get("stages"), raw.get("order")
    from_focus = "from" in raw
    most = FOCUS_COLUMNS if from_focus else MOST_COLUMNS
    why = "; each comes once for each mistake on the focus list" if from_focus else ""
    if isinstance(columns, list) and not 1 <= len(columns) <= most:
        yield Fault("columns", f"expected 1 to {most} columns, found {len(columns)}{why}")
    yield from repeated_ids("columns", tables_of(raw, "columns"))
    if isinstance(stages, dict) and isinstance(order, list):
        for stage in stages:
            if stage in STAGES and stage not in order:
                yield Fault(f"stages.{stage}", f"expected a stage that 'order' lists, found {quoted(stage)}")


def agenda_faults(raw: Table) -> Iterator[Fault]:
    """Every fault of the agenda's table; none means that it decodes to an `Agenda`."""
    yield from _agenda_table(raw)
    rows = tables_of(raw, "stages")
    yield from repeated_ids("stages", rows)
    ids = [row.get("id") for _, row in rows]
    absent = [stage for stage in STAGES if stage not in ids]
    if absent:
        yield Fault("stages", f"expected all {len(STAGES)} stages, found no {listed(absent)}")
