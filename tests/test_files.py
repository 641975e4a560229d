from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from tuiretro.errors import WorkspaceError
from tuiretro.files import (
    READ_LIMIT,
    UnconfirmedError,
    check_folder,
    destroy_folder,
    is_temporary,
    private_folder,
    read_bytes,
    relied_on,
    remove_stale,
    stale,
    sync_folder,
    write_atomically,
)

STALE = ".tuiretro-0123456789abcdef.tmp"


def fail(patch: pytest.MonkeyPatch, name: str, number: int = errno.ENOSPC) -> None:
    def failing(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    patch.setattr(os, name, failing)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_a_write_replaces_the_whole_file_and_leaves_no_other(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"a longer old content")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
    assert mode(path) == 0o600


def test_a_short_write_is_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data[:7])))
    write_atomically(tmp_path / "file", b"0123456789" * 10)
    assert (tmp_path / "file").read_bytes() == b"0123456789" * 10


@pytest.mark.parametrize("name", ["write", "fsync", "replace"])
def test_a_failed_write_keeps_the_old_content_and_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"old")
    with monkeypatch.context() as patch:
        fail(patch, name)
        with pytest.raises(OSError, match="No space"):
            write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_folder_that_is_not_confirmed_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def failing(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(UnconfirmedError):
        write_atomically(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    with pytest.raises(OSError, match="error") as caught, relied_on():
        write_atomically(tmp_path / "file", b"newer")
    assert not isinstance(caught.value, UnconfirmedError)
    assert caught.value.errno == errno.EIO


def test_a_disk_that_cannot_sync_folders_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, "fsync", errno.EINVAL)
    sync_folder(tmp_path)


def test_the_time_handed_in_is_on_the_file_and_its_folder(tmp_path: Path) -> None:
    write_atomically(tmp_path / "file", b"new", mtime=86_400.0)
    assert (tmp_path / "file").stat().st_mtime == 86_400
    assert tmp_path.stat().st_mtime == 86_400


def test_a_link_is_replaced_and_what_it_points_to_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"precious")
    (tmp_path / "file").symlink_to(target)
    write_atomically(tmp_path / "file", b"new")
    assert target.read_bytes() == b"precious"
    assert not (tmp_path / "file").is_symlink()


def test_a_temporary_name_that_is_taken_is_never_written_or_removed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"precious")
    (tmp_path / ".tuiretro-0000000000000000.tmp").symlink_to(target)
    with pytest.raises(FileExistsError):
        write_atomically(tmp_path / "file", b"new", entropy=bytes)
    assert target.read_bytes() == b"precious"
    assert (tmp_path / ".tuiretro-0000000000000000.tmp").is_symlink()


def test_only_temporary_files_of_ours_are_stale(tmp_path: Path) -> None:
    others = ["file", ".tuiretro-x.tmp", "tuiretro-0123456789abcdef.tmp", ".tuiretro-0123456789abcdef.tmp.json"]
    for name in [STALE, *others]:
        (tmp_path / name).touch()
    assert stale(tmp_path) == (tmp_path / STALE,)
    remove_stale(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(others)
    assert stale(tmp_path / "missing") == ()
    assert is_temporary(STALE)


def test_private_folders_are_made_with_those_above_them(tmp_path: Path) -> None:
    private_folder(tmp_path / "a" / "b")
    assert [mode(tmp_path / "a"), mode(tmp_path / "a" / "b")] == [0o700, 0o700]
    private_folder(tmp_path / "a" / "b")


def test_a_private_folder_may_lie_below_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    private_folder(tmp_path / "link" / "a" / "b")
    write_atomically(tmp_path / "link" / "file", b"new")
    assert (tmp_path / "real" / "a" / "b").is_dir()
    assert (tmp_path / "real" / "file").read_bytes() == b"new"


def test_a_folder_that_is_there_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir(mode=0o755)
    private_folder(tmp_path / "shared")
    assert mode(tmp_path / "shared") == 0o755


def test_a_private_folder_under_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        private_folder(tmp_path / "file" / "folder")


def test_destroying_takes_everything_and_follows_no_link(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").touch()
    folder = tmp_path / "folder"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "file").touch()
    (folder / "link").symlink_to(outside)
    (folder / "key").touch()
    destroy_folder(folder, ("key", "missing"))
    assert not folder.exists()
    assert (outside / "precious").exists()


def test_destroying_takes_the_named_files_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[str] = []
    real = os.unlink

    def noting(path: Path) -> None:
        gone.append(Path(path).name)
        real(path)

    monkeypatch.setattr(os, "unlink", noting)
    (tmp_path / "folder").mkdir()
    for name in ("a", "key", "round.json", "z"):
        (tmp_path / "folder" / name).touch()
    destroy_folder(tmp_path / "folder", ("round.json", "key"))
    assert gone[:2] == ["round.json", "key"]


def test_a_regular_file_is_read_whole(tmp_path: Path) -> None:
    data = bytes(range(256)) * 10_000
    (tmp_path / "file").write_bytes(data)
    assert read_bytes(tmp_path / "file") == data


@pytest.mark.skipif(not hasattr(os, "O_NOATIME"), reason="the system always notes when a file was read")
def test_reading_leaves_no_time_behind(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x")
    # A time of access before the last change is what the system would bring up to date.
    os.utime(path, (0, 0))
    assert read_bytes(path) == b"x"
    assert path.stat().st_atime == 0


def test_a_file_that_only_somebody_else_owns_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"x")
    real, tries = os.open, []

    def refusing(path: Path, flags: int) -> int:
        tries.append(flags)
        if len(tries) == 1:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
        return real(path, flags)

    monkeypatch.setattr(os, "open", refusing)
    assert read_bytes(tmp_path / "file") == b"x"
    assert tries[1] == tries[0] & ~getattr(os, "O_NOATIME", 0)


def test_a_missing_file_is_told_apart_from_an_unusable_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_bytes(tmp_path / "missing")


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("/etc/hostname")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").touch()
    under_a_file = tmp_path / "file" / "below"
    for path in (*(tmp_path / name for name in ("pipe", "folder", "link", "loop")), Path("/dev/zero"), under_a_file):
        with pytest.raises(WorkspaceError) as caught:
            read_bytes(path)
        assert str(path) in caught.value.message


def test_a_file_that_grows_while_it_is_read_ends_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, real = tmp_path / "file", os.read
    path.write_bytes(b"x")

    def growing(descriptor: int, most: int) -> bytes:
        with path.open("ab") as file:
            file.write(bytes(100))
        return real(descriptor, min(most, 100))

    monkeypatch.setattr(os, "read", growing)
    with pytest.raises(WorkspaceError, match="larger than 1 KB"):
        read_bytes(path, 1024)
    assert path.stat().st_size < 2048


def test_a_file_above_the_limit_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(READ_LIMIT + 1)
    with pytest.raises(WorkspaceError, match="larger than"):
        read_bytes(tmp_path / "large")
    (tmp_path / "exact").write_bytes(b"12345678")
    assert read_bytes(tmp_path / "exact", 8) == b"12345678"
    with pytest.raises(WorkspaceError, match="larger than"):
        read_bytes(tmp_path / "exact", 7)


def test_places_that_cannot_be_a_folder_of_ours_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path)
    for place in (tmp_path / "file", tmp_path / "file" / "below" / "it", tmp_path / "link"):
        with pytest.raises(WorkspaceError):
            check_folder(place)
    check_folder(tmp_path)
    check_folder(tmp_path / "not" / "yet")
    # Root may write everywhere, so the answer of the system is handed in.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(WorkspaceError, match="may not be written"):
        check_folder(tmp_path)
