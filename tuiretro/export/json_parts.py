"""The parts that JSON exports are made of, and their schema number.

Owns the keys, whose meaning `docs/exports.md` tells and whose form `docs/export.schema.json` is made from. Holds no
comment, no owner unless asked, and no figure finer than the screen shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from tuiretro.core.figures import TOO_FEW, told_band, told_mean
from tuiretro.core.rules import ENDS
from tuiretro.core.telling import suggestion
from tuiretro.core.text import clean
from tuiretro.model.action import Action, Status
from tuiretro.model.release import Spread
from tuiretro.model.summary import FocusLine, ItemLine, PlayLine, Signal, Summary, ThemeLine
from tuiretro.model.survey import Effort, Theme
from tuiretro.model.team import Sprint

SCHEMA = 1
"""Counts up when a key goes away or changes its meaning; a new key leaves it as it is."""

Points = Annotated[float, Meta(ge=1, le=5)]
"""On the scale from 1, strongly disagree, to 5, strongly agree."""
LIMITS = (
    "As computed, to one decimal: it may lie outside the scale of 1 to 5, where no value can pass it, and a value may "
    "be unusual just within it."
)
Limit = Annotated[float, Meta(description=LIMITS)]
"""Where a value is called unusual."""
SchemaNumber = Annotated[int, Meta(ge=1)]


class Figure(Struct, frozen=True):
    """A mean with its band; `at_most` and `at_least` say that the mean is only known to lie at that end."""

    suppressed: bool
    mean: Points | None
    at_most: bool
    at_least: bool
    band: Annotated[float, Meta(ge=0)] | None


class Item(Struct, frozen=True):
    """A statement and how it was rated."""

    id: str
    short: str
    text: str
    facet: bool
    n: int | None
    figure: Figure
    spread: Spread | None
    signal: Signal | None
    remarks: tuple[str, ...]


class ThemeFigures(Struct, frozen=True):
    """A theme: the average of the latest shown mean of each of its statements, and those asked this time."""

    theme: Theme
    figure: Figure
    asked: bool
    signal: Signal | None
    remark: str
    items: tuple[Item, ...]


class SuggestedPlay(Struct, frozen=True):
    """The play that is suggested first."""

    reference: str
    title: str
    effort: Effort
    why: str
    first_step: str
    done_when: str


class FocusEntry(Struct, frozen=True):
    """A mistake on the focus list, the statement that asked about it last, and why it is there."""

    mistake: str
    number: int
    title: str
    statement: str
    figure: Figure
    answered: str
    reason: str
    new_drop: bool
    talk_first: bool
    play: SuggestedPlay | None


class OpenAction(Struct, frozen=True):
    """An action that is open; `owner` is there only where owners were asked for."""

    id: int
    title: str
    sprint: int
    due: date
    done_when: str
    mistake: str | None
    play: str | None
    owner: str | UnsetType = UNSET


class ToldAction(Struct, frozen=True):
    """An action and what became of it; `owner` is there only where owners were asked for."""

    id: int
    title: str
    sprint: int
    due: date
    done_when: str
    mistake: str | None
    play: str | None
    status: Status
    closed: int | None
    followed: str
    owner: str | UnsetType = UNSET


class SprintSpan(Struct, frozen=True):
    """A sprint's number and dates; both days belong to it."""

    number: int
    starts: date
    ends: date


def encoded(document: Struct) -> str:
    """A document as indented JSON that ends in a newline."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def span(sprint: Sprint) -> SprintSpan:
    """A sprint's number and dates."""
    return SprintSpan(sprint.number, sprint.starts, sprint.ends)


def figure(mean: float | None, band: float | None) -> Figure:
    """A figure as it may be told; suppressed where there is none."""
    if mean is None or band is None:
        return Figure(suppressed=True, mean=None, at_most=False, at_least=False, band=None)
    return Figure(
        suppressed=False,
        mean=told_mean(mean),
        at_most=mean <= ENDS[0],
        at_least=mean >= ENDS[1],
        band=told_band(band),
    )


def theme_figures(summary: Summary) -> tuple[ThemeFigures, ...]:
    """The themes of a sprint; where nearly all answered, every `n` is null."""
    return tuple(_theme(theme, is_counted=not summary.nearly_all) for theme in summary.themes)


def _theme(theme: ThemeLine, *, is_counted: bool) -> ThemeFigures:
    items = tuple(_item(item, is_counted=is_counted) for item in theme.items)
    found = figure(theme.mean, theme.band)
    return ThemeFigures(theme.theme, found, theme.asked, theme.signal, clean(theme.remark), items)


def _item(item: ItemLine, *, is_counted: bool) -> Item:
    found = figure(item.mean, item.band)
    return Item(
        id=clean(item.id),
        short=clean(item.short),
        text=clean(item.text),
        facet=item.is_facet,
        n=item.n if is_counted and not found.suppressed else None,
        figure=found,
        spread=None if found.suppressed else item.spread,
        signal=None if found.suppressed else item.signal,
        remarks=(TOO_FEW,) if found.suppressed else tuple(clean(remark) for remark in item.remarks),
    )


def focus_entries(entries: Iterable[FocusLine]) -> tuple[FocusEntry, ...]:
    """A focus list; of its plays only the suggested one, and none where people should talk first."""
    return tuple(_focus(entry) for entry in entries)


def _focus(entry: FocusLine) -> FocusEntry:
    play = suggestion(entry)
    return FocusEntry(
        mistake=clean(entry.mistake),
        number=entry.number,
        title=clean(entry.title),
        statement=clean(entry.statement),
        figure=figure(entry.level, entry.band),
        answered=clean(entry.answered),
        reason=clean(entry.reason),
        new_drop=entry.new_drop,
        talk_first=entry.talk_first,
        play=None if play is None else _play(play),
    )


def _play(play: PlayLine) -> SuggestedPlay:
    return SuggestedPlay(
        clean(play.reference),
        clean(play.title),
        play.effort,
        clean(play.why),
        clean(play.first_step),
        clean(play.done_when),
    )


def open_action(action: Action, *, owners: bool) -> OpenAction:
    """An open action."""
    return OpenAction(
        action.id,
        clean(action.title),
        action.sprint,
        action.due,
        clean(action.done_when),
        None if action.mistake is None else clean(action.mistake),
        None if action.play is None else clean(action.play),
        clean(action.owner) if owners else UNSET,
    )
