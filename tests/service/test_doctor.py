from __future__ import annotations

import os
import random
import shutil
import time
from base64 import b64encode
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.service.conftest import STARTS, Clock, a_sprint, a_team, answer
from tests.store.builders import tree
from tuiretro.errors import NotFoundError, WorkspaceError
from tuiretro.locks import locked
from tuiretro.model.checkup import Checkup, Point
from tuiretro.model.team import Team
from tuiretro.service import actions, doctor_checks, rounds
from tuiretro.service.audit import audit
from tuiretro.service.doctor import checkup
from tuiretro.service.workspace import Workspace, open_workspace
from tuiretro.store import ballot, locked_key, mending
from tuiretro.store.disk import Disk
from tuiretro.store.documents import SCHEMA, encoded, read_tables
from tuiretro.store.restoring import standing_rounds
from tuiretro.store.round_health import ailments

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
    (place / ".tuiretro-staging" / "plan.json").touch(0o600)
    (place / ".tuiretro-staging" / TEMPORARY).touch(0o600)


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


def empty_key(place: Path, _team: Team) -> None:
    put(place, b"")


def cut_key(place: Path, _team: Team) -> None:
    put(place, next(place.rglob("key")).read_bytes()[:-1])


def another_key(place: Path, _team: Team) -> None:
    put(place, ballot.new_keys()[1])


def a_pipe_for_a_key(place: Path, _team: Team) -> None:
    (key,) = place.rglob("key")
    day = key.stat().st_mtime
    key.unlink()
    os.mkfifo(key, 0o600)
    os.utime(key, (day, day))
    os.utime(key.parent, (day, day))


def another_public_key(place: Path, _team: Team) -> None:
    change(place, "seal", "public_key", b64encode(ballot.new_keys()[0]).decode())


def no_public_key(place: Path, _team: Team) -> None:
    change(place, "seal", "public_key", "")


def a_flipped_box(place: Path, _team: Team) -> None:
    (round_,) = place.rglob("round.json")
    (box,) = read_tables(round_)["boxes"].values()
    change(place, "boxes", "box", box["box"][:100] + ("A" if box["box"][100] != "A" else "B") + box["box"][101:])


def a_box_of_another_size(place: Path, _team: Team) -> None:
    change(place, "boxes", "box", "AAAA")


def damaged_codes(place: Path, _team: Team) -> None:
    change(place, "codes", "fingerprint", 7)


def damaged_arrivals(place: Path, _team: Team) -> None:
    change(place, "arrived", "fingerprint", 7)


def another_carrying_key(place: Path, team: Team) -> None:
    workspace = open_workspace(place, today=lambda: NOW)
    opened = workspace.store.round(team.id)
    assert opened is not None
    workspace.store.invitation(team.id, opened)
    change(place, "carrying", "public_key", b64encode(ballot.new_keys()[0]).decode())


def put(place: Path, data: bytes) -> None:
    """Puts other bytes in the place of the round's key, as a failing disk does: without another time."""
    (key,) = place.rglob("key")
    day = key.stat().st_mtime
    key.write_bytes(data)
    os.utime(key, (day, day))


def change(place: Path, table: str, field: str, value: object) -> None:
    """Puts a value into the first document of a table of the round's file."""
    (round_,) = place.rglob("round.json")
    tables = read_tables(round_)
    document = next(iter(tables.setdefault(table, {"1": {}}).values()))
    document[field] = value
    round_.write_bytes(encoded(tables))


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


def foreign_staging(place: Path, _team: Team) -> None:
    (place / ".tuiretro-staging").mkdir(mode=0o700)
    (place / ".tuiretro-staging" / "thesis.txt").touch(0o600)


def a_file_for_staging(place: Path, _team: Team) -> None:
    (place / ".tuiretro-staging").touch(0o600)


def foreign_round(place: Path, team: Team) -> None:
    (place / team.id / "rounds" / STRANGE_TEAM).mkdir(mode=0o700)
    (place / team.id / "rounds" / STRANGE_TEAM / "thesis.txt").touch(0o600)


def a_pipe(place: Path, team: Team) -> None:
    (place / team.id / "actions.json").unlink()
    os.mkfifo(place / team.id / "actions.json", 0o600)


def a_folder(place: Path, team: Team) -> None:
    (place / team.id / "history.json").unlink()
    (place / team.id / "history.json").mkdir(mode=0o700)


def newer_round(place: Path, _team: Team) -> None:
    (round_,) = place.rglob("round.json")
    round_.write_bytes(encoded({"meta": {"1": {"schema": SCHEMA + 1}}}))


CLOSABLE = "Every open round can be closed"
EXPLAINED: dict[Harm, tuple[str, str]] = {
    damaged_history: ("Every file can be read", "restore it with 'tuiretro restore FILE'"),
    damaged_teams: ("Every file can be read", "restore it with 'tuiretro restore FILE'"),
    damaged_round: ("Every file can be read", "no backup holds rounds, so it can only be abandoned"),
    no_key: ("Every file can be read", "key is missing, so its sheets cannot be opened; abandon the round"),
    empty_key: (CLOSABLE, "the round's key is damaged or cannot be read, so its sheets cannot be opened; abandon"),
    cut_key: (CLOSABLE, "the round's key is damaged or cannot be read"),
    a_pipe_for_a_key: (CLOSABLE, "the round's key is damaged or cannot be read"),
    another_key: (CLOSABLE, "are no pair: one of them is damaged or of another round"),
    another_public_key: (CLOSABLE, "are no pair: one of them is damaged or of another round"),
    no_public_key: (CLOSABLE, "what sheets are sealed with is damaged"),
    a_flipped_box: (CLOSABLE, "not every sealed sheet in it can be opened"),
    a_box_of_another_size: (CLOSABLE, "not every sealed sheet in it can be opened"),
    damaged_codes: (CLOSABLE, "its one-time codes are damaged"),
    damaged_arrivals: (CLOSABLE, "what belongs to its envelopes is damaged"),
    another_carrying_key: (CLOSABLE, "what belongs to its envelopes is damaged"),
    a_link: ("No link stands", "remove the link"),
    a_linked_lock: ("No link stands", "remove the link"),
    a_folder_for_a_lock: ("Every file can be read", "nothing could be saved beside it; move it elsewhere"),
    an_orphan: ("Every team's folder belongs to a team", "nothing was removed"),
    a_stranger: ("Every file is one of those", "move it elsewhere"),
    foreign_staging: ("Every file is one of those", "move it elsewhere"),
    a_file_for_staging: ("Every file is one of those", "move it elsewhere"),
    foreign_round: ("Every file is one of those", "move it elsewhere"),
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


@pytest.mark.parametrize(
    "harm", [None, empty_key, cut_key, no_public_key, a_box_of_another_size, "flipped", "locked with other words"]
)
def test_the_key_of_a_two_person_round_is_tried_as_far_as_it_goes_without_the_words(
    place: Path, on_disk: Workspace, team: Team, harm: object
) -> None:
    guard = rounds.Guard(closing=rounds.closing_code())
    answer(on_disk, team, rounds.open_round(on_disk, team, "safety", guard=guard), 1)
    (key,) = place.rglob("key")
    if callable(harm):
        harm(place, team)
    elif harm == "flipped":
        whole = key.read_bytes()
        put(place, whole[:60] + bytes([whole[60] ^ 1]) + whole[61:])
    elif harm:
        put(place, locked_key.lock(ballot.new_keys()[1], rounds.closing_code()))
    if harm is None or (isinstance(harm, str) and harm != "flipped"):
        # Nobody can see without the words that it is another key; the sentence says that it was not tried.
        assert looked(place).is_well
        assert any("as far as it goes without" in point.sentence for point in looked(place).points)
    else:
        assert only(looked(place)).sentence.startswith(CLOSABLE)


def test_a_round_that_is_closed_while_it_is_looked_at_is_no_fault(place: Path, opened: Team) -> None:
    (key,) = place.rglob("key")
    assert ailments(key.parent) == ()
    (key.parent / "key").unlink()
    assert ailments(key.parent) == ()
    (key.parent / "round.json").unlink()
    assert ailments(key.parent) == ()


def test_what_belongs_to_another_user_is_said_with_the_right_advice_and_left_as_it_is(
    place: Path, opened: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.lstat
    (place / "surveys").mkdir(mode=0o700)
    theirs = {place / opened.id / "history.json", place / "surveys", place / TEMPORARY}

    def lstat(path: Path) -> os.stat_result:
        found = real(path)
        return os.stat_result((*found[:4], found.st_uid + (path in theirs), *found[5:])) if path in theirs else found

    monkeypatch.setattr(Path, "lstat", lstat)
    (place / opened.id / "history.json").chmod(0o644)
    found = mended(place)
    said = {point.sentence: point.faults for point in found.points if point.faults}
    assert [fault for faults in said.values() for fault in faults if "belongs to another user" in fault] == [
        f"{opened.id}/history.json belongs to another user of this machine, so you may not be able to read, save or "
        "destroy it, and its permissions were left as they are. Its owner, or whoever administers the machine, can "
        "give it to you with 'chown'; or run tuiretro as its owner."
    ]
    assert "'chmod 600', by its owner, mends it" in said["Only the owner may read: folders 0700, files 0600."][0]
    assert (place / opened.id / "history.json").stat().st_mode & 0o777 == 0o644
    theirs.add(place)
    (first,) = (point.faults for point in looked(place).points if point.sentence.startswith("Everything in it belongs"))
    assert len(first) == 1
    assert first[0].startswith(f"{place} belongs to another user")


@pytest.mark.usefixtures("opened")
def test_a_system_that_numbers_no_users_is_not_asked_for_owners(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "geteuid")
    (place / "workspace.json").chmod(0o644)
    assert mended(place).is_well
    assert (place / "workspace.json").stat().st_mode & 0o777 == 0o600


def test_a_lock_that_may_not_be_opened_is_said(place: Path, opened: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.access

    def access(path: Path, mode: int) -> bool:
        return not (mode & os.R_OK and Path(path).name == "team.lock") and real(path, mode)

    monkeypatch.setattr(os, "access", access)
    assert only(mended(place)).faults == (
        f"{opened.id}/team.lock may not be opened by you, so nothing can be saved beside it; let its owner give it to "
        "you, or, if it is yours, give it the permissions 0600.",
    )


def test_a_round_opens_beside_a_folder_that_is_not_ours(place: Path, on_disk: Workspace, team: Team) -> None:
    foreign = place / team.id / "rounds" / STRANGE_TEAM / "thesis.txt"
    foreign.parent.mkdir(parents=True, mode=0o700)
    foreign.write_text("mine")
    workspace = open_workspace(place, today=lambda: NOW)
    answer(workspace, team, rounds.open_round(workspace, team, "safety"), 1)
    rounds.abandon(workspace, team)
    assert foreign.read_text() == "mine"


@pytest.mark.parametrize("name", ["00000000deadbeef", "ffffffffdeadbeef"])
@pytest.mark.parametrize("way", ["close", "abandon"])
def test_a_copy_of_a_round_is_named_and_never_taken_for_it(place: Path, team: Team, name: str, way: str) -> None:
    workspace = open_workspace(place, today=lambda: NOW)
    opened = rounds.open_round(workspace, team, "safety")
    answer(workspace, team, opened, 4)
    (key,) = place.rglob("key")
    copy = key.parent.with_name(name)
    shutil.copytree(key.parent, copy)
    os.utime(copy / "key")
    before = tree(copy)

    def named() -> bool:
        said = f"{team.id}/rounds/{name} is a copy of the round {opened.id}: it holds sealed sheets and their key"
        check = next(check for check in audit(workspace).checks if check.sentence.startswith("No answer sheet"))
        return only(mended(place)).faults[0].startswith(said) and check.faults == only(looked(place)).faults

    assert named()
    workspace = open_workspace(place, today=lambda: NOW)
    assert workspace.store.round(team.id) == opened
    assert [*standing_rounds(place)] == [(team.name, opened.sprint)]
    if way == "close":
        assert rounds.close(workspace, team).answered == 4
        assert named()
        assert [*standing_rounds(place)] == []
        with pytest.raises(NotFoundError):
            rounds.abandon(workspace, team)
        workspace = open_workspace(place, today=lambda: NOW + timedelta(weeks=2))
        rounds.open_round(workspace, team, "safety")
    rounds.abandon(workspace, team)
    assert tree(copy) == before
    if way == "abandon":
        # Nothing tells it from the round itself, damaged, any more.
        rounds.abandon(workspace, team)
        assert not copy.exists()


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
