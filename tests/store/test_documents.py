from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import Struct

from tests.store.builders import a_team
from tuiretro.core.text import clean
from tuiretro.errors import WorkspaceError
from tuiretro.model.survey import Question
from tuiretro.model.team import Team
from tuiretro.store.documents import SCHEMA, DocId, as_written, in_order, read_tables, structs
from tuiretro.store.storage import changing, document

META = f'"meta":{{"1":{{"schema":{SCHEMA}}}}}'


class Thing(Struct):
    n: int
    m: int = 0


class File(Struct):
    meta: dict[str, dict[str, int]]
    things: dict[DocId, Thing]


def test_what_was_written_is_read_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    with changing(path) as database:
        for number in (10, 9, 100):
            database.table("things").insert(document(Thing(number), number))
    found = as_written(path, File)
    assert found is not None
    assert in_order(found.things) == [Thing(9), Thing(10), Thing(100)]
    assert found.meta == {"1": {"schema": SCHEMA}}


@pytest.mark.parametrize(
    "things",
    [
        '{"1":{"m":0,"n":1,"n":2}}',
        '{"1":{"m":0,"n":1},"1":{"m":0,"n":2}}',
        '{"1":{"m":0,"n":1,"more":2}}',
        '{"1":{"n":1}}',
        '{"2":{"m":0,"n":1},"1":{"m":0,"n":1}}',
        '{"1":{"m":0,"n":"1"}}',
        '{"01":{"m":0,"n":1}}',
        '{"1\\n":{"m":0,"n":1}}',
        '{"9007199254740993":{"m":0,"n":1}}',
        '{"1": {"m":0,"n":1}}',
        "[" * 100_000,
    ],
    ids=range(11),
)
def test_anything_else_needs_a_closer_look(tmp_path: Path, things: str) -> None:
    path = tmp_path / "file.json"
    path.write_text(f'{{{META},"things":{things}}}')
    assert as_written(path, File) is None


def test_a_key_that_is_no_text_needs_a_closer_look(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(b'{"\xedeta":{"1":{"schema":2}},"things":{}}')
    assert as_written(path, File) is None


def test_a_file_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert as_written(tmp_path / "file.json", File) is None
    assert read_tables(tmp_path / "file.json") == {}


def test_structs_come_back_as_they_went_in(tmp_path: Path) -> None:
    with changing(tmp_path / "file.json") as database:
        database.table("teams").insert(document(a_team(name="b"), 10))
        database.table("teams").insert(document(a_team(name="a"), 2))
    tables = read_tables(tmp_path / "file.json")
    assert structs(tables, "teams", Team, tmp_path) == [a_team(name="a"), a_team(name="b")]
    assert structs(tables, "strangers", Team, tmp_path) == []


@pytest.mark.parametrize(
    "fields", [{"people": "5"}, {"people": 5.5}, {"name": None}, {"cadences": {}}, {"people": True}]
)
def test_a_document_of_the_wrong_type_is_refused_by_file(tmp_path: Path, fields: dict[str, object]) -> None:
    path = tmp_path / "file.json"
    with changing(path) as database:
        database.table("teams").insert({**document(a_team(), 1), **fields})
    with pytest.raises(WorkspaceError, match="teams") as caught:
        structs(read_tables(path), "teams", Team, path)
    assert str(path) in caught.value.message


def test_a_damaged_value_comes_back_harmless_and_short(tmp_path: Path) -> None:
    kind = "\\u001b[2J" + "x" * 5000
    path = tmp_path / "file.json"
    path.write_text(f'{{{META},"questions":{{"1":{{"id":"a","short":"b","text":"c","theme":"{kind}"}}}}}}')
    with pytest.raises(WorkspaceError, match="Invalid enum value") as caught:
        structs(read_tables(path), "questions", Question, Path("file.json"))
    assert clean(caught.value.message) == caught.value.message
    assert len(caught.value.message) < 400


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
    assert read_tables(path)["things"] == {"1": {"b": 1, "a": 2}}


def test_a_newer_schema_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text('{"meta":{"1":{"schema":3}},"unknown":{}}')
    before = path.read_bytes()
    with pytest.raises(WorkspaceError, match=r"newer tuiretro .schema 3, this one knows 2.*update tuiretro") as caught:
        read_tables(path)
    assert str(path) in caught.value.message
    assert path.read_bytes() == before
