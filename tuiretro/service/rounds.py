"""A round from opening to release; what opening takes is `opening`'s."""

from __future__ import annotations

from tuiretro.core.calendar import sprint
from tuiretro.core.codes import fingerprint, read_code
from tuiretro.core.release import tally
from tuiretro.core.sheets import Sitting, begin, checked
from tuiretro.errors import NotFoundError, NotNowError, WorkspaceError
from tuiretro.model.release import Release
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question
from tuiretro.model.team import Team
from tuiretro.service.opening import NO_GUARD, Guard, closing_code, new_codes, open_round, prepare, questions_of, start
from tuiretro.service.teams import current
from tuiretro.service.workspace import Workspace
from tuiretro.store.refusals import spent

__all__ = [
    "NO_GUARD",
    "Guard",
    "abandon",
    "answer",
    "close",
    "closing_code",
    "new_codes",
    "open_round",
    "prepare",
    "questions_of",
    "require_code",
    "require_place",
    "require_round",
    "sit",
    "start",
]


def require_round(workspace: Workspace, team: Team) -> Round:
    """The open round.

    Raises:
        NotFoundError: No round is open.
    """
    opened = workspace.store.round(team.id)
    if opened is None:
        raise NotFoundError(f"No round is open for {team.name}.")
    return opened


def require_place(workspace: Workspace, team: Team) -> Round:
    """The open round, if it still has a place for somebody's sheet: asked before a person answers all for nothing.

    Raises:
        NotFoundError: No round is open.
        NotNowError: As many sheets as there are people have been handed in.
    """
    opened = require_round(workspace, team)
    if not workspace.store.make_ready(team.id):
        raise NotNowError(
            f"All {opened.people} people of this round have answered, so nobody else can. If the team has grown, close "
            "this round and change the number of people."
        )
    return opened


def sit(workspace: Workspace, opened: Round) -> Sitting:
    """A fresh sitting for the next person."""
    return begin(opened, workspace.random.shuffle)


def require_code(workspace: Workspace, team: Team, opened: Round, typed: str) -> str:
    """The code that somebody typed, if it can still be used: asked before a person answers all for nothing.

    Raises:
        BadInputError: It is no code, or mistyped.
        NotNowError: It is used up, or of another round.
    """
    code = read_code(typed)
    if not workspace.store.knows_code(team.id, opened, fingerprint(opened.id, code)):
        raise spent()
    return code


def answer(workspace: Workspace, team: Team, opened: Round, sheet: Sheet, code: str = "") -> None:
    """Seals one person's sheet and stores it; once this returns it is durable, and its code is used up.

    Args:
        workspace: Where it is kept.
        team: Whose round it is.
        opened: The round.
        sheet: What the person answered.
        code: From `require_code`, if the round asks for one.

    Raises:
        BadInputError: The sheet does not fit the round.
        NotNowError: The round is closed, everybody has answered, or the code cannot be used.
    """
    used = fingerprint(opened.id, code) if code else None
    workspace.store.add_sheet(team.id, opened, checked(opened, sheet), used)


def close(
    workspace: Workspace,
    team: Team,
    asked: Round | None = None,
    closing: str = "",
    *,
    without_unreadable: bool = False,
) -> Release:
    """Closes the open round: releases what may be shown and destroys the sheets for good.

    Args:
        workspace: Where it is kept.
        team: Whose round it is.
        asked: The round that somebody was asked about; None takes whichever is open.
        closing: The closing code of a two-person round, as somebody typed it.
        without_unreadable: Leaves out what came in an envelope and turns out to be no sheet, and damaged sheets; and
            counts all where more came than there are people.

    Raises:
        BadInputError: The closing code is another one, or none.
        NotFoundError: No round is open.
        NotNowError: Fewer than k have answered, another round is open than the one that was asked about, the closing
            code is missing, an envelope held no sheet, a sheet is damaged, or more came than there are people.
    """
    team = current(workspace, team)
    opened = require_round(workspace, team)
    _check_same(opened, asked)

    def count(sheets: tuple[Sheet, ...]) -> tuple[Release, tuple[Question, ...]]:
        span = sprint(team, opened.sprint)
        return tally(opened, span, team.starred, sheets, workspace.random.shuffle), opened.questions

    words = _closing_words(closing) if opened.two_person and closing.strip() else None
    return workspace.store.close_round(team.id, opened, count, words, without_unreadable=without_unreadable)


def _closing_words(typed: str) -> str:
    from tuiretro.core.closing_code import read_closing_code
    from tuiretro.store.locked_key import closing_words

    return read_closing_code(typed, closing_words())


def abandon(workspace: Workspace, team: Team, asked: Round | None = None) -> Round | None:
    """Destroys the open round with every sheet in it, also one that is damaged; nothing is released.

    Args:
        workspace: Where it is kept.
        team: Whose round it is.
        asked: The round that somebody was asked about; None takes whichever is open.

    Returns:
        The round; None if it was damaged beyond reading.

    Raises:
        NotFoundError: No round is open.
        NotNowError: Another round is open than the one that was asked about.
    """
    try:
        opened = require_round(workspace, team)
    except WorkspaceError:
        if not workspace.store.abandon_damaged(team.id, asked.id if asked else None):
            raise
        return None
    _check_same(opened, asked)
    workspace.store.abandon_round(team.id, opened)
    return opened


def _check_same(opened: Round, asked: Round | None) -> None:
    if asked is not None and asked.id != opened.id:
        raise NotNowError("That round was closed or abandoned meanwhile, and another one is open; nothing was changed.")
