"""What a team's past says: its trends, and what became of its actions' topics."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from tuiretro.core.trends import trends as lines
from tuiretro.errors import NotFoundError
from tuiretro.library import Library
from tuiretro.library.problem import did_you_mean
from tuiretro.model.team import Team
from tuiretro.model.trends import Line, Trends
from tuiretro.service.insight import find_mistake
from tuiretro.service.workspace import Workspace

if TYPE_CHECKING:
    from tuiretro.core.followed import Followed


def trends(
    workspace: Workspace,
    team: Team,
    titled: Collection[str] | None = (),
    last: int | None = None,
    also: Collection[str] = (),
) -> Trends:
    """All releases of a team as lines.

    Args:
        workspace: Where they are kept.
        team: Whose they are.
        titled: The mistakes that are shown with their titles, for which their files are read; None takes all.
        last: How many of its last values each line gets; None for all.
        also: Ids of other statements that get a line, such as imported ones.
    """
    library = workspace.library.speaking(team.language)
    known, titles = library.numbers(), mistake_titles(library, titled)
    history, actions = workspace.store.history(team.id), workspace.store.actions(team.id)
    return lines(team, history, actions, known, titles, last, also=also)


def mistake_titles(library: Library, wanted: Collection[str] | None = None) -> dict[str, str]:
    """Titles of mistakes by id, as far as their files can be read; None takes all."""
    known = library.numbers()
    found = known if wanted is None else [id_ for id_ in wanted if id_ in known]
    return {id_: mistake.title for id_ in found if (mistake := find_mistake(library, id_)) is not None}


def line(found: Trends, wanted: str) -> Line:
    """The line of a theme, a mistake or another statement that `trends` was asked for.

    Raises:
        NotFoundError: It was never asked; the nearest one is named.
    """
    line = found.line(wanted) or found.line(wanted.strip().casefold())
    if line is not None:
        return line
    names = [line.id for line in found.lines]
    hint = did_you_mean(wanted, names) or f"; these were: {', '.join(names)}." if names else "; nothing was yet."
    raise NotFoundError(f"No theme or mistake '{wanted[:40]}' was asked so far{hint}")


def followed(workspace: Workspace, team: Team) -> Mapping[int, Followed]:
    """What became of the topic of each action, by the action's number; dropped ones are left out."""
    from tuiretro.core.followed import followed as follow
    from tuiretro.core.judged import judged

    actions = workspace.store.actions(team.id)
    if all(action.status == "dropped" for action in actions):
        return {}
    past = judged(workspace.store.history(team.id), team.changes, workspace.library.numbers())
    return follow(past, team.changes, actions)
