from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tuiretro.store.disk import disk_under


def test_the_disk_of_a_folder_that_is_not_there_yet_is_that_of_the_one_above(tmp_path: Path) -> None:
    (tmp_path / "mounts").write_text("a list")
    disk = disk_under(tmp_path / "not" / "there", tmp_path / "mounts")
    assert disk.path == str((tmp_path / "not" / "there").resolve())
    assert disk.mounts == "a list"
    assert disk.room is not None
    assert disk.room > 0
    assert not (tmp_path / "not").exists()


def test_a_link_on_the_way_is_followed_to_where_the_files_lie(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "home").symlink_to("Dropbox")
    assert disk_under(tmp_path / "home" / "retro").path == str((tmp_path / "Dropbox" / "retro").resolve())


def test_what_the_system_does_not_say_is_left_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_path: Path) -> object:
        raise OSError

    monkeypatch.setattr(shutil, "disk_usage", refuses)
    disk = disk_under(tmp_path, tmp_path / "none")
    assert (disk.mounts, disk.room) == ("", None)
