from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.service.conftest import STARTS, Clock, a_sprint, a_team, answer
from tests.store.builders import tree
from tuiretro.errors import WorkspaceError
from tuiretro.locks import locked
from tuiretro.model.checkup import Checkup, Point
from tuiretro.model.team import Team
from tuiretro.service import actions, doctor_checks, rounds
from tuiretro.service.audit import audit
from tuiretro.service.doctor import checkup
from tuiretro.service.workspace import Workspace, open_workspace
from tuiretro.store import mending
from tuiretro.store.disk import Disk
from tuiretro.store.documents import SCHEMA, encoded, read_tables

NOW = STARTS + timedelta(weeks=2)
"""In the second sprint."""
FINE = Disk("/home/jo/retro", "22 1 254:0 / / rw - ext4 /dev/vda rw\n", 2**40)
STRANGE_TEAM = "00000000000000cc"
TEMPORARY = ".tuiretro-0123456789abcdef.tmp"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def on_disk(place: Path) -> Workspace:
    clock = Clock()
    workspace = open_workspace(place, today=clock, chance=random.Random(7))
    team = a_team(workspace)
    a_sprint(workspace, team)
    actions.add(workspace, team, "Profile the raw tables")
    clock.day = NOW
    return workspace


@pytest.fixture
def team(on_disk: Workspace) -> Team:
    return on_disk.store.teams()[0]


@pytest.fixture
def opened(on_disk: Workspace, team: Team) -> Team:
    """The team with an open round that somebody answered."""
    answer(on_disk, team, rounds.open_round(on_disk, team, "safety"), 1)
    return team


def looked(place: Path, *, disk: Disk = FINE, day: date = NOW) -> Checkup:
    return checkup(place, today=lambda: day, is_only_looking=True, disk=disk, patience=0.05)


def mended(place: Path, *, disk: Disk = FINE) -> Checkup:
    return checkup(place, today=lambda: NOW, is_only_looking=False, disk=disk, patience=0.05)


def only(found: Checkup) -> Point:
    """The only point at which anything was found."""
    (point,) = (point for point in found.points if point.state != "well")
    return point


def age(path: Path) -> None:
    path.write_bytes(encoded({**read_tables(path), "meta": {"1": {"schema": 1}}}))


@pytest.mark.usefixtures("opened")
def test_a_workspace_as_the_program_leaves_it_is_well(place: Path) -> None:
    before = tree(place)
    for found in (looked(place), mended(place)):
        assert found.is_well
        assert found.is_there
        assert {point.state for point in found.points} == {"well"}
    assert tree(place) == before


def test_no_workspace_yet_is_well_and_none_is_made(place: Path) -> None:
    found = mended(place)
    assert found.is_well
    assert not found.is_there
    assert not place.exists()


def permissions(place: Path, team: Team) -> None:
    place.chmod(0o755)
    (place / team.id).chmod(0o777)
    (place / team.id / "history.json").chmod(0o644)


def temporary(place: Path, team: Team) -> None:
    (place / TEMPORARY).touch(0o600)
    (place / team.id / TEMPORARY).touch(0o600)


def half_made(place: Path, team: Team) -> None:
    (place / team.id / "rounds" / STRANGE_TEAM).mkdir(mode=0o700)


def half_closed(place: Path, _team: Team) -> None:
    (round_,) = place.rglob("round.json")
    round_.write_bytes(encoded({**read_tables(round_), "closing": {"1": {"closing": True}}}))


def staging(place: Path, _team: Team) -> None:
    (place / ".tuiretro-staging").mkdir(mode=0o700)
    (place / ".tuiretro-staging" / "file").touch(0o600)


def restoring(place: Path, _team: Team) -> None:
    (place / ".tuiretro-restoring").mkdir(mode=0o700)


def older(place: Path, team: Team) -> None:
    for name in ("workspace.json", f"{team.id}/history.json", f"{team.id}/actions.json"):
        age(place / name)


Harm = Callable[[Path, Team], None]
MENDED: dict[Harm, tuple[str, int]] = {
    permissions: ("Only the owner may read", 3),
    temporary: ("No crash left anything half", 2),
    half_made: ("No crash left anything half", 1),
    half_closed: ("No crash left anything half", 1),
    staging: ("No crash left anything half", 1),
    restoring: ("No crash left anything half", 1),
    older: ("form of this version", 3),
}


@pytest.mark.parametrize("harm", MENDED, ids=lambda harm: harm.__name__)
def test_what_is_certain_is_mended_and_looking_changes_nothing(place: Path, opened: Team, harm: Harm) -> None:
    words, count = MENDED[harm]
    harm(place, opened)
    before = tree(place)
    found = looked(place)
    assert not found.is_well
    assert words in only(found).sentence
    assert len(only(found).faults) == count
    assert tree(place) == before

    after = mended(place)
    assert after.is_well
    assert only(after).state == "mended"
    assert only(after).mended == only(found).faults
    assert {point.state for point in mended(place).points} == {"well"}
    # The round of somebody's answers came through it.
    workspace = open_workspace(place, today=lambda: NOW)
    assert workspace.store.sheets(opened.id) == 1
    assert audit(workspace).passed


def test_an_older_file_is_brought_up_to_date_with_its_bytes_kept(place: Path, opened: Team) -> None:
    path = place / opened.id / "history.json"
    age(path)
    (round_,) = place.rglob("round.json")
    age(round_)
    old = path.read_bytes()
    mended(place)
    assert (path.parent / "history.json.schema-1").read_bytes() == old
    assert read_tables(path)["meta"]["1"]["schema"] == SCHEMA
    assert read_tables(round_)["meta"]["1"]["schema"] == 1
    assert not list(place.rglob("round.json.*"))


def damaged_history(place: Path, team: Team) -> None:
    (place / team.id / "history.json").write_bytes(b"{")


def damaged_teams(place: Path, _team: Team) -> None:
    (place / "workspace.json").write_bytes(b"{")


def damaged_round(place: Path, _team: Team) -> None:
    (round_,) = place.rglob("round.json")
    round_.write_bytes(b"{")


def no_key(place: Path, _team: Team) -> None:
    (key,) = place.rglob("key")
    key.unlink()


def a_link(place: Path, team: Team) -> None:
    (place / team.id / "notes").symlink_to("nowhere")


def a_linked_lock(place: Path, team: Team) -> None:
    (place / team.id / "team.lock").unlink()
    (place / team.id / "team.lock").symlink_to("nowhere")


def a_folder_for_a_lock(place: Path, team: Team) -> None:
    (place / team.id / "team.lock").unlink()
    (place / team.id / "team.lock").mkdir(mode=0o700)


def an_orphan(place: Path, team: Team) -> None:
    shutil.copytree(place / team.id, place / STRANGE_TEAM)


def a_stranger(place: Path, _team: Team) -> None:
    (place / "notes.txt").touch(0o600)


def a_pipe(place: Path, team: Team) -> None:
    (place / team.id / "actions.json").unlink()
    os.mkfifo(place / team.id / "actions.json", 0o600)


def a_folder(place: Path, team: Team) -> None:
    (place / team.id / "history.json").unlink()
    (place / team.id / "history.json").mkdir(mode=0o700)


def newer_round(place: Path, _team: Team) -> None:
    (round_,) = place.rglob("round.json")
    round_.write_bytes(encoded({"meta": {"1": {"schema": SCHEMA + 1}}}))


EXPLAINED: dict[Harm, tuple[str, str]] = {
    damaged_history: ("Every file can be read", "restore it with 'tuiretro restore FILE'"),
    damaged_teams: ("Every file can be read", "restore it with 'tuiretro restore FILE'"),
    damaged_round: ("Every file can be read", "no backup holds rounds, so it can only be abandoned"),
    no_key: ("Every file can be read", "key is missing, so its sheets cannot be opened; abandon the round"),
    a_link: ("No link stands", "remove the link"),
    a_linked_lock: ("No link stands", "remove the link"),
    a_folder_for_a_lock: ("Every file can be read", "nothing could be saved beside it; move it elsewhere"),
    an_orphan: ("Every team's folder belongs to a team", "nothing was removed"),
    a_stranger: ("Every file is one of those", "move it elsewhere"),
    a_pipe: ("Every file can be read", "is not a regular file"),
    a_folder: ("Every file can be read", "is not a regular file"),
    newer_round: ("Every file can be read", "update tuiretro"),
}


@pytest.mark.parametrize("harm", EXPLAINED, ids=lambda harm: harm.__name__)
def test_what_is_not_certain_is_explained_and_left_as_it_is(place: Path, opened: Team, harm: Harm) -> None:
    words, advice = EXPLAINED[harm]
    harm(place, opened)
    before = sorted(path for path in place.rglob("*") if path.suffix != ".lock")
    found = mended(place)
    assert not found.is_well
    assert words in only(found).sentence
    assert any(advice in fault for fault in only(found).faults)
    assert sorted(path for path in place.rglob("*") if path.suffix != ".lock") == before


def test_an_open_round_tells_no_more_than_the_screens_do(place: Path, on_disk: Workspace, team: Team) -> None:
    opened = rounds.open_round(on_disk, team, "safety")

    def told() -> Checkup:
        (round_,) = place.rglob("round.json")
        whole = round_.read_bytes()
        # What a decoder says of this names the byte, and so the size.
        round_.write_bytes(whole[:-1] + b"x")
        found = looked(place)
        round_.write_bytes(whole)
        return found

    none = told()
    answer(on_disk, team, opened, 3)
    assert told() == none


def test_an_empty_folder_or_a_mere_lock_is_no_lost_team(place: Path, team: Team) -> None:
    (place / STRANGE_TEAM).mkdir(mode=0o700)
    (place / STRANGE_TEAM / "team.lock").touch(0o600)
    assert looked(place).is_well


def test_files_in_the_folder_of_no_team_are_not_brought_up_to_date(place: Path, team: Team) -> None:
    shutil.copytree(place / team.id, place / STRANGE_TEAM)
    age(place / STRANGE_TEAM / "history.json")
    before = tree(place)
    assert "belongs to a team" in only(mended(place)).sentence
    assert tree(place) == before


def test_a_newer_workspace_is_left_alone(place: Path, team: Team) -> None:
    (place / "workspace.json").write_bytes(encoded({"meta": {"1": {"schema": SCHEMA + 1}}}))
    (place / TEMPORARY).touch()
    (place / team.id).chmod(0o755)
    before = tree(place)
    found = mended(place)
    assert any("update tuiretro" in fault for point in found.points for fault in point.faults)
    assert not any(point.mended for point in found.points)
    assert tree(place) == before
    assert (place / team.id).stat().st_mode & 0o777 == 0o755


def test_a_lock_that_another_program_holds_is_said_within_seconds(place: Path, team: Team) -> None:
    age(place / team.id / "history.json")
    temporary(place, team)
    began = time.monotonic()
    with locked(place / team.id / "team.lock"), locked(place / "workspace.lock"):
        found = checkup(place, today=lambda: NOW, is_only_looking=False, disk=FINE)
    assert time.monotonic() - began < 6
    (held,) = (point for point in found.points if point.sentence == "No other program holds it.")
    assert len(held.faults) == 2
    assert f"{team.id} in it right now" in held.faults[1]
    assert not found.is_well
    assert mended(place).is_well


def test_an_interrupted_restore_under_a_held_lock_waits(place: Path, team: Team) -> None:
    restoring(place, team)
    with locked(place / team.id / "team.lock"):
        found = mended(place)
    assert not any(point.mended for point in found.points)
    assert mended(place).is_well


@pytest.mark.usefixtures("opened")
def test_a_round_that_is_open_after_its_sprint_needs_somebody(place: Path) -> None:
    found = looked(place, day=STARTS + timedelta(weeks=9))
    assert "No round is open for longer than its sprint" in only(found).sentence
    assert "'tuiretro round close'" in only(found).faults[0]


@pytest.mark.parametrize(
    ("disk", "words"),
    [
        (Disk("/home/jo/retro", "22 1 0:1 / / rw - nfs4 server:/ rw\n", 2**40), "network disk (nfs4)"),
        (Disk("/home/jo/Dropbox/retro", "", 2**40), "synchronised by Dropbox"),
        (Disk("/home/jo/retro", "", 3 * 2**20), "Only 3 MB are left"),
    ],
)
@pytest.mark.usefixtures("team")
def test_a_place_that_is_not_safe_is_explained(place: Path, disk: Disk, words: str) -> None:
    found = mended(place, disk=disk)
    assert not found.is_well
    assert words in only(found).faults[0]


@pytest.mark.usefixtures("team")
def test_a_disk_that_does_not_say_how_much_room_it_has_is_well(place: Path) -> None:
    assert looked(place, disk=Disk("/home/jo/retro", "", None)).is_well


@pytest.mark.usefixtures("team")
def test_the_disk_is_asked_if_nobody_says_what_lies_under_the_workspace(place: Path) -> None:
    found = checkup(place, today=lambda: NOW, is_only_looking=True)
    assert len(found.points) == len(looked(place).points)


@pytest.mark.parametrize("kind", ["file", "link", "below a file"])
def test_a_place_that_is_no_folder_is_explained_and_nothing_is_done(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "kept"
    if kind == "link":
        (tmp_path / "real").mkdir(mode=0o755)
        place.symlink_to("real")
    else:
        place.write_text("a file")
    found = mended(place / "below" if kind == "below a file" else place)
    assert "folder can be used" in only(found).sentence
    assert not found.is_well
    assert kind != "link" or (tmp_path / "real").stat().st_mode & 0o777 == 0o755


def test_a_place_that_cannot_be_looked_at_is_explained(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_place: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor_checks, "check_folder", refuses)
    assert "cannot be looked at: permission was denied" in only(mended(place)).faults[0]


def test_a_folder_that_cannot_be_read_is_explained_before_anything_in_it(
    place: Path, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def scandir(path: str | Path) -> object:
        if Path(path).name == team.id:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = looked(place)
    assert "Every folder can be read" in only(found).sentence
    assert "permission was denied" in only(found).faults[0]


def test_what_cannot_be_looked_at_stops_no_other_check(
    place: Path, opened: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / opened.id / "history.json").chmod(0o644)

    def refuses(_place: Path) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(mending, "half_done", refuses)
    assert "Only the owner may read" in only(looked(place)).sentence


def test_a_disk_that_refuses_to_be_mended_is_told_of(place: Path, team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    age(place / team.id / "history.json")

    def refuses(*_words: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(mending, "bring_up_to_date", refuses)
    found = mended(place)
    (failed,) = (point for point in found.points if "What can be mended" in point.sentence)
    assert "could not be put in order: the disk is full" in failed.faults[0]


@pytest.mark.usefixtures("team")
def test_a_folder_that_holds_other_things_keeps_its_own_permissions(place: Path) -> None:
    place.chmod(0o755)
    (place / "their folder").mkdir(mode=0o755)
    (place / "their folder" / "file").touch(0o644)
    (place / "surveys").mkdir(mode=0o755)
    (place / "surveys" / "ours.toml").touch(0o644)
    modes = {path: path.stat().st_mode for path in (place, *place.rglob("*"))}
    assert not mended(place).is_well
    assert {path: path.stat().st_mode for path in (place, *place.rglob("*"))} == modes


def test_a_folder_that_cannot_be_listed_is_still_ours(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_path: Path) -> list[str]:
        raise PermissionError

    monkeypatch.setattr(os, "listdir", refuses)
    assert doctor_checks.owned_mode(place)(".", True) == 0o700


def test_older_files_of_a_workspace_without_a_list_of_teams_are_none(place: Path, team: Team) -> None:
    age(place / team.id / "history.json")
    (place / "workspace.json").write_bytes(b"{")
    workspace = open_at(place)
    assert doctor_checks.older(workspace) == ()
    with pytest.raises(WorkspaceError):
        workspace.store.teams()


def open_at(place: Path) -> Workspace:
    from tuiretro.service.workspace import as_it_lies

    return as_it_lies(place, today=lambda: NOW)
