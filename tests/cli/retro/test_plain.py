"""`tuiretro retro --plain`: the dialogue on a real workspace and on a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run, items, on_a_terminal, retro, sheet
from tests.cli.retro.test_commands import led_elsewhere
from tests.cli.test_bad_input import assert_refused
from tuiretro.cli.retro.question import ANSWERED
from tuiretro.cli.retro.talk import LEFT

Kept = Callable[[], str]


def typed(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def test_a_retro_is_begun_and_left_and_goes_on_where_it_was(ok: Run, team: str) -> None:
    first = ok("retro", "--plain", stdin=typed("2", "go notes", "a note", "q"))
    assert first.stdout == ""
    assert f"The retro of {team}, sprint 1: Start, stop, continue." in first.stderr
    assert first.stderr.endswith(f"{LEFT}\n")
    again = ok("retro", stdin=typed("r", "n"))
    assert "Choose a format" not in again.stderr
    assert "Stage 4 of 9: notes, 8 minutes." in again.stderr
    assert "1. a note (Start)" in again.stderr
    assert again.stderr.endswith(f"The input ended.\n{LEFT}\n")
    assert retro(ok)["stage"] == "group"


def test_nothing_is_begun_for_somebody_who_leaves(ok: Run, team: str, kept: Kept) -> None:
    assert team
    before = kept()
    for lines in ("q\n", ""):
        assert ok("retro", "--plain", stdin=lines).stderr.endswith("You left. No retro was begun.\n")
    assert kept() == before


def test_a_format_that_cannot_be_is_refused_in_one_sentence_and_asked_for_again(ok: Run, team: str) -> None:
    assert team
    said = ok("retro", "--plain", stdin=typed("1", "2", "q")).stderr
    assert "focus list is empty" in said
    assert said.count("Choose a format to begin one:") == 2
    assert retro(ok)["format"] == "Start, stop, continue"


def test_while_another_program_leads_it_says_so_and_how_to_look(run: Run, board: str, place: Path, kept: Kept) -> None:
    assert board
    before = kept()
    with led_elsewhere(place):
        refused = run("retro", "--plain", stdin="n\n")
    assert_refused(refused, 7, "Another program leads the retro of sprint 1")
    assert "Try: tuiretro retro show" in refused.stderr
    assert kept() == before


def test_results_and_plays_of_the_focus_list_are_told(ok: Run, team: str) -> None:
    assert team
    ok("round", "open", "--survey", "quarterly")
    asked = items(ok)
    for value in (1, 1, 3, 3):
        ok("answer", "--from", "-", stdin=sheet(asked, value))
    ok("round", "close")
    ok("action", "add", "--play", "data-cleaning.read-raw-records-together", "--owner", "Jo")
    lines = ("", "n", "n", "n", "2 nobody owns the data", "go decide", "2", "Mina", "", "")
    said = ok("retro", "--plain", stdin=typed(*lines)).stderr
    assert "From the focus list" in said
    assert "1. Read 30 raw records together" in said
    assert "Too early (0 of 3 sprints)." in said
    assert "data: 2.0 ±0." in said
    assert "Focus 1: " in said
    assert "Saved. Note 1 in " in said
    plays = [line for line in said.splitlines() if line.startswith("Play ")]
    assert len(plays) == 9
    (_, taken) = json.loads(ok("action", "list", "--format", "json").stdout)["actions"]
    assert plays[1] == f"Play 2. {taken['title']}"
    assert (taken["owner"], taken["mistake"]) == ("Mina", retro(ok)["decided"][0]["mistake"])


def test_a_mistake_that_is_in_the_catalogue_no_more_offers_no_play(ok: Run, team: str) -> None:
    from tuiretro.cli.retro.lead import WorkspaceLead
    from tuiretro.service import retros, teams
    from tuiretro.service.workspace import open_workspace

    assert team
    ok("retro", "start")
    place = Path(json.loads(ok("where", "--format", "json").stdout)["workspace"])
    workspace = open_workspace(place)
    here = retros.room(workspace, teams.pick(workspace, None))
    assert WorkspaceLead(workspace, here).plays("gone") == ()


def test_what_is_answered_on_a_terminal_is_cleared(ok: Run, begun: str, place: Path) -> None:
    assert begun
    keys = typed("a", "4", "q").encode()
    code, screen = on_a_terminal(place, ["retro", "--plain"], keys, b"welcome: ")
    assert code == 0
    shown, cleared, after = screen.rpartition(b"\x1b[3J")
    assert cleared
    assert b"strongly agree" in shown
    assert ANSWERED.encode() in after
    assert b"this screen is cleared" in screen


def test_a_terminal_that_cannot_be_cleared_is_said_to_show_what_was_typed(
    begun: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert begun
    monkeypatch.setenv("TERM", "dumb")
    code, screen = on_a_terminal(place, ["retro", "--plain"], typed("a", "4", "q").encode(), b"welcome: ")
    assert code == 0
    assert b"What you typed is still on this screen" in screen


def test_ctrl_c_ends_the_dialogue_silently_and_keeps_everything(ok: Run, board: str, place: Path) -> None:
    assert board
    code, screen = on_a_terminal(place, ["retro", "--plain"], b"\x03", b"welcome: ")
    assert code == 130
    assert b"Traceback" not in screen
    assert len(retro(ok)["topics"]) == 3
    ok("retro", "stage", "next")
