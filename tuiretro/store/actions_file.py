"""A team's actions on disk.

Owns the table of `actions.json`. Knows nothing of rounds or locks.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tuiretro.model.action import Action
from tuiretro.store.documents import Tables, damaged, read_tables, structs
from tuiretro.store.layout import ACTIONS

if TYPE_CHECKING:
    from tuiretro.store.storage import Database


def read_actions(team: Path) -> tuple[Action, ...]:
    """The actions in a team's folder, by id; none if there is no file.

    Raises:
        WorkspaceError: The file is damaged, or two actions have one number.
    """
    return decoded_actions(read_tables(team / ACTIONS), team / ACTIONS)


def decoded_actions(tables: Tables, path: Path) -> tuple[Action, ...]:
    """The actions in a file's tables, by id.

    Raises:
        WorkspaceError: The file is damaged, or two actions have one number; the sentence names `path`.
    """
    actions = tuple(structs(tables, "actions", Action, path))
    if len({action.id for action in actions}) < len(actions):
        raise damaged(path, "two actions have one number")
    return actions


def keep_actions(database: Database, actions: tuple[Action, ...]) -> None:
    """Replaces all actions in an opened file."""
    from tuiretro.store.storage import document

    table = database.table("actions")
    table.truncate()
    table.insert_multiple(document(action, action.id) for action in actions)
