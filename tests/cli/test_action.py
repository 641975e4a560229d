from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import TODAY, Run, items, sheet
from tuiretro.core.follow_up import NO_TOPIC
from tuiretro.service import demo

PLAY = "data-cleaning.read-raw-records-together"
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


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("next Friday", "2026-12-04"),
        ("end of sprint", "2026-11-29"),
        ("in 3 days", "2026-11-26"),
        ("12 Dec", "2026-12-12"),
        ("2026-12-24", "2026-12-24"),
    ],
)
def test_a_due_date_may_be_said_in_words(ok: Run, words: str, day: str) -> None:
    assert f"due {day}." in ok("action", "add", "Tidy up", "--due", words).stderr
    ok("action", "add", "Another")
    assert f"Action 2 is due {day}." in ok("action", "move", "2", "--to", words).stderr


@pytest.mark.parametrize("words", [("add", "x", "--due"), ("move", "1", "--to")])
def test_a_due_date_that_is_not_understood_is_refused_with_examples(ok: Run, run: Run, words: tuple[str, ...]) -> None:
    ok("action", "add", "Tidy up")
    refused = run("action", *words, "someday")
    assert refused.exit_code == 3
    assert "'someday' is not understood; write it like 'next Friday'" in refused.stderr
    assert len(json.loads(ok("action", "list", "--format", "json").stdout)["actions"]) == 1


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
        "draw": None,
        "follow_up": {
            "state": "none",
            "words": NO_TOPIC,
            "note": "",
            "before": [],
            "after": [],
            "change": None,
            "others": None,
            "topics": 0,
        },
    }


def test_a_play_brings_its_title_and_its_end(ok: Run) -> None:
    ok("action", "add", "--play", PLAY)
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
    assert ok("action", "list", "--format", "csv").stdout.splitlines()[1].endswith(",,safety.lead-goes-first-review,")
    assert "Saved." in ok("action", "move", "1", "--owner", "Jo").stderr
    assert "Saved." in ok("action", "done", "1").stderr
    assert "done" in ok("action", "list", "--all").stdout


def test_a_start_can_be_drawn_by_chance(ok: Run) -> None:
    said = ok("action", "add", "--play", PLAY, "--draw-start", "3").stderr
    (action,) = json.loads(ok("action", "list", "--format", "json").stdout)["actions"]
    start = action["draw"]["start"]
    assert action["draw"] == {"starts": [2, 3, 4], "start": start}
    assert start in {2, 3, 4}
    drawn, saved = said.splitlines()
    sentence = f"Its start was drawn from sprints 2 to 4: sprint {start}."
    assert drawn == f"{sentence} Begin it in that sprint and not before."
    due = {2: "2026-12-27", 3: "2027-01-10", 4: "2027-01-24"}[start]
    assert saved == f"Saved. Action 1: {action['title']}; due {due}."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        *(
            (("--play", PLAY, "--draw-start", count), f"3 to 5 sprints, not {count}.")
            for count in ("2", "6", "0", "-1")
        ),
        (("Our own", "--draw-start", "3"), "for a play of a mistake alone"),
        (("--play", "safety.lead-goes-first-review", "--draw-start", "3"), "for a play of a mistake alone"),
    ],
)
def test_a_start_that_cannot_be_drawn_is_refused(run: Run, ok: Run, words: tuple[str, ...], said: str) -> None:
    refused = run("action", "add", *words)
    assert (refused.exit_code, refused.stdout) == (3, "")
    assert said in refused.stderr
    assert "Nothing was saved" in refused.stderr
    assert json.loads(ok("action", "list", "--all", "--format", "json").stdout)["actions"] == []


def test_a_start_that_is_no_number_is_a_wrong_command(run: Run) -> None:
    assert run("action", "add", "--play", PLAY, "--draw-start", "three").exit_code == 2


def test_a_drawn_start_is_explained(ok: Run) -> None:
    ok("round", "open", "--survey", "quarterly")
    asked = items(ok)
    for _ in range(4):
        ok("answer", "--from", "-", stdin=sheet(asked, 3))
    ok("round", "close")
    ok("action", "add", "--play", PLAY, "--draw-start", "5")
    ok("action", "add", "Our own")
    head, first, second, empty, title, *since = ok("action", "list").stdout.splitlines()
    assert (head.split()[0], first.split()[0], second.split()[0], empty, title) == ("no", "1", "2", "", "Since then:")
    assert since == ["1: Too early (0 of 3 sprints)."]
    *before, drawn = ok("action", "list", "--explain").stdout.splitlines()[5:]
    assert before == [*since, "- Before: 3.0; on average 3.0."]
    assert re.fullmatch(r"- Its start was drawn from sprints 2 to 6: sprint [2-6]\.", drawn)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A workspace whose actions have a past."""
    place: Path = tmp_path_factory.mktemp("demo") / "atlas"
    demo.build(place, today=date.fromisoformat(TODAY))
    return str(place)


def test_what_became_of_a_topic_stands_below_the_list(ok: Run, history: str) -> None:
    def listed(*words: str) -> str:
        return ok("action", "list", *words, TUIRETRO_WORKSPACE=history).stdout

    open_, everything = (json.loads(listed(*words, "--format", "json"))["actions"] for words in ((), ("--all",)))
    told = {action["id"]: action["follow_up"] for action in everything}
    dropped = {action["id"] for action in everything if action["status"] == "dropped"}
    assert {number for number, follow_up in told.items() if follow_up is None} == dropped != set()
    assert {follow_up["state"] for follow_up in told.values() if follow_up} >= {"none", "early", "unclear", "rose"}

    for words, shown in (((), open_), (("--all",), everything)):
        spoken = [action for action in shown if action["id"] not in dropped and action["mistake"] is not None]
        sentences = [
            f"{action['id']}: {action['follow_up']['words']} {action['follow_up']['note']}".rstrip()
            for action in spoken
        ]
        assert listed(*words).split("\n\nSince then:\n")[1].splitlines() == sentences
        assert listed(*words, "--format", "md").split("\n\nSince then:\n")[1].splitlines() == sentences
        rows = list(csv.DictReader(io.StringIO(listed(*words, "--format", "csv"))))
        assert [*rows[0]][-1] == "since_then"
        assert {int(row["id"]): row["since_then"] for row in rows} == {
            action["id"]: action["follow_up"]["words"] if action in spoken else "" for action in shown
        }


def test_the_figures_behind_a_sentence_are_told_when_they_are_asked_for(ok: Run, history: str) -> None:
    plain, explained = (
        ok("action", "list", "--all", *words, TUIRETRO_WORKSPACE=history).stdout for words in ((), ("--explain",))
    )
    assert "- " not in plain.split("Since then:")[1]
    lines = explained.split("Since then:\n")[1].splitlines()
    at = next(number for number, line in enumerate(lines) if ": Rose by " in line)
    assert lines[at].endswith("We can't tell if the action caused it.")
    before, after, moved = lines[at + 1 : at + 4]
    assert re.fullmatch(r"- Before: .*; on average \d\.\d\.", before)
    assert re.fullmatch(r"- After: .*; on average \d\.\d\.", after)
    assert re.match(r"- It moved by \+\d\.\d, your \d+ other topics by [+-]?\d\.\d over these sprints \(", moved)


def test_follow_ups_for_programs_are_no_finer_than_for_people(ok: Run, history: str) -> None:
    text = ok("action", "list", "--all", "--format", "json", TUIRETRO_WORKSPACE=history).stdout
    told = [action["follow_up"] for action in json.loads(text)["actions"] if action["follow_up"]]
    for figures in told:
        for number in (*figures["before"], *figures["after"], figures["change"] or 0, figures["others"] or 0):
            assert number == round(number, 1)
        assert max(len(figures["before"]), len(figures["after"])) <= 3
    assert any(figures["topics"] >= 4 for figures in told)
