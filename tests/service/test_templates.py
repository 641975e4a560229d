from __future__ import annotations

import os
from pathlib import Path

import pytest

from tuiretro.errors import BadInputError, NotFoundError, WorkspaceError
from tuiretro.library import Library
from tuiretro.service import templates
from tuiretro.service.workspace import Workspace


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_template_is_written_whole_to_a_new_file(bundled: Library, tmp_path: Path) -> None:
    where = templates.write(bundled, "data-card", tmp_path / "our-card.md")

    assert where == tmp_path / "our-card.md"
    assert where.read_text(encoding="utf-8") == bundled.template("data-card").text
    assert names(tmp_path) == ["our-card.md"]


def test_in_a_folder_it_gets_its_own_name(bundled: Library, tmp_path: Path) -> None:
    assert templates.write(bundled, "data-card", tmp_path) == tmp_path / "data-card.md"
    with pytest.raises(BadInputError, match=r"data-card.md' is there already"):
        templates.write(bundled, "data-card", tmp_path)


def test_a_file_that_is_there_is_left_as_it_is(bundled: Library, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine")
    with pytest.raises(BadInputError, match="is there already, and was left as it is"):
        templates.write(bundled, "data-card", tmp_path / "mine.md")
    assert (tmp_path / "mine.md").read_text() == "mine"
    assert names(tmp_path) == ["mine.md"]


def test_nothing_is_written_through_a_link_that_points_nowhere(bundled: Library, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "nowhere.md")
    with pytest.raises(BadInputError, match="is there already and is no regular file"):
        templates.write(bundled, "data-card", tmp_path / "link.md")
    assert names(tmp_path) == ["link.md"]


def test_a_folder_that_is_not_there_is_said_and_not_made(bundled: Library, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"could not be written: the folder .*nowhere' is not there"):
        templates.write(bundled, "data-card", tmp_path / "nowhere" / "card.md")
    assert names(tmp_path) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not hold for this user")
def test_a_folder_that_may_not_be_written_gets_nothing(bundled: Library, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(WorkspaceError, match="could not be written"):
            templates.write(bundled, "data-card", tmp_path)
        assert names(tmp_path) == []
    finally:
        tmp_path.chmod(0o700)


def test_a_disk_that_refuses_gets_nothing(bundled: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refused)
        with pytest.raises(WorkspaceError, match=r"card.md' could not be written: .*nothing of it was left behind"):
            templates.write(bundled, "data-card", tmp_path / "card.md")
    assert names(tmp_path) == []


def test_a_home_is_found(bundled: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    assert templates.write(bundled, "data-card", Path("~/card.md")) == tmp_path / "card.md"
    assert templates.write(bundled, "data-card", Path("~")) == tmp_path / "data-card.md"
    assert names(tmp_path) == ["card.md", "data-card.md"]
    with pytest.raises(WorkspaceError, match="there is no home folder for '~nobody-of-that-name'"):
        templates.write(bundled, "data-card", Path("~nobody-of-that-name/card.md"))


def test_the_nearest_template_is_named(bundled: Library, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="There is no template 'data-crad'; did you mean 'data-card'"):
        templates.write(bundled, "data-crad", tmp_path)
    assert names(tmp_path) == []


def test_a_template_of_the_teams_own_is_written_too(tmp_path: Path) -> None:
    (tmp_path / "own" / "templates").mkdir(parents=True)
    (tmp_path / "own" / "templates" / "our-page.md").write_text("# Ours\n\nFor lunch.\n")

    where = templates.write(Library(own=tmp_path / "own"), "our-page", tmp_path)
    assert where.read_text() == "# Ours\n\nFor lunch.\n"


def test_the_template_of_a_play_is_found_by_its_name(workspace: Workspace) -> None:
    plays = workspace.library.mistake("data-cleaning").plays
    for play in plays:
        found = templates.template_of(workspace, play)
        assert (found.id if found else None) == play.template
    assert {play.template is None for play in plays} == {True, False}
