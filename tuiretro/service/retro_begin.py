"""How a retro begins: which sprint it is about, which format it has, and what lies on its board already."""

from __future__ import annotations

from msgspec.structs import replace

from tuiretro.core.calendar import sprint, sprint_on
from tuiretro.errors import BadInputError, NotNowError
from tuiretro.model.board_format import Format
from tuiretro.model.retro import Board, Note, Retro
from tuiretro.model.team import Sprint, Team
from tuiretro.service.insight import summary
from tuiretro.service.retro_room import Room, require_retro, room_of, under_way
from tuiretro.service.teams import current
from tuiretro.service.workspace import Workspace
from tuiretro.store.retro_protocol import RetroTable


def usual_sprint(workspace: Workspace, team: Team) -> Sprint:
    """What the next retro is about: the last sprint with results if it had no retro yet, else the running one."""
    release = workspace.store.history(team.id).last
    if release is not None and release.sprint.number not in workspace.store.retros(team.id):
        return release.sprint
    return sprint_on(team, workspace.today())


def usual_format(workspace: Workspace, team: Team) -> str:
    """The id of the format that is offered first: the one from the focus list, where there is such a list."""
    return "from-focus" if _focus(workspace, team) else "start-stop-continue"


def formats(workspace: Workspace, team: Team) -> tuple[Format, ...]:
    """The formats that a retro can have."""
    return workspace.library.speaking(team.language).formats()


def begin(workspace: Workspace, team: Team, layout: str, number: int | None = None) -> Room:
    """Begins a retro; the notes that were dropped during the sprint lie on its board.

    Args:
        workspace: Where it is kept.
        team: Whose it is.
        layout: The format, by id.
        number: The sprint that it is about; None takes `usual_sprint`.

    Raises:
        BadInputError: No sprint has that number.
        NotFoundError: No such format, or the team is there no more.
        NotNowError: Another retro is under way, that sprint had its retro or has not begun, or the format needs a focus
            list.
    """
    from tuiretro.core.focus_format import for_focus

    team = current(workspace, team)
    span = _begun(workspace, team, usual_sprint(workspace, team).number if number is None else number)
    _require_none_under_way(workspace, team)
    focus = _focus(workspace, team)
    chosen = for_focus(workspace.library.speaking(team.language).format(layout), focus)
    fresh = Retro(
        sprint=span,
        held=workspace.today(),
        format=chosen,
        people=team.people,
        minimum=team.minimum,
        focus=focus,
        stage=chosen.stages[0].id,
    )

    def lay(table: RetroTable) -> RetroTable:
        # Again, since another program may have begun one meanwhile.
        _require_none_under_way(workspace, team)
        if table.retro is not None:
            raise NotNowError(f"Sprint {span.number} has had its retro; nothing was changed. Choose another sprint.")
        dropped = list(table.dropped)
        workspace.random.shuffle(dropped)
        notes = tuple(Note(at, "", text) for at, text in enumerate(dropped, 1))
        return replace(table, retro=replace(fresh, base=Board(notes, next_id=len(notes) + 1)), dropped=())

    table = workspace.store.change_retro(team.id, span.number, lay)
    return room_of(team, require_retro(table.retro, team), table.actions, frozenset())


def _begun(workspace: Workspace, team: Team, number: int) -> Sprint:
    if number < 1:
        raise BadInputError(f"There is no sprint {number}: they count from 1. Nothing was changed.", "sprint")
    # Only a sprint that has begun is looked up, since a day too far away is none of the calendar's.
    if number <= sprint_on(team, workspace.today()).number:
        span = sprint(team, number)
        if span.starts <= workspace.today():
            return span
    raise NotNowError(
        f"Sprint {number} has not begun, so it can have no retro yet; nothing was changed. Wait, or choose another one."
    )


def _require_none_under_way(workspace: Workspace, team: Team) -> None:
    standing = under_way(workspace, team)
    if standing is not None:
        raise NotNowError(
            f"The retro of sprint {standing.sprint.number} is under way, so no other one was begun. Nothing was "
            "changed; close it first."
        )


def _focus(workspace: Workspace, team: Team) -> tuple[str, ...]:
    """The focus list's mistakes, by id."""
    if workspace.store.history(team.id).last is None:
        return ()
    return tuple(line.mistake for line in summary(workspace, team).focus)
