"""One line of the trends as a drawing: dots, three-sprint average, limits and marks on the fixed scale of 1 to 5.

Owns where everything stands, in CSS pixels; colours and markup are the page's. It draws what `core.plot` draws for the
terminal, and computes no figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from tuiretro.core.figures import band_words, mean_short, mean_words
from tuiretro.core.plot import UNBROKEN, carried, letters
from tuiretro.core.rules import SCALE
from tuiretro.export.panels import Panel, panels
from tuiretro.model.trends import Dot, Line, Trends

MOST = 54
"""Sprints side by side at most: two years of two weeks each, of which a page still shows every dot."""
_LEFT, _RIGHT, _TOP, _POINT = 30, 98, 16, 42
"""Pixels for the scale, for the same and words on the right, above the scale, and from one point to the next."""
_WIDE, _STEPS = 820, (15, 56)
"""Pixels that the sprints share, and the least and the most that one gets."""
_FLOOR = _TOP + _POINT * (SCALE[1] - SCALE[0])
_MARKS, _NUMBERS, _HEIGHT = _FLOOR + 22, _FLOOR + 42, _FLOOR + 50
_APART, _LABEL, _LETTER = 14, 34, 7.5
"""Pixels from one line of words to the next, from one number of a sprint to the next, and of a letter."""
_WORDS = 22
"""Pixels from the chart to the words on the right, with the scale between them."""
_OVER, _UNDER = 11, 20
"""Pixels from the middle of an unusual value to the foot of its number above it, and below it."""


class Label(Struct, frozen=True):
    """Words at a place."""

    x: float
    y: float
    text: str


class Alarm(Struct, frozen=True):
    """An unusual value, with its number on the side where nothing else is."""

    x: float
    y: float
    text: str
    text_y: float


class Drawing(Struct, frozen=True):
    """One panel of a line; paths are as SVG writes them, empty where there is nothing to draw."""

    width: int
    height: int
    title: str
    told: str
    """What is to be seen, in words."""
    panel: str
    """Which sprints it shows, in words."""
    left: int
    right: int
    """From where to where the sprints are."""
    top: int
    floor: int
    scale: tuple[Label, ...]
    usual: str
    limits: str
    within: str
    """The area between the limits."""
    average: str
    breaks: tuple[float, ...]
    """Where nothing is compared across."""
    dots: tuple[Label, ...]
    unusual: tuple[Alarm, ...]
    marks: tuple[Label, ...]
    numbers: tuple[Label, ...]
    beside: tuple[Label, ...]
    """What limits and centre of the last value are."""


def draw(line: Line, trends: Trends) -> tuple[Drawing, ...]:
    """A line in panels, the newest first; none where it has no value.

    Args:
        line: One of the trends' lines.
        trends: All of it: sprints, actions and changes.
    """
    found = panels(trends.sprints, MOST)
    dots = {dot.sprint for dot in line.dots}
    return tuple(_panel(line, trends, panel) for panel in reversed(found) if dots & {*panel.numbers})


class _Frame(Struct, frozen=True):
    """Where the sprints of one panel are."""

    step: float
    places: Mapping[int, int]

    def x(self, sprint: int) -> float:
        """The middle of a sprint's column."""
        return round(self.left(self.places[sprint]) + self.step / 2, 1)

    def left(self, place: int) -> float:
        """Where the column at a place begins."""
        return _LEFT + self.step * place


def _panel(line: Line, trends: Trends, panel: Panel) -> Drawing:
    shown = panel.numbers
    step = min(max(_WIDE / len(shown), _STEPS[0]), _STEPS[1])
    frame = _Frame(step, {sprint: place for place, sprint in enumerate(shown)})
    dots = [dot for dot in line.dots if dot.sprint in frame.places]
    breaks = [dot.sprint for dot in dots if dot.start not in UNBROKEN and dot.sprint != shown[0]]
    values = carried(line.dots, shown, trends.changes)
    runs = [*_runs(values, shown, breaks)]
    right = round(frame.left(len(shown)))
    return Drawing(
        width=right + _RIGHT,
        height=_HEIGHT,
        title=f"{line.title}: {panel.words}",
        told=_told(line, dots[-1], values.get(shown[-1])),
        panel=panel.words,
        left=_LEFT,
        right=right,
        top=_TOP,
        floor=_FLOOR,
        scale=tuple(Label(_LEFT - 10, _y(point), str(point)) for point in range(SCALE[0], SCALE[1] + 1)),
        usual="".join(_steps([(place, dot.centre) for place, dot in run], frame) for run in runs),
        limits="".join(
            _steps([(place, value) for place, value in pairs], frame)
            for run in runs
            for pairs in ([(p, d.lower) for p, d in run], [(p, d.upper) for p, d in run])
        ),
        within="".join(_area(run, frame) for run in runs),
        average=_average(dots, breaks, frame),
        breaks=tuple(round(frame.x(sprint) - step / 2, 1) for sprint in breaks),
        dots=tuple(Label(frame.x(dot.sprint), _y(dot.value), "") for dot in dots if dot.signal is None),
        unusual=tuple(_alarm(dot, frame) for dot in dots if dot.signal is not None),
        marks=tuple(_marks(line, trends, panel, frame)),
        numbers=tuple(_numbers(shown, frame)),
        beside=tuple(_beside(values.get(shown[-1]), right)),
    )


def _y(value: float) -> float:
    # To one decimal of the scale: a drawing must tell no finer value than the figures do.
    return round(_FLOOR - (round(value, 1) - SCALE[0]) * _POINT, 1)


def _on_scale(value: float | None) -> bool:
    return value is not None and SCALE[0] <= value <= SCALE[1]


def _alarm(dot: Dot, frame: _Frame) -> Alarm:
    y = _y(dot.value)
    above, below = y - _OVER, y + _UNDER
    text_y = min(below, _FLOOR + _UNDER) if dot.signal == "low" else max(above, _TOP - 4)
    return Alarm(frame.x(dot.sprint), y, mean_short(dot.value), text_y)


def _runs(values: Mapping[int, Dot], shown: Sequence[int], breaks: Sequence[int]) -> Iterator[list[tuple[int, Dot]]]:
    """Places side by side that have limits, with the values that these belong to."""
    run: list[tuple[int, Dot]] = []
    for place, sprint in enumerate(shown):
        dot = values.get(sprint)
        if run and (dot is None or dot.centre is None or sprint in breaks):
            yield run
            run = []
        if dot is not None and dot.centre is not None:
            run.append((place, dot))
    if run:
        yield run


def _steps(pairs: Sequence[tuple[int, float | None]], frame: _Frame) -> str:
    """One level for each column, as stairs; what lies outside the scale is left out."""
    path, was_drawn = "", False
    for place, value in pairs:
        if not _on_scale(value):
            was_drawn = False
            continue
        y = _y(value or 0.0)
        path += f"V{y:g}" if was_drawn else f"M{frame.left(place):.1f} {y:g}"
        path += f"H{frame.left(place + 1):.1f}"
        was_drawn = True
    return path


def _area(run: Sequence[tuple[int, Dot]], frame: _Frame) -> str:
    """Between the limits, as far as the scale goes."""
    upper = [_y(min(dot.upper or 0.0, SCALE[1])) for _, dot in run]
    lower = [_y(max(dot.lower or 0.0, SCALE[0])) for _, dot in run]
    there = "".join(f"V{y:g}H{frame.left(place + 1):.1f}" for (place, _), y in zip(run, upper, strict=True))
    back = "".join(f"V{y:g}H{frame.left(place):.1f}" for (place, _), y in zip(run[::-1], lower[::-1], strict=True))
    return f"M{frame.left(run[0][0]):.1f} {upper[0]:g}{there}{back}Z"


def _average(dots: Sequence[Dot], breaks: Sequence[int], frame: _Frame) -> str:
    path = ""
    for dot in dots:
        begins = not path or dot.sprint in breaks
        path += f"{'M' if begins else 'L'}{frame.x(dot.sprint):.1f} {_y(dot.average):g}"
    return path


def _marks(line: Line, trends: Trends, panel: Panel, frame: _Frame) -> Iterator[Label]:
    starts = {dot.sprint: dot.start for dot in line.dots}
    # What happened before the first sprint of all is no mark of that one.
    before = trends.sprints[panel.first - 1].number if panel.first else panel.numbers[0] - 1
    room = max(1, int(frame.step / _LETTER))
    for sprint in panel.numbers:
        found = letters(line, trends, sprint, before, starts.get(sprint))
        if found:
            fitted = found if len(found) <= room else f"{found[: room - 1]}+"
            yield Label(frame.x(sprint), _MARKS, fitted)
        before = sprint


def _numbers(shown: Sequence[int], frame: _Frame) -> Iterator[Label]:
    """The numbers of as many sprints as there is room for, the last one among them."""
    every = max(1, -(-_LABEL // int(frame.step)))
    for place in range((len(shown) - 1) % every, len(shown), every):
        yield Label(frame.x(shown[place]), _NUMBERS, f"s{shown[place]}")


def _beside(last: Dot | None, right: int) -> Iterator[Label]:
    if last is None or last.centre is None:
        return
    lowest = 0.0
    for value, word in ((last.upper, "upper"), (last.centre, "usual"), (last.lower, "lower")):
        if value is not None and _on_scale(value):
            y = max(_y(value), lowest)
            lowest = y + _APART
            yield Label(right + _WORDS, y, f"{value:.1f} {word}")


def _told(line: Line, last: Dot, limits: Dot | None) -> str:
    band = f" {band_words(line.band)}" if line.band is not None and last == line.dots[-1] else ""
    words = [f"Sprint {last.sprint}: {mean_words(last.value)}{band}, 3-sprint average {last.average:.1f}."]
    beside = [label.text for label in _beside(limits, 0)]
    words += [f"Limits: {', '.join(beside)}."] if beside else []
    return " ".join((*words, *(line.said if last == line.dots[-1] else ())))
