"""The audit's self-checks: does the workspace hold only what it should?

Owns what must hold, and the sentence where it does not. Changes nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import PurePosixPath

from tuiretro.core.calendar import sprint
from tuiretro.core.rules import COMMENTS_FROM, ENDS, SPREAD_FROM
from tuiretro.core.text import clean, plural
from tuiretro.errors import WorkspaceError
from tuiretro.files import is_temporary
from tuiretro.model.audit import Check, KeptFile
from tuiretro.model.round import Round
from tuiretro.model.team import Team
from tuiretro.service.kept import FIELDS, SHARED, field_name, kind_of, leaves, tells_of_a_round
from tuiretro.service.kept_parts import Reason
from tuiretro.service.workspace import Workspace
from tuiretro.store.layout import CHECKS
from tuiretro.store.protocol import StoredFile

_CLOCK = re.compile(r"(?<![0-9A-Za-z])(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)|\d{4}-\d{2}-\d{2}[T ]\d{2}")
_EPOCH = re.compile(r"(?<![0-9A-Za-z])\d{10}(?:\d{3})?(?![0-9A-Za-z])")
_EPOCH_FROM = 10**9
"""Seconds since 1970; nothing that a workspace counts comes near it."""
_ROW_WORDS = frozenset({"answer", "answers", "box", "boxes", "row", "rows", "sheet", "sheets"})


def self_checks(workspace: Workspace, stored: tuple[StoredFile, ...], files: tuple[KeptFile, ...]) -> tuple[Check, ...]:
    """Every check, the ones on what is kept first.

    Args:
        workspace: Whose rounds and teams are looked at.
        stored: Its files.
        files: The same as the audit explains them.
    """
    return (
        Check("Every file can be read.", (*unreadable(workspace, stored), *links(stored))),
        Check("Everything in the files is on this program's list of what it keeps.", tuple(_unknown(stored, files))),
        Check("No time finer than a date is kept (texts that people typed are not searched).", tuple(_times(stored))),
        Check("No answer sheet and no row of answers lies outside an open round.", (*_rows(stored), *copies(stored))),
        Check("A retro that is over keeps neither its steps nor sealed answers.", tuple(_kept_steps(stored))),
        Check("Every released figure is one that the screen may show.", tuple(_too_fine(stored))),
        Check("No round is open for longer than its sprint.", tuple(overdue(workspace))),
        Check("Only the owner may read: folders 0700, files 0600.", tuple(readable(workspace, stored))),
        Check("No temporary file was left behind by a crash.", tuple(_leftovers(stored))),
    )


def unreadable(workspace: Workspace, stored: tuple[StoredFile, ...]) -> Iterator[str]:
    """What is damaged or cannot be read, one sentence each; of a round nothing that could count its boxes."""
    damaged = tuple(file for file in stored if file.fault)
    found = [
        _unreadable_round(file.path) if tells_of_a_round(file.path) and not file.is_newer else file.fault
        for file in damaged
    ]
    store = workspace.store
    found.extend(_complaint(store.teams))
    for team in _teams(workspace):
        rounds = f"{team.id}/rounds"
        if not any(file.path.startswith(rounds) for file in damaged) and _complaint(partial(store.round, team.id)):
            found.append(_unreadable_round(rounds))
        for read in (store.history, store.actions, store.retros, store.dropped_notes):
            found.extend(_complaint(partial(read, team.id)))
        with suppress(WorkspaceError):
            for number in store.retros(team.id):
                found.extend(_complaint(partial(store.retro, team.id, number)))
    yield from map(clean, dict.fromkeys(found))


def links(stored: tuple[StoredFile, ...]) -> Iterator[str]:
    """The links in the workspace, one sentence each, but for those that `unreadable` names and the team's own files."""
    for file in stored:
        if file.is_link and not file.fault and not _is_shared(file.path):
            yield (
                f"{clean(file.path)} is a symbolic link, and none is followed inside a workspace; put the file or "
                "folder itself in its place, or remove the link."
            )


def _unreadable_round(path: str) -> str:
    # What is wrong, and at which byte, could tell how many have answered.
    return f"{path} is damaged or a link; no backup holds rounds, so it can only be abandoned."


def _complaint(read: Callable[[], object]) -> tuple[str, ...]:
    try:
        read()
    except WorkspaceError as error:
        return (error.message,)
    return ()


def _teams(workspace: Workspace) -> tuple[Team, ...]:
    # Whatever cannot be read is the business of the first check alone.
    with suppress(WorkspaceError):
        return workspace.store.teams()
    return ()


def _open_round(workspace: Workspace, team: Team) -> Round | None:
    with suppress(WorkspaceError):
        return workspace.store.round(team.id)
    return None


def _stored_values(stored: tuple[StoredFile, ...]) -> Iterator[tuple[StoredFile, str, str, object]]:
    """File, table, dotted field and value of everything stored."""
    for file in stored:
        for table, documents in file.tables.items():
            for document in documents:
                for path, value in leaves(document):
                    yield file, table, path, value


def strangers(stored: tuple[StoredFile, ...]) -> Iterator[str]:
    """The files that are none of ours, one sentence each."""
    for file in stored:
        if not kind_of(file.path) and not is_temporary(PurePosixPath(file.path).name):
            yield (
                f"{clean(file.path)}: this is none of the files that tuiretro works with; look at it and move it "
                "elsewhere."
            )


def _unknown(stored: tuple[StoredFile, ...], files: tuple[KeptFile, ...]) -> Iterator[str]:
    yield from strangers(stored)
    for file in files:
        for table in file.tables:
            for field in table.fields:
                if not field.known:
                    where = f"{file.path}, table {table.name}"
                    yield f"{where}: nobody has said why '{field.name}' is kept; please report it."


def _times(stored: tuple[StoredFile, ...]) -> Iterator[str]:
    for file in stored:
        if _EPOCH.search(file.path):
            yield f"{clean(file.path)}: its name looks like a time."
    found: set[str] = set()
    for file, table, path, value in _stored_values(stored):
        kind = kind_of(file.path)
        reasons = FIELDS.get((kind, table), {})
        reason = reasons.get(field_name(path, reasons), Reason(""))
        if reason.handling in ("shown", "counted") and any(_is_time(part) for part in _parts(value)):
            found.add(f"{clean(file.path)}, table {clean(table)}: '{clean(path)}' looks like a time.")
    yield from sorted(found)


def _parts(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _is_time(value: object) -> bool:
    if isinstance(value, str):
        return _CLOCK.search(value) is not None or _EPOCH.search(value) is not None
    return isinstance(value, int | float) and abs(value) >= _EPOCH_FROM


def _rows(stored: tuple[StoredFile, ...]) -> Iterator[str]:
    found: set[str] = set()
    for file, table, path, value in _stored_values(stored):
        kind = kind_of(file.path)
        if kind == "round" or (kind, table) == ("retro", CHECKS):
            continue
        has_name = not _ROW_WORDS.isdisjoint({table, *path.split(".")})
        numbers = [part for part in _parts(value) if isinstance(part, int | float)] if isinstance(value, list) else []
        if has_name or (kind == "history" and numbers):
            found.add(f"{clean(file.path)}, table {clean(table)}: '{clean(path)}' may hold single answers.")
    yield from sorted(found)


def _kept_steps(stored: tuple[StoredFile, ...]) -> Iterator[str]:
    for file in stored:
        if any(retro.get("is_over") is True for retro in file.tables.get("retro", ())):
            for table in {"changes", CHECKS} & file.tables.keys():
                yield f"{clean(file.path)}, table {table}: it should have gone when the retro was over."


def _releases(file: StoredFile) -> Iterator[Mapping[str, object]]:
    yield from file.tables.get("releases", ())
    for retro in file.tables.get("retro", ()):
        released = retro.get("released")
        yield from filter(_is_mapping, released.values() if isinstance(released, dict) else ())


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict)


def copies(stored: tuple[StoredFile, ...]) -> Iterator[str]:
    """The copies of rounds that somebody made inside the workspace, one sentence each."""
    rounds = {file.path: _described(file) for file in stored if kind_of(file.path) == "round"}
    released = {release.get("round") for file in stored for release in file.tables.get("releases", ())}
    for path, described in rounds.items():
        folder, own = path.rpartition("/")[0], path.split("/")[-2]
        is_elsewhere = described in released or f"{path.split('/')[0]}/rounds/{described}/round.json" in rounds
        if described != own and is_elsewhere:
            yield (
                f"{folder} is a copy of the round {clean(described)}: it holds sealed sheets and their key, which "
                "closing or abandoning the round does not destroy. Remove the folder."
            )


def _described(file: StoredFile) -> str:
    return next((str(opened.get("id")) for opened in file.tables.get("round", ())), "")


def _too_fine(stored: tuple[StoredFile, ...]) -> Iterator[str]:
    for file in stored:
        for release in _releases(file):
            number = dict(leaves(release)).get("sprint.number")
            for fault in _release_faults(release):
                yield f"{clean(file.path)}, sprint {number}: {fault}"


def _release_faults(release: Mapping[str, object]) -> Iterator[str]:
    minimum, items, comments = release.get("minimum"), release.get("items"), release.get("comments")
    if isinstance(comments, list) and 0 < len(comments) < COMMENTS_FROM:
        yield f"{plural(len(comments), 'comment')} kept; fewer than {COMMENTS_FROM} may not be."
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict) or not isinstance(item.get("n"), int | None):
            # No figure at all: the first check has said that the file is damaged.
            continue
        n, mean, spread = item.get("n"), item.get("mean"), item.get("spread")
        name = clean(str(item.get("id")))
        if n is None:
            if mean is not None or spread is not None:
                yield f"'{name}' has figures without a number of answers."
        elif not isinstance(minimum, int) or n < minimum:
            yield f"'{name}' has fewer answers than k."
        elif not isinstance(mean, int | float) or round(mean, 1) != mean or not ENDS[0] <= mean <= ENDS[1]:
            yield f"the mean of '{name}' is finer than the screen shows."
        elif spread is not None and n < SPREAD_FROM:
            yield f"'{name}' has a spread word with fewer than {SPREAD_FROM} answers."


def overdue(workspace: Workspace) -> Iterator[str]:
    """The rounds that are open after their sprint, one sentence each."""
    for team in _teams(workspace):
        opened = _open_round(workspace, team)
        if opened is not None and (ends := sprint(team, opened.sprint).ends) < workspace.today():
            yield (
                f"{team.name}: sprint {opened.sprint} ended on {ends} and its round is still open; "
                "close it with 'tuiretro round close', or abandon it."
            )


def readable(workspace: Workspace, stored: tuple[StoredFile, ...]) -> Iterator[str]:
    """The folders and files that others may read or write, one sentence each; a link has no bits of its own."""
    if os.name == "nt":
        # Windows keeps permissions elsewhere; these bits say nothing there.
        return
    for folder, mode in workspace.store.folders().items():
        # A folder may inherit setgid from the one above, and the sticky bit lets nobody in.
        if mode & 0o777 != 0o700 and not _is_shared(folder):
            yield f"folder {clean(folder)} is {mode:04o}; 'chmod 700', by its owner, mends it."
    for file in stored:
        if file.mode != 0o600 and not file.is_link and not _is_shared(file.path):
            yield f"{clean(file.path)} is {file.mode:04o}; 'chmod 600', by its owner, mends it."


def _is_shared(path: str) -> bool:
    return PurePosixPath(path).parts[:1] == (SHARED,)


def _leftovers(stored: tuple[StoredFile, ...]) -> Iterator[str]:
    for file in stored:
        if is_temporary(PurePosixPath(file.path).name):
            yield f"{clean(file.path)}: opening the workspace again removes it."
