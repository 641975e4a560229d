from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.storages import JSONStorage

from tests.store.builders import a_team
from tuiretro.errors import WorkspaceError
from tuiretro.model.team import Team
from tuiretro.store.storage import (
    LARGEST_ID,
    SCHEMA,
    BufferedStorage,
    changing,
    document,
    insert_unordered,
    next_id,
    reading,
    structs,
)

META = '"meta":{"1":{"schema":1}}'


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
    with reading(tmp_path / "file.json") as database:
        assert len(database.table("things")) == 19


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with changing(tmp_path / "file.json") as database:
        database.table("things").insert({"number": 1})
    opened: list[object] = []
    real = os.open

    def noting(path: Path, flags: int) -> int:
        opened.append(path)
        return real(path, flags)

    monkeypatch.setattr(os, "open", noting)
    with reading(tmp_path / "file.json") as database:
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
    with reading(tmp_path / "file.json") as database:
        assert database.tables() == set()
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
            table = database.table("boxes")
            table.truncate()
            insert_unordered(table, a_team(name="first"), os.urandom)
            insert_unordered(table, a_team(name="second"), os.urandom)
        names = [team["name"] for team in json.loads((tmp_path / "file.json").read_text())["boxes"].values()]
        agreed += names == ["first", "second"]
        with reading(tmp_path / "file.json") as database:
            assert all(0 <= team.doc_id <= LARGEST_ID for team in database.table("boxes"))
    # Four standard deviations of a fair coin.
    assert 72 <= agreed <= 128


def test_a_random_id_that_is_taken_is_drawn_again(tmp_path: Path) -> None:
    draws = iter([b"\0" * 6 + b"\5", b"\0" * 6 + b"\5", b"\0" * 6 + b"\6"])
    with changing(tmp_path / "file.json") as database:
        table = database.table("boxes")
        insert_unordered(table, a_team(), lambda _: next(draws))
        insert_unordered(table, a_team(), lambda _: next(draws))
        assert [team.doc_id for team in table] == [5, 6]
        assert next_id(table) == 7


def test_a_result_that_is_changed_does_not_change_later_answers(tmp_path: Path) -> None:
    with changing(tmp_path / "file.json") as database:
        table = database.table("things")
        table.insert({"number": 1})
        table.search(where("number") == 1)
        table.update({"number": 2})
        assert table.search(where("number") == 1) == []


def test_structs_come_back_as_they_went_in(tmp_path: Path) -> None:
    with changing(tmp_path / "file.json") as database:
        database.table("teams").insert(document(a_team(name="b"), 10))
        database.table("teams").insert(document(a_team(name="a"), 2))
    with reading(tmp_path / "file.json") as database:
        assert structs(database.table("teams"), Team, tmp_path) == [a_team(name="a"), a_team(name="b")]


@pytest.mark.parametrize(
    "fields", [{"people": "5"}, {"people": 5.5}, {"name": None}, {"cadences": {}}, {"people": True}]
)
def test_a_document_of_the_wrong_type_is_refused_by_file(tmp_path: Path, fields: dict[str, object]) -> None:
    path = tmp_path / "file.json"
    with changing(path) as database:
        database.table("teams").insert({**document(a_team(), 1), **fields})
    with reading(path) as database, pytest.raises(WorkspaceError, match="teams") as caught:
        structs(database.table("teams"), Team, path)
    assert str(path) in caught.value.message


DAMAGED = [
    "",
    "   ",
    "null",
    "[]",
    "1",
    '"text"',
    "{}",
    '{"_default":[]}',
    '{"things":{"1":{}}}',
    f'{{"things":{{"1":[]}},{META}}}',
    f'{{"things":{{"x":{{}}}},{META}}}',
    f'{{"things":{{"007":{{}}}},{META}}}',
    f'{{"things":{{"-1":{{}}}},{META}}}',
    f'{{"things":{{"9007199254740992":{{}}}},{META}}}',
    f'{{"things":{{"1":{{"n":NaN}}}},{META}}}',
    f'{{"things":{{"1":{{"n":1e999}}}},{META}}}',
    f'{{"things":{{"1":{{"n":1,"n":2}}}},{META}}}',
    f'{{"things":{{"1":{{}}}},"things":{{}},{META}}}',
    f'{{"things":{{}},{META}',
    f'{{"things":{{}},{META}}}trailing',
    f'{{"things":{{}},{META}}}{{}}',
    f'{{"things":{{}},{META},}}',
    f"{{'things':{{}},{META}}}",
    '{"meta":{"1":{"schema":"1"}}}',
    '{"meta":{"1":{"schema":true}}}',
    '{"meta":{"1":{"schema":0}}}',
    '{"meta":{"1":{}}}',
    '{"meta":{}}',
    f'{{"things":{{"1":{{"n":{"[" * 100_000}',
    f'{{"things":{{"1":{{"n":{"[" * 100_000}{"]" * 100_000}}}}},{META}}}',
    f"\ufeff{{{META}}}",
]


@pytest.mark.parametrize("text", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_file_is_named_and_left_as_it_is(tmp_path: Path, text: str) -> None:
    refuses(tmp_path / "file.json", text.encode())


@pytest.mark.parametrize(
    "data",
    [b'{"a":{"1":{"n":"\xff\xfe"}}}', b'{"a":{"1":{"n":"\xed\xa0\x80"}}}', b'{"a":{"1":{"n":"\\ud800"}}}', b"\x1f\x8b"],
)
def test_a_file_that_is_no_text_is_named_and_left_as_it_is(tmp_path: Path, data: bytes) -> None:
    refuses(tmp_path / "file.json", data)


def refuses(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(WorkspaceError, match="damaged") as caught, changing(path) as database:
        database.table("things").insert({"number": 1})
    assert str(path) in caught.value.message
    assert path.read_bytes() == data
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_somebody_formatted_by_hand_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(f'{{\n  "things": {{"1": {{"b": 1, "a": 2}}}},\n  {META}\n}}\n')
    with reading(path) as database:
        assert database.table("things").all() == [{"b": 1, "a": 2}]


def test_a_newer_schema_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text('{"meta":{"1":{"schema":2}},"unknown":{}}')
    before = path.read_bytes()
    with pytest.raises(WorkspaceError, match=r"newer tuiretro .schema 2, this one knows 1.*update tuiretro") as caught:
        BufferedStorage(path).read()
    assert str(path) in caught.value.message
    assert path.read_bytes() == before


def test_stale_temporary_files_go_before_a_write(tmp_path: Path) -> None:
    (tmp_path / ".tuiretro-0123456789abcdef.tmp").write_bytes(b"half a sheet")
    with changing(tmp_path / "file.json") as database:
        database.table("things").insert({"number": 1})
    assert [path.name for path in tmp_path.iterdir()] == ["file.json"]
