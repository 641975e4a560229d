"""The steps from one schema of a workspace's files to the next.

Owns one pure function per step. Whatever is older is brought up to date in memory when it is read; only the first
change writes it, after the old bytes were kept beside it. Knows nothing of files: a step gets all tables of one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Tables = dict[str, dict[str, dict[str, Any]]]
"""Table name to document id to document."""
Step = Callable[[Tables], Tables]
"""Tables of one schema to those of the next. It must leave alone what it does not understand: damage is found later."""


def from_1_to_2(tables: Tables) -> Tables:
    """Nothing changes in the tables: the number tells older programs of rounds that they do not know."""
    return tables


STEPS: tuple[Step, ...] = (from_1_to_2,)
"""The step from schema n stands at place n - 1."""


def migrated(tables: Tables, schema: int, steps: tuple[Step, ...] | None = None) -> Tables:
    """Tables of an older schema as they would be written today, apart from the schema number itself.

    Args:
        tables: All tables of one file.
        schema: The schema number in which they were written, from 1 on.
        steps: The steps from schema 1 on; None takes those of this program.
    """
    for step in (STEPS if steps is None else steps)[schema - 1 :]:
        tables = step(tables)
    return tables
