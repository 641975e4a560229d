"""The figures that may be shown, and the words they are shown in.

Everything here is a function of released values; a figure's band depends on the number of answers alone.
Knows nothing of rounds, files or screens.
"""

from __future__ import annotations

from math import ceil, floor, sqrt

from tuiretro.core.rules import (
    BAND_SD,
    BAND_Z,
    ENDS,
    SCALE,
    SPLIT,
    SPREAD_FROM,
    SPREAD_WITHIN,
    THEME_BAND,
    TOGETHER,
)
from tuiretro.model.release import Spread

TOO_FEW = "Too few answers to show."
SPLIT_ADVICE = "People see this differently. Talk before you fix."
NO_CHANGE = "No unusual change."
TOO_EARLY = "Too early to compare with your own past."
NEW_LANGUAGE = "Asked in another language than the sprint before, so nothing is compared across."
NOT_ASKED = "Not asked this time; the figure is from earlier sprints."
FOOTER = "Your team's own view. Not a validated test, no benchmark, not for comparing teams or people."


def shown_mean(answers: list[int]) -> float:
    """The mean as it may be shown: one decimal, halves up, kept within `ENDS`.

    Args:
        answers: At least one answer from 1 to 5.

    Raises:
        ValueError: No answers.
    """
    if not answers:
        raise ValueError("a mean needs at least one answer")
    tenths = (20 * sum(answers) + len(answers)) // (2 * len(answers))
    return min(max(tenths / 10, ENDS[0]), ENDS[1])


def spread_word(answers: list[int]) -> Spread | None:
    """How far apart the answers are, as a word; None below `SPREAD_FROM` answers.

    The mean absolute deviation about the median, in scale points (Burke & Dunlap 2002).
    """
    n = len(answers)
    if n < SPREAD_FROM:
        return None
    ranked = sorted(answers)
    median = (ranked[(n - 1) // 2] + ranked[n // 2]) / 2
    deviation = sum(abs(x - median) for x in answers) / n
    return "together" if deviation <= TOGETHER else "split" if deviation >= SPLIT else "mixed"


def released_spread(answers: list[int]) -> Spread | None:
    """The spread word as it may stand beside the shown mean: none where the two would pin the answers.

    Of 6 to 15 answers, 'together' beside 1.6, 1.7, 4.3 or 4.4 would leave a single set of answers; without any word at
    such means there are always several.
    """
    lowest, highest = SPREAD_WITHIN
    return spread_word(answers) if answers and lowest < shown_mean(answers) < highest else None


def band(n: int) -> float:
    """Half the width of the 90% noise band of a mean of `n` answers, in points.

    A function of `n` alone, so that it says nothing about the answers.

    Raises:
        ValueError: `n` below 1.
    """
    if n < 1:
        raise ValueError("a band needs at least one answer")
    return BAND_Z * BAND_SD / sqrt(n)


def theme_band(ns: list[int]) -> float:
    """Half the width of a theme's band: `THEME_BAND` times the band of its least answered item."""
    return THEME_BAND * band(min(ns))


def silent_bounds(mean: float, n: int, people: int) -> tuple[float, float]:
    """Where the average would lie if the silent had all answered 1, or all 5 (Manski bounds; golden ci_missing_bounds).

    Args:
        mean: Mean of the `n` answers, in points.
        n: How many answered; at least 1.
        people: How many there are; at least `n`.

    Raises:
        ValueError: More answers than people, or none.
    """
    if not 1 <= n <= people:
        raise ValueError("bounds need 1 <= n <= people")
    total, silent = mean * n, people - n
    return (total + SCALE[0] * silent) / people, (total + SCALE[1] * silent) / people


def silent_words(mean: float, n: int, people: int) -> str | None:
    """The sentence on those who did not answer; None when nobody or just one is missing.

    Computed from the shown mean, which stands for everything that rounds to it, so the bounds are widened outwards
    to one decimal and say nothing that the mean does not say.
    """
    silent = people - n
    if silent < 2:
        return None
    least = SCALE[0] if mean <= ENDS[0] else mean - 0.05
    most = SCALE[1] if mean >= ENDS[1] else mean + 0.05
    low = floor(10 * silent_bounds(least, n, people)[0] + 1e-9) / 10
    high = ceil(10 * silent_bounds(most, n, people)[1] - 1e-9) / 10
    return f"{silent} of {people} did not answer. With them the average would lie between {low:.1f} and {high:.1f}."


def told_mean(mean: float) -> float:
    """A mean for programs, no finer than people see it: one decimal, kept within `ENDS`."""
    return round(min(max(mean, ENDS[0]), ENDS[1]), 1)


def told_band(half: float) -> float:
    """Half the width of a band for programs: one decimal."""
    return round(half, 1)


def mean_words(mean: float) -> str:
    """'3.4', '1.5 or lower', '4.5 or higher'."""
    if mean <= ENDS[0]:
        return f"{ENDS[0]} or lower"
    return f"{ENDS[1]} or higher" if mean >= ENDS[1] else f"{mean:.1f}"


def mean_short(mean: float) -> str:
    """The same for a narrow column: '3.4', '≤1.5', '≥4.5'."""
    return f"≤{ENDS[0]}" if mean <= ENDS[0] else f"≥{ENDS[1]}" if mean >= ENDS[1] else f"{mean:.1f}"


def band_words(half: float) -> str:
    """'±0.7'."""
    return f"±{half:.1f}"


def answered_words(answered: int | None, people: int) -> str:
    """'7 of 9 answered', or 'nearly all answered' when one is missing."""
    if answered is None or people - answered == 1:
        return "nearly all answered"
    return f"{answered} of {people} answered"


def waiting_words(sheets: int, minimum: int) -> str:
    """All that is said while a round is open: 'waiting for 4 or more answers' or '4 or more answered'."""
    return f"{minimum} or more answered" if sheets >= minimum else f"waiting for {minimum} or more answers"


def few_sprints_words(sprints: int, needed: int) -> str:
    """The sentence that stands where a trend will be: 'Too early for trends: 2 of 5 sprints'."""
    return f"Too early for trends: {sprints} of {needed} sprints."


def noise_words(n: int | None, half: float) -> str:
    """What the band means, in one sentence.

    Args:
        n: How many answered; None where that may not be told.
        half: Half the band's width, in points.
    """
    answers = "An average like this" if n is None else f"With {n} answers an average like this"
    return f"{answers} often moves by up to {half:.1f} when nothing has changed."
