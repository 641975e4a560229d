from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Raw
from msgspec.structs import replace

from tests.store.builders import (
    CODES,
    FOLDER,
    MARKS,
    TEAM,
    a_guarded_round,
    a_sheet,
    a_team,
    keep_team,
    sealed_envelope,
)
from tuiretro.errors import NewerError, WorkspaceError
from tuiretro.model.round import Round
from tuiretro.store import documents, round_file
from tuiretro.store.round_folder import RoundFolder
from tuiretro.store.tinydb_store import TinyDBStore

Change = Callable[[bytes], bytes]


@pytest.fixture
def path(place: Path, store: TinyDBStore) -> Path:
    """The file of a round that has every table but the mark of being closed."""
    keep_team(store, a_team())
    store.open_round(TEAM, a_guarded_round(), MARKS)
    invitation = store.invitation(TEAM, a_guarded_round())
    envelopes = [sealed_envelope(invitation, a_sheet(mark), CODES[mark]) for mark in range(4)]
    store.collect(TEAM, a_guarded_round(), envelopes)
    return place / FOLDER / "round.json"


def is_known(tables: documents.Tables | None) -> bool:
    return tables is not None and isinstance(tables["round"]["1"], Raw)


def marked(path: Path) -> None:
    RoundFolder(path.parent, bytes, a_guarded_round()).mark()


def freed(path: Path) -> None:
    with RoundFolder(path.parent, bytes, a_guarded_round()).changing() as database:
        database.table(round_file.CODES).truncate()


@pytest.mark.parametrize("change", [None, marked, freed])
def test_what_was_written_of_a_known_round_is_read_in_one_step(
    path: Path, change: Callable[[Path], None] | None
) -> None:
    if change is not None:
        change(path)
    tables, data = round_file.load(path, a_guarded_round())
    assert is_known(tables)
    assert tables is not None
    assert documents.encoded(tables) == data == path.read_bytes()
    slowly = documents.read_tables(path)
    assert round_file.standing(tables, path, a_guarded_round()) == round_file.standing(slowly, path)
    assert round_file.codes(tables, path) == round_file.codes(slowly, path)
    assert round_file.arrived(tables, path) == round_file.arrived(slowly, path)
    assert round_file.carrying(tables, path) == round_file.carrying(slowly, path)


@pytest.mark.parametrize("opened", [None, replace(a_guarded_round(), title="Another"), a_guarded_round(people=6)])
def test_the_file_of_another_round_than_the_known_one_needs_a_closer_look(path: Path, opened: Round | None) -> None:
    assert round_file.load(path, opened) == documents.load(path)
    assert not is_known(round_file.load(path, opened)[0])


OTHERWISE: dict[str, Change] = {
    "a space": lambda data: data.replace(b'{"box":', b'{"box": ', 1),
    "a space behind": lambda data: data.replace(b'"},', b'" },', 1),
    "a letter written another way": lambda data: data.replace(b'{"box":"', b'{"box":"\\u0041', 1),
    "a letter beyond ASCII": lambda data: data.replace(b'{"box":"', '{"box":"é'.encode(), 1),
    "another name in a box": lambda data: data.replace(b'{"box":"', b'{"also":"","box":"', 1),
    "a second name in a box": lambda data: data.replace(b'"},', b'","more":"x"},', 1),
    "a box that is a number": lambda data: data.replace(b'"boxes":{', b'"boxes":{"0":{"box":7},', 1),
    "a name in a code": lambda data: data.replace(b'{"fingerprint":', b'{"also":1,"fingerprint":', 1),
    "a table of another version": lambda data: data.replace(b'"seal":', b'"sea":{},"seal":', 1),
    "an older schema": lambda data: data.replace(b'"schema":2', b'"schema":1', 1),
    "a line at the end": lambda data: data + b"\n",
}


@pytest.mark.parametrize("change", OTHERWISE)
def test_what_is_written_otherwise_is_read_as_any_file_is(path: Path, change: str) -> None:
    changed = OTHERWISE[change](path.read_bytes())
    assert changed != path.read_bytes()
    path.write_bytes(changed)
    assert round_file.load(path, a_guarded_round()) == documents.load(path)
    assert not is_known(round_file.load(path, a_guarded_round())[0])


DAMAGE: dict[str, Change] = {
    "a box twice": lambda data: data.replace(b'{"box":"', b'{"box":"","box":"', 1),
    "a box that is a list": lambda data: data.replace(b'"boxes":{', b'"boxes":{"0":["nothing"],', 1),
    "an id twice": lambda data: data.replace(b'"boxes":{', b'"boxes":{"0":{"box":""},"0":{"box":""},', 1),
    "no id": lambda data: data.replace(b'"boxes":{', b'"boxes":{"":{"box":""},', 1),
    "an id with zeros": lambda data: data.replace(b'"boxes":{', b'"boxes":{"007":{"box":""},', 1),
    "bytes that are no text": lambda data: data.replace(b'{"box":"', b'{"box":"\xff', 1),
    "half of it": lambda data: data[: len(data) // 2],
    "nothing": lambda _: b"",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_found_as_in_any_file(path: Path, damage: str) -> None:
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    with pytest.raises(WorkspaceError, match=r"round\.json is damaged"):
        round_file.load(path, a_guarded_round())


def test_the_file_of_a_newer_version_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"schema":2', b'"schema":3'))
    with pytest.raises(NewerError):
        round_file.load(path, a_guarded_round())


def test_a_round_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert round_file.load(tmp_path / "round.json", a_guarded_round()) == (None, None)
