"""Which sprint a row of another tool's table is of.

Owns which sprints may be imported at all: those that are over and have no results. Knows nothing of files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Literal

from tuiretro.core.calendar import sprint_on
from tuiretro.core.cells import DAY_WIDTH, day_of, sprint_number
from tuiretro.core.faults import Faults, told
from tuiretro.core.text import clean
from tuiretro.model.importing import ImportMap
from tuiretro.model.team import Team

UNDATED = "no date or sprint"
OUTSIDE = {
    "early": "from before sprint 1",
    "late": "from a sprint that is not over",
    "released": "from a sprint that has results already",
}
"""Why rows are left out if the map wants it so; a fault otherwise."""
Outcome = int | Literal["undated", "early", "late", "unknown", "released"]


class When:
    """Finds the sprints of rows by what one column says.

    Args:
        wanted: The map.
        team: Whose calendar counts.
        today: The day; the sprint that it falls into is not over.
        released: Sprints that have results.
        faults: Takes in what is of no sprint that may be imported.
    """

    _MOST = 50_000

    def __init__(self, wanted: ImportMap, team: Team, today: date, released: Collection[int], faults: Faults) -> None:
        self.left_out: Counter[str] = Counter()
        self._wanted = wanted
        self._team = team
        self._first = team.cadences[0].starts
        running = sprint_on(team, today)
        self._over = running.number - 1
        self._released = frozenset(released)
        self.faults = faults
        self._known: dict[str, Outcome] = {}
        self._names = {clean(name): number for name, number in (wanted.sprint.names if wanted.sprint else {}).items()}
        self._order = wanted.date.order if wanted.date is not None else None
        self._width = DAY_WIDTH[wanted.date.order] if wanted.date is not None else 200

    def sprints(self, cells: Sequence[str], line: Callable[[int], int]) -> Sequence[int | None]:
        """The sprints of rows; None for one that does not count, which is a fault or is left out.

        Args:
            cells: What the column of the date or sprint says in each.
            line: Gives the line of a row by its place, for the sentence.
        """
        width, known = self._width, self._known
        keys = [cell[:width] for cell in cells]
        fresh = set(keys) - known.keys()
        if len(known) + len(fresh) > self._MOST:
            known.clear()
            fresh = set(keys)
        known.update((key, self._outcome(key)) for key in fresh)
        outcomes = [known[key] for key in keys]
        if all(isinstance(outcome, int) for outcome in set(outcomes)):
            return [outcome for outcome in outcomes if isinstance(outcome, int)]
        found: list[int | None] = []
        for at, outcome in enumerate(outcomes):
            found.append(outcome if isinstance(outcome, int) else None)
            if not isinstance(outcome, int):
                self._refuse(outcome, cells[at], at, line)
        return found

    def sprint(self, cell: str, line: int) -> int | None:
        """The same of a single row."""
        (number,) = self.sprints([cell], lambda _: line)
        return number

    def _outcome(self, cell: str) -> Outcome:
        source = self._wanted.sprint
        if source is not None and source.number is not None:
            return self._allowed(source.number)
        if not cell.strip():
            return "undated"
        if source is not None:
            number = sprint_number(cell, self._names)
            return "unknown" if number is None else self._allowed(number)
        day = day_of(cell, self._order or "y-m-d")
        if day is None:
            return "unknown"
        return "early" if day < self._first else self._allowed(sprint_on(self._team, day).number)

    def _allowed(self, number: int) -> Outcome:
        if number > self._over:
            return "late"
        return "released" if number in self._released else number

    def _refuse(self, outcome: str, cell: str, at: int, line: Callable[[int], int]) -> None:
        if outcome == "undated":
            self.left_out[UNDATED] += 1
        elif outcome in OUTSIDE and self._wanted.outside == "leave-out":
            self.left_out[OUTSIDE[outcome]] += 1
        else:
            # Only what is read is worth its line and its words. What is of no sprint is told once, whatever the day.
            kind = outcome, cell if outcome == "unknown" else ""
            if not self.faults.again(kind):
                # A day in words has a time behind it that is as long.
                width = self._width if self._order == "words" else None
                self.faults.add(line(at), self._words(outcome, told(cell[:width])), kind=kind)

    def _words(self, outcome: str, cell: str) -> str:
        leave = 'the map can say: outside = "leave-out"'
        if outcome == "early":
            return (
                f"{cell} is before sprint 1, which began on {self._first}; {leave}, or sprint 1 can begin earlier as "
                "long as nothing was asked"
            )
        if outcome == "late":
            over = f"sprint {self._over}" if self._over else "none"
            return f"{self._named(cell)} is of a sprint that is not over (the last that is: {over}); {leave}"
        if outcome == "released":
            return f"{self._named(cell)} is of a sprint that has results already, and those are final; {leave}"
        if self._order is not None:
            return f"{cell} is no day written as {self._order}"
        return f"{cell} names no sprint; the map can give it a number under [sprint.names]"

    def _named(self, cell: str) -> str:
        source = self._wanted.sprint
        return "the number in the map" if source is not None and source.number is not None else cell
