"""kill -9 at any moment of a restore: the next start finds all of the old or all of the new."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import TODAY, Run
from tests.cli.test_kill import forked, killed, moments, normal_time, opened_again

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

KILLS = 60


def kept(place: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(place.rglob("*")) if path.suffix in {".json", ".toml"})
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in paths if path.parent.name != "backups"}


def test_a_killed_restore_leaves_the_old_or_the_new(
    ok: Run, closed: tuple[str, ...], place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert closed
    monkeypatch.setenv("TUIRETRO_WORKSPACE", str(place))
    monkeypatch.setenv("TUIRETRO_TODAY", TODAY)
    (place / "surveys").mkdir(mode=0o700)
    for number in range(5):
        (place / "surveys" / f"ours-{number}.toml").write_text("ours")
    new = kept(place)
    backup = str(tmp_path / "b.json")
    ok("backup", backup)
    ok("team", "change", "--name", "Second")
    shutil.rmtree(place / "surveys")
    old = kept(place)
    template = tmp_path / "template"
    shutil.copytree(place, template)
    words = ["restore", backup, "--yes"]
    ok(*words)  # from here on a fork need not import anything

    def afresh() -> None:
        shutil.rmtree(place)
        shutil.copytree(template, place)

    afresh()
    whole = normal_time(forked, words)
    seen = set[bool]()
    for after in moments(whole, KILLS, seed=KILLS):
        afresh()
        said = killed(forked, words, after)
        assert "Traceback" not in said
        opened_again(place)
        found = kept(place)
        assert found in (old, new)
        assert found == new or not said.startswith("Restored")
        seen.add(found == new)
    assert seen == {False, True}, "the sweep missed the restore"
