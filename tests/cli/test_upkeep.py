from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_the_audit_passes_on_a_fresh_history(ok: Run, closed: tuple[str, ...]) -> None:
    assert closed
    assert "checks passed" in ok("audit").stdout
    document = json.loads(ok("audit", "--format", "json").stdout)
    assert document["schema"] == 1
    assert document["passed"] is True


def test_the_audit_fails_loudly_on_what_should_not_be_there(run: Run, closed: tuple[str, ...], place: Path) -> None:
    assert closed
    (place / "answers.csv").write_text("Jo,5\n")
    result = run("audit")
    assert result.exit_code == 1
    assert "FAIL" in result.stdout


def test_where_opens_and_creates_nothing(ok: Run, place: Path) -> None:
    document = json.loads(ok("where", "--format", "json").stdout)
    assert document["workspace"] == str(place)
    assert document["exists"] is False
    assert "(not there yet)" in ok("where").stdout
    assert not place.exists()


def test_where_says_what_chose_the_folder(ok: Run, tmp_path: Path) -> None:
    document = json.loads(ok("where", "--format", "json", XDG_DATA_HOME=str(tmp_path), TUIRETRO_WORKSPACE="").stdout)
    assert document["chosen_by"] == "default"
    assert document["workspace"] == document["default"]
