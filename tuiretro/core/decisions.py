"""What deciding, undoing and doing again means for a team's actions. Values in, values out."""

from __future__ import annotations

from tuiretro.errors import NotNowError
from tuiretro.model.action import Action
from tuiretro.model.retro import Change, Decided

Actions = tuple[Action, ...]


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


def done_again(actions: Actions, change: Change) -> tuple[Actions, bool]:
    """The actions after a change was done again; see `taken_back`.

    Raises:
        NotNowError: The action's number was given to another one since.
    """
    if not isinstance(change, Decided):
        return actions, True
    there = _of(actions, change.after.id)
    if there is not None and change.before is None and there.title != change.after.title:
        raise NotNowError(
            f"Number {there.id} went to another action since, so '{change.after.title}' cannot be taken on again; "
            "nothing was changed. Take it on anew."
        )
    if there != change.before:
        return actions, False
    return with_action(actions, change.after), True


def _of(actions: Actions, number: int) -> Action | None:
    return next((action for action in actions if action.id == number), None)
