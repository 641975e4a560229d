"""The chart of one line: dots, three-sprint average, limits and marks, as text on the fixed scale of 1 to 5.

Returns plain rows; colours and widgets are somebody else's, and go by the signs named here. Computes no figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor
from typing import NamedTuple

from msgspec import Struct

from tuiretro.core.rules import LAPSED_AFTER, SCALE
from tuiretro.model.trends import Dot, Line, Start, Trends

DOT, UNUSUAL, USUAL, LIMIT, BREAK = "●", "◆", "╌", "┈", "┊"
AVERAGE = "─╭╮╰╯│"
"""The signs that the three-sprint line is drawn with."""
MARKS: dict[str, str] = {
    "A": "action taken on",
    "T": "team changed",
    "L": "other language",
    "S": "other statements",
    "B": "new baseline",
    "W": "whole sprint unusual",
    "x": "too few answers",
    "+": "and more",
}
"""Letters below the chart, and what they mean."""
_LETTERS: dict[Start | None, str] = {"language": "L", "statement": "S", "baseline": "B"}
UNBROKEN: frozenset[Start | None] = frozenset({None, "first", "baseline"})
"""Starts at which a line is not broken."""
_AXIS, _RIGHT = 3, 11
"""Cells beside the chart: the scale on the left, what limits and centre are on the right."""
_STEPS = (4, 3, 2)
"""Cells from one sprint to the next: as many as all sprints leave room for, but two, so that a break can be seen."""
_LABEL = 5
"""Cells that the number of a sprint takes at least, with the space behind it."""


class Plot(Struct, frozen=True):
    """A chart as rows of text."""

    rows: tuple[str, ...]
    """Scale and chart, from 5 down to 1; then marks; then numbers of sprints."""
    earlier: int
    """How many sprints before the first one shown there are."""


def window(sprints: int, width: int) -> int:
    """How many sprints a chart of `width` cells can show."""
    return min(sprints, max(1, (width - _AXIS - _RIGHT) // _STEPS[-1]))


class _Scope(NamedTuple):
    """The sprints that are shown, and how."""

    shown: list[int]
    earlier: int
    before: int
    """The sprint with results before the first one shown; 0 without one."""
    step: int


def _scope(trends: Trends, width: int, back: int) -> _Scope:
    numbers = [sprint.number for sprint in trends.sprints]
    count = window(len(numbers), width)
    end = max(count, len(numbers) - back)
    shown = numbers[end - count : end]
    room = max(1, width - _AXIS - _RIGHT)
    step = next((step for step in _STEPS if step * len(shown) <= room), _STEPS[-1])
    return _Scope(shown, end - count, numbers[end - count - 1] if end > count else 0, step)


def _marked(line: Line, trends: Trends, scope: _Scope) -> list[str]:
    """The letters of each sprint shown."""
    pairs = zip([scope.before, *scope.shown], scope.shown, strict=False)
    starts = {dot.sprint: dot.start for dot in line.dots}
    return [letters(line, trends, sprint, earlier, starts.get(sprint)) for earlier, sprint in pairs]


def plot(line: Line, trends: Trends, *, width: int, height: int, back: int = 0) -> Plot:
    """The chart of a line.

    Args:
        line: One of the trends' lines.
        trends: All of it: sprints, actions and changes.
        width: Cells; from about 40 on there is something to see.
        height: Rows, with the two below the chart; at least 7.
        back: How many of the newest sprints are left out.
    """
    scope = _scope(trends, width, back)
    shown, step = scope.shown, scope.step
    canvas = _Canvas(step * len(shown), max(1, (height - 3) // (SCALE[1] - SCALE[0])))
    values = carried(line.dots, shown, trends.changes)
    for place, sprint in enumerate(shown):
        _draw_line(canvas, values, shown, place, step, sprint)
    for place, sprint in enumerate(shown):
        _draw_limits(canvas, values.get(sprint), place * step, step)
    last = next((values[sprint] for sprint in reversed(shown) if sprint in values), None)
    rows = canvas.rows(_right(last, canvas))
    below = "".join(_fitted(found, step) for found in _marked(line, trends, scope))
    rows += [f"{'':{_AXIS}}{below}".rstrip(), f"{'':{_AXIS}}{_numbers(shown, step)}".rstrip()]
    return Plot(tuple(rows), scope.earlier)


def legend(line: Line, trends: Trends, *, width: int, back: int = 0) -> tuple[str, ...]:
    """What the signs mean that the chart of a line has, one by one; what is usual and the limits are named in it.

    Args:
        line: One of the trends' lines.
        trends: All of it.
        width: Cells of the chart.
        back: How many of the newest sprints are left out.
    """
    scope = _scope(trends, width, back)
    shown = set(scope.shown)
    dots = [dot for dot in line.dots if dot.sprint in shown]
    is_broken = any(dot.start not in UNBROKEN and dot.sprint != scope.shown[0] for dot in dots)
    signs = (
        (any(dot.signal is None for dot in dots), f"{DOT} a sprint"),
        (any(dot.signal is not None for dot in dots), f"{UNUSUAL} unusual"),
        (bool(dots), f"{AVERAGE[0]} 3-sprint average"),
        (is_broken, f"{BREAK} not compared across"),
    )
    letters = _marked(line, trends, scope)
    marks = "".join(letters) + ("+" if any(len(found) > scope.step for found in letters) else "")
    told = (f"{letter} {word}" for letter, word in MARKS.items() if letter in marks)
    return (*(words for is_there, words in signs if is_there), *told)


class _Canvas:
    """Cells in which the first sign stays: what is most important is drawn first."""

    def __init__(self, width: int, per_point: int) -> None:
        self.per_point = per_point
        self.cells = [[" "] * width for _ in range((SCALE[1] - SCALE[0]) * per_point + 1)]

    def row(self, value: float) -> int:
        """The row of a value, from 0 for the highest; may lie outside."""
        # Halves go down, always: rounding to even would put 4.5 and 3.5 at unequal distances.
        return floor((SCALE[1] - value) * self.per_point + 0.5)

    def put(self, row: int, column: int, sign: str) -> None:
        """Draws into an empty cell; nothing where there is none."""
        if 0 <= row < len(self.cells) and 0 <= column < len(self.cells[0]) and self.cells[row][column] == " ":
            self.cells[row][column] = sign

    def rows(self, right: Mapping[int, str]) -> list[str]:
        """All rows with the scale on the left."""
        rows = []
        for at, cells in enumerate(self.cells):
            point, rest = divmod(at, self.per_point)
            scale = f"{SCALE[1] - point} ┤" if rest == 0 else "  │"
            rows.append(f"{scale}{''.join(cells)} {right.get(at, '')}".rstrip())
        return rows


def carried(dots: Sequence[Dot], shown: Sequence[int], changes: Sequence[int]) -> dict[int, Dot]:
    """By sprint shown: the last value up to it, if there is one that people who left or joined have not ended."""
    found: dict[int, Dot] = {}
    place = 0
    for sprint in shown:
        while place < len(dots) and dots[place].sprint <= sprint:
            place += 1
        # What was last said a while ago is not drawn on as if it still held.
        if (
            place
            and sprint - dots[-1].sprint <= LAPSED_AFTER
            and not any(dots[place - 1].sprint < change <= sprint for change in changes)
        ):
            found[sprint] = dots[place - 1]
    return found


def _draw_line(
    canvas: _Canvas, values: Mapping[int, Dot], shown: Sequence[int], place: int, step: int, sprint: int
) -> None:
    """The dot of a sprint, if it has one, and the three-sprint line up to it and through it."""
    dot, column = values.get(sprint), place * step
    if dot is None:
        return
    before = values.get(shown[place - 1]) if place else None
    if dot.sprint == sprint:
        canvas.put(canvas.row(dot.value), column, DOT if dot.signal is None else UNUSUAL)
    if dot.sprint == sprint and place and dot.start not in UNBROKEN:
        for row in range(len(canvas.cells)):
            canvas.put(row, column - 1, BREAK)
    elif before is not None:
        _join(canvas, canvas.row(before.average), canvas.row(dot.average), column - 1)
    for at in range(column, column + step - (place + 1 < len(shown))):
        canvas.put(canvas.row(dot.average), at, AVERAGE[0])


def _draw_limits(canvas: _Canvas, dot: Dot | None, column: int, step: int) -> None:
    """What was usual in a sprint, and its limits, where nothing else stands."""
    if dot is None:
        return
    for at in range(column, column + step):
        for value, sign in ((dot.centre, USUAL), (dot.lower, LIMIT), (dot.upper, LIMIT)):
            if value is not None and SCALE[0] <= value <= SCALE[1]:
                canvas.put(canvas.row(value), at, sign)


def _join(canvas: _Canvas, start: int, end: int, column: int) -> None:
    """The three-sprint line from one sprint to the next."""
    if start == end:
        canvas.put(start, column, AVERAGE[0])
        return
    falls = end > start
    canvas.put(start, column, "╮" if falls else "╯")
    canvas.put(end, column, "╰" if falls else "╭")
    for row in range(min(start, end) + 1, max(start, end)):
        canvas.put(row, column, "│")


def _right(last: Dot | None, canvas: _Canvas) -> dict[int, str]:
    """By row: what limits and centre of the last value shown are."""
    if last is None or last.centre is None or last.lower is None or last.upper is None:
        return {}
    told = [(last.centre, "usual"), (last.upper, "upper"), (last.lower, "lower")]
    words: dict[int, str] = {}
    for value, word in told:
        if SCALE[0] <= value <= SCALE[1]:
            words.setdefault(canvas.row(value), f"{value:.1f} {word}")
    return words


def letters(line: Line, trends: Trends, sprint: int, before: int, start: Start | None) -> str:
    """The marks of one sprint; `before` is the sprint with results before it."""
    found = []
    for action in trends.actions:
        concerns = action.mistake == line.mistake if line.mistake is not None else action.theme == line.theme
        if concerns and before < action.sprint <= sprint and "A" not in found:
            found.append("A")
    if any(before < change <= sprint for change in trends.changes):
        found.append("T")
    if start in _LETTERS:
        found.append(_LETTERS[start])
    if any(number == sprint for number, _ in trends.wholes):
        found.append("W")
    if sprint in line.too_few:
        found.append("x")
    return "".join(found)


def _fitted(letters: str, step: int) -> str:
    """At most `step` cells; what does not fit is a plus."""
    return letters.ljust(step) if len(letters) <= step else f"{letters[: step - 1]}+"


def _numbers(shown: Sequence[int], step: int) -> str:
    every = -(-_LABEL // step)
    return "".join(f"s{shown[place]}".ljust(every * step) for place in range(0, len(shown), every))
