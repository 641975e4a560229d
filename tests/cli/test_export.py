from __future__ import annotations

import json
import stat
from pathlib import Path

from tests.cli.conftest import Run


def test_an_export_goes_to_stdout(ok: Run, closed: tuple[str, ...]) -> None:
    assert closed
    result = ok("export")
    assert result.stdout.startswith("# Atlas: sprint 1")
    assert result.stderr == ""
    assert "comment 3" not in result.stdout
    assert json.loads(ok("export", "--format", "json", "--output", "-").stdout)["schema"] == 1


def test_a_file_is_private_and_never_replaced_unasked(
    ok: Run, run: Run, closed: tuple[str, ...], tmp_path: Path
) -> None:
    assert closed
    path = tmp_path / "summary.md"
    ok("export", "--output", str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = path.read_text()
    assert written == ok("export").stdout
    path.write_text("mine")
    refused = run("export", "--output", str(path))
    assert refused.exit_code == 3
    assert "was left as it is; choose another name.\nTry: --force, which replaces a regular file\n" in refused.stderr
    assert path.read_text() == "mine"
    ok("export", "--output", str(path), "--force")
    assert path.read_text() == written
    assert sorted(other.name for other in tmp_path.iterdir()) == ["summary.md", "workspace"]


def test_what_is_no_file_is_not_replaced_even_by_force(run: Run, closed: tuple[str, ...], tmp_path: Path) -> None:
    assert closed
    target = tmp_path / "target"
    target.write_text("mine")
    (tmp_path / "link").symlink_to(target)
    (tmp_path / "folder").mkdir()
    for name in ("link", "folder"):
        refused = run("export", "--output", str(tmp_path / name), "--force")
        assert refused.exit_code == 3
        assert "is no regular file" in refused.stderr
        assert "Try:" not in refused.stderr
    refused = run("export", "--output", str(tmp_path / "no" / "such"))
    assert refused.exit_code == 6
    assert "could not be written" in refused.stderr
    assert target.read_text() == "mine"
