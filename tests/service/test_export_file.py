from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from tuiretro.errors import BadInputError, UnconfirmedError, WorkspaceError
from tuiretro.service.export_file import write


def fail(patch: pytest.MonkeyPatch, *names: str, number: int = errno.ENOSPC) -> None:
    def failing(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    for name in names:
        patch.setattr(os, name, failing)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("replace", [False, True])
def test_a_new_file_is_whole_and_private(tmp_path: Path, *, replace: bool) -> None:
    write(tmp_path / "out.md", "Zoë\n", replace=replace)
    assert (tmp_path / "out.md").read_bytes() == "Zoë\n".encode()
    assert stat.S_IMODE((tmp_path / "out.md").stat().st_mode) == 0o600
    assert names(tmp_path) == ["out.md"]
    assert (tmp_path / "out.md").stat().st_nlink == 1


def test_a_file_that_is_there_is_replaced_only_when_asked(tmp_path: Path) -> None:
    (tmp_path / "out.md").write_text("mine")
    with pytest.raises(BadInputError, match="is there already, and was left as it is"):
        write(tmp_path / "out.md", "new", replace=False)
    assert (tmp_path / "out.md").read_text() == "mine"
    write(tmp_path / "out.md", "new", replace=True)
    assert (tmp_path / "out.md").read_text() == "new"
    assert names(tmp_path) == ["out.md"]


@pytest.mark.parametrize("replace", [False, True])
def test_what_is_no_regular_file_is_never_replaced(tmp_path: Path, *, replace: bool) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("folder", "link"):
        with pytest.raises(BadInputError, match="no regular file"):
            write(tmp_path / name, "new", replace=replace)
    assert names(tmp_path) == ["folder", "link"]


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("broken", [("write",), ("fsync",), ("replace", "rename", "link")])
def test_a_disk_that_refuses_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, replace: bool, broken: tuple[str, ...]
) -> None:
    with monkeypatch.context() as patch:
        fail(patch, *broken)
        with pytest.raises(WorkspaceError, match=r"could not be written: the disk is full; nothing of it was left"):
            write(tmp_path / "out.md", "new", replace=replace)
    assert names(tmp_path) == []


def test_a_disk_without_links_gets_the_file_too_and_nothing_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(monkeypatch, "link", number=errno.EPERM)
    write(tmp_path / "out.md", "new", replace=False)
    assert (tmp_path / "out.md").read_text() == "new"
    with pytest.raises(BadInputError):
        write(tmp_path / "out.md", "newer", replace=False)
    assert (tmp_path / "out.md").read_text() == "new"
    assert names(tmp_path) == ["out.md"]


def test_a_name_is_free_again_when_the_last_step_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = os.replace, list[str]()

    def second_fails(source: str, target: str) -> None:
        calls.append(str(target))
        if len(calls) == 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(source, target)

    with monkeypatch.context() as patch:
        fail(patch, "link", number=errno.EPERM)
        patch.setattr(os, "replace", second_fails)
        with pytest.raises(WorkspaceError):
            write(tmp_path / "out.md", "new", replace=False)
    assert names(tmp_path) == []


@pytest.mark.parametrize("replace", [False, True])
def test_an_unconfirmed_file_is_there_and_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, replace: bool
) -> None:
    real, seen = os.fsync, list[int]()

    def last_fails(descriptor: int) -> None:
        seen.append(descriptor)
        if stat.S_ISDIR(os.fstat(descriptor).st_mode) and (tmp_path / "out.md").exists():
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", last_fails)
        with pytest.raises(UnconfirmedError, match="is written, but the disk did not confirm it"):
            write(tmp_path / "out.md", "new", replace=replace)
    assert (tmp_path / "out.md").read_text() == "new"
    assert names(tmp_path) == ["out.md"]


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in ("no", "file"):
        with pytest.raises(WorkspaceError, match=f"could not be written: the folder '.*/{folder}' is not there;"):
            write(tmp_path / folder / "such.md", "new", replace=False)


@pytest.mark.parametrize("replace", [False, True])
def test_a_folder_that_became_a_link_into_a_workspace_gets_nothing(tmp_path: Path, *, replace: bool) -> None:
    place = tmp_path / "workspace"
    place.mkdir()
    (place / "workspace.json").write_text("ours")
    (tmp_path / "link").symlink_to(place)
    for name in ("workspace.json", "new.md"):
        with pytest.raises(BadInputError, match="lies in the workspace"):
            write(tmp_path / "link" / name, "new", replace=replace)
    assert (place / "workspace.json").read_text() == "ours"
    assert names(place) == ["workspace.json"]


def test_a_file_does_not_take_the_place_of_a_workspace_that_is_not_there_yet(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="lies in the workspace"):
        write(tmp_path / "workspace", "new", replace=False, place=tmp_path / "workspace")
    assert names(tmp_path) == []
