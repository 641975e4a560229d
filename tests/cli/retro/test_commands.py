"""Retros on the command line from their beginning to their end."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import TODAY, Run, on_a_terminal, retro
from tests.cli.test_bad_input import assert_refused
from tuiretro.service import retros, teams
from tuiretro.service.workspace import open_workspace

Kept = Callable[[], str]
CHANGES: tuple[tuple[str, ...], ...] = (
    ("add-note", "x"),
    ("edit-note", "1", "x"),
    ("move-note", "1", "--column", "2"),
    ("remove-note", "1"),
    ("reveal", "--hide"),
    ("group", "1", "2"),
    ("name", "4", "x"),
    ("ungroup", "4"),
    ("vote", "1"),
    ("vote",),
    ("vote", "--count", "1=2"),
    ("vote", "--budget", "4"),
    ("discussed", "1"),
    ("decide", "x"),
    ("settle", "1", "done"),
    ("check", "welcome"),
    ("check", "welcome", "--close"),
    ("check", "welcome", "--abandon", "--yes"),
    ("stage", "next"),
    ("undo",),
    ("redo",),
    ("close", "--yes"),
)


@contextmanager
def led_elsewhere(place: Path) -> Iterator[None]:
    """Another part of this process leads the retro, as the app would."""
    workspace = open_workspace(place, today=lambda: date.fromisoformat(TODAY))
    with retros.leading(workspace, retros.room(workspace, teams.pick(workspace, "Atlas"))):
        yield


def test_a_retro_from_its_beginning_to_its_end(ok: Run, run: Run, team: str) -> None:
    assert team
    ok("note", "the deploy broke twice")
    ok("action", "add", "Old thing", "--due", "in 3 days")
    begun = ok("retro", "start", "--layout", "start-stop-continue")
    assert begun.stdout == ""
    assert "Begun. The retro of Atlas, sprint 1: Start, stop, continue. 1 note that waited" in begun.stderr
    assert "Stage 1 of 9: welcome, 3 minutes.\nWhat to say: Welcome." in begun.stderr
    for value in (4, 5, 4, 3):
        ok("retro", "check", "welcome", stdin=f"{value}\n")
    ok("retro", "check", "welcome", "--close")
    ok("retro", "stage", "next")
    ok("retro", "settle", "1", "done")
    ok("retro", "stage", "notes")
    ok("retro", "add-note", "staging changed its currency", "--column", "stop")
    ok("retro", "add-note", "talking to users", "--column", "continue")
    assert "hidden" not in ok("retro", "stage", "group").stderr
    ok("retro", "reveal")
    ok("retro", "group", "1", "2", "--name", "Deploys")
    ok("retro", "stage", "vote")
    for ballot in (("4=2", "3"), ("4",), ("4",), ("4",)):
        ok("retro", "vote", *ballot)
    ok("retro", "stage", "discuss")
    ok("retro", "discussed", "4")
    ok("retro", "stage", "decide")
    ok("retro", "decide", "--topic", "4", "--owner", "Mina", "--due", "next Friday")
    ok("retro", "stage", "summary")
    page = ok("retro", "show").stdout
    assert ok("retro", "close").stderr.startswith("Closed. The retro of sprint 1 is over with 1 action taken on;")
    told = retro(ok)
    assert (told["is_over"], told["stage"], told["voters"]) == (True, "summary", 4)
    assert [topic["title"] for topic in told["topics"]] == ["Deploys", "talking to users"]
    over = ok("retro", "show").stdout
    assert "It is over." in over
    for line in ("4. Deploys (2 notes, 5 votes, discussed)", "2. Deploys (due 4 Dec 2026).", "Safety check: 4.0"):
        assert line in page
        assert line in over
    assert_refused(run("retro", "undo"), 5, "is over")
    assert ok("retro", "list").stdout.splitlines()[1].split() == [
        *("1", TODAY, "Start,", "stop,", "continue", "over"),
        *("3", "1"),
    ]
    assert_refused(run("retro", "start"), 5, "has had its retro")
    assert ok("retro", "start", TUIRETRO_TODAY="2026-12-01").stderr.startswith("Begun. The retro of Atlas, sprint 2")
    assert retro(ok, "--sprint", "1") == told
    assert json.loads(ok("retro", "list", "--format", "json").stdout)["retros"][0]["state"] == "under way"


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("words", CHANGES, ids=" ".join)
def test_while_another_program_leads_it_is_only_shown(
    run: Run, ok: Run, place: Path, kept: Kept, words: tuple[str, ...]
) -> None:
    before = kept()
    with led_elsewhere(place):
        refused = run("retro", *words, stdin="4\n")
        assert_refused(refused, 7, "Another program leads the retro of sprint 1")
        assert "Try: tuiretro retro show, which works at any time" in refused.stderr
        assert kept() == before
        assert "write tests first" in ok("retro", "show").stdout


@pytest.mark.usefixtures("board")
def test_a_note_for_the_next_retro_is_kept_also_while_another_program_leads_this_one(ok: Run, place: Path) -> None:
    with led_elsewhere(place):
        assert "for the one after it" in ok("note", "later").stderr


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("words", CHANGES, ids=" ".join)
def test_without_a_retro_every_command_says_how_to_begin_one(run: Run, kept: Kept, words: tuple[str, ...]) -> None:
    before = kept()
    refused = run("retro", *words, stdin="4\n")
    assert_refused(refused, 4, "has no retro yet")
    assert "Try: tuiretro retro start" in refused.stderr
    assert kept() == before


@pytest.mark.usefixtures("board")
def test_after_its_end_nothing_changes_any_more(run: Run, ok: Run, kept: Kept) -> None:
    ok("retro", "close", "--yes")
    before = kept()
    for words in CHANGES:
        refused = run("retro", *words, stdin="4\n")
        assert_refused(refused, 5, "is over")
        assert "Try: tuiretro retro start" in refused.stderr
    assert kept() == before


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize(
    ("where", "stage"),
    [
        ("next", "actions"),
        ("back", "welcome"),
        ("notes", "notes"),
        ("6", "vote"),
        ("Close", "close"),
        ("summary", "summary"),
    ],
)
def test_a_stage_is_reached_by_name_number_or_step(ok: Run, where: str, stage: str) -> None:
    ok("retro", "stage", where)
    assert retro(ok)["stage"] == stage
    here = "summary (here)" if stage == "summary" else f"{stage} (here)"
    assert here in " ".join(ok("retro", "show").stdout.split())


@pytest.mark.usefixtures("begun")
def test_a_stage_that_is_not_there_is_refused_with_those_that_are(run: Run, kept: Kept) -> None:
    before = kept()
    assert_refused(run("retro", "stage", "lunch"), 4, "no stage 'lunch'", "welcome")
    assert kept() == before


@pytest.mark.usefixtures("begun")
def test_the_summary_is_told_how_to_end(ok: Run) -> None:
    assert "'tuiretro retro close' ends the retro." in ok("retro", "stage", "summary").stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--layout", "sailbot"), 4, "sailboat"),
        (("--layout", "from-focus"), 5, "focus list is empty"),
        (("--sprint", "7"), 5, "has not begun"),
        (("--sprint", "0"), 3, "no sprint 0"),
    ],
)
def test_a_retro_that_cannot_begin_leaves_nothing(
    run: Run, team: str, kept: Kept, words: tuple[str, ...], code: int, said: str
) -> None:
    assert team
    before = kept()
    assert_refused(run("retro", "start", *words), code, said)
    assert kept() == before


def test_two_at_once_are_refused(run: Run, begun: str) -> None:
    assert begun
    assert_refused(run("retro", "start"), 5, "under way")


def test_the_formats_are_listed_with_the_usual_one(ok: Run, team: str) -> None:
    assert team
    shown = ok("retro", "formats").stdout
    assert "sailboat" in shown
    assert "The usual one now: start-stop-continue." in shown
    document = json.loads(ok("retro", "formats", "--format", "json").stdout)
    assert document["usual"] == "start-stop-continue"
    assert [column["title"] for column in document["formats"][1]["columns"]] == ["Start", "Stop", "Continue"]


def test_no_retro_is_listed_as_none(ok: Run, run: Run, team: str) -> None:
    assert team
    assert ok("retro", "list").stdout == "No retro yet. 'tuiretro retro start' begins one.\n"
    assert run("retro", "show").exit_code == 4


@pytest.mark.usefixtures("begun")
def test_a_sprint_without_a_retro_is_not_there(run: Run) -> None:
    refused = run("retro", "show", "--sprint", "9")
    assert_refused(refused, 4, "no retro of sprint 9")
    assert "Try:" not in refused.stderr


@pytest.mark.usefixtures("board")
def test_a_retro_is_written_to_a_file_and_over_another_one_only_when_forced(ok: Run, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "retro.md"
    said = ok("retro", "show", "--format", "md", "--output", str(path))
    assert said.stdout == ""
    assert f"Written: {path}." in said.stderr
    assert path.read_text(encoding="utf-8") == ok("retro", "show", "--format", "md").stdout
    refused = run("retro", "show", "--output", str(path))
    assert_refused(refused, 3, "is there already")
    assert "--force" in refused.stderr
    ok("retro", "show", "--output", str(path), "--force")
    assert path.read_text(encoding="utf-8") == ok("retro", "show").stdout
    assert run("retro", "show", "--output", str(tmp_path), "--force").exit_code == 3


@pytest.mark.usefixtures("begun")
def test_a_page_fits_eighty_columns_and_long_notes_are_set_in(ok: Run) -> None:
    ok("retro", "add-note", "word " * 50)
    ok("retro", "reveal")
    lines = ok("retro", "show").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[lines.index("TOPICS") + 2].startswith("   word word")


def test_on_a_terminal_closing_asks_and_says_what_is_lost(ok: Run, board: str, place: Path) -> None:
    assert board
    for _ in range(4):
        ok("retro", "check", "close", stdin="4\n")
    code, screen = on_a_terminal(place, ["retro", "close"], b"n\n", b"[y/n]")
    assert code == 5
    assert b"though enough have answered: 'Worth the time'" in screen
    assert retro(ok)["is_over"] is False
    assert on_a_terminal(place, ["retro", "close"], b"y\n", b"[y/n]")[0] == 0
    assert retro(ok)["is_over"] is True


def test_plain_goes_without_a_command(run: Run) -> None:
    refused = run("retro", "--plain", "show")
    assert refused.exit_code == 2
    assert "--plain goes without a command" in refused.stderr


def test_on_a_terminal_the_app_opens_at_the_retro(monkeypatch: pytest.MonkeyPatch, run: Run, place: Path) -> None:
    opened: list[object] = []
    monkeypatch.setattr("tuiretro.cli.retro.commands.at_terminal", lambda: True)
    monkeypatch.setattr("tuiretro.opening.open_app", lambda _, **more: opened.append(more))
    assert run("retro").exit_code == 0
    assert opened == [{"place": place, "team": None, "start": "retro"}]


def test_other_commands_import_nothing_of_a_retro(place: Path) -> None:
    code = (
        "import sys; from tuiretro.cli.main import program\n"
        "mine = lambda name: 'retro_' in name and not name.endswith('retro_protocol')\n"
        "try: program(['where'])\n"
        "finally: print([name for name in sys.modules if mine(name) or name == 'textual'], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"TUIRETRO_WORKSPACE": str(place), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == "[]\n"
