"""What a team's past says: its trends, and what became of its actions' topics."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from tuiretro.core.rules import FOCUS_PLACES
from tuiretro.core.trends import trends as lines
from tuiretro.errors import NotFoundError
from tuiretro.library.problem import did_you_mean
from tuiretro.model.action import Action
from tuiretro.model.team import Team
from tuiretro.model.trends import Line, Trends
from tuiretro.service.insight import find_mistake
from tuiretro.service.workspace import Workspace

if TYPE_CHECKING:
    from tuiretro.core.follow_up import Drawn, FollowUp, Topics


def trends(workspace: Workspace, team: Team, titled: Collection[str] | None = (), last: int | None = None) -> Trends:
    """All releases of a team as lines.

    Args:
        workspace: Where they are kept.
        team: Whose they are.
        titled: The mistakes that are shown with their titles, for which their files are read; None takes all.
        last: How many of its last values each line gets; None for all.
    """
    library = workspace.library.speaking(team.language)
    known = library.numbers()
    wanted = known if titled is None else [id_ for id_ in titled if id_ in known]
    titles = {id_: mistake.title for id_ in wanted if (mistake := find_mistake(library, id_)) is not None}
    return lines(team, workspace.store.history(team.id), workspace.store.actions(team.id), known, titles, last)


def line(found: Trends, wanted: str) -> Line:
    """The line of a theme or mistake.

    Raises:
        NotFoundError: It was never asked; the nearest one is named.
    """
    line = found.line(wanted) or found.line(wanted.strip().casefold())
    if line is not None:
        return line
    names = [line.id for line in found.lines]
    hint = did_you_mean(wanted, names) or f"; these were: {', '.join(names)}." if names else "; nothing was yet."
    raise NotFoundError(f"No theme or mistake '{wanted[:40]}' was asked so far{hint}")


class Followed(Struct, frozen=True):
    """What may be said of one action's topic since then."""

    follow_up: FollowUp
    drawn: Drawn | None = None
    """What its drawn start allows to be said; for those who ask for the figures alone."""


def followed(workspace: Workspace, team: Team) -> Mapping[int, Followed]:
    """What became of the topic of each action, by the action's number; dropped ones are left out."""
    from tuiretro.core.focus import replay
    from tuiretro.core.follow_up import Topics
    from tuiretro.core.signals import judge

    history, actions = workspace.store.history(team.id), workspace.store.actions(team.id)
    waiting = [action for action in actions if action.status != "dropped"]
    if not waiting:
        return {}
    topics = Topics(history, team.changes)
    lists = replay(history, judge(history, team.changes), workspace.library.numbers())
    lowest: dict[int, list[str]] = {}
    for release, listed in zip(history.releases, lists, strict=True):
        lowest[release.sprint.number] = sorted(listed.levels, key=lambda mistake: listed.levels[mistake])[:FOCUS_PLACES]
    return {action.id: _followed(action, topics, actions, lowest) for action in waiting}


def _followed(action: Action, topics: Topics, actions: tuple[Action, ...], lowest: Mapping[int, list[str]]) -> Followed:
    from tuiretro.core.follow_up import drawn_start, follow_up

    known = max((sprint for sprint in lowest if sprint <= action.sprint), default=None)
    told = follow_up(action, topics, actions, lowest[known] if known is not None else ())
    draw, mistake = action.draw, action.mistake
    until = None if draw is None or mistake is None else topics.end_of(mistake, max(draw.starts))
    if draw is None or mistake is None or until is None:
        return Followed(told)
    return Followed(told, drawn_start(topics.values(mistake, draw.start, until), draw.starts, draw.start))
