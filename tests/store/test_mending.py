from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.store.builders import FOLDER, TEAM, a_round, a_store, a_team, an_action, filled, keep_team, tree
from tests.store.retro_builders import begun
from tuiretro.errors import BusyError, WorkspaceError
from tuiretro.locks import locked
from tuiretro.store import mending
from tuiretro.store.documents import SCHEMA, encoded, read_tables
from tuiretro.store.layout import RESTORING, STAGING
from tuiretro.store.mending import bring_up_to_date, half_done, held, mend_modes


def test_the_locks_that_others_hold_are_named(place: Path) -> None:
    filled(a_store(place))
    assert list(held(place, 0)) == []
    with locked(place / "workspace.lock"), locked(place / TEAM / "team.lock"):
        assert list(held(place, 0.05)) == [".", TEAM]


def test_only_the_first_held_lock_is_waited_for(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(a_store(place))
    waited: list[float] = []

    def busy(_lock: Path, patience: float) -> object:
        waited.append(patience)
        raise BusyError("held")

    monkeypatch.setattr(mending, "locked", busy)
    assert list(held(place, 1.5)) == [".", TEAM]
    assert waited == [1.5, 0]


def test_looking_for_locks_makes_none_and_follows_no_link(place: Path, tmp_path: Path) -> None:
    keep_team(a_store(place), a_team())
    (place / "00000000000000cc").mkdir()
    (place / "workspace.lock").unlink()
    (place / "workspace.lock").symlink_to(tmp_path / "elsewhere")
    assert list(held(place, 0)) == []
    assert not (place / "00000000000000cc" / "team.lock").exists()
    assert not (tmp_path / "elsewhere").exists()
    assert list(held(tmp_path / "none", 0)) == []


def test_locks_that_cannot_be_looked_at_are_none(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(a_store(place))

    def refuses(_lock: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(Path, "is_file", refuses)
    assert list(held(place, 0)) == []


def test_nothing_is_half_in_a_workspace_as_it_should_be(place: Path) -> None:
    filled(a_store(place))
    assert list(half_done(place)) == []


def test_everything_that_a_start_would_settle_is_named(place: Path) -> None:
    filled(a_store(place))
    for folder in (RESTORING, STAGING, "backups"):
        (place / folder).mkdir()
    for folder in (".", "backups", FOLDER.as_posix()):
        (place / folder / ".tuiretro-0123456789abcdef.tmp").touch()
    assert sorted(half_done(place)) == sorted(
        [RESTORING, STAGING, TEAM, ".tuiretro-0123456789abcdef.tmp", "backups/.tuiretro-0123456789abcdef.tmp"]
    )


def test_what_lies_behind_a_link_is_not_looked_at(place: Path, tmp_path: Path) -> None:
    filled(a_store(place))
    (place / TEAM).rename(tmp_path / "theirs")
    (tmp_path / "theirs" / ".tuiretro-0123456789abcdef.tmp").touch()
    (place / TEAM).symlink_to(tmp_path / "theirs")
    assert list(half_done(place)) == []


def modes(place: Path) -> dict[str, int]:
    return {path.relative_to(place).as_posix(): stat.S_IMODE(path.lstat().st_mode) for path in place.rglob("*")}


def test_permissions_are_what_they_should_be_and_links_are_not_followed(place: Path, tmp_path: Path) -> None:
    (place / "a").mkdir(parents=True)
    theirs = tmp_path / "theirs"
    theirs.touch(mode=0o644)
    theirs.chmod(0o644)
    (place / "a" / "link").symlink_to(theirs)
    for name, mode in (("a/file", 0o644), ("a/other", 0o644), ("a/closed", 0o000), ("a/strange", 0o4600)):
        (place / name).touch()
        (place / name).chmod(mode)
    (place / "a").chmod(0o2777)
    place.chmod(0o755)
    mend_modes(place, lambda path, is_folder: None if path == "a/other" else 0o700 if is_folder else 0o600)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    found = modes(place)
    found.pop("a/link")
    assert found == {"a": 0o2700, "a/file": 0o600, "a/other": 0o644, "a/closed": 0o600, "a/strange": 0o600}
    assert stat.S_IMODE(theirs.stat().st_mode) == 0o644


def test_a_folder_is_opened_before_what_is_in_it_is_mended(place: Path) -> None:
    (place / "a" / "b").mkdir(parents=True)
    (place / "a" / "b" / "file").touch()
    (place / "a" / "b").chmod(0o000)
    (place / "a").chmod(0o000)
    mend_modes(place, lambda _, is_folder: 0o700 if is_folder else 0o600)
    assert modes(place) == {"a": 0o700, "a/b": 0o700, "a/b/file": 0o600}


def aged(place: Path, path: str) -> bytes:
    data = encoded({**read_tables(place / path), "meta": {"1": {"schema": 1}}})
    (place / path).write_bytes(data)
    return data


def test_older_files_are_brought_up_to_date_with_a_copy(place: Path) -> None:
    store = a_store(place)
    filled(store)
    paths = ("workspace.json", f"{TEAM}/actions.json")
    before = {path: aged(place, path) for path in paths}
    bring_up_to_date(place, paths, 0.1)
    for path in paths:
        assert read_tables(place / path)["meta"]["1"]["schema"] == SCHEMA
        assert (place / f"{path}.schema-1").read_bytes() == before[path]
    assert store.teams() == (a_team(),)
    assert store.actions(TEAM) == (an_action(),)
    assert store.round(TEAM) == a_round()


def test_a_file_deeper_in_a_team_is_guarded_by_the_teams_lock(place: Path) -> None:
    filled(a_store(place))
    begun(a_store(place))
    path = f"{TEAM}/retros/1.json"
    aged(place, path)
    with locked(place / TEAM / "team.lock"):
        bring_up_to_date(place, [path], 0.05)
    assert read_tables(place / path)["meta"]["1"]["schema"] == 1
    bring_up_to_date(place, [path], 0.05)
    assert read_tables(place / path)["meta"]["1"]["schema"] == SCHEMA
    assert [lock.relative_to(place).as_posix() for lock in place.glob("**/retros/*.lock")] == []


def test_a_damaged_or_locked_file_stays_as_it_is(place: Path) -> None:
    filled(a_store(place))
    aged(place, "workspace.json")
    aged(place, f"{TEAM}/actions.json")
    (place / "workspace.json").write_bytes(b'{"meta":{"1":{"schema":1}},"teams":{"1":{}}}')
    before = tree(place)
    with locked(place / TEAM / "team.lock"):
        bring_up_to_date(place, ("workspace.json", f"{TEAM}/actions.json"), 0.05)
    assert tree(place) == before


def test_a_damaged_list_of_teams_is_for_the_caller(place: Path) -> None:
    filled(a_store(place))
    (place / "workspace.json").write_bytes(b"{")
    with pytest.raises(WorkspaceError):
        list(half_done(place))
