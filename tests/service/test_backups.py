from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.service.conftest import STARTS, Clock, a_sprint, a_team
from tuiretro.errors import BadInputError, NotFoundError, NotNowError, WorkspaceError
from tuiretro.service import backups, rounds
from tuiretro.service.kept import is_backed_up
from tuiretro.service.workspace import Workspace, open_workspace
from tuiretro.store import backup_file

TEAM = "a1b2c3d4e5f60718"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def on_disk(place: Path) -> Workspace:
    """A workspace on disk with a team, a release and a survey of its own."""
    clock = Clock()
    workspace = open_workspace(place, today=clock, chance=random.Random(7))
    a_sprint(workspace, a_team(workspace))
    clock.to_sprint(2)
    (place / "surveys").mkdir(mode=0o700)
    (place / "surveys" / "ours.toml").write_text("ours")
    return workspace


@pytest.mark.parametrize(
    "path",
    [
        "workspace.json",
        f"{TEAM}/history.json",
        f"{TEAM}/actions.json",
        "workspace.json.schema-1",
        f"{TEAM}/history.json.schema-1.2",
        "surveys/ours.toml",
        "surveys/mistakes/21-ours.toml",
        "surveys/languages/fr.toml",
        "surveys/formats/ours.toml",
        "surveys/templates/ours.md",
    ],
)
def test_every_file_of_ours_belongs_to_a_backup(path: str) -> None:
    assert is_backed_up(path)


@pytest.mark.parametrize(
    "path",
    [
        "workspace.lock",
        f"{TEAM}/team.lock",
        f"{TEAM}/rounds/{TEAM}/round.json",
        f"{TEAM}/rounds/{TEAM}/key",
        f"{TEAM}/rounds/{TEAM}/round.json.schema-1",
        "surveys/ours.toml.schema-1",
        "backups/2026-01-05.json",
        ".tuiretro-staging/files/workspace.json",
        ".tuiretro-restoring/plan.json",
        ".tuiretro-0123456789abcdef.tmp",
        "surveys/a\nb.toml",
        "surveys/a\\b.toml",
        "notes.txt",
    ],
)
def test_locks_rounds_keys_backups_and_files_of_others_do_not(path: str) -> None:
    assert not is_backed_up(path)


def test_a_backup_holds_everything_but_the_open_round_and_says_so(place: Path, on_disk: Workspace) -> None:
    team = on_disk.store.teams()[0]
    rounds.open_round(on_disk, team, "safety")
    (place / "notes.txt").write_text("theirs")
    (place / "surveys" / "a\nb.toml").write_text("odd")
    found = backups.take(on_disk)
    document = json.loads(found.text)
    paths = [file["path"] for file in document["files"]]
    assert paths == sorted([f"{team.id}/history.json", "surveys/ours.toml", "workspace.json"])
    assert found.files == 3
    assert document["made"] == "2026-01-19"
    assert found.left_out[0].startswith("The open round of Atlas is not in it")
    assert [sentence.split(" is not in it")[0] for sentence in found.left_out[1:]] == ["notes.txt", "surveys/a\nb.toml"]


def test_a_round_that_cannot_be_read_is_missing_too(place: Path, on_disk: Workspace) -> None:
    team = on_disk.store.teams()[0]
    rounds.open_round(on_disk, team, "safety")
    (round_,) = place.rglob("round.json")
    round_.write_bytes(b"{")
    assert "The open round of Atlas is not in it" in backups.take(on_disk).left_out[0]


def test_nothing_to_back_up_is_said(place: Path) -> None:
    with pytest.raises(NotFoundError, match="no team yet"):
        backups.take(open_workspace(place))


def test_a_backup_goes_to_a_new_file_outside_the_workspace(place: Path, tmp_path: Path, on_disk: Workspace) -> None:
    found = backups.take(on_disk)
    target = tmp_path / "b.json"
    backups.write(on_disk, found, target)
    assert target.read_text() == found.text
    assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BadInputError, match="is there already"):
        backups.write(on_disk, found, target)
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(WorkspaceError, match="could not be written"):
        backups.write(on_disk, found, tmp_path / "loop" / "b.json")
    (tmp_path / "link").symlink_to(place / "surveys")
    for inside in (place / "b.json", tmp_path / "link" / "b.json"):
        with pytest.raises(BadInputError, match="lies in the workspace"):
            backups.write(on_disk, found, inside)
        assert not inside.exists()


def test_a_backup_is_restored_elsewhere_with_the_same_results(tmp_path: Path, on_disk: Workspace) -> None:
    found = backups.take(on_disk)
    backups.write(on_disk, found, tmp_path / "b.json")
    other = tmp_path / "other"
    assert not backups.would_replace(other)
    done = backups.restore(other, backups.read(tmp_path / "b.json"), day=STARTS, is_agreed=False)
    assert (done.files, done.saved) == (3, None)
    again = open_workspace(other, today=on_disk.today)
    assert again.store.teams() == on_disk.store.teams()
    team = again.store.teams()[0].id
    assert again.store.history(team) == on_disk.store.history(team)
    assert (other / "surveys" / "ours.toml").read_text() == "ours"
    assert backups.take(again).text == found.text


def test_what_was_damaged_is_saved_as_it_is_and_said_not_to_come_back(
    place: Path, tmp_path: Path, on_disk: Workspace
) -> None:
    backups.write(on_disk, backups.take(on_disk), tmp_path / "b.json")
    (team,) = on_disk.store.teams()
    (place / team.id / "history.json").write_bytes(b"{broken")
    done = backups.restore(place, backups.read(tmp_path / "b.json"), day=STARTS, is_agreed=True)
    assert done.saved is not None
    assert not done.comes_back
    assert on_disk.store.history(team.id).releases


def test_what_is_replaced_is_saved_and_can_be_brought_back(place: Path, tmp_path: Path, on_disk: Workspace) -> None:
    first = backups.take(on_disk)
    backups.write(on_disk, first, tmp_path / "b.json")
    a_team(on_disk, "Second")
    second = backups.take(on_disk)
    assert backups.would_replace(place)
    with pytest.raises(NotNowError):
        backups.restore(place, backups.read(tmp_path / "b.json"), day=STARTS, is_agreed=False)
    done = backups.restore(place, backups.read(tmp_path / "b.json"), day=STARTS, is_agreed=True)
    assert backups.take(on_disk).text == first.text
    assert done.saved is not None
    backups.restore(place, backups.read(done.saved), day=STARTS, is_agreed=True)
    assert backups.take(on_disk).text == second.text


def test_a_file_that_is_not_there_or_too_large_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFoundError, match="There is no file"):
        backups.read(tmp_path / "none.json")
    monkeypatch.setattr(backup_file, "LARGEST", 2**20)
    (tmp_path / "large.json").write_bytes(bytes(2**20 + 1))
    with pytest.raises(WorkspaceError, match="is larger than 1024 KB, so it was not read"):
        backups.read(tmp_path / "large.json")


def test_a_backup_with_a_round_in_it_is_refused(tmp_path: Path, on_disk: Workspace) -> None:
    files = {"workspace.json": (Path(on_disk.store.place) / "workspace.json").read_bytes()}
    smuggled = {**files, f"{TEAM}/rounds/{TEAM}/round.json": b"{}"}
    (tmp_path / "b.json").write_bytes(backup_file.packed(smuggled, STARTS))
    with pytest.raises(WorkspaceError, match="none of the files that a backup holds"):
        backups.read(tmp_path / "b.json")
