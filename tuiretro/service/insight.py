"""What a team sees of itself: the home screen's scene, and the results of a sprint."""

from __future__ import annotations

from datetime import date
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from tuiretro.core.calendar import sprint_on
from tuiretro.core.plays import suggest
from tuiretro.core.summary import summarise
from tuiretro.errors import NotFoundError, SurveyError, WorkspaceError
from tuiretro.library import Library
from tuiretro.model.action import Action
from tuiretro.model.release import History, Release
from tuiretro.model.summary import Summary
from tuiretro.model.survey import Mistake, Play, PlayBook
from tuiretro.model.team import Sprint, Team
from tuiretro.service.status import RoundStatus, status
from tuiretro.service.workspace import Workspace


class Scene(Struct, frozen=True):
    """All that the app's main screens show of one team now."""

    team: Team
    teams: tuple[Team, ...]
    today: date
    sprint: Sprint
    status: RoundStatus | None
    """The open round, if any."""
    summary: Summary | None
    """The last release, if any."""
    actions: tuple[Action, ...]
    released: tuple[int, ...]
    """Numbers of the sprints with results, oldest first."""
    retro: int | None = None
    """The sprint of the retro that is under way, if any."""

    @property
    def may_open(self) -> bool:
        """Whether a round can be opened for this sprint."""
        return self.status is None and self.sprint.number not in self.released and self.sprint.starts <= self.today


class Results(Struct, frozen=True):
    """One sprint's results as the screen shows them."""

    summary: Summary
    comments: tuple[str, ...]


def scene(workspace: Workspace, team: Team) -> Scene:
    """Everything that the main screens show, read once."""
    history = workspace.store.history(team.id)
    actions = workspace.store.actions(team.id)
    return Scene(
        team=team,
        teams=workspace.store.teams(),
        today=workspace.today(),
        sprint=sprint_on(team, workspace.today()),
        status=status(workspace, team),
        summary=_summary(workspace, team, history, actions) if history.releases else None,
        actions=actions,
        released=tuple(release.sprint.number for release in history.releases),
        retro=_retro(workspace, team),
    )


def _retro(workspace: Workspace, team: Team) -> int | None:
    try:
        return workspace.store.retro_under_way(team.id)
    except WorkspaceError:
        # Whoever goes to the retro is told what is wrong; everything else must stay in reach.
        return None


def first_scene(workspace: Workspace, name: str | None = None) -> Scene | None:
    """The scene that the app opens with: of the named team, or of the first by name; None without any team.

    Raises:
        NotFoundError: There are teams, but none of that name.
    """
    teams = workspace.store.teams()
    if not teams:
        return None
    if name is None:
        return scene(workspace, teams[0])
    from tuiretro.service.teams import pick

    return scene(workspace, pick(workspace, name))


def results(workspace: Workspace, team: Team, number: int | None = None) -> Results:
    """The results of one sprint; None takes the last.

    Raises:
        NotFoundError: No round has been closed yet, or none for that sprint.
    """
    history = workspace.store.history(team.id)
    release = release_of(history, number)
    upto = replace(history, releases=history.releases[: history.releases.index(release) + 1])
    actions = workspace.store.actions(team.id)
    if release is not history.last:
        # What was taken on later is no part of an earlier sprint's story, and its plays were untried then.
        actions = tuple(action for action in actions if action.sprint <= release.sprint.number)
    return Results(_summary(workspace, team, upto, actions), release.comments)


def summary(workspace: Workspace, team: Team, number: int | None = None) -> Summary:
    """The same without the comments, which never leave the screen.

    Raises:
        NotFoundError: No round has been closed yet, or none for that sprint.
    """
    return results(workspace, team, number).summary


def release_of(history: History, number: int | None) -> Release:
    """One sprint's release; None takes the last.

    Raises:
        NotFoundError: No round has been closed yet, or none for that sprint.
    """
    if history.last is None:
        raise NotFoundError("No round has been closed yet, so there are no results.")
    if number is None:
        return history.last
    release = history.of_sprint(number)
    if release is None:
        known = ", ".join(str(release.sprint.number) for release in history.releases[-8:])
        raise NotFoundError(f"Sprint {number} has no results. The last ones that have: {known}.")
    return release


def _summary(workspace: Workspace, team: Team, history: History, actions: tuple[Action, ...]) -> Summary:
    library = workspace.library.speaking(team.language)
    return summarise(team, history, actions, partial(find_mistake, library), library.numbers())


def plays(workspace: Workspace, team: Team, book: str) -> tuple[PlayBook, tuple[Play, ...]]:
    """A mistake or survey and all its plays, the one to suggest first in front.

    Raises:
        NotFoundError, SurveyError: It is in the catalogue no more, or its file is broken.
    """
    found = workspace.library.speaking(team.language).play_book(book)
    return found, suggest(found, workspace.store.history(team.id), workspace.store.actions(team.id))


def find_mistake(library: Library, mistake: str) -> Mistake | None:
    """A mistake of the catalogue; None if its file is gone or broken, which must not hide a team's own numbers."""
    try:
        return library.mistake(mistake)
    except (NotFoundError, SurveyError):
        return None
