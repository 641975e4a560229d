"""Notes that wait for the next retro."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run, on_a_terminal, retro
from tests.core.hostile import HOSTILE
from tuiretro.core.rules import NOTE_LIMIT
from tuiretro.core.text import unshowable


@pytest.mark.parametrize("words", [("the deploy broke",), ("the", "deploy", "broke")])
def test_a_note_waits_for_the_next_retro_and_lies_on_its_board(ok: Run, team: str, words: tuple[str, ...]) -> None:
    said = ok("note", *words)
    assert said.stdout == ""
    assert said.stderr == f"Saved for the next retro of {team}. The note has no author and no time.\n"
    begun = ok("retro", "start").stderr
    assert "1 note that waited for it lies on the board" in begun
    ok("retro", "reveal")
    (topic,) = retro(ok)["topics"]
    assert (topic["title"], topic["notes"][0]["column"]) == ("the deploy broke", "Brought along")


def test_while_a_retro_is_under_way_the_note_is_for_the_one_after_it(ok: Run, begun: str) -> None:
    assert begun
    said = ok("note", "later").stderr
    assert "The retro of sprint 1 is under way, and this note is for the one after it" in said
    assert "'tuiretro retro add-note TEXT'" in said
    assert retro(ok)["hidden_notes"] == 0


def test_a_dash_reads_the_note_from_a_pipe_or_a_terminal(ok: Run, run: Run, team: str, place: Path) -> None:
    assert team
    ok("note", "-", stdin="no shell keeps this\nnor this\n")
    assert on_a_terminal(place, ["note", "-"], b"typed by hand\n", b"Your note: ")[0] == 0
    assert run("note", "-", stdin="").exit_code == 3
    ok("retro", "start")
    ok("retro", "reveal")
    assert {topic["title"] for topic in retro(ok)["topics"]} == {"no shell keeps this", "typed by hand"}


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "x" * (NOTE_LIMIT + 1), "a\x1b[2Jb", "a\udc80b"])
def test_a_note_that_is_not_fit_to_keep_is_refused(run: Run, team: str, kept: Callable[[], str], text: str) -> None:
    assert team
    before = kept()
    refused = run("note", text)
    assert refused.exit_code == 3
    assert "Nothing was saved." in refused.stderr
    assert kept() == before


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_refused_or_shown_harmless(ok: Run, run: Run, begun: str, name: str) -> None:
    assert begun
    if run("retro", "add-note", "--", HOSTILE[name]).exit_code:
        return
    ok("retro", "reveal")
    for form in ("text", "md", "json"):
        shown = ok("retro", "show", "--format", form).stdout
        assert not unshowable(shown)
    assert not unshowable(ok("retro", "undo").stderr)


def test_a_note_needs_a_team_and_a_text(run: Run) -> None:
    assert run("note", "x").exit_code == 4
    assert run("note").exit_code == 2


def test_a_damaged_retro_does_not_deny_a_note_that_is_kept(ok: Run, team: str, place: Path) -> None:
    ok("retro", "start", "--layout", "sailboat")
    (file,) = place.glob("*/retros/1.json")
    file.write_bytes(b"{")
    assert ok("note", "the alarm is broken").stderr == (
        f"Saved for the next retro of {team}. The note has no author and no time.\n"
    )
