from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_the_demo_writes_a_history_that_can_be_read(ok: Run, tmp_path: Path) -> None:
    place = tmp_path / "demo"
    result = ok("demo", "--into", str(place), "--sprints", "3", "--people", "6")
    assert result.stdout == ""
    assert "with 3 sprints" in result.stderr
    assert len(json.loads(ok("--workspace", str(place), "focus", "--format", "json").stdout)["focus"]) == 3
    assert "Atlas" in ok("team", "list", "--workspace", str(place)).stdout


def test_a_folder_that_is_not_empty_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for place in (tmp_path, tmp_path / "mine", tmp_path / "link"):
        result = run("demo", "--into", str(place), "--sprints", "1")
        assert result.exit_code == 3
        assert "Nothing was written." in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "mine"]


@pytest.mark.parametrize("words", [("--sprints", "0"), ("--people", "3")])
def test_a_demo_out_of_range_is_refused(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run("demo", "--into", str(tmp_path / "demo"), *words).exit_code == 3


def test_without_a_terminal_the_demo_says_what_to_do(run: Run) -> None:
    result = run("demo")
    assert result.exit_code == 2
    assert result.stderr == (
        "tuiretro: The app needs a terminal; 'tuiretro demo --into DIR' writes the demo into a folder.\n"
    )
