"""A team's history on disk: its releases and the questions they asked.

Owns the tables of `history.json`. Knows nothing of rounds or locks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from tuiretro.files import read_bytes
from tuiretro.model.release import History, Release
from tuiretro.model.survey import Question
from tuiretro.store.documents import (
    SCHEMA,
    DocId,
    Tables,
    as_written,
    damaged,
    in_order,
    read_tables,
    structs,
)
from tuiretro.store.layout import HISTORY
from tuiretro.store.opening import check_import
from tuiretro.store.refusals import overtaken

if TYPE_CHECKING:
    from tuiretro.store.storage import Database


class _Tables(Struct, frozen=True):
    """The whole file, as it is written."""

    meta: dict[str, dict[str, int]]
    questions: dict[DocId, Question]
    releases: dict[DocId, Release]


def read_history(team: Path) -> History:
    """The releases in a team's folder in the order of sprints; empty if there are none.

    Raises:
        WorkspaceError: The file is damaged, or its parts contradict each other.
    """
    path = team / HISTORY
    tables = as_written(path, _Tables)
    if tables is not None and tables.meta == {"1": {"schema": SCHEMA}}:
        return _history(path, tables.releases.values(), in_order(tables.questions))
    return decoded_history(read_tables(path), path)


def decoded_history(tables: Tables, path: Path) -> History:
    """The releases and questions in a file's tables.

    Raises:
        WorkspaceError: The file is damaged, or its parts contradict each other; the sentence names `path`.
    """
    releases = structs(tables, "releases", Release, path)
    questions = structs(tables, "questions", Question, path)
    return _history(path, releases, questions)


def _history(path: Path, releases: Iterable[Release], questions: Iterable[Question]) -> History:
    history = History(tuple(sorted(releases, key=lambda release: release.sprint.number)), tuple(questions))
    for fault in _contradictions(history):
        raise damaged(path, fault)
    return history


def _contradictions(history: History) -> Iterator[str]:
    known = {question.wording for question in history.questions}
    last = 0
    for release in history.releases:
        number = release.sprint.number
        if number == last:
            yield f"sprint {number} is released twice"
        last = number
        if len({item.id for item in release.items}) < len(release.items):
            yield f"sprint {number}: a question has two results"
        for id_, version, _ in sorted({(i.id, i.version, i.language) for i in release.items} - known):
            yield f"sprint {number}: the question '{id_[:40]}', version {version}, is missing"
        for item in release.items:
            if (item.n is None) != (item.mean is None):
                yield f"sprint {number}: '{item.id[:40]}' has only one of number and mean"


def is_released(team: Path, opened: str) -> bool:
    """True if the history holds the release of the round with the id `opened`.

    Raises:
        WorkspaceError: The file is damaged: a release that cannot be read must not cost the sheets behind it.
    """
    with suppress(FileNotFoundError):
        # Ids are random, so most of the time a look at the bytes says no without parsing years of history.
        if opened.encode() in read_bytes(team / HISTORY):
            return any(release.round == opened for release in read_history(team).releases)
    return False


def keep_release(database: Database, path: Path, release: Release, questions: tuple[Question, ...]) -> None:
    """Adds a release, and those of its questions whose wording is new.

    Args:
        database: The history, opened for a change.
        path: Its file, for the sentence.
        release: The new release.
        questions: What it asked.

    Raises:
        WorkspaceError: The history is damaged, so what was added to it could not be read.
        NotNowError: The sprint or a later one is released.
    """
    history = decoded_history(database.kept, path)
    if history.last is not None and release.sprint.number <= history.last.sprint.number:
        raise overtaken(release.sprint.number, history.last.sprint.number)
    _add(database, history, (release,), questions)


def keep_imported(
    database: Database, path: Path, releases: tuple[Release, ...], questions: tuple[Question, ...]
) -> None:
    """Adds releases that no round made, and those of their questions whose wording is new.

    Args:
        database: The history, opened for a change.
        path: Its file, for the sentence.
        releases: Of sprints without a release, each once.
        questions: What they asked.

    Raises:
        WorkspaceError: The history is damaged, so what was added to it could not be read.
        NotNowError: A sprint is released, or a question has another text than the history knows for its version.
    """
    history = decoded_history(database.kept, path)
    check_import(history, releases, questions)
    _add(database, history, releases, questions)


def _add(database: Database, history: History, releases: Iterable[Release], questions: tuple[Question, ...]) -> None:
    from tuiretro.store.storage import document, next_id

    table = database.table("releases")
    table.insert_multiple(document(release, number) for number, release in enumerate(releases, next_id(table)))
    table = database.table("questions")
    known = {old.wording for old in history.questions}
    new = [question for question in questions if question.wording not in known]
    table.insert_multiple(document(question, number) for number, question in enumerate(new, next_id(table)))
