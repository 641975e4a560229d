"""What all released sprints of a team say together: the value that the trends of screens and commands are made from."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tuiretro.model.summary import Signal
from tuiretro.model.survey import Theme
from tuiretro.model.team import Sprint

Start = Literal["first", "team", "language", "statement", "baseline"]
"""Why a line starts anew: nothing before, people changed, another language, other statements, or a new normal."""


class Dot(Struct, frozen=True, gc=False):
    """One value of a line, in points of the scale."""

    sprint: int
    value: float
    """Of a mistake: its shown mean. Of a theme: the average of the latest shown mean of each of its items."""
    average: float
    """The three-sprint line: the average of the last three values of the segment, fewer if there are fewer."""
    start: Start | None = None
    """A new segment starts here, and why."""
    centre: float | None = None
    """What was usual, judged by what came before; None while it was too early."""
    lower: float | None = None
    """The limits of this very value: they move with the number of answers. They may lie outside the scale."""
    upper: float | None = None
    signal: Signal | None = None


class Line(Struct, frozen=True):
    """One theme or mistake over all sprints."""

    id: str
    """A theme's name or a mistake's id."""
    title: str
    theme: Theme
    mistake: str | None
    """None for a theme."""
    dots: tuple[Dot, ...]
    """One for each sprint that asked it and may show a value, oldest first."""
    too_few: tuple[int, ...] = ()
    """Sprints in which it was asked and too few answered."""
    remarks: tuple[str, ...] = ()
    """What may be said of it now, most important first."""
    band: float | None = None
    """Half the width of the noise band of the last value, in points: one decimal."""
    answered: str = ""
    """'7 of 9 answered', of a mistake's last value."""
    calm: str = ""
    """What a chart says under it where there is no remark: that nothing is unusual, or that it was not asked."""

    @property
    def said(self) -> tuple[str, ...]:
        """All that is said under its chart."""
        return self.remarks or ((self.calm,) if self.calm else ())


class ActionMark(Struct, frozen=True):
    """An action on the line of its mistake, and of its theme."""

    sprint: int
    """In which it was taken on, or in which it was to start if that was drawn."""
    id: int
    title: str
    mistake: str | None
    theme: Theme | None


class Trends(Struct, frozen=True):
    """The past of one team."""

    team: str
    sprints: tuple[Sprint, ...]
    """Those with results, oldest first."""
    lines: tuple[Line, ...]
    """Each theme, followed by its mistakes by number; at last the mistakes that left the catalogue."""
    changes: tuple[int, ...] = ()
    """Sprints in which people joined or left."""
    wholes: tuple[tuple[int, Signal], ...] = ()
    """Sprints that were rated lower or higher as a whole."""
    actions: tuple[ActionMark, ...] = ()
    remark: str = ""
    """What holds for all of it: too early, or what was unusual of the last sprint as a whole."""

    def values(self, line: Line) -> tuple[float | None, ...]:
        """A line's value in each sprint with results; None where it has none."""
        known = {dot.sprint: dot.value for dot in line.dots}
        return tuple(known.get(sprint.number) for sprint in self.sprints)

    def line(self, wanted: str) -> Line | None:
        """The line of a theme or mistake."""
        return next((line for line in self.lines if line.id == wanted), None)
