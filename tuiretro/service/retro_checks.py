"""The two questions of a retro, answered one by one by passing the keyboard, and closed under the rules of release."""

from __future__ import annotations

from tuiretro.core.checks import asked, too_few
from tuiretro.core.release import tally
from tuiretro.core.sheets import checked
from tuiretro.errors import NotNowError, TooFewError
from tuiretro.model.release import Release
from tuiretro.model.retro import CheckId
from tuiretro.model.round import Round, Sheet
from tuiretro.service.retro_room import as_it_began
from tuiretro.service.retros import Room, require_open, room
from tuiretro.service.teams import current
from tuiretro.service.workspace import Workspace


def question(workspace: Workspace, here: Room, check: CheckId) -> Round:
    """The question as it is asked now, if somebody can still answer it.

    Raises:
        NotFoundError, NotNowError: The team or the retro is gone, the retro is over, the question was closed, or
            everybody has answered.
    """
    team, number = current(workspace, here.team), here.retro.sprint.number
    retro = require_open(workspace.store.retro(team.id, number), team)
    team = as_it_began(team, retro)
    fresh = asked(check, team, number, workspace.new_id())
    if check in retro.released:
        raise NotNowError(f"'{fresh.title}' is closed, so nobody else can answer it; nothing was changed.")
    if workspace.store.check_answers(team.id, number, check) >= team.people:
        raise NotNowError(
            f"All {team.people} people of the team have answered '{fresh.title}'; nothing was changed. Close it now."
        )
    return fresh


def answer(workspace: Workspace, here: Room, check: CheckId, as_asked: Round, value: int | None) -> Room:
    """Seals one person's answer and stores it; durable on return.

    Args:
        workspace: Where it is kept.
        here: The retro.
        check: Which question.
        as_asked: From `question`.
        value: 1 to 5, or None for "can't say".

    Raises:
        BadInputError: Another value.
        NotFoundError, NotNowError: See `question`.
    """
    sheet = checked(as_asked, Sheet({as_asked.questions[0].id: value}))
    workspace.store.answer_check(here.team.id, here.retro.sprint.number, check, as_asked, sheet)
    return room(workspace, here.team, here.retro.sprint.number)


def close(workspace: Workspace, here: Room, check: CheckId) -> Room:
    """Closes a question: keeps the numbers that may be shown and destroys the answers.

    Raises:
        TooFewError: Fewer than k have answered.
        NotNowError: Nobody has, or the question is closed.
    """

    def count(opened: Round, sheets: tuple[Sheet, ...]) -> Release:
        if len(sheets) < opened.minimum:
            raise TooFewError(too_few(opened.minimum))
        return tally(opened, here.retro.sprint, (), sheets, workspace.random.shuffle)

    workspace.store.close_check(here.team.id, here.retro.sprint.number, check, count)
    return room(workspace, here.team, here.retro.sprint.number)


def abandon(workspace: Workspace, here: Room, check: CheckId) -> Room:
    """Destroys what was answered to a question; nothing is shown of it."""
    workspace.store.abandon_check(here.team.id, here.retro.sprint.number, check)
    return room(workspace, here.team, here.retro.sprint.number)
