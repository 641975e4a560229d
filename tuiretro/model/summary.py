"""One sprint as it may be told: the value that screens, commands and exports are all made from."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tuiretro.model.action import Action
from tuiretro.model.release import Spread
from tuiretro.model.survey import ENGLISH, Effort, Theme
from tuiretro.model.team import Sprint

Signal = Literal["low", "high"]


class ItemLine(Struct, frozen=True):
    """One item's figures and what may be said of them."""

    id: str
    short: str
    text: str
    mistake: str | None = None
    """The mistake that it asks about, by id."""
    is_facet: bool = False
    """A deep-dive item, shown under its mistake."""
    n: int | None = None
    """How many answered; None where that would point at one person, and where too few answered."""
    answered: str = ""
    """'7 of 9 answered', 'nearly all answered'."""
    mean: float | None = None
    """None: too few answers to show."""
    band: float | None = None
    """Half the width of the noise band, in points: one decimal, which tells no number of answers that `n` hides."""
    spread: Spread | None = None
    signal: Signal | None = None
    remarks: tuple[str, ...] = ()
    """Sentences that stand under the item, most important first."""
    details: tuple[str, ...] = ()
    """Sentences for those who ask: what the band means, and where the silent could move the mean."""


class ThemeLine(Struct, frozen=True):
    """One theme: the average of the latest shown mean of each of its items, and the items asked this time."""

    theme: Theme
    mean: float | None = None
    band: float | None = None
    signal: Signal | None = None
    asked: bool = True
    """Whether any of its items was asked this time; if not, its value is from earlier sprints."""
    remark: str = ""
    recent: tuple[float | None, ...] = ()
    """The theme's values over the releases so far, oldest first.

    None before it was first asked, and where it was asked in another language than now."""
    items: tuple[ItemLine, ...] = ()


class PlayLine(Struct, frozen=True):
    """A suggested play, in short."""

    reference: str
    """'mistake.play', as actions and commands name it."""
    title: str
    effort: Effort
    why: str
    first_step: str
    done_when: str


class FocusLine(Struct, frozen=True):
    """One entry of the focus list."""

    mistake: str
    number: int
    """0 for a mistake that is in the catalogue no more."""
    title: str
    level: float
    band: float
    answered: str
    """'7 of 9 answered', of the last time it was asked."""
    reason: str
    new_drop: bool
    talk_first: bool
    """The last answers were split: talk before you fix."""
    statement: str = ""
    """The label of the statement that asks about it, as it was last asked."""
    plays: tuple[PlayLine, ...] = ()
    """Best first: untried, weakest facet, smallest effort; the first one is the suggestion."""


class Summary(Struct, frozen=True):
    """One released sprint of one team."""

    team: str
    sprint: Sprint
    title: str
    """The survey's."""
    answered: str
    """'7 of 9 answered' or 'nearly all answered'."""
    nearly_all: bool
    """Exactly one did not answer; no figure may tell how many did."""
    minimum: int
    sprints: int
    """How many sprints have been released up to this one."""
    signal: Signal | None
    """Whether the whole sprint was unusual."""
    is_judged: bool
    """Whether anything could be compared with earlier sprints; if not, nothing is said of changes."""
    remark: str
    """What holds for the whole sprint: unusual, too early, or empty."""
    mistakes: int
    """How many mistakes the catalogue has."""
    levels: int
    """How many of them have been asked and shown; 0 before the first pulse."""
    themes: tuple[ThemeLine, ...]
    focus: tuple[FocusLine, ...]
    actions: tuple[Action, ...] = ()
    n: int | None = None
    """How many answered; None where exactly one is missing."""
    people: int | None = None
    """How many there were; None where exactly one is missing, since it would tell how many answered."""
    comments: int = 0
    """How many comments were released; the comments themselves never leave the screen."""
    language: str = ENGLISH
    """Of the round, as `Question.language` names it."""
