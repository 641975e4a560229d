"""From counts to releases, by the rules that closing a round keeps.

Owns which imported sprints may be released and how. Knows nothing of cells and files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tuiretro.core.calendar import sprint
from tuiretro.core.counting import Counted
from tuiretro.core.faults import Faults
from tuiretro.core.release import result
from tuiretro.core.text import clean
from tuiretro.model.importing import Averaged, ImportedItem, ImportedSprint, ImportMap
from tuiretro.model.release import ItemResult, Release
from tuiretro.model.team import Team

SURVEY = "imported"
"""What stands for the survey in a release that no round made."""
Results = Mapping[int, tuple[int, tuple[ItemResult, ...]]]
"""By sprint: how many answered, and the results of what was asked."""


def of_counts(found: Mapping[int, Counted], items: Sequence[ImportedItem], minimum: int) -> Results:
    """The results of rows of answers: k, end coding and spread words as at the closing of a round.

    Args:
        found: The counts by sprint.
        items: The statements, in the order of the counts.
        minimum: k; fewer answers leave a result without any number.
    """
    return {
        number: (
            counted.rows,
            tuple(
                result(item.question, _answers(counts, is_reversed=item.reversed), minimum)
                for item, counts in zip(items, counted.answers, strict=True)
                if any(counts)
            ),
        )
        for number, counted in found.items()
        if counted.rows
    }


def _answers(counts: Sequence[int], *, is_reversed: bool) -> list[int]:
    turned = reversed(counts) if is_reversed else counts
    return [answer for answer, times in enumerate(turned, 1) for _ in range(times)]


def of_averages(found: Mapping[tuple[int, int], Averaged], items: Sequence[ImportedItem], minimum: int) -> Results:
    """The results of a table that was averaged already: no spread words, and nothing below k.

    Args:
        found: By sprint and position of the statement.
        items: The statements.
        minimum: k.
    """
    results: dict[int, tuple[int, tuple[ItemResult, ...]]] = {}
    for number, at in sorted(found):
        averaged, question = found[number, at], items[at].question
        told = ItemResult(question.id, question.version, language=question.language)
        if averaged.n >= minimum:
            mean = averaged.tenths / 10
            told = ItemResult(question.id, question.version, averaged.n, mean, language=question.language)
        answered, before = results.get(number, (0, ()))
        results[number] = max(answered, averaged.n), (*before, told)
    return results


def imported_sprints(
    results: Results, wanted: ImportMap, team: Team, new_id: Callable[[], str], faults: Faults
) -> tuple[ImportedSprint, ...]:
    """What would be released, in the order of sprints.

    Args:
        results: By sprint.
        wanted: The map.
        team: Whose calendar, number of people and k count.
        new_id: Makes random ids in place of a round's.
        faults: Takes in sprints with more answers than people.
    """
    found: list[ImportedSprint] = []
    for number, (answered, items) in sorted(results.items()):
        people = wanted.people_in.get(str(number), wanted.people or team.people)
        if answered > people:
            faults.add(
                None,
                f"sprint {number} has {answered:,} answers of {people} people; the map can say how many there were "
                "with people or [people_in], and which rows count with [keep]",
            )
            continue
        span = sprint(team, number)
        told = any(item.mean is not None for item in items)
        release = Release(
            round=new_id(),
            sprint=span,
            survey=SURVEY,
            title=clean(wanted.title) or "Imported",
            people=people,
            minimum=team.minimum,
            answered=None if people - answered == 1 else answered,
            items=items,
            imported=True,
        )
        found.append(ImportedSprint(span, people, answered, release if told else None))
    return tuple(found)
