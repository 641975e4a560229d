"""From a team's history and actions to the value that every export is made from.

Owns which sprints and actions a report holds. Words no figure itself, and knows nothing of formats.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from msgspec.structs import replace

from tuiretro.core.followed import followed
from tuiretro.core.judged import judged
from tuiretro.core.summary import Find, summaries, taken_on
from tuiretro.core.trends import trends
from tuiretro.model.action import Action
from tuiretro.model.release import History
from tuiretro.model.report import ActionLine, Report
from tuiretro.model.team import Team
from tuiretro.model.trends import Trends


def report(
    team: Team,
    history: History,
    actions: tuple[Action, ...],
    find: Find,
    numbers: Mapping[str, int],
    titles: Mapping[str, str] | None = None,
    *,
    first: int = 1,
    last: int | None = None,
) -> Report:
    """The sprints of a range that have results.

    Args:
        team: Whose history it is.
        history: All of the team's releases.
        actions: All of the team's actions.
        find: Gives a mistake by its id, or None if the catalogue has it no more.
        numbers: Each mistake's number, by id.
        titles: Titles of mistakes for the lines of the trends, by id.
        first: The first sprint of the range.
        last: The last one; None for no end.

    Raises:
        ValueError: No sprint of the range has results.
    """
    whole = judged(history, team.changes, numbers)
    sprints = [release.sprint.number for release in history.releases]
    count = len(sprints) if last is None else bisect_right(sprints, last)
    if not count or sprints[count - 1] < first:
        raise ValueError("a report needs a sprint with results")
    taken = actions if count == len(sprints) else taken_on(actions, sprints[count - 1])
    past = whole.upto(count)
    since = followed(whole, team.changes, actions)
    return Report(
        summaries=tuple(summaries(team, past, taken, find, numbers, since=first)),
        trends=_from(first, trends(team, past.history, taken, numbers, titles, judgements=past.judgements)),
        actions=tuple(
            ActionLine(action, since[action.id].words if action.id in since else "")
            for action in sorted(taken, key=lambda action: (action.sprint, action.id))
        ),
    )


def _from(first: int, found: Trends) -> Trends:
    """The trends without what was before a sprint; what is said of a line is about its last value, and stays."""
    sprints = tuple(sprint for sprint in found.sprints if sprint.number >= first)
    last = sprints[-1].number
    lines = (
        replace(
            line,
            dots=tuple(dot for dot in line.dots if dot.sprint >= first),
            too_few=tuple(sprint for sprint in line.too_few if sprint >= first),
        )
        for line in found.lines
    )
    return replace(
        found,
        sprints=sprints,
        lines=tuple(line for line in lines if line.dots or line.too_few),
        changes=tuple(sprint for sprint in found.changes if first <= sprint <= last),
        wholes=tuple((sprint, signal) for sprint, signal in found.wholes if sprint >= first),
        actions=tuple(mark for mark in found.actions if mark.sprint >= first),
    )
