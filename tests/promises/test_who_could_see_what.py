"""docs/who-could-see-what.md promises nothing without a test, and says where nothing can be promised."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "who-could-see-what.md").read_text(encoding="utf-8")
PARTS = ["While a round is open", "After closing", "What protects", "What cannot be promised"]
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def sections() -> dict[str, str]:
    """What is said of each adversary."""
    return dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def lines(text: str) -> list[str]:
    """Every line of a list, as one line, however it is wrapped."""
    return [" ".join(line.split()) for line in re.findall(r"^- (.+(?:\n  .+)*)", text, re.MULTILINE)]


def fault(line: str) -> str:
    """What a line lacks; empty if it is as it should be."""
    named = TEST.findall(line)
    if "annot be promised" in line:
        return "names a test although it cannot be promised" if named else ""
    if not named:
        return "neither names a test nor says that it cannot be promised"
    return "".join(f"there is no {path}::{name}" for path, name in named if name not in names_in(path))


@cache
def names_in(path: str) -> frozenset[str]:
    """The tests of a file; none if it is not there."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


@pytest.mark.parametrize("line", lines(PAGE))
def test_every_line_names_tests_that_exist_or_says_that_it_cannot_be_promised(line: str) -> None:
    assert fault(line) == ""


@pytest.mark.parametrize("who", sections())
def test_of_every_adversary_the_same_four_things_are_said(who: str) -> None:
    text = sections()[who]
    parts = re.split(r"^\*\*(.+)\*\*$", text, flags=re.MULTILINE)
    assert parts[1::2] == PARTS
    assert all(lines(part) for part in parts[2::2]), "a part without a line"
    assert all("annot be promised" in line for line in lines(parts[-1]))


def test_every_adversary_of_the_storage_is_there() -> None:
    said = list(sections())
    assert said[-2:] == ["Whoever carries an envelope", "Whoever handed out the codes"]
    assert len(said) == 9
    assert len(lines(PAGE)) > 40


@pytest.mark.parametrize(
    ("line", "lacks"),
    [
        ("Nobody sees it.", "neither names a test"),
        ("Nobody sees it. `tests/core/test_release.py::test_that_is_gone`", "there is no"),
        ("Nobody sees it. `tests/gone.py::test_that_is_gone`", "there is no"),
        (f"It cannot be promised. `{Path(__file__).relative_to(ROOT).as_posix()}::test_x`", "names a test although"),
    ],
)
def test_what_a_line_lacks_is_found(line: str, lacks: str) -> None:
    assert lacks in fault(line)


def test_the_page_is_found_from_the_readme_and_the_audit() -> None:
    from tuiretro.core.promises import WHO_COULD_SEE

    assert "(docs/who-could-see-what.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "docs/who-could-see-what.md" in WHO_COULD_SEE
