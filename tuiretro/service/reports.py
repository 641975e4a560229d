"""Which released sprints of a team are told in a report: one, a range, all, or what changed between two."""

from __future__ import annotations

from datetime import date
from functools import partial

from msgspec.structs import replace

from tuiretro.core.report import report as put_together
from tuiretro.errors import BadInputError, NotFoundError
from tuiretro.model.release import History
from tuiretro.model.report import Report
from tuiretro.model.team import Team
from tuiretro.service.insight import find_mistake, release_of
from tuiretro.service.past import mistake_titles
from tuiretro.service.workspace import Workspace


def report(workspace: Workspace, team: Team, *, first: int | None = None, last: int | None = None) -> Report:
    """The released sprints of a range, both ends included.

    Args:
        workspace: Where they are kept.
        team: Whose they are.
        first: The first sprint of the range; None starts with the first of all.
        last: The last one; None ends with the last that has results.

    Raises:
        NotFoundError: No sprint of the range has results.
    """
    history = _history(workspace, team)
    return replace(_report(workspace, team, history, first or 1, last), is_range=True)


def of_sprint(workspace: Workspace, team: Team, number: int | None = None) -> Report:
    """One sprint; None takes the last with results.

    Raises:
        NotFoundError: It has no results.
    """
    history = _history(workspace, team)
    sprint = release_of(history, number).sprint.number
    return _report(workspace, team, history, sprint, sprint)


def since(workspace: Workspace, team: Team, day: date) -> Report:
    """The released sprints that ended on a day or later.

    Raises:
        NotFoundError: There is none.
    """
    history = _history(workspace, team)
    found = [release.sprint for release in history.releases if release.sprint.ends >= day]
    if not found:
        last = release_of(history, None).sprint
        raise NotFoundError(
            f"No sprint since {day} has results. The last that has: sprint {last.number}, to {last.ends}."
        )
    return replace(_report(workspace, team, history, found[0].number, None), is_range=True)


def between(workspace: Workspace, team: Team, since: int | None = None, last: int | None = None) -> Report:
    """Two sprints and those between them; of the first with results, that one alone.

    Args:
        workspace: Where they are kept.
        team: Whose they are.
        since: The earlier sprint; None takes the last one with results before `last`.
        last: The later one; None takes the last one with results.

    Raises:
        NotFoundError: One of them has no results.
        BadInputError: The earlier one is not earlier.
    """
    history = _history(workspace, team)
    now = release_of(history, last).sprint.number
    known = [release.sprint.number for release in history.releases if release.sprint.number < now]
    if since is not None and release_of(history, since).sprint.number >= now:
        raise BadInputError(
            f"Sprint {since} is not before sprint {now}, so nothing can have changed in between. Nothing was written; "
            "name an earlier sprint."
        )
    first = since if since is not None else known[-1] if known else now
    return replace(_report(workspace, team, history, first, now), is_range=True)


def _history(workspace: Workspace, team: Team) -> History:
    return workspace.store.history(team.id)


def _report(workspace: Workspace, team: Team, history: History, first: int, last: int | None) -> Report:
    found = [r.sprint.number for r in history.releases if first <= r.sprint.number <= (last or r.sprint.number)]
    if not found:
        newest = release_of(history, None).sprint.number
        raise NotFoundError(
            f"No sprint from {first} to {last or newest} has results. Those that have end with sprint {newest}."
        )
    library = workspace.library.speaking(team.language)
    made = put_together(
        team,
        history,
        workspace.store.actions(team.id),
        partial(find_mistake, library),
        library.numbers(),
        mistake_titles(library),
        first=first,
        last=last,
    )
    return replace(made, today=workspace.today())
