"""The rules of the house hold: style, types, one-way floors, and nothing of one machine in the files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = {".py", ".md", ".toml", ".sh", ".tcss", ".txt", ".json", ""}
MACHINE = re.compile(
    r"/(?:roo[t]|wor[k]|User[s])/\w|py[p]i\.(?:org|python)|python[h]osted|index-[u]rl|npm[j]s\.|C:\\\\User[s]",
    re.IGNORECASE,
)
LONGEST = 300


def run(*command: str) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def files() -> list[Path]:
    """Every file that a checkout holds."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of its files")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).suffix in TEXT]


def test_the_linter_finds_nothing() -> None:
    run("ruff", "check", ".")


def test_every_file_is_formatted() -> None:
    run("ruff", "format", "--check", ".")


def test_every_type_is_right() -> None:
    run("mypy")


def test_floors_import_one_way() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_names_a_machine_or_a_package_index() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files()
        if path != Path(__file__)
        for match in MACHINE.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    long = [
        path.name for path in (ROOT / "tuiretro").rglob("*.py") if len(path.read_text("utf-8").splitlines()) > LONGEST
    ]
    assert long == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [path.name for path in (ROOT / "tuiretro").rglob("*.py") if not path.read_text("utf-8").startswith('"""')]
    assert silent == []
