from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import date
from hashlib import sha256

import msgspec
import pytest
from msgspec.structs import replace

from tests.store.builders import DAY, TEAM, a_release, a_team, an_action
from tests.store.retro_builders import a_retro
from tuiretro.errors import DamagedError, NewerError, WorkspaceError
from tuiretro.store import backup_file
from tuiretro.store.backup_file import check_database, packed, unpacked
from tuiretro.store.documents import SCHEMA, Tables, encoded

META = {"1": {"schema": SCHEMA}}


def a_file(**tables: list[msgspec.Struct]) -> bytes:
    listed: Tables = {
        name: {str(number): msgspec.to_builtins(value) for number, value in enumerate(values, 1)}
        for name, values in tables.items()
    }
    return encoded({**listed, "meta": META})


FILES = {
    "workspace.json": a_file(teams=[a_team()]),
    f"{TEAM}/actions.json": a_file(actions=[an_action()]),
    f"{TEAM}/history.json": a_file(),
    "surveys/ours.toml": b"\xff not even text",
}


def anything(_path: str) -> bool:
    return True


def refused(data: bytes, words: str, is_ours: Callable[[str], bool] = anything) -> WorkspaceError:
    with pytest.raises(WorkspaceError, match=words) as caught:
        unpacked(data, "b.json", is_ours=is_ours)
    assert caught.value.message.startswith("'b.json' ")
    assert "Nothing was changed" in caught.value.message
    return caught.value


def sealed_again(change: Callable[[dict[str, object]], object]) -> bytes:
    """A backup that somebody changed and gave a fitting digest."""
    document = json.loads(packed(FILES, DAY))
    change(document)
    document["digest"] = ""
    plain = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
    document["digest"] = sha256(plain).hexdigest()
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def entry(path: str, content: bytes) -> dict[str, str]:
    return {"path": path, "sha256": sha256(content).hexdigest(), "content": base64.b64encode(content).decode()}


def test_what_was_packed_comes_out_again() -> None:
    assert unpacked(packed(FILES, DAY), "b.json", is_ours=anything) == FILES


def test_a_backup_names_files_digests_schema_and_day_and_no_time() -> None:
    document = json.loads(packed(FILES, DAY))
    assert document["schema"] == 1
    assert document["made"] == "2026-03-09"
    assert set(document) == {"schema", "made", "digest", "files"}
    assert [file["path"] for file in document["files"]] == sorted(FILES)
    assert document["files"][0] == entry(f"{TEAM}/actions.json", FILES[f"{TEAM}/actions.json"])


def test_the_same_files_and_day_make_the_same_backup() -> None:
    assert packed(dict(reversed(FILES.items())), DAY) == packed(FILES, DAY)
    assert packed(FILES, date(2026, 3, 10)) != packed(FILES, DAY)


def test_a_backup_that_was_sealed_by_hand_is_still_checked() -> None:
    assert unpacked(sealed_again(lambda _: None), "b.json", is_ours=anything) == FILES


def test_every_flipped_byte_is_found() -> None:
    whole = packed({"workspace.json": FILES["workspace.json"]}, DAY)
    for at in range(len(whole)):
        for bit in (0x01, 0x20, 0x80):
            flipped = bytearray(whole)
            flipped[at] ^= bit
            with pytest.raises(WorkspaceError):
                unpacked(bytes(flipped), "b.json", is_ours=anything)


def test_every_cut_is_found() -> None:
    whole = packed(FILES, DAY)
    for length in range(len(whole)):
        refused(whole[:length], "cannot be restored")


@pytest.mark.parametrize(
    "data",
    [b"", b"null", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"schema":"1"}', b'{"schema":1}', b'{"schema":1.0}'],
)
def test_something_else_is_no_backup(data: bytes) -> None:
    refused(data, "cut off, changed, or something else")


def test_another_layout_or_a_name_that_stands_twice_is_refused() -> None:
    whole = packed(FILES, DAY)
    refused(json.dumps(json.loads(whole), indent=2).encode(), "was changed since it was made")
    refused(whole.replace(b'{"schema":1,', b'{"schema":1,"schema":1,'), "was changed since it was made")
    refused(whole + b" ", "was changed since it was made")


def test_a_newer_backup_says_to_update() -> None:
    error = refused(b'{"schema":2,"more":[]}', "made by a newer tuiretro")
    assert isinstance(error, NewerError)


def test_a_newer_file_in_a_backup_says_to_update() -> None:
    newer = {**FILES, "workspace.json": encoded({"meta": {"1": {"schema": SCHEMA + 1}}})}
    assert isinstance(refused(packed(newer, DAY), "made by a newer tuiretro"), NewerError)


def test_an_older_file_in_a_backup_can_be_restored() -> None:
    older = {**FILES, "workspace.json": encoded({"meta": {"1": {"schema": 1}}})}
    assert unpacked(packed(older, DAY), "b.json", is_ours=anything) == older


def test_a_file_twice_is_refused() -> None:
    refused(sealed_again(lambda d: d["files"].append(d["files"][0])), "a file is in it twice")  # type: ignore[attr-defined,index]  # JSON


def test_a_file_with_another_content_than_its_digest_is_refused() -> None:
    def change(document: dict[str, object]) -> None:
        document["files"][0]["sha256"] = "0" * 64  # type: ignore[index]  # JSON

    refused(sealed_again(change), "is not what was backed up")


@pytest.mark.parametrize(
    "path",
    [
        "../workspace.json",
        "surveys/../../x.toml",
        "/etc/passwd",
        "surveys//x.toml",
        "surveys/.",
        "",
        "C:x",
        "surveys\\x.toml",
        "surveys/\x00.toml",
        "surveys/\x1b[2J.toml",
        f"surveys/{'x' * 300}.toml",
        f"surveys/{'é' * 150}.toml",
    ],
)
def test_a_path_that_could_lead_out_is_refused_whoever_calls_it_ours(path: str) -> None:
    data = packed({**FILES, path: b""}, DAY)
    error = refused(data, "none of the files that a backup holds")
    assert len(error.message) < 300


def test_a_path_that_is_none_of_ours_is_refused() -> None:
    refused(packed(FILES, DAY), "'surveys/ours.toml' is none of the files", lambda path: not path.startswith("surveys"))


def test_a_backup_without_a_list_of_teams_is_refused() -> None:
    refused(packed({"surveys/ours.toml": b""}, DAY), "no list of teams")


DAMAGED = {
    "no json": ("workspace.json", b"{"),
    "no team": ("workspace.json", encoded({"meta": META, "teams": {"1": {"id": TEAM}}})),
    "a team without an id": ("workspace.json", a_file(teams=[a_team("../../x")])),
    "two teams with one id": ("workspace.json", a_file(teams=[a_team(), a_team(name="Other")])),
    "a copy": ("workspace.json.schema-1", b"{"),
    "no action": (f"{TEAM}/actions.json", encoded({"meta": META, "actions": {"1": {}}})),
    "two actions with one number": (f"{TEAM}/actions.json", a_file(actions=[an_action(), an_action()])),
    "a release without its questions": (f"{TEAM}/history.json", a_file(releases=[a_release()])),
    "a retro": (f"{TEAM}/retros/3.json", b"[]"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_database_that_does_not_hold_what_it_should_is_refused_by_name(name: str) -> None:
    path, data = DAMAGED[name]
    with pytest.raises(DamagedError):
        check_database(path, data)
    refused(packed({**FILES, path: data}, DAY), f"'{path}' in it is damaged: ")


@pytest.mark.parametrize("path", [f"{TEAM}/retros/3.json", f"{TEAM}/retros/3.json.schema-1.2"])
def test_a_retro_must_be_one_and_of_its_sprint(path: str) -> None:
    fields = msgspec.to_builtins(replace(a_retro(3), changes=()), str_keys=True)
    check_database(path, encoded({"meta": META, "retro": {"1": fields}}))
    for tables in (
        {"meta": META},
        {"meta": META, "retro": {"1": {**fields, "sprint": {**fields["sprint"], "number": 4}}}},
    ):
        with pytest.raises(DamagedError, match="does not describe the retro of its sprint"):
            check_database(path, encoded(tables))


def test_a_backup_that_would_be_too_large_to_restore_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_file, "LARGEST", 2**20)
    with pytest.raises(WorkspaceError, match="larger than 1 MB, so none was made"):
        packed({"surveys/ours.toml": bytes(2**20)}, DAY)
