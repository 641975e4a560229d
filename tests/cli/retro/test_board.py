"""Commands that change the board of a retro."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.conftest import Run, retro
from tests.cli.test_bad_input import assert_refused
from tuiretro.cli.retro.board import SAME

Kept = Callable[[], str]


def titles(ok: Run) -> dict[int, str]:
    return {topic["id"]: topic["title"] for topic in retro(ok)["topics"]}


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize(
    ("words", "column"),
    [
        (("a", "note"), "Start"),
        (("a note", "--column", "2"), "Stop"),
        (("a note", "--column", "continue"), "Continue"),
        (("--column", "sto", "a note"), "Stop"),
    ],
)
def test_a_note_goes_into_the_column_that_was_named_or_the_first(ok: Run, words: tuple[str, ...], column: str) -> None:
    said = ok("retro", "add-note", *words)
    assert (said.stdout, said.stderr) == ("", f"Saved. Note 1 lies in {column}.\n")
    ok("retro", "reveal")
    (topic,) = retro(ok)["topics"]
    assert topic["notes"] == [{"id": 1, "column": column, "text": "a note"}]


@pytest.mark.usefixtures("board")
def test_a_note_is_changed_moved_and_removed_and_all_of_it_taken_back(ok: Run) -> None:
    before = retro(ok)["topics"]
    assert "Note 1 has a new text." in ok("retro", "edit-note", "1", "write", "fewer", "tests").stderr
    assert titles(ok)[1] == "write fewer tests"
    assert ok("retro", "edit-note", "1", "write fewer tests").stderr == f"{SAME}\n"
    assert "Note 1 lies in Stop." in ok("retro", "move-note", "1", "--column", "2").stderr
    assert ok("retro", "move-note", "1", "--column", "stop").stderr == f"{SAME}\n"
    assert "Note 1 is off the board." in ok("retro", "remove-note", "1").stderr
    assert set(titles(ok)) == {2, 3}
    for word in ("the removal of a note", "a note's way", "the new text"):
        assert f"Taken back: {word}" in ok("retro", "undo").stderr
    assert retro(ok)["topics"] == before
    assert "Done again: the new text of a note." in ok("retro", "redo").stderr


@pytest.mark.usefixtures("begun")
def test_notes_are_hidden_until_they_are_shown(ok: Run) -> None:
    ok("retro", "add-note", "a secret so far")
    for form in ("text", "md", "json"):
        assert "secret" not in ok("retro", "show", "--format", form).stdout
    assert "1 note, hidden until the team shows them." in ok("retro", "show").stdout
    assert ok("retro", "undo").stderr == "Taken back: a note.\n"
    ok("retro", "redo")
    assert "1 note shown" in ok("retro", "reveal").stderr
    assert ok("retro", "reveal").stderr == f"{SAME}\n"
    assert "secret" in ok("retro", "show").stdout
    assert "1 note hidden." in ok("retro", "reveal", "--hide").stderr
    assert "secret" not in ok("retro", "show").stdout


@pytest.mark.usefixtures("board")
def test_groups_are_made_named_and_taken_apart(ok: Run) -> None:
    assert ok("retro", "group", "1", "2", "--name", "Pace").stderr == "Saved. Group 4, Pace: 2 notes.\n"
    assert ok("retro", "group", "3", "1").stderr == "Saved. Group 4: 3 notes.\n"
    assert titles(ok) == {4: "Pace"}
    assert "Group 4 is called 'Our pace'." in ok("retro", "name", "1", "Our", "pace").stderr
    assert "no name of its own" in ok("retro", "name", "4", "").stderr
    ok("retro", "undo")
    assert "4. Our pace (3 notes)\n   - 1. write tests first (Start)\n" in ok("retro", "show").stdout
    assert "on their own again" in ok("retro", "ungroup", "3").stderr
    ok("retro", "ungroup", "4")
    assert set(titles(ok)) == {1, 2, 3}


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add-note", "x", "--column", "9"), 4, "Start"),
        (("add-note", " "), 3, "empty"),
        (("edit-note", "9", "x"), 4, "no note 9"),
        (("edit-note", "1", "x" * 281), 3, "281 characters"),
        (("move-note", "9", "--column", "1"), 4, "no note 9"),
        (("remove-note", "9"), 4, "no note 9"),
        (("group", "1"), 3, "two or more"),
        (("group", "1", "9"), 4, "no topic 9"),
        (("group", "1", "2", "--name", "x" * 61), 3, "61 characters"),
        (("name", "1", "x"), 3, "Only a group"),
        (("ungroup", "1"), 3, "no group"),
        (("redo",), 5, "nothing to do again"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    run: Run, kept: Kept, words: tuple[str, ...], code: int, said: str
) -> None:
    before = kept()
    assert_refused(run("retro", *words), code, said)
    assert kept() == before


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize(
    "words", [("edit-note", "one", "x"), ("move-note", "1"), ("group",), ("group", "x"), ("name", "4")]
)
def test_a_command_that_is_typed_wrong_says_how_it_is_used(run: Run, words: tuple[str, ...]) -> None:
    assert run("retro", *words).exit_code == 2
