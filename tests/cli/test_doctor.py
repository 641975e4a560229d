from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tuiretro.store import disk


@pytest.fixture(autouse=True)
def ordinary_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever lies under the folders of these tests."""
    (tmp_path / "mounts").write_text("22 1 254:0 / / rw - ext4 /dev/vda rw\n")
    monkeypatch.setattr(disk, "MOUNTS", tmp_path / "mounts")


def test_a_workspace_that_is_well_says_so(ok: Run, opened: tuple[str, ...]) -> None:
    assert opened
    said = ok("doctor")
    assert said.stdout.endswith("All is well.\n")
    assert "NEEDS YOU" not in said.stdout
    assert said.stderr == ""


def test_no_workspace_yet_is_well(ok: Run, place: Path) -> None:
    assert "where there is no workspace yet" in ok("doctor").stdout
    assert not place.exists()


def test_what_can_be_mended_is_mended_unless_it_only_looks(ok: Run, run: Run, team: str, place: Path) -> None:
    assert team
    (place / "workspace.json").chmod(0o644)
    looked = run("doctor", "--check")
    assert looked.exit_code == 6
    assert "NEEDS YOU  Only the owner may read" in looked.stdout
    assert "'tuiretro doctor' without --check mends what is certain" in looked.stdout
    assert (place / "workspace.json").stat().st_mode & 0o777 == 0o644

    mended = ok("doctor").stdout
    assert "mended     Only the owner may read" in mended
    assert "mended: workspace.json is 0644" in mended
    assert (place / "workspace.json").stat().st_mode & 0o777 == 0o600
    assert "  mended" not in ok("doctor").stdout


def test_a_network_disk_needs_somebody(run: Run, team: str, tmp_path: Path) -> None:
    assert team
    (tmp_path / "mounts").write_text("22 1 0:1 / / rw - nfs4 server:/ rw\n")
    result = run("doctor")
    assert result.exit_code == 6
    assert "network disk (nfs4)" in result.stdout


def test_what_needs_a_person_is_explained_and_exits_with_six(run: Run, team: str, place: Path) -> None:
    assert team
    (place / "notes\x1b[2J.txt").touch(0o600)
    result = run("doctor")
    assert result.exit_code == 6
    assert "none of the files that tuiretro works with" in result.stdout
    assert "Something needs you. See above." in result.stdout
    assert "\x1b[2J" not in result.stdout


def test_every_form_says_the_same(run: Run, team: str, place: Path) -> None:
    assert team
    (place / "notes.txt").touch(0o600)
    (place / "workspace.json").chmod(0o644)
    document = json.loads(run("doctor", "--check", "--format", "json").stdout)
    assert document["well"] is False
    assert document["exists"] is True
    states = {check["sentence"]: check["state"] for check in document["checks"]}
    rows = list(csv.DictReader(io.StringIO(run("doctor", "--check", "--format", "csv").stdout)))
    assert {row["check"]: row["state"] for row in rows} == states
    assert list(states.values()).count("needs you") == 2
    marked = run("doctor", "--format", "md").stdout
    assert marked.startswith("| check | state | finding |")
    assert "| mended |" in marked


def test_a_damaged_workspace_can_still_be_looked_at(run: Run, team: str, place: Path) -> None:
    assert team
    (place / "workspace.json").write_bytes(b"{")
    result = run("doctor")
    assert result.exit_code == 6
    assert "is damaged" in result.stdout
