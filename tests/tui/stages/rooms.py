"""Retros in a room without a store or a terminal, and what a stage draws of them as text."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec.structs import replace
from textual.content import Content
from textual.widgets.option_list import Option

from tests.core.boards import LAYOUT, SPRINT, TEAM, TODAY, a_retro
from tests.core.decision_histories import history
from tests.core.summaries import steady, told
from tuiretro.model.action import Action
from tuiretro.model.board_format import Column
from tuiretro.model.release import ItemResult, Release, Spread
from tuiretro.model.retro import Added, Change, CheckId, Clock, Grouped, Named, Note, Retro, Revealed
from tuiretro.service.insight import Results
from tuiretro.service.retro_room import Room, room_of
from tuiretro.tui.stages.shown import Shown

WIDTH = 77
TITLES = {"data-cleaning": "Underestimating the data cleaning burden", "no-pilot": "No pilot before scaling"}
FOCUS_COLUMNS = tuple(
    Column(f"{mistake}-{side}", side.title(), f"{side}?", mistake) for mistake in TITLES for side in ("saw", "why")
)
BROUGHT = (Note(1, "", "dropped on Tuesday"),)
GROUP = (
    Added("start", "slow builds"),
    Added("stop", "flaky tests"),
    Added("saw", "nobody owns churn_table"),
    Grouped((1, 2)),
)
"""Notes 1 and 2 lie in group 4, note 3 on its own; it is about data cleaning."""
NAMED = (*GROUP, Named(4, "Build and test"))
OPEN = (*NAMED, Revealed())


def a_room(retro: Retro, actions: tuple[Action, ...] = (), enough: Iterable[CheckId] = ()) -> Room:
    return room_of(TEAM, retro, actions, frozenset(enough))


def a_shown(
    *changes: Change,
    stage: str = "welcome",
    notes: tuple[Note, ...] = (),
    actions: tuple[Action, ...] = (),
    enough: Iterable[CheckId] = (),
    released: Mapping[CheckId, Release] | None = None,
    focus: tuple[str, ...] = (),
    clock: Clock | None = None,
    is_over: bool = False,
    columns: tuple[Column, ...] = LAYOUT.columns,
    undone: int = 0,
) -> Shown:
    """A retro at a stage, as the program shows it that leads it."""
    retro = replace(
        a_retro(*changes),
        stage=stage,
        released=dict(released or {}),
        focus=focus,
        clock=clock or Clock(),
        is_over=is_over,
        undone=undone,
        format=replace(LAYOUT, columns=columns, from_focus=bool(focus)),
    )
    if notes:
        retro = replace(retro, base=replace(retro.base, notes=notes, next_id=len(notes) + 1))
    return Shown(a_room(retro, actions, enough), TODAY, TITLES)


def an_action(number: int, title: str, due: date = date(2026, 12, 13), **values: str) -> Action:
    return replace(Action(number, title, 13, due, "Mina"), **values)


def a_result(mean: float | None, count: int | None, spread: Spread | None = None, answered: int | None = 5) -> Release:
    """The safety check as it was closed."""
    item = ItemResult("retro.welcome", 1, count, mean, spread)
    return Release("0123456789abcdef", SPRINT, "retro-welcome", "Safety check", 7, 4, answered, (item,))


def summarised(comments: tuple[str, ...] = (), sprints: int = 3) -> Results:
    """Results of the last of so many sprints."""
    return Results(told(history(*steady(sprints))), comments)


def drawn(rows: Iterable[Option]) -> str:
    """What rows show, line by line, without trailing blanks."""
    prompts = [row.prompt for row in rows]
    assert all(isinstance(prompt, Content) for prompt in prompts)
    lines = "\n".join(prompt.plain for prompt in prompts if isinstance(prompt, Content)).splitlines()
    return "\n".join(line.rstrip() for line in lines)


def keys_of(rows: Iterable[Option]) -> list[str]:
    """The rows that the cursor stops at, by key."""
    return [row.id or "" for row in rows if not row.disabled]


def seen(shown: Shown) -> Shown:
    """The same once the votes were shown."""
    room = shown.room
    return dataclasses.replace(shown, room=replace(room, retro=replace(room.retro, votes_shown=True)))
