"""What deciding, undoing and doing again means for a team's actions. Values in, values out."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from tuiretro.core.steps import in_force
from tuiretro.errors import NotNowError
from tuiretro.model.action import Action, Status
from tuiretro.model.retro import Board, Change, Decided, Fate, Retro

Actions = tuple[Action, ...]
STATES: Mapping[Fate, Status] = {"done": "done", "kept": "open", "moved": "open", "dropped": "dropped"}
"""What each fate makes of an action."""


def fate_of(board: Board, action: Action) -> Fate | None:
    """What the team said becomes of an action; None if it said nothing, or the action was changed elsewhere since."""
    fate = board.reviewed.get(action.id)
    return fate if fate is not None and STATES[fate] == action.status else None


def with_action(actions: Actions, action: Action) -> Actions:
    """The actions with one replaced, or added if its number is new."""
    if all(old.id != action.id for old in actions):
        return (*actions, action)
    return tuple(action if old.id == action.id else old for old in actions)


def taken_back(actions: Actions, change: Change) -> tuple[Actions, bool]:
    """The actions after a change was taken back.

    Returns:
        The actions, and False if the change's action was changed elsewhere since: it is left as it is then.
    """
    if not isinstance(change, Decided):
        return actions, True
    if _of(actions, change.after.id) != change.after:
        return actions, False
    if change.before is None:
        return tuple(action for action in actions if action.id != change.after.id), True
    return with_action(actions, change.before), True


def as_left(retro: Retro, actions: Actions) -> Retro:
    """The retro after its last step was taken back, which had taken on an action that was changed elsewhere since.

    The action is left in the list then, so to do the step again must not add it anew, nor take it for a stranger.
    """
    at = len(in_force(retro))
    change = retro.changes[at]
    there = _of(actions, change.after.id) if isinstance(change, Decided) and change.before is None else None
    if there is None:
        return retro
    return replace(retro, changes=(*retro.changes[:at], Decided(there, there), *retro.changes[at + 1 :]))


def done_again(actions: Actions, change: Change) -> tuple[Actions, bool]:
    """The actions after a change was done again; see `taken_back`.

    Raises:
        NotNowError: The action's number was given to another one since.
    """
    if not isinstance(change, Decided):
        return actions, True
    there = _of(actions, change.after.id)
    if there is not None and change.before is None:
        raise NotNowError(
            f"Number {there.id} went to another action since, so '{change.after.title}' cannot be taken on again; "
            "nothing was changed. Take it on anew."
        )
    if there != change.before:
        return actions, False
    return with_action(actions, change.after), True


def _of(actions: Actions, number: int) -> Action | None:
    return next((action for action in actions if action.id == number), None)
