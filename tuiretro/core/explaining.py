"""How the last figures of a line came about, for somebody who is new to them.

Words only: computes nothing that is not shown elsewhere, and names no figure that says more than the screen does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from tuiretro.core.figures import band, band_words, mean_short, mean_words
from tuiretro.core.rules import (
    CENTRE_FROM,
    CENTRE_OF,
    ENDS,
    LEVEL_OF,
    NEW_BASELINE_RUN,
    THEME_SIGNAL_FROM,
    WOBBLE_PAIRS,
)
from tuiretro.model.trends import Dot, Line, Start

NOTHING_YET = "It has no value yet: either it was not asked, or too few answered."
SHOWN_BANDS = (4, 5, 7, 10, 15)
"""Numbers of answers that stand for all in a sentence."""
WHY_ANEW: dict[Start, str] = {
    "team": "people joined or left",
    "language": "the team was asked in another language",
    "statement": "a statement was worded anew, or another one joined",
    "baseline": "a new normal was reached",
}


def band_table() -> str:
    """'±0.9 with 4 answers, ±0.8 with 5, ...'."""
    first, *others = SHOWN_BANDS
    parts = [f"{band_words(band(first))} with {first} answers", *(f"{band_words(band(n))} with {n}" for n in others)]
    return ", ".join(parts)


def reading() -> tuple[str, ...]:
    """How to read trends, for somebody who is new to them."""
    return (
        "A mistake's value is the average of all answers in a sprint, to one decimal; a theme's is the average of the "
        "latest result of each of its statements.",
        f"The band: an average often moves that far when nothing has changed. {band_table()}; a theme has less.",
        "Usual is the average of the askings before. The limits are where your team's values stay in nearly every "
        "sprint in which nothing changes; they are made from how much all your statements move from one asking to the "
        "next. Beyond them a value is called unusual. A mistake's value that is more than two thirds of the way to a "
        "limit is called unusual as well, even just within it, if one of the two values before was as far on the same "
        "side. Limits are shown to one decimal, so a value may look equal to one that it passed. All that gives about "
        "one false alarm in six sprints, over everything asked.",
        "A change of the team, of a statement or of the language breaks a line: nothing is compared across it. Three "
        "unusual values in a row, or eight on one side of the earlier average, start a new baseline.",
    )


def explain(line: Line) -> tuple[str, ...]:
    """The steps to a line's last figures, one sentence or two each."""
    if not line.dots:
        return (NOTHING_YET,)
    return tuple(_steps(line, line.dots[-1]))


def _steps(line: Line, last: Dot) -> Iterator[str]:
    if line.mistake is None:
        yield f"{last.value:.1f} in sprint {last.sprint}: the average of the latest result of each of its statements."
    else:
        answered = f" ({line.answered})" if line.answered else ""
        yield f"{mean_words(last.value)} in sprint {last.sprint}: the average of all answers, to one decimal{answered}."
    if line.band is not None:
        yield (
            f"{band_words(line.band)}: an average like this often moves that far when nothing has changed. It goes by "
            f"the number of answers alone, never by what was answered. One item: {band_table()}; a theme has less."
        )
    segment = _segment(line.dots)
    yield _average(segment[-LEVEL_OF:])
    yield from _limits(line, last, _baseline(segment))
    yield from _start(line, segment[0])
    yield from (remark for remark in line.remarks if "baseline" in remark)


def _segment(dots: Sequence[Dot]) -> list[Dot]:
    """The dots since the line was last broken; a new baseline breaks no line."""
    after = list(takewhile(lambda dot: dot.start in {None, "baseline"}, reversed(dots)))[::-1]
    return [dots[-1 - len(after)], *after] if len(after) < len(dots) else after


def _average(dots: Sequence[Dot]) -> str:
    return f"3-sprint average {dots[-1].average:.1f}: of {', '.join(mean_short(dot.value) for dot in dots)}."


def _baseline(segment: Sequence[Dot]) -> str:
    """', none of them from before sprint 19, where a new baseline begins', or nothing.

    The value with which a baseline is found is still held against what came before.
    """
    at = max((at for at, dot in enumerate(segment) if dot.start == "baseline"), default=None)
    if at is None or len(segment) - at <= NEW_BASELINE_RUN:
        return ""
    return f", none of them from before sprint {segment[at].sprint}, where a new baseline begins"


def _limits(line: Line, last: Dot, baseline: str) -> Iterator[str]:
    if last.centre is None or last.lower is None or last.upper is None:
        yield (
            f"Nothing is called unusual yet: that takes {CENTRE_FROM} earlier askings to compare with, {WOBBLE_PAIRS} "
            f"pairs of askings that show how much answers move, and for a theme {THEME_SIGNAL_FROM} earlier values."
        )
        return
    if line.mistake is None:
        yield f"Usual for you {last.centre:.1f}: what its statements were before, on average."
    else:
        yield f"Usual for you {last.centre:.1f}: the average of up to {CENTRE_OF} askings before this one{baseline}."
    yield (
        f"Limits {_points(last.lower)} and {_points(last.upper)}: your team's values stay between them in nearly every "
        "sprint in which nothing changes. They are made from how much all your statements move between askings."
    )
    yield _verdict(last, last.lower, last.upper)
    if line.mistake is not None and (last.lower < ENDS[0] or last.upper > ENDS[1]):
        yield (
            f"Shown values stop at {ENDS[0]} and {ENDS[1]}, so a limit beyond them cannot be passed by one value; a "
            "lasting change shows as two values near it, or as a shift."
        )


def _points(value: float) -> str:
    """One decimal, and never '-0.0'."""
    return f"{round(value, 1) + 0.0:.1f}"


def _verdict(last: Dot, lower: float, upper: float) -> str:
    value = mean_words(last.value)
    if last.signal is None:
        return f"{value} is within the limits: no unusual change."
    side = "below the lower" if last.signal == "low" else "above the upper"
    if lower <= last.value <= upper:
        return (
            f"{value} is within the limits, but twice in three askings it was more than two thirds of the way "
            f"to the same one: unusually {last.signal}."
        )
    return f"{value} is {side} limit: unusually {last.signal}."


def _start(line: Line, first: Dot) -> Iterator[str]:
    why = WHY_ANEW.get(first.start) if first.start is not None else None
    if why is not None:
        yield f"Nothing before sprint {first.sprint} is compared with it: {why}."
        if line.mistake is None and first.start == "team":
            yield "Until each statement of the theme has been asked again, its value still holds results from before."
