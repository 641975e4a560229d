from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run, on_a_terminal
from tests.cli.test_bad_input import assert_refused

Kept = Callable[[], str]


@pytest.fixture
def backup(ok: Run, team: str, tmp_path: Path) -> Path:
    """A backup of a workspace with one team."""
    assert team
    ok("backup", str(tmp_path / "b.json"))
    return tmp_path / "b.json"


def test_a_backup_says_what_is_in_it_and_what_is_not(ok: Run, opened: tuple[str, ...], tmp_path: Path) -> None:
    assert opened
    said = ok("backup", str(tmp_path / "b.json"))
    assert said.stdout == ""
    assert f"Backed up: 1 file in {tmp_path / 'b.json'}." in said.stderr
    assert "The open round of Atlas is not in it" in said.stderr
    assert (tmp_path / "b.json").stat().st_mode & 0o777 == 0o600


def test_a_backup_to_stdout_is_the_same_and_nothing_else(ok: Run, backup: Path) -> None:
    assert ok("backup", "-").stdout == backup.read_text()


def test_a_team_comes_back_on_another_computer(ok: Run, closed: tuple[str, ...], tmp_path: Path) -> None:
    assert closed
    before = ok("results").stdout
    ok("backup", str(tmp_path / "b.json"))
    other = ("--workspace", str(tmp_path / "other"))
    said = ok("restore", str(tmp_path / "b.json"), *other)
    assert said.stdout == ""
    assert said.stderr.startswith("Restored: 2 files from ")
    assert ok("results", *other).stdout == before
    assert "9 of 9 checks passed" in ok("audit", *other).stdout


def test_what_is_replaced_is_named_and_comes_back(ok: Run, run: Run, backup: Path, place: Path) -> None:
    ok("team", "add", "Second", "--people", "5", "--starts", "2026-11-16", "--every", "2 weeks")
    assert_refused(run("restore", str(backup)), 2, "Say --yes to do it; nothing was changed")
    said = ok("restore", str(backup), "--yes").stderr
    saved = place / "backups" / "2026-11-23.json"
    assert f"What was there before is in {saved}" in said
    assert "Second" not in ok("team", "list").stdout
    ok("restore", str(saved), "--yes")
    assert "Second" in ok("team", "list").stdout
    assert "9 of 9 checks passed" in ok("audit").stdout


@pytest.mark.parametrize(("keys", "code"), [(b"n\n", 5), (b"maybe\ny\n", 0), (b"\x03", 130)])
def test_on_a_terminal_it_is_asked_first(ok: Run, backup: Path, place: Path, keys: bytes, code: int) -> None:
    ok("team", "add", "Second", "--people", "5", "--starts", "2026-11-16", "--every", "2 weeks")
    found, screen = on_a_terminal(place, ["restore", str(backup)], keys, b"Restore it? [y/n]")
    assert found == code, screen
    assert ("Second" in ok("team", "list").stdout) == (code != 0)


def test_a_restore_under_an_open_round_names_the_ways_out(run: Run, ok: Run, backup: Path, kept: Kept) -> None:
    ok("round", "open", "--survey", "safety")
    before = kept()
    result = run("restore", str(backup), "--yes")
    assert_refused(result, 5, "The round of Atlas for sprint 1 is open", "close or abandon it first")
    assert "Try: tuiretro round close" in result.stderr
    assert kept() == before


def test_a_damaged_workspace_comes_back(ok: Run, run: Run, backup: Path, place: Path) -> None:
    (place / "workspace.json").write_bytes(b"{")
    assert_refused(run("team", "list"), 6, "is damaged")
    assert_refused(run("backup", "-"), 6, "is damaged")
    ok("restore", str(backup), "--yes")
    assert "Atlas" in ok("team", "list").stdout


def test_an_empty_workspace_has_nothing_to_back_up(run: Run, tmp_path: Path) -> None:
    assert_refused(run("backup", str(tmp_path / "b.json")), 4, "no team yet")
    assert not (tmp_path / "b.json").exists()


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize("make", [Path.touch, folder, pipe, link])
def test_a_backup_replaces_nothing(run: Run, backup: Path, tmp_path: Path, make: Callable[[Path], None]) -> None:
    assert backup.exists()
    make(tmp_path / "there")
    assert_refused(run("backup", str(tmp_path / "there")), 3, "is there already")


@pytest.mark.parametrize(
    ("target", "code", "words"),
    [("none/b.json", 6, "could not be written"), ("workspace/b.json", 3, "lies in the workspace"), ("", 3, "already")],
)
def test_a_backup_to_a_wrong_place_is_refused(
    run: Run, backup: Path, tmp_path: Path, target: str, code: int, words: str
) -> None:
    assert backup.exists()
    assert_refused(run("backup", str(tmp_path / target)), code, words)
    assert not (tmp_path / "workspace" / "b.json").exists()


def truncated(path: Path, whole: bytes) -> None:
    path.write_bytes(whole[:-20])


def flipped(path: Path, whole: bytes) -> None:
    path.write_bytes(whole.replace(b"eyJt", b"eyJu", 1))


def empty(path: Path, _whole: bytes) -> None:
    path.touch()


def a_directory(path: Path, _whole: bytes) -> None:
    path.mkdir()


def a_pipe(path: Path, _whole: bytes) -> None:
    os.mkfifo(path)


def a_link(path: Path, _whole: bytes) -> None:
    path.symlink_to("b.json")


def nine_megabytes(path: Path, _whole: bytes) -> None:
    path.write_bytes(b" " * 9 * 2**20)


def too_large(path: Path, _whole: bytes) -> None:
    with path.open("wb") as file:
        file.truncate(200 * 2**20)


def utf_16(path: Path, whole: bytes) -> None:
    path.write_bytes(whole.decode().encode("utf-16"))


def deep(path: Path, _whole: bytes) -> None:
    path.write_bytes(b"[" * 100_000)


def newer(path: Path, whole: bytes) -> None:
    path.write_bytes(whole.replace(b'{"schema":1', b'{"schema":2', 1))


def an_export(path: Path, _whole: bytes) -> None:
    path.write_text(json.dumps({"schema": 1, "team": "Atlas"}))


BAD: dict[Callable[[Path, bytes], None], str] = {
    truncated: "cut off, changed, or something else",
    flipped: "cannot be restored",
    empty: "cut off, changed, or something else",
    a_directory: "is not a regular file",
    a_pipe: "is not a regular file",
    a_link: "symbolic link",
    nine_megabytes: "something else than a backup",
    too_large: "is larger than",
    utf_16: "something else than a backup",
    deep: "something else than a backup",
    newer: "newer tuiretro",
    an_export: "something else than a backup",
}


@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__)
def test_what_is_no_backup_is_refused_and_nothing_changes(
    run: Run, backup: Path, tmp_path: Path, place: Path, kept: Kept, make: Callable[[Path, bytes], None]
) -> None:
    make(tmp_path / "bad", backup.read_bytes())
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    assert_refused(run("restore", str(tmp_path / "bad"), "--yes"), 6, BAD[make])
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before


def test_a_backup_that_is_not_there_is_not_found(run: Run, tmp_path: Path) -> None:
    assert_refused(run("restore", str(tmp_path / "none")), 4, "There is no file")


def test_a_restore_into_a_file_or_link_is_refused(run: Run, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("workspace")
    for name in ("file", "link"):
        assert_refused(run("restore", str(backup), "--workspace", str(tmp_path / name)), 6, name)


@pytest.mark.usefixtures("closed")
def test_no_backup_leaves_a_file_out_whose_place_a_folder_took(run: Run, place: Path, tmp_path: Path) -> None:
    (history,) = place.rglob("history.json")
    history.unlink()
    history.mkdir()
    refused = run("backup", str(tmp_path / "b.json"))
    assert refused.exit_code == 6
    assert "history.json is a folder in the place of a file, so no backup was made" in refused.stderr
    assert not (tmp_path / "b.json").exists()
