from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

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
from tuiretro.store.ballot import Box
from tuiretro.store.round_file import LastRead
from tuiretro.store.round_folder import RoundFolder
from tuiretro.store.storage import insert_unordered
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


def marked(path: Path) -> None:
    RoundFolder(path.parent, bytes).mark()


def freed(path: Path) -> None:
    with RoundFolder(path.parent, bytes).changing() as database:
        database.table(round_file.CODES).truncate()


@pytest.fixture
def last() -> LastRead:
    return LastRead()


@pytest.fixture
def decoding(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were decoded."""
    seen: list[Path] = []

    def noted(data: bytes, path: Path) -> documents.Tables:
        seen.append(path)
        return documents.decoded(data, path)

    monkeypatch.setattr(round_file, "decoded", noted)
    return seen


@pytest.mark.parametrize("change", [None, marked, freed])
def test_a_round_is_read_as_any_file_is_and_written_back_the_same(
    path: Path, last: LastRead, change: Callable[[Path], None] | None
) -> None:
    if change is not None:
        change(path)
    tables, data = last.load(path)
    assert tables is not None
    assert isinstance(tables["round"]["1"], Round)
    assert documents.encoded(tables) == data == path.read_bytes()
    slowly = documents.read_tables(path)
    assert round_file.standing(tables, path) == round_file.standing(slowly, path)
    assert round_file.codes(tables, path) == round_file.codes(slowly, path)
    assert round_file.arrived(tables, path) == round_file.arrived(slowly, path)
    assert round_file.carrying(tables, path) == round_file.carrying(slowly, path)


def test_the_same_bytes_are_decoded_once(path: Path, last: LastRead, decoding: list[Path]) -> None:
    assert last.load(path) == last.load(path)
    assert decoding == [path]


def test_what_another_program_wrote_meanwhile_is_read(path: Path, last: LastRead, decoding: list[Path]) -> None:
    before, _ = last.load(path)
    freed(path)
    decoding.clear()
    after, data = last.load(path)
    assert decoding == [path]
    assert after != before
    assert after is not None
    assert documents.encoded(after) == data == path.read_bytes()


def test_a_change_that_was_not_written_is_not_read_again(path: Path, last: LastRead) -> None:
    folder = RoundFolder(path.parent, os.urandom, last)
    before, _ = last.load(path)
    with suppress(ZeroDivisionError), folder.changing() as database:
        database.drop_table("seal")
        database.table(round_file.CODES).truncate()
        insert_unordered(database, round_file.BOXES, Box(b"never"), os.urandom)
        raise ZeroDivisionError
    assert last.load(path)[0] == before == LastRead().load(path)[0]


def test_of_a_round_that_was_destroyed_nothing_is_kept(path: Path, last: LastRead, decoding: list[Path]) -> None:
    data = path.read_bytes()
    last.load(path)
    RoundFolder(path.parent, bytes, last).destroy()
    path.parent.mkdir()
    path.write_bytes(data)
    last.load(path)
    assert decoding == [path, path]


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
    "a name in a round": lambda data: data.replace(b'"asks_code":', b'"also":1,"asks_code":', 1),
    "a round that leaves out what is usual": lambda data: data.replace(b'"notice":"",', b"", 1),
    "a name in a seal": lambda data: data.replace(b'"public_key":', b'"also":1,"public_key":', 1),
    "a seal without a key": lambda data: data.replace(b'"public_key":', b'"public":', 1),
    "a line at the end": lambda data: data + b"\n",
}


@pytest.mark.parametrize("change", OTHERWISE)
def test_what_is_written_otherwise_is_read_as_any_file_is(path: Path, last: LastRead, change: str) -> None:
    last.load(path)
    changed = OTHERWISE[change](path.read_bytes())
    assert changed != path.read_bytes()
    path.write_bytes(changed)
    tables, data = last.load(path)
    assert tables is not None
    assert data == changed
    assert documents.encoded(tables) == documents.encoded(documents.read_tables(path))


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
        LastRead().load(path)


def test_a_round_that_asks_nothing_is_damaged(path: Path) -> None:
    tables = json.loads(path.read_bytes())
    tables["round"]["1"]["questions"] = []
    path.write_text(json.dumps(tables))
    found, _ = LastRead().load(path)
    assert found is not None
    with pytest.raises(WorkspaceError, match="table 'round'"):
        round_file.standing(found, path)


def test_the_file_of_a_newer_version_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"schema":2', b'"schema":3'))
    with pytest.raises(NewerError):
        LastRead().load(path)


def test_a_round_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert LastRead().load(tmp_path / "round.json") == (None, None)


def test_a_round_that_another_program_destroys_while_it_is_looked_at_is_no_fault(tmp_path: Path) -> None:
    gone = RoundFolder(tmp_path / "00000000000000aa", bytes)
    assert gone.is_half_made
    assert gone.is_ours_alone
    assert not gone.has_leftovers
