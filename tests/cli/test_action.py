from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("team")


def test_an_action_lives_from_adding_to_done_and_back(ok: Run) -> None:
    assert "Saved. Action 1: Tidy up; due 2026-12-13, Mina." in ok("action", "add", "Tidy up", "--owner", "Mina").stderr
    assert ok("action", "list").stdout.splitlines()[1].split() == ["1", "Tidy", "up", "Mina", "13", "Dec"]
    ok("action", "done", "1")
    assert ok("action", "list").stdout == "No open actions. 'tuiretro action add' takes one on.\n"
    assert "done" in ok("action", "list", "--all").stdout
    ok("action", "reopen", "1")
    ok("action", "drop", "1")
    assert "dropped" in ok("action", "list", "--all").stdout


def test_moving_changes_the_date_and_the_owner(ok: Run) -> None:
    ok("action", "add", "Tidy up", "--due", "2026-11-30", "--done-when", "it is tidy")
    ok("action", "move", "1", "--to", "2026-12-24", "--owner", "Jo")
    (action,) = json.loads(ok("action", "list", "--format", "json").stdout)["actions"]
    assert action == {
        "id": 1,
        "title": "Tidy up",
        "owner": "Jo",
        "due": "2026-12-24",
        "done_when": "it is tidy",
        "status": "open",
        "sprint": 1,
        "closed": None,
        "mistake": None,
        "play": None,
    }


def test_a_play_brings_its_title_and_its_end(ok: Run) -> None:
    ok("action", "add", "--play", "data-cleaning.read-raw-records-together")
    (action,) = json.loads(ok("action", "list", "--format", "json").stdout)["actions"]
    assert action["mistake"] == "data-cleaning"
    assert action["title"].startswith("Read 30 raw records")
    assert action["done_when"]


def test_a_spreadsheet_runs_nothing_and_markdown_shows_all(ok: Run) -> None:
    ok("action", "add", '=HYPERLINK("x") | [b](c)', "--owner", "@SUM(1)")
    table = ok("action", "list", "--format", "csv").stdout
    assert "'=HYPERLINK" in table
    assert "'@SUM(1)" in table
    row = ok("action", "list", "--format", "md").stdout.splitlines()[2]
    assert "\\|" in row
    assert "\\[b\\](c)" in row


def test_wide_letters_keep_the_columns(ok: Run) -> None:
    ok("action", "add", "日本語の題名", "--owner", "Jo")
    ok("action", "add", "Tidy up, and more", "--owner", "Mina")
    head, wide, narrow = ok("action", "list").stdout.splitlines()
    assert head.index("owner") == narrow.index("Mina")
    assert wide.index("Jo") == narrow.index("Mina") - len("日本語の題名")


def test_a_play_of_a_survey_is_taken_on_and_followed_up_like_every_other(ok: Run) -> None:
    ok("action", "add", "--play", "safety.lead-goes-first-review")
    for form in ("text", "md"):
        assert "1" in ok("action", "list", "--format", form).stdout
    (action,) = json.loads(ok("action", "list", "--format", "json").stdout)["actions"]
    assert (action["mistake"], action["play"]) == (None, "safety.lead-goes-first-review")
    assert ok("action", "list", "--format", "csv").stdout.splitlines()[1].endswith(",,safety.lead-goes-first-review")
    assert "Saved." in ok("action", "move", "1", "--owner", "Jo").stderr
    assert "Saved." in ok("action", "done", "1").stderr
    assert "done" in ok("action", "list", "--all").stdout
