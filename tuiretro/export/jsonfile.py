"""A summary as JSON, for programs: the figures as they may be shown, in a fixed order of keys.

Owns the schema, which the README describes. Holds no owner and no comment, and no figure finer than the screen shows.
"""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec import Struct

from tuiretro.core.figures import FOOTER, TOO_FEW, told_band, told_mean
from tuiretro.core.rules import ENDS
from tuiretro.core.telling import open_actions, suggestion, whole_remark
from tuiretro.core.text import clean
from tuiretro.model.action import Action
from tuiretro.model.release import Spread
from tuiretro.model.summary import FocusLine, ItemLine, PlayLine, Signal, Summary, ThemeLine
from tuiretro.model.survey import Effort, Theme

SCHEMA = 1
"""Counts up when a key goes away or changes its meaning; a new key leaves it as it is."""


class _Figure(Struct, frozen=True):
    """A mean with its band; `at_most` and `at_least` say that the mean is only known to lie at that end."""

    suppressed: bool
    mean: float | None
    at_most: bool
    at_least: bool
    band: float | None


class _Item(Struct, frozen=True):
    id: str
    short: str
    text: str
    facet: bool
    n: int | None
    figure: _Figure
    spread: Spread | None
    signal: Signal | None
    remarks: tuple[str, ...]


class _Theme(Struct, frozen=True):
    theme: Theme
    figure: _Figure
    asked: bool
    signal: Signal | None
    remark: str
    items: tuple[_Item, ...]


class _Play(Struct, frozen=True):
    reference: str
    title: str
    effort: Effort
    why: str
    first_step: str
    done_when: str


class _Focus(Struct, frozen=True):
    mistake: str
    number: int
    title: str
    figure: _Figure
    answered: str
    reason: str
    new_drop: bool
    talk_first: bool
    play: _Play | None


class _Action(Struct, frozen=True):
    id: int
    title: str
    sprint: int
    due: date
    done_when: str
    mistake: str | None
    play: str | None


class _Sprint(Struct, frozen=True):
    number: int
    starts: date
    ends: date


class _Document(Struct, frozen=True):
    schema: int
    team: str
    sprint: _Sprint
    survey: str
    answered: str
    minimum: int
    sprints: int
    mistakes: int
    signal: Signal | None
    remark: str
    focus: tuple[_Focus, ...]
    actions: tuple[_Action, ...]
    themes: tuple[_Theme, ...]
    has_comments: bool
    note: str


def json_document(summary: Summary) -> str:
    """A summary as indented JSON of schema `SCHEMA`; ends in a newline.

    An item that too few answered has `"suppressed": true` and null figures. A mean at an end of the shown range has
    `"at_most": true` or `"at_least": true`. Of a focus entry only the suggested play is in (null where people should
    talk first), and of the actions only the open ones. Where nearly all answered, every `n` is null: the exact number
    would send people looking for the one.
    """
    document = _Document(
        schema=SCHEMA,
        team=clean(summary.team),
        sprint=_Sprint(summary.sprint.number, summary.sprint.starts, summary.sprint.ends),
        survey=clean(summary.title),
        answered=clean(summary.answered),
        minimum=summary.minimum,
        sprints=summary.sprints,
        mistakes=summary.mistakes,
        signal=summary.signal,
        remark=clean(whole_remark(summary)),
        focus=tuple(_focus(entry) for entry in summary.focus),
        actions=tuple(_action(action) for action in open_actions(summary.actions)),
        themes=tuple(_theme(theme, is_counted=not summary.nearly_all) for theme in summary.themes),
        has_comments=summary.comments > 0,
        note=FOOTER,
    )
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _figure(mean: float | None, band: float | None) -> _Figure:
    if mean is None or band is None:
        return _Figure(suppressed=True, mean=None, at_most=False, at_least=False, band=None)
    return _Figure(
        suppressed=False,
        mean=told_mean(mean),
        at_most=mean <= ENDS[0],
        at_least=mean >= ENDS[1],
        band=told_band(band),
    )


def _theme(theme: ThemeLine, *, is_counted: bool) -> _Theme:
    items = tuple(_item(item, is_counted=is_counted) for item in theme.items)
    figure = _figure(theme.mean, theme.band)
    return _Theme(theme.theme, figure, theme.asked, theme.signal, clean(theme.remark), items)


def _item(item: ItemLine, *, is_counted: bool) -> _Item:
    figure = _figure(item.mean, item.band)
    return _Item(
        id=clean(item.id),
        short=clean(item.short),
        text=clean(item.text),
        facet=item.is_facet,
        n=item.n if is_counted and not figure.suppressed else None,
        figure=figure,
        spread=None if figure.suppressed else item.spread,
        signal=None if figure.suppressed else item.signal,
        remarks=(TOO_FEW,) if figure.suppressed else tuple(clean(remark) for remark in item.remarks),
    )


def _focus(entry: FocusLine) -> _Focus:
    play = suggestion(entry)
    return _Focus(
        mistake=clean(entry.mistake),
        number=entry.number,
        title=clean(entry.title),
        figure=_figure(entry.level, entry.band),
        answered=clean(entry.answered),
        reason=clean(entry.reason),
        new_drop=entry.new_drop,
        talk_first=entry.talk_first,
        play=None if play is None else _play(play),
    )


def _play(play: PlayLine) -> _Play:
    return _Play(
        clean(play.reference),
        clean(play.title),
        play.effort,
        clean(play.why),
        clean(play.first_step),
        clean(play.done_when),
    )


def _action(action: Action) -> _Action:
    return _Action(
        action.id,
        clean(action.title),
        action.sprint,
        action.due,
        clean(action.done_when),
        None if action.mistake is None else clean(action.mistake),
        None if action.play is None else clean(action.play),
    )
