"""One person's kept self-checks side by side, and the little that may be said of them.

Owns what n = 1 allows: no average, no band, a direction only from eight answers in one wording on. Must not know where
they are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from tuiretro.core.rules import SLOPE_CHANCE, SLOPE_FROM, SLOPE_OF
from tuiretro.core.self_check_words import LIKE_ITSELF, ONE_STEP, SIDE_BY_SIDE, direction_words, too_early_words
from tuiretro.core.shifts import NO_DIRECTION
from tuiretro.core.slope import holm, kendall_s, mann_kendall
from tuiretro.model.self_check import KeptAnswer, OwnHistory, OwnSeries, SelfCheck
from tuiretro.model.survey import THEMES, Question, Wording

CANT_SAY = "-"
NOT_THEN = ""


def own_history(checks: Sequence[SelfCheck], find: Callable[[str], Question | None]) -> OwnHistory:
    """All self-checks as they are shown.

    Args:
        checks: As they were kept, in that order; they are ordered by their days here.
        find: The question with an id as the catalogue has it today; None where it has it no more.
    """
    ordered = sorted(checks, key=lambda check: check.day)
    answers = [{answer.wording: answer for answer in check.answers} for check in ordered]
    wordings = dict.fromkeys(answer.wording for check in ordered for answer in check.answers)
    twins = Counter(item for item, _, _ in wordings)
    series = (_series(wording, answers, find, is_one_of_several=twins[wording[0]] > 1) for wording in wordings)
    lines = sorted(series, key=lambda line: THEMES.index(line.theme))
    judged = _directions(lines)
    return OwnHistory(
        days=tuple(check.day for check in ordered),
        surveys=tuple(check.survey for check in ordered),
        lines=tuple(replace(line, remark=judged.get((line.item, line.version, line.language), "")) for line in lines),
        notes=_notes(lines, has_direction=any(said != NO_DIRECTION for said in judged.values())),
    )


def _series(
    wording: Wording,
    checks: Sequence[Mapping[Wording, KeptAnswer]],
    find: Callable[[str], Question | None],
    *,
    is_one_of_several: bool,
) -> OwnSeries:
    item, version, language = wording
    question = find(item)
    # What it was called then is not kept, so that today's label stands for every wording.
    short = item if question is None else question.short
    told = f"{short} (version {version}, {language})" if is_one_of_several else short
    theme = "own" if question is None else question.theme
    return OwnSeries(item, told, theme, version, language, tuple(_mark(check.get(wording)) for check in checks))


def _mark(answer: KeptAnswer | None) -> str:
    if answer is None:
        return NOT_THEN
    return CANT_SAY if answer.answer is None else str(answer.answer)


def numbers(line: OwnSeries) -> list[int]:
    """The answers of a line that are numbers, oldest first."""
    return [int(mark) for mark in line.marks if mark.isdecimal()]


def _directions(lines: Sequence[OwnSeries]) -> dict[Wording, str]:
    """By wording: what is said of its direction, of every line that has enough answers for saying anything.

    Mann and Kendall's exact test over the last `SLOPE_OF` answers, adjusted for all lines that were looked at (Holm).
    """
    last = {
        (line.item, line.version, line.language): values[-SLOPE_OF:]
        for line in lines
        if len(values := numbers(line)) >= SLOPE_FROM
    }
    named = {" ".join(map(str, wording)): wording for wording in last}
    chances = holm({name: mann_kendall(last[wording]) for name, wording in named.items()})
    return {wording: _direction(last[wording], chances[name]) for name, wording in named.items()}


def _direction(values: list[int], chance: float) -> str:
    return NO_DIRECTION if chance >= SLOPE_CHANCE else direction_words(len(values), rising=kendall_s(values) > 0)


def _notes(lines: Sequence[OwnSeries], *, has_direction: bool) -> tuple[str, ...]:
    most = max((len(numbers(line)) for line in lines), default=0)
    early = (too_early_words(most, SLOPE_FROM),) if most < SLOPE_FROM else ()
    return (SIDE_BY_SIDE, ONE_STEP, *early, *((LIKE_ITSELF,) if has_direction else ()))
