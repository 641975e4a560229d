from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.storages import JSONStorage

from tests.store.builders import a_team
from tuiretro.store.documents import LARGEST_ID, SCHEMA, read_tables
from tuiretro.store.storage import changing, document, insert_unordered, next_id


def test_tinydb_itself_reads_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    with changing(path) as database:
        database.table("things").insert({"name": "one"})
    with TinyDB(path, storage=JSONStorage, access_mode="r") as stock:
        assert stock.table("things").get(where("name") == "one") == {"name": "one"}
        assert stock.table("meta").get(doc_id=1) == {"schema": SCHEMA}


def test_many_operations_are_one_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replaced: list[object] = []
    real = os.replace

    def noting(old: Path, new: Path) -> None:
        replaced.append(new)
        real(old, new)

    monkeypatch.setattr(os, "replace", noting)
    with changing(tmp_path / "file.json") as database:
        for number in range(20):
            database.table("things").insert({"number": number})
        database.table("things").remove(where("number") == 3)
        database.table("others").insert({"number": 1})
        assert not (tmp_path / "file.json").exists()
    assert len(replaced) == 1
    assert len(read_tables(tmp_path / "file.json")["things"]) == 19


def test_a_file_is_read_once_for_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with changing(tmp_path / "file.json") as database:
        database.table("things").insert({"number": 1})
    opened: list[object] = []
    real = os.open

    def noting(path: Path, flags: int) -> int:
        opened.append(path)
        return real(path, flags)

    monkeypatch.setattr(os, "open", noting)
    with changing(tmp_path / "file.json") as database:
        for _ in range(3):
            assert len(database.table("things").all()) == 1
    assert opened == [tmp_path / "file.json"]


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    with changing(path) as database:
        database.table("things").insert({"number": 1})
    before = path.stat()
    with changing(path) as database:
        database.table("things").update({"number": 1})
        database.table("things").remove(where("number") == 2)
    assert path.stat().st_ino == before.st_ino


def test_a_block_that_only_looks_makes_no_file(tmp_path: Path) -> None:
    with changing(tmp_path / "file.json") as database:
        assert database.table("things").all() == []
    assert read_tables(tmp_path / "file.json") == {}
    assert list(tmp_path.iterdir()) == []


def test_a_block_that_raises_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    with changing(path) as database:
        database.table("things").insert({"number": 1})
    before = path.read_bytes()
    with pytest.raises(ValueError, match="not a Mapping"), changing(path) as database:
        database.table("things").insert_multiple([{"number": 2}, 3])  # type: ignore[list-item]  # the fault
    assert path.read_bytes() == before


def test_names_are_sorted_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    with changing(path) as database:
        for doc_id in (30, 1, 200):
            database.table("z").insert(document(a_team(), doc_id))
        database.table("a").insert({"y": 1, "b": 2})
    text = path.read_text()
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))


def test_random_ids_fit_53_bits_and_tell_no_order(tmp_path: Path) -> None:
    agreed = 0
    for _ in range(200):
        with changing(tmp_path / "file.json") as database:
            database.table("boxes").truncate()
            insert_unordered(database, "boxes", a_team(name="first"), os.urandom)
            insert_unordered(database, "boxes", a_team(name="second"), os.urandom)
        names = [team["name"] for team in json.loads((tmp_path / "file.json").read_text())["boxes"].values()]
        agreed += names == ["first", "second"]
        assert all(0 <= int(doc_id) <= LARGEST_ID for doc_id in read_tables(tmp_path / "file.json")["boxes"])
    # Four standard deviations of a fair coin.
    assert 72 <= agreed <= 128


def test_a_random_id_that_is_taken_is_drawn_again(tmp_path: Path) -> None:
    draws = iter([b"\0" * 6 + b"\5", b"\0" * 6 + b"\5", b"\0" * 6 + b"\6"])
    with changing(tmp_path / "file.json") as database:
        table = database.table("boxes")
        insert_unordered(database, "boxes", a_team(), lambda _: next(draws))
        insert_unordered(database, "boxes", a_team(), lambda _: next(draws))
        assert [team.doc_id for team in table] == [5, 6]
        assert next_id(table) == 7


def test_a_result_that_is_changed_does_not_change_later_answers(tmp_path: Path) -> None:
    with changing(tmp_path / "file.json") as database:
        table = database.table("things")
        table.insert({"number": 1})
        table.search(where("number") == 1)
        table.update({"number": 2})
        assert table.search(where("number") == 1) == []


def test_stale_temporary_files_go_before_a_write(tmp_path: Path) -> None:
    (tmp_path / ".tuiretro-0123456789abcdef.tmp").write_bytes(b"half a sheet")
    with changing(tmp_path / "file.json") as database:
        database.table("things").insert({"number": 1})
    assert [path.name for path in tmp_path.iterdir()] == ["file.json"]


def test_only_the_time_of_a_rounds_folder_is_believed(tmp_path: Path) -> None:
    (tmp_path / ".tuiretro-0123456789abcdef.tmp").write_bytes(b"half a note")
    os.utime(tmp_path, (0, 0))
    with changing(tmp_path / "dropped.json", mtime=0) as database:
        database.table("things").insert({"number": 1})
    assert [path.name for path in tmp_path.iterdir()] == ["dropped.json"]


def test_a_rounds_folder_whose_time_says_that_nothing_was_cut_short_is_not_searched(tmp_path: Path) -> None:
    stale = tmp_path / ".tuiretro-0123456789abcdef.tmp"
    stale.write_bytes(b"half a sheet")
    os.utime(tmp_path, (86_400, 86_400))
    with changing(tmp_path / "round.json", mtime=86_400) as database:
        database.table("things").insert({"number": 1})
    assert stale.exists()
    os.utime(tmp_path, (172_800, 172_800))
    with changing(tmp_path / "round.json", mtime=86_400) as database:
        database.table("things").insert({"number": 2})
    assert [path.name for path in tmp_path.iterdir()] == ["round.json"]
