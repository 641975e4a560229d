"""What a retro takes on, and what becomes of earlier actions: the retro and the list of actions change in one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from tuiretro.core.calendar import sprint_on
from tuiretro.core.decisions import with_action
from tuiretro.core.steps import do
from tuiretro.core.telling import open_actions
from tuiretro.errors import NotFoundError
from tuiretro.model.action import Action
from tuiretro.model.retro import Decided, Fate, Retro
from tuiretro.service import actions
from tuiretro.service.retros import Room, decide
from tuiretro.service.workspace import Workspace
from tuiretro.store.protocol import RetroTable


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
        due: None takes the end of the next sprint.
        done_when: How to tell that it is done.

    Raises:
        BadInputError: No title, too long, unshowable, or due in the past.
        NotFoundError: No such play.
    """
    fresh = actions.prepared(workspace, here.team, title, play=play, owner=owner, due=due, done_when=done_when)
    if play is None and mistake is not None:
        fresh = replace(fresh, mistake=mistake)

    def step(table: RetroTable, retro: Retro) -> RetroTable:
        made = actions.numbered(table.actions, fresh)
        return replace(table, retro=do(retro, Decided(None, made)), actions=with_action(table.actions, made))

    return decide(workspace, here, step)


def waiting(here: Room) -> tuple[Action, ...]:
    """The actions of earlier sprints that the team looks at first: open when the retro began, and not decided in it."""
    reviewed = tuple(action for action in here.actions if action.id in here.board.reviewed and action.status != "open")
    still = tuple(action for action in open_actions(here.actions) if action.id not in here.board.decided)
    return (*still, *reviewed)


def settle(workspace: Workspace, here: Room, number: int, fate: Fate, due: date | None = None) -> Room:
    """Says what becomes of an earlier action.

    Args:
        workspace: Where it is kept.
        here: The retro.
        number: The action.
        fate: Done, kept as it is, moved, or dropped.
        due: The new due date of one that is moved.

    Raises:
        NotFoundError: No such action.
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
        after = fates[fate](before)
        return replace(table, retro=do(retro, Decided(before, after, fate)), actions=with_action(table.actions, after))

    return decide(workspace, here, step)
