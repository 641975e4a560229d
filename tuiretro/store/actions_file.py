"""A team's actions on disk.

Owns the table of `actions.json`. Knows nothing of rounds or locks.
"""

from __future__ import annotations

from pathlib import Path

from tuiretro.model.action import Action
from tuiretro.store.layout import ACTIONS
from tuiretro.store.storage import Database, damaged, document, reading, structs


def read_actions(team: Path) -> tuple[Action, ...]:
    """The actions in a team's folder, by id; none if there is no file.

    Raises:
        WorkspaceError: The file is damaged, or two actions have one number.
    """
    with reading(team / ACTIONS) as database:
        return decoded_actions(database, team / ACTIONS)


def decoded_actions(database: Database, path: Path) -> tuple[Action, ...]:
    """The actions in an opened file, by id.

    Raises:
        WorkspaceError: The file is damaged, or two actions have one number; the sentence names `path`.
    """
    actions = tuple(structs(database.table("actions"), Action, path))
    if len({action.id for action in actions}) < len(actions):
        raise damaged(path, "two actions have one number")
    return actions


def keep_actions(database: Database, actions: tuple[Action, ...]) -> None:
    """Replaces all actions in an opened file."""
    table = database.table("actions")
    table.truncate()
    table.insert_multiple(document(action, action.id) for action in actions)
