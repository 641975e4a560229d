"""What the judging of releases takes in and gives out.

Owns the values of `signals`; knows none of its rules.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Side = Literal["low", "high"]


class Asking(Struct, frozen=True, gc=False):
    """One item with a shown mean in one release."""

    sprint: int
    item: str
    version: int
    theme: str
    mean: float
    """As shown: one decimal, 1.5 to 4.5, in points of the scale."""
    n: int
    """How many answered; at least 1."""


class ItemJudgement(Struct, frozen=True, gc=False):
    """What can be said about one item in one release; None where it is too early."""

    since: int
    """The sprint in which the item's current segment starts; this release's own for the first asking of a segment."""
    b: int
    """How many earlier askings of the segment the centre is made of, at most `CENTRE_OF`."""
    z: float | None = None
    """Distance from the centre, in expected errors."""
    centre: float | None = None
    """What is usual, in points."""
    lower: float | None = None
    """Limits of this asking in points; they may lie outside the scale."""
    upper: float | None = None
    signal: Side | None = None
    new_baseline: bool = False
    """This asking is the last of three that moved the segment's start back to the first of them, `since`."""


class ThemeJudgement(Struct, frozen=True, gc=False):
    """What can be said about one theme in one release."""

    value: float
    """Average, in points, of the latest shown mean of each of the theme's items."""
    asked: int
    """How many of its items have a shown mean in this very release; with 0 the value is carried over."""
    z: float | None = None
    """The pooled distance of its judged items; None if there are none."""
    limit: float | None = None
    """How far `z` may be from 0 without a signal; None while it is too early."""
    signal: Side | None = None
    since: int = 1
    """The sprint in which its current segment starts: a team change, another language, or another set of statements."""
    is_fresh: bool = False
    """Each of its items was asked anew since the last fresh value, so that no two fresh values share an asking."""
    centre: float | None = None
    """What is usual, in points; with the limits, the value lies beyond them exactly where `z` is beyond `limit`."""
    lower: float | None = None
    upper: float | None = None


class WholeJudgement(Struct, frozen=True):
    """What can be said about a sprint as a whole."""

    z: float
    limit: float | None
    signal: Side | None


class Judgement(Struct, frozen=True):
    """What one release says, given the releases before it."""

    wobble: float | None
    """The team's usual movement, in points for a single answer; None below `WOBBLE_PAIRS` pairs."""
    items: dict[str, ItemJudgement]
    """By item id: every item with a shown mean in this release."""
    themes: dict[str, ThemeJudgement]
    """By theme: every theme that this release or an earlier one of the same run of one language holds."""
    whole: WholeJudgement | None = None
    """None with fewer than `WHOLE_ITEMS` judged items."""
