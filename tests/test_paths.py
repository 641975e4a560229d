from __future__ import annotations

from pathlib import Path

import pytest

from tuiretro.errors import WorkspaceError
from tuiretro.paths import at_home, checks_at, checks_file, default_workspace, own_surveys, workspace_at


def test_the_default_follows_the_operating_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_workspace().name == "tuiretro"
    assert not default_workspace().exists()


def test_own_surveys_lie_inside_the_workspace() -> None:
    assert own_surveys(Path("place")) == Path("place") / "surveys"


def test_a_chosen_folder_holds_and_else_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/jo")
    assert workspace_at(Path("~/retro")) == Path("/home/jo/retro")
    assert workspace_at(Path("here")) == Path("here")
    assert workspace_at(None) == default_workspace()


def test_private_self_checks_lie_beside_the_default_workspace_and_not_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/jo")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert checks_at(Path("~/own")) == Path("/home/jo/own")
    assert not checks_at(None).is_relative_to(default_workspace())
    assert checks_file(checks_at(None)).parent == checks_at(None)


def test_a_home_that_is_not_there_is_refused_in_a_sentence() -> None:
    for look in (workspace_at, checks_at, at_home):
        with pytest.raises(WorkspaceError, match="there is no home folder for '~nosuchuser'"):
            look(Path("~nosuchuser/x"))
