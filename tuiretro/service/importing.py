"""History from another tool's file: read and summarised in one go, shown, and written as releases.

Owns the order of steps. Rows live no longer than it takes to count them; what is written are releases alone. Must not
know how anything is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path

from tuiretro.core.asking import in_round
from tuiretro.core.cells import Reading
from tuiretro.core.columns import places
from tuiretro.core.counting import Counting, averages
from tuiretro.core.faults import Faults
from tuiretro.core.guessing import SAMPLE_ROWS, guess, is_personal
from tuiretro.core.imported import Results, imported_sprints, of_averages, of_counts
from tuiretro.core.imported_items import imported_items
from tuiretro.core.map_faults import contradictions
from tuiretro.core.table import NoUnicodeError, Table
from tuiretro.core.text import clean
from tuiretro.core.timing import When
from tuiretro.errors import NotNowError
from tuiretro.library import Library
from tuiretro.model.importing import Encoding, Import, ImportedItem, ImportMap
from tuiretro.model.survey import ENGLISH, Question
from tuiretro.model.team import Team
from tuiretro.service.survey_files import library
from tuiretro.service.table_files import opened_table, read_map
from tuiretro.service.teams import current
from tuiretro.service.workspace import Workspace

WINDOWS: Encoding = "cp1252"
"""What a table is taken for that is not in UTF-8."""
Step = Callable[[int, int], None]
"""Told how much was read, and how much there is."""


def guess_map(place: Path, path: Path) -> str:
    """A map for a table as TOML with comments, made from its header and first rows.

    Args:
        place: The workspace; it need not exist.
        path: The table.

    Raises:
        NotFoundError: There is no such file.
        BadInputError: It is no table.
    """
    known = questions(library(place), ENGLISH)
    try:
        return guess(*_sample(path, None), known)
    except NoUnicodeError:
        return guess(*_sample(path, WINDOWS), known, WINDOWS)


def _sample(path: Path, encoding: Encoding | None) -> tuple[list[str], list[list[str]]]:
    with opened_table(path) as (stream, _):
        table = Table(stream, encoding)
        return table.header(), [row for _, row in islice(table.rows(), SAMPLE_ROWS)]


def questions(known: Library, language: str) -> dict[str, Question]:
    """Every question of the catalogue and of the surveys of fixed statements, by id, as rounds in a language ask them.

    Raises:
        NotFoundError: There is no such language.
    """
    spoken = known.speaking(known.language(language).id)
    asked = [question for mistake in spoken.mistakes() for question in (mistake.question, *mistake.deep_dive)]
    for survey in spoken.surveys():
        asked += survey.questions
    return {question.id: question for question in in_round(asked, known.language(language))}


def read(workspace: Workspace, team: Team, path: Path, map_path: Path, step: Step | None = None) -> Import:
    """Reads a table by a map; writes nothing.

    Args:
        workspace: Whose history it would go to.
        team: Whose it is; its calendar, people and k count as they are now.
        path: The table.
        map_path: The map.
        step: Told how far the reading is, again and again.

    Raises:
        NotFoundError: One of the files is not there, or the map's language.
        BadInputError: One of them was refused; notes name each fault with its line.
    """
    team, wanted, faults = current(workspace, team), read_map(map_path), Faults()
    for sentence in contradictions(wanted):
        faults.add(None, sentence)
    history = workspace.store.history(team.id)
    known = questions(workspace.library, wanted.language)
    items = imported_items(wanted, known, history, faults)
    when = When(wanted, team, workspace.today(), [release.sprint.number for release in history.releases], faults)
    with opened_table(path) as (stream, size):
        table = Table(stream, wanted.encoding, wanted.delimiter)
        found, ignored, left_out = _results(
            table, wanted, items, minimum=team.minimum, when=when, step=lambda done: step and step(done, size)
        )
    faults.check()
    sprints = imported_sprints(found, wanted, team, workspace.new_id, faults)
    faults.check()
    personal = tuple(clean(column) for column, said in wanted.keep.items() if is_personal(clean(column), said))
    return Import(sprints, items, ignored, {**left_out, **when.left_out}, team, personal)


def _results(
    table: Table,
    wanted: ImportMap,
    items: tuple[ImportedItem, ...],
    *,
    minimum: int,
    when: When,
    step: Callable[[int], object],
) -> tuple[Results, tuple[str, ...], Mapping[str, int]]:
    """What a table comes to, the columns that were not looked at, and why rows do not count."""
    where = places(table.header(), wanted, when.faults)
    if wanted.averages is not None:
        averaged, left_out = averages(table.rows(), where, wanted.averages, wanted.items, when)
        when.faults.check()
        return of_averages(averaged, items, minimum), where.ignored, left_out
    counting = Counting(where, Reading(wanted.scale), when)
    for batch in table.batches():
        counting.add(batch)
        step(table.size)
    when.faults.check()
    return of_counts(counting.found, items, minimum), where.ignored, +counting.left_out


def write(workspace: Workspace, found: Import) -> None:
    """Writes what was read as releases, in one write; once this returns it is durable.

    Raises:
        NotNowError: There is nothing to write, the team was changed or one of the sprints got results meanwhile, or a
            round is open whose sprint, or one after it, is among them.
    """
    if not found.releases:
        raise NotNowError("There is nothing that may be shown of this file, so nothing was imported.")
    workspace.store.import_releases(found.team, found.releases, found.questions)
