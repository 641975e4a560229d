"""Builds rounds and sheets for the tests of what happens inside a round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations_with_replacement

from tuiretro.core.figures import released_spread, shown_mean
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question
from tuiretro.model.team import Sprint

SPRINT = Sprint(1, date(2026, 11, 16), date(2026, 11, 29))
QUESTIONS = (
    Question("safety.bad-news", "Bad news is welcome", "In this sprint bad news was welcome.", "safety"),
    Question("data-cleaning", "Data work got its time", "In this sprint ...", "data", mistake="data-cleaning"),
    Question("model-drift", "We saw drift", "In this sprint ...", "data", 2, mistake="model-drift"),
    Question("meetings.short", "Meetings were short", "In this sprint ...", "own"),
)

Answers = tuple[int, ...]


def a_round(people: int = 8, minimum: int = 4, questions: Sequence[Question] = QUESTIONS) -> Round:
    return Round("0123456789abcdef", 1, "pulse", "Pulse", "Hello.", people, minimum, tuple(questions))


def sheets(columns: Mapping[str, Sequence[int | None]], comments: Sequence[str] = ()) -> tuple[Sheet, ...]:
    """One sheet per row of the columns; every item of `QUESTIONS` without a column gets the answer 3."""
    count = max((len(column) for column in columns.values()), default=len(comments))
    said = [*comments, *([""] * count)]
    return tuple(
        Sheet({q.id: columns[q.id][row] if q.id in columns else 3 for q in QUESTIONS}, said[row])
        for row in range(count)
    )


def alike(n: int) -> list[list[Answers]]:
    """All multisets of `n` answers, in groups that show the same mean and the same spread word; two or more each."""
    groups: dict[tuple[float, str | None], list[Answers]] = {}
    for answers in combinations_with_replacement(range(1, 6), n):
        groups.setdefault((shown_mean(list(answers)), released_spread(list(answers))), []).append(answers)
    return [group for group in groups.values() if len(group) > 1]
