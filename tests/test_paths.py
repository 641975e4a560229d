from __future__ import annotations

from pathlib import Path

import pytest

from tuiretro.paths import default_workspace, own_surveys


def test_the_default_follows_the_operating_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_workspace().name == "tuiretro"
    assert not default_workspace().exists()


def test_own_surveys_lie_inside_the_workspace() -> None:
    assert own_surveys(Path("place")) == Path("place") / "surveys"
