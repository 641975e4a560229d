"""A restore replaces everything or nothing, whatever stops it."""

from __future__ import annotations

import os
import shutil
import stat
import threading
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.store.builders import (
    DAY,
    FOLDER,
    ROUND,
    TEAM,
    a_round,
    a_sheet,
    a_store,
    a_team,
    an_action,
    filled,
    keep_team,
    tally,
    tree,
)
from tests.store.faults import Crash, Faults
from tuiretro.errors import BusyError, NewerError, NotNowError, TuiretroError, UnconfirmedError, WorkspaceError
from tuiretro.files import is_temporary
from tuiretro.locks import locked
from tuiretro.store import restoring
from tuiretro.store.backup_file import unpacked
from tuiretro.store.documents import SCHEMA, encoded
from tuiretro.store.layout import RESTORING, STAGING
from tuiretro.store.pending import FILES, PLAN, Plan
from tuiretro.store.restoring import Replacing, collected, restore, taken, would_replace

OTHER, GONE = "00000000000000bb", "00000000000000cc"


def is_kept(path: str) -> bool:
    """A stand-in for the services' list."""
    return path.startswith("surveys/") or (path.endswith(".json") and not path.startswith(("backups/", ".tuiretro-")))


ALL_OF_IT = Replacing(is_kept, DAY, is_agreed=True, patience=0.2)


def kept(place: Path) -> dict[str, bytes]:
    return collected(place, is_kept)


def an_old_one(place: Path) -> dict[str, bytes]:
    """Two teams, of which the new state does not know one, with an action each, a release and a survey."""
    store = a_store(place)
    keep_team(store, a_team(name="Old"))
    keep_team(store, a_team(GONE, "Gone"))
    store.open_round(TEAM, a_round())
    for mark in range(4):
        store.add_sheet(TEAM, a_round(), a_sheet(mark))
    store.close_round(TEAM, a_round(), tally)
    store.change_actions(TEAM, lambda _: (an_action(),))
    store.change_actions(GONE, lambda _: (an_action(),))
    (place / "surveys").mkdir()
    (place / "surveys" / "old.toml").write_text("old")
    return kept(place)


def a_new_one(place: Path) -> dict[str, bytes]:
    store = a_store(place)
    keep_team(store, a_team(name="New"))
    keep_team(store, a_team(OTHER, "Other"))
    store.change_actions(TEAM, lambda _: (an_action(title="Another"),))
    store.change_actions(OTHER, lambda _: (an_action(),))
    (place / "surveys").mkdir()
    (place / "surveys" / "new.toml").write_text("new")
    return kept(place)


@pytest.fixture
def new(tmp_path: Path) -> dict[str, bytes]:
    return a_new_one(tmp_path / "new")


def is_tidy(place: Path) -> bool:
    names = [path.name for path in place.rglob("*")]
    return not any(is_temporary(name) or name in {STAGING, RESTORING} for name in names)


@pytest.mark.parametrize("is_there", [False, True])
def test_a_restore_into_nothing_just_works(place: Path, new: dict[str, bytes], is_there: bool) -> None:  # noqa: FBT001
    if is_there:
        place.mkdir(mode=0o700)
    assert not would_replace(place, is_kept)
    assert restore(place, new, replace(ALL_OF_IT, is_agreed=False)) is None
    assert kept(place) == new
    assert is_tidy(place)
    assert [team.name for team in a_store(place).teams()] == ["New", "Other"]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in place.rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.rglob("*") if path.is_dir()} == {0o700}


def test_what_a_restore_replaces_is_backed_up_before(place: Path, new: dict[str, bytes]) -> None:
    old = an_old_one(place)
    assert would_replace(place, is_kept)
    saved = restore(place, new, ALL_OF_IT)
    assert kept(place) == new
    assert saved == place / "backups" / "2026-03-09.json"
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert unpacked(saved.read_bytes(), "b", is_ours=is_kept) == old
    # And back again, with a backup of its own.
    assert restore(place, old, ALL_OF_IT) == place / "backups" / "2026-03-09-2.json"
    assert restore(place, old, ALL_OF_IT) == place / "backups" / "2026-03-09-3.json"
    assert kept(place) == old


def test_files_of_others_and_locks_are_left_alone(place: Path, new: dict[str, bytes]) -> None:
    an_old_one(place)
    (place / "notes.txt").write_text("theirs")
    restore(place, new, ALL_OF_IT)
    assert (place / "notes.txt").read_text() == "theirs"
    assert (place / "workspace.lock").exists()
    assert (place / GONE / "team.lock").exists()


def test_one_file_under_an_old_and_a_new_name_is_not_removed_after_it_was_replaced(
    place: Path, new: dict[str, bytes]
) -> None:
    # As on a disk that does not tell A from a; a second name for one file is the nearest that every disk can do.
    an_old_one(place)
    (place / "surveys" / "new.toml").hardlink_to(place / "surveys" / "old.toml")
    restore(place, new, ALL_OF_IT)
    assert kept(place) == {**new, "surveys/old.toml": b"old"}


def test_nothing_is_replaced_without_consent(place: Path, new: dict[str, bytes]) -> None:
    an_old_one(place)
    before = tree(place)
    with pytest.raises(NotNowError, match="holds teams or surveys already, and nothing of it was replaced"):
        restore(place, new, replace(ALL_OF_IT, is_agreed=False))
    assert tree(place) == before


def test_nothing_is_restored_under_an_open_round(place: Path, new: dict[str, bytes]) -> None:
    filled(a_store(place))
    before = tree(place)
    for attempt in (lambda: restore(place, new, ALL_OF_IT), lambda: would_replace(place, is_kept)):
        with pytest.raises(NotNowError, match=r"The round of Rockets for sprint 1 is open.*close or abandon it first"):
            attempt()
    assert tree(place) == before


def test_a_damaged_round_has_to_be_abandoned_first(place: Path, new: dict[str, bytes]) -> None:
    filled(a_store(place))
    (place / FOLDER / "round.json").write_bytes(b"{")
    with pytest.raises(NotNowError, match=r"The round of Rockets is damaged.*; abandon it first"):
        restore(place, new, ALL_OF_IT)


@pytest.mark.parametrize("path", ["workspace.json", f"{TEAM}/history.json"])
def test_a_round_that_waits_for_a_damaged_file_is_left_as_it_is(place: Path, path: str) -> None:
    store = a_store(place)
    filled(store)
    (place / TEAM / "history.json").write_bytes(encoded({"meta": {"1": {"schema": SCHEMA}}}))
    good = kept(place)
    good.pop(f"{FOLDER.as_posix()}/round.json")
    (place / path).write_bytes(b"{")
    how = replace(ALL_OF_IT, is_kept=lambda name: is_kept(name) and "/rounds/" not in name)
    saved = restore(place, good, how)
    assert a_store(place).sheets(TEAM) == 5
    assert a_store(place).close_round(TEAM, a_round(), tally).answered == 5
    # What was damaged is kept as it was, for whoever can make something of it.
    assert saved is not None
    assert b'"ew=="' in saved.read_bytes()


def test_a_half_made_or_released_round_is_no_open_one(place: Path, new: dict[str, bytes]) -> None:
    an_old_one(place)
    (place / TEAM / "rounds" / "00000000000000dd").mkdir(parents=True)
    (place / TEAM / "rounds" / ROUND).mkdir()
    (place / TEAM / "rounds" / ROUND / "round.json").write_bytes(b"{")
    how = replace(ALL_OF_IT, is_kept=lambda name: is_kept(name) and "/rounds/" not in name)
    restore(place, new, how)
    assert a_store(place).teams()[0].name == "New"


def test_a_newer_workspace_is_not_replaced(place: Path, new: dict[str, bytes]) -> None:
    an_old_one(place)
    (place / TEAM / "actions.json").write_bytes(encoded({"meta": {"1": {"schema": SCHEMA + 1}}}))
    before = tree(place)
    with pytest.raises(NewerError, match="update tuiretro"):
        restore(place, new, ALL_OF_IT)
    assert tree(place) == before


def test_nothing_is_restored_while_another_program_holds_a_lock(place: Path, new: dict[str, bytes]) -> None:
    an_old_one(place)
    before = tree(place)
    with locked(place / TEAM / "team.lock"), pytest.raises(BusyError):
        restore(place, new, ALL_OF_IT)
    assert tree(place) == before


@pytest.mark.parametrize("way", [f"{TEAM}/actions.json", "surveys/new.toml"])
def test_a_folder_in_the_place_of_a_file_is_named_before_anything_is_replaced(
    place: Path, new: dict[str, bytes], way: str
) -> None:
    an_old_one(place)
    (place / way).unlink(missing_ok=True)
    (place / way).mkdir(parents=True)
    before = tree(place)
    with pytest.raises(WorkspaceError, match="is in the way of the restore") as caught:
        restore(place, new, ALL_OF_IT)
    assert str(place / way) in caught.value.message
    assert {path: data for path, data in tree(place).items() if not path.startswith("backups")} == before


def test_a_file_in_the_place_of_a_folder_is_named_before_anything_is_replaced(
    place: Path, new: dict[str, bytes]
) -> None:
    place.mkdir()
    (place / "surveys").write_text("a file")
    with pytest.raises(WorkspaceError, match="is in the way of the restore"):
        restore(place, new, ALL_OF_IT)
    assert (place / "surveys").read_text() == "a file"
    assert kept(place) == {}


@pytest.mark.parametrize("name", [TEAM, OTHER, "surveys", "backups", STAGING, RESTORING])
def test_nothing_is_put_behind_a_link(place: Path, tmp_path: Path, new: dict[str, bytes], name: str) -> None:
    place.mkdir()
    (place / "surveys").mkdir()
    (place / "surveys" / "old.toml").write_text("old")
    theirs = tmp_path / "theirs"
    if name == "surveys":
        shutil.rmtree(place / name)
    theirs.mkdir()
    (theirs / "file").write_text("theirs")
    (place / name).symlink_to(theirs)
    with pytest.raises(WorkspaceError, match="symbolic link"):
        restore(place, new, ALL_OF_IT)
    assert tree(theirs) == {"file": b"theirs"}


@pytest.mark.parametrize("name", [f"{STAGING}/thesis.txt", STAGING])
def test_what_no_restore_wrote_is_left_where_one_is_made_ready(place: Path, new: dict[str, bytes], name: str) -> None:
    (place / name).parent.mkdir(parents=True)
    (place / name).write_text("mine")
    with pytest.raises(WorkspaceError, match=r"that no restore wrote, so nothing was restored; move it"):
        restore(place, new, ALL_OF_IT)
    assert (place / name).read_text() == "mine"
    assert not (place / "workspace.json").exists()


def test_a_link_that_would_be_replaced_is_named(place: Path, tmp_path: Path, new: dict[str, bytes]) -> None:
    an_old_one(place)
    (tmp_path / "theirs").write_text("theirs")
    (place / TEAM / "actions.json").unlink()
    (place / TEAM / "actions.json").symlink_to(tmp_path / "theirs")
    with pytest.raises(WorkspaceError, match="symbolic link"):
        restore(place, new, ALL_OF_IT)
    assert (tmp_path / "theirs").read_text() == "theirs"


def test_a_backup_is_taken_at_one_moment(place: Path) -> None:
    an_old_one(place)
    assert taken(place, is_kept) == kept(place)
    with locked(place / TEAM / "team.lock"), pytest.raises(BusyError):
        taken(place, is_kept, patience=0.1)
    assert taken(place / "none", is_kept) == {}


def test_a_backup_that_could_not_be_restored_is_not_taken(place: Path) -> None:
    an_old_one(place)
    (place / TEAM / "history.json").write_bytes(b"{")
    with pytest.raises(WorkspaceError, match=r"is damaged .*, so no backup was made") as caught:
        taken(place, is_kept)
    assert str(place / TEAM / "history.json") in caught.value.message


def test_a_folder_that_cannot_be_read_stops_a_backup(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    an_old_one(place)
    real = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == GONE:
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(WorkspaceError, match="No backup was made: permission was denied"):
        taken(place, is_kept)


def test_a_backup_beside_a_writing_program_is_whole(place: Path) -> None:
    an_old_one(place)
    store = a_store(place)
    done = threading.Event()

    def write() -> None:
        for number in range(2, 40):
            store.change_actions(TEAM, lambda actions, n=number: (*actions, an_action(n)))  # type: ignore[misc]  # mypy cannot infer a lambda with defaults
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not done.is_set():
        assert set(taken(place, is_kept)) == set(kept(place))
    writer.join()


def stopped(place: Path, new: dict[str, bytes], faults: Faults) -> BaseException | None:
    with pytest.MonkeyPatch.context() as patch:
        faults.install(patch)
        try:
            restore(place, new, ALL_OF_IT)
        except (Crash, TuiretroError) as error:
            return error
    return None


@pytest.mark.parametrize("kind", ["crash", "torn", "full", "unconfirmed"])
def test_a_restore_that_stops_at_any_point_leaves_the_old_or_after_the_next_start_the_new(
    tmp_path: Path, new: dict[str, bytes], kind: str
) -> None:
    old = an_old_one(tmp_path / "old")
    seen: list[bool] = []
    for at in range(1, 300):
        place = tmp_path / "tried" / str(at)
        shutil.copytree(tmp_path / "old", place)
        faults = Faults(at, kind)
        error = stopped(place, new, faults)
        if not faults.happened:
            assert error is None
            break
        if not (place / RESTORING).exists():
            # Nothing that counts is on its way, so what is there is whole already.
            assert kept(place) in (old, new)
        a_store(place)
        found = kept(place)
        assert found in (old, new)
        assert is_tidy(place)
        if kind in {"full", "unconfirmed"}:
            # Whoever is told that nothing was changed may rely on it, and whoever is told that it counts as well.
            assert (found == new) == (error is None or isinstance(error, UnconfirmedError)), error
        seen.append(found == new)
        if found == old:
            restore(place, new, ALL_OF_IT)
            assert kept(place) == new
        shutil.rmtree(place)
    else:
        pytest.fail("the restore never came to its end")
    assert len(seen) > 10
    assert {True, False} == set(seen)
    assert kind == "full" or seen == sorted(seen)


def test_a_second_crash_while_the_first_is_finished_is_finished_too(tmp_path: Path, new: dict[str, bytes]) -> None:
    an_old_one(tmp_path / "old")
    tried = 0
    for first in range(1, 300):
        place = tmp_path / "first"
        shutil.copytree(tmp_path / "old", place)
        faults = Faults(first, "crash")
        stopped(place, new, faults)
        # A third of all pairs, another one each time: all of them take a minute.
        for second in range(1 + first % 3, 100, 3) if (place / RESTORING).exists() else ():
            again = tmp_path / "second"
            shutil.copytree(place, again)
            crash = Faults(second, "crash")
            with pytest.MonkeyPatch.context() as patch:
                crash.install(patch)
                try:
                    a_store(again)
                except Crash:
                    tried += 1
            a_store(again)
            assert kept(again) == new
            assert is_tidy(again)
            shutil.rmtree(again)
            if not crash.happened:
                break
        shutil.rmtree(place)
        if not faults.happened:
            break
    assert tried > 100


def interrupted(place: Path, new: dict[str, bytes]) -> None:
    """A workspace in which a restore counts and nothing of it is in place."""
    shutil.rmtree(place, ignore_errors=True)
    an_old_one(place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restoring, "roll_forward", lambda _: None)
        restore(place, new, ALL_OF_IT)
    assert (place / RESTORING).exists()


def test_a_program_that_was_open_writes_nothing_over_an_interrupted_restore(place: Path, new: dict[str, bytes]) -> None:
    an_old_one(place)
    store = a_store(place)
    interrupted(place, new)
    with pytest.raises(WorkspaceError, match=r"was interrupted, so nothing was changed; close this program"):
        store.change_actions(TEAM, lambda actions: (*actions, an_action(2)))
    with pytest.raises(WorkspaceError, match="was interrupted"):
        keep_team(store, a_team(name="Third"))
    a_store(place)
    assert kept(place) == new
    store.change_actions(TEAM, lambda actions: (*actions, an_action(2)))
    assert len(store.actions(TEAM)) == 2


def test_a_restore_over_an_interrupted_one_finishes_that_first(place: Path, new: dict[str, bytes]) -> None:
    interrupted(place, new)
    saved = restore(place, {"workspace.json": new["workspace.json"]}, ALL_OF_IT)
    assert saved is not None
    assert unpacked(saved.read_bytes(), "b", is_ours=is_kept) == new
    assert kept(place) == {"workspace.json": new["workspace.json"]}


def test_whoever_opens_while_another_program_is_at_work_in_an_interrupted_restore_is_told(
    place: Path, new: dict[str, bytes]
) -> None:
    interrupted(place, new)
    with locked(place / TEAM / "team.lock"), pytest.raises(BusyError):
        a_store(place, patience=0.1)
    a_store(place)
    assert kept(place) == new


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"schema":1,"placed":["../x"],"removed":[]}',
        b'{"schema":1,"placed":[],"removed":["/etc/passwd"]}',
        b'{"schema":1,"placed":[],"removed":[],"more":1}',
    ],
    ids=range(6),
)
def test_a_damaged_plan_is_named_and_nothing_is_moved_or_removed(
    place: Path, new: dict[str, bytes], data: bytes
) -> None:
    interrupted(place, new)
    (place / RESTORING / PLAN).write_bytes(data)
    before = tree(place)
    with pytest.raises(WorkspaceError, match="cannot be finished and nothing was changed") as caught:
        a_store(place)
    assert str(place / RESTORING) in caught.value.message
    assert tree(place) == before


def test_the_plan_of_a_newer_version_is_left_to_it(place: Path, new: dict[str, bytes]) -> None:
    interrupted(place, new)
    (place / RESTORING / PLAN).write_bytes(msgspec.json.encode(Plan(1, (), ())).replace(b"1", b"2"))
    with pytest.raises(NewerError, match="start that one"):
        a_store(place)


def test_a_plan_leads_nothing_behind_a_link(place: Path, tmp_path: Path, new: dict[str, bytes]) -> None:
    interrupted(place, new)
    theirs = tmp_path / "theirs"
    shutil.move(place / TEAM, theirs)
    (place / TEAM).symlink_to(theirs)
    before = tree(theirs)
    with pytest.raises(WorkspaceError, match="symbolic link"):
        a_store(place)
    assert tree(theirs) == before
    assert (place / RESTORING / FILES).is_dir()


def test_what_crashes_left_in_the_folder_of_backups_is_removed_but_not_behind_a_link(
    place: Path, tmp_path: Path
) -> None:
    an_old_one(place)
    (place / "backups").mkdir()
    (place / "backups" / ".tuiretro-0123456789abcdef.tmp").write_text("half")
    a_store(place)
    assert is_tidy(place)
    (place / "backups").rmdir()
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / ".tuiretro-0123456789abcdef.tmp").write_text("theirs")
    (place / "backups").symlink_to(theirs)
    a_store(place)
    assert len(tree(theirs)) == 1


def test_a_staging_folder_is_left_alone_while_its_restore_is_alive(place: Path) -> None:
    an_old_one(place)
    (place / STAGING).mkdir()
    with locked(place / "workspace.lock"):
        a_store(place)
    assert (place / STAGING).exists()
    a_store(place)
    assert not (place / STAGING).exists()


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Path]]:
    """Every fsync of a folder, by its path, and every replace, by where it comes from, in order."""
    seen: list[tuple[str, Path]] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        if path.is_dir():
            seen.append(("fsync", path))
        real_fsync(descriptor)

    def replaced(source: Path, target: Path) -> None:
        seen.append(("replace", Path(source)))
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replaced)
    return seen


needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="asks Linux what a descriptor is")


@needs_proc
def test_a_restore_counts_durably_before_anything_leaves_its_folder(
    place: Path, new: dict[str, bytes], request: pytest.FixtureRequest
) -> None:
    an_old_one(place)
    # A folder that has yet to be made would be a reason of its own to make the workspace durable.
    new = {path: data for path, data in new.items() if not path.startswith(OTHER)}
    calls: list[tuple[str, Path]] = request.getfixturevalue("calls")
    restore(place, new, ALL_OF_IT)
    commit = calls.index(("replace", place / STAGING))
    staged = {(place / STAGING / FILES / path).parent for path in new} | {place / STAGING}
    assert {("fsync", folder) for folder in staged} <= set(calls[:commit])
    assert calls[commit + 1] == ("fsync", place)
    moved = [at for at, (what, path) in enumerate(calls) if what == "replace" and RESTORING in path.parts]
    assert min(moved) > commit + 1
    # And what was moved is durable in its place before the plan goes.
    after = calls[max(moved) :]
    gone = after.index(("fsync", place / RESTORING))
    assert {("fsync", (place / path).parent) for path in new} <= set(after[:gone])


@needs_proc
def test_an_interrupted_restore_counts_durably_before_it_is_finished(
    place: Path, new: dict[str, bytes], request: pytest.FixtureRequest
) -> None:
    interrupted(place, {path: data for path, data in new.items() if not path.startswith(OTHER)})
    calls: list[tuple[str, Path]] = request.getfixturevalue("calls")
    a_store(place)
    assert calls[0] == ("fsync", place)


def test_what_a_crash_left_among_the_retros_goes_before_their_time_is_set(place: Path, new: dict[str, bytes]) -> None:
    an_old_one(place)
    store = a_store(place)
    store.drop_note(TEAM, "note")
    left = place / TEAM / "retros" / ".tuiretro-0123456789abcdef.tmp"
    left.write_bytes(b"half a note")
    restore(place, new, ALL_OF_IT)
    assert not left.exists()
    assert is_tidy(place)
