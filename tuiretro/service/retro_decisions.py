"""What a retro takes on, and what becomes of earlier actions: the retro and the list of actions change in one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from tuiretro.core.calendar import default_due, sprint_on
from tuiretro.core.decisions import fate_of, with_action
from tuiretro.core.steps import board_of, do
from tuiretro.errors import NotFoundError, NotNowError
from tuiretro.model.action import Action
from tuiretro.model.retro import Decided, Fate, Retro
from tuiretro.service import actions
from tuiretro.service.retros import Room, decide
from tuiretro.service.workspace import Workspace
from tuiretro.store.retro_protocol import RetroTable


def take_on(
    workspace: Workspace,
    here: Room,
    title: str | None = None,
    *,
    play: str | None = None,
    mistake: str | None = None,
    owner: str = "",
    due: date | None = None,
    done_when: str = "",
) -> Room:
    """Takes an action on, from a play, from a note or free.

    Args:
        workspace: Where it is kept.
        here: The retro.
        title: What will be done; None takes the play's own.
        play: A play as 'mistake.play'.
        mistake: What it is about, where no play says so.
        owner: Who sees to it; the only name that is kept.
        due: None takes `usual_due`.
        done_when: How to tell that it is done.

    Raises:
        BadInputError: No title, too long, unshowable, or due in the past.
        NotFoundError: No such play.
    """
    until = due or usual_due(here, workspace.today())
    fresh = actions.prepared(workspace, here.team, title, play=play, owner=owner, due=until, done_when=done_when)
    if play is None and mistake is not None:
        fresh = replace(fresh, mistake=mistake)

    def step(table: RetroTable, retro: Retro) -> RetroTable:
        made = actions.numbered(table.actions, fresh)
        return replace(table, retro=do(retro, Decided(None, made)), actions=with_action(table.actions, made))

    return decide(workspace, here, step)


def amend(workspace: Workspace, here: Room, number: int, *, title: str, owner: str, due: date, done_when: str) -> Room:
    """Puts right what was taken on in this retro.

    Args:
        workspace: Where it is kept.
        here: The retro.
        number: The action.
        title: What will be done.
        owner: Who sees to it.
        due: Until when.
        done_when: How to tell that it is done.

    Raises:
        BadInputError: A value is not fit to keep, or due in the past.
        NotFoundError: It was not taken on in this retro.
    """
    worded = actions.Wording(title, owner, done_when).checked()
    until = actions.checked_due(due, workspace.today())

    def step(table: RetroTable, retro: Retro) -> RetroTable:
        before = next((action for action in table.actions if action.id == number), None)
        if before is None or number not in board_of(retro).decided:
            raise NotFoundError(f"Action {number} was not taken on in this retro; nothing was changed.")
        after = replace(before, title=worded.title, owner=worded.owner, due=until, done_when=worded.done_when)
        if after == before:
            return table
        return replace(table, retro=do(retro, Decided(before, after)), actions=with_action(table.actions, after))

    return decide(workspace, here, step)


def usual_due(here: Room, today: date) -> date:
    """When an action is due without a date: the end of the sprint after the retro's, or of the running one if later."""
    after, now = default_due(here.team, here.retro.sprint.number), sprint_on(here.team, today)
    return after if after >= today else now.ends


def waiting(here: Room) -> tuple[Action, ...]:
    """The actions of earlier sprints that the team looks at first, by number: open ones, and those it has settled."""
    taken = here.board.decided
    return tuple(
        action
        for action in sorted(here.actions, key=lambda action: action.id)
        if action.id not in taken and (action.status == "open" or fate_of(here.board, action))
    )


def settle(workspace: Workspace, here: Room, number: int, fate: Fate, due: date | None = None) -> Room:
    """Says what becomes of an earlier action; no step if that is what was said last.

    Args:
        workspace: Where it is kept.
        here: The retro.
        number: The action.
        fate: Done, kept as it is, moved, or dropped.
        due: The new due date of one that is moved.

    Raises:
        NotFoundError: No such action.
        NotNowError: It was closed outside this retro.
        BadInputError: Due in the past.
    """
    today = workspace.today()
    now = sprint_on(here.team, today).number
    if due is not None:
        actions.checked_due(due, today)
    fates: dict[Fate, Callable[[Action], Action]] = {
        "done": lambda action: replace(action, status="done", closed=now),
        "dropped": lambda action: replace(action, status="dropped", closed=now),
        "kept": lambda action: replace(action, status="open", closed=None),
        "moved": lambda action: replace(action, status="open", closed=None, due=due or action.due),
    }

    def step(table: RetroTable, retro: Retro) -> RetroTable:
        before = next((action for action in table.actions if action.id == number), None)
        if before is None:
            raise NotFoundError(f"There is no action {number}; nothing was changed.")
        board = board_of(retro)
        if number in board.decided:
            raise NotNowError(f"Action {number} was taken on in this very retro; take that back, or change it.")
        said = fate_of(board, before)
        if before.status != "open" and said is None:
            raise NotNowError(
                f"Action {number} is {before.status} already, so nothing was changed; open it again first if that is "
                "wrong."
            )
        after = fates[fate](before)
        if said == fate and after.due == before.due:
            return table
        return replace(table, retro=do(retro, Decided(before, after, fate)), actions=with_action(table.actions, after))

    return decide(workspace, here, step)
