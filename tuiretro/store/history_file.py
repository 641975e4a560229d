"""A team's history on disk: its releases and the questions they asked.

Owns the tables of `history.json`. Knows nothing of rounds or locks.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tinydb import where

from tuiretro.files import read_bytes
from tuiretro.model.release import History, Release
from tuiretro.model.survey import Question
from tuiretro.store.layout import HISTORY
from tuiretro.store.storage import Database, document, next_id, reading, structs


def read_history(team: Path) -> History:
    """The releases in a team's folder in the order of sprints; empty if there are none.

    Raises:
        WorkspaceError: The file is damaged.
    """
    path = team / HISTORY
    with reading(path) as database:
        releases = structs(database.table("releases"), Release, path)
        questions = structs(database.table("questions"), Question, path)
    return History(tuple(sorted(releases, key=lambda release: release.sprint.number)), tuple(questions))


def is_released(team: Path, opened: str) -> bool:
    """True if the history holds the release of the round with the id `opened`.

    Raises:
        WorkspaceError: The file is damaged.
    """
    with suppress(FileNotFoundError):
        # Ids are random, so most of the time a look at the bytes says no without parsing years of history.
        if opened.encode() in read_bytes(team / HISTORY):
            with reading(team / HISTORY) as database:
                return database.table("releases").contains(where("round") == opened)
    return False


def keep_release(database: Database, release: Release, questions: tuple[Question, ...]) -> None:
    """Adds a release, and those of its questions whose id and version are new."""
    releases = database.table("releases")
    releases.insert(document(release, next_id(releases)))
    table = database.table("questions")
    known = {(old["id"], old["version"]) for old in table}
    new = [question for question in questions if (question.id, question.version) not in known]
    table.insert_multiple(document(question, number) for number, question in enumerate(new, next_id(table)))
