from __future__ import annotations

from pathlib import Path

import pytest

from tuiretro.paths import default_workspace, own_surveys, workspace_at


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
