from __future__ import annotations

import pytest

from tuiretro.store.layout import copy_name, is_database, is_inside, without_copy_mark

TEAM = "a1b2c3d4e5f60718"


@pytest.mark.parametrize("path", ["workspace.json", f"{TEAM}/history.json", f"{TEAM}/actions.json"])
def test_a_copy_is_read_like_the_file_that_it_was_made_of(path: str) -> None:
    folder, _, name = path.rpartition("/")
    for number, ending in ((1, ".schema-1"), (2, ".schema-1.2"), (10, ".schema-1.10")):
        copy = f"{folder}/{copy_name(name, 1, number)}".lstrip("/")
        assert copy == path + ending
        assert without_copy_mark(copy) == path
        assert is_database(copy)
    assert without_copy_mark(path) == path


@pytest.mark.parametrize(
    "path",
    ["history.json", f"{TEAM}/rounds/{TEAM}/round.json.schema-1", f"{TEAM}/history.json.schema-", "workspace.json.old"],
)
def test_a_round_and_what_only_looks_like_a_copy_have_none(path: str) -> None:
    assert not is_database(path)


def test_a_path_with_plain_names_stays_inside() -> None:
    assert is_inside("surveys/templates/Rückblick 2.md")


@pytest.mark.parametrize(
    "path", ["", "/x", "x/", "a//b", "../x", "a/../b", "./x", "a\\b", "c:x", "a\nb", "\ud800", "x" * 256]
)
def test_a_path_that_could_lead_elsewhere_does_not(path: str) -> None:
    assert not is_inside(path)
