"""What a retro takes on, and what becomes of earlier actions."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Run, retro
from tests.cli.test_bad_input import assert_refused
from tuiretro.cli.retro.board import SAME

Kept = Callable[[], str]
PLAY = "data-cleaning.read-raw-records-together"


def actions(ok: Run) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(ok("action", "list", "--all", "--format", "json").stdout)["actions"]
    return found


@pytest.mark.usefixtures("board")
def test_an_action_is_taken_on_with_words_for_its_due_date(ok: Run) -> None:
    said = ok("retro", "decide", "Tidy up", "--owner", "Mina", "--due", "next Friday", "--done-when", "tidy").stderr
    assert said == "Saved. Action 1: Tidy up; due 2026-12-04, Mina.\n"
    (action,) = actions(ok)
    assert (action["title"], action["due"], action["done_when"]) == ("Tidy up", "2026-12-04", "tidy")
    assert retro(ok, "--with-owners")["decided"][0]["owner"] == "Mina"
    assert "owner" not in retro(ok)["decided"][0]
    assert "1. Tidy up (due 4 Dec 2026). Done when: tidy" in ok("retro", "show").stdout
    assert "1. Tidy up (due 4 Dec 2026, Mina)." in ok("retro", "show", "--with-owners").stdout
    ok("retro", "undo")
    assert actions(ok) == []


@pytest.mark.usefixtures("board")
def test_a_topic_or_a_play_brings_its_title(ok: Run) -> None:
    assert "Action 1: late deploys; due 2026-12-13, nobody's so far." in ok("retro", "decide", "--topic", "2").stderr
    assert "Action 2: Deploy by noon;" in ok("retro", "decide", "Deploy by noon", "--topic", "2").stderr
    ok("retro", "decide", "--play", PLAY, "--topic", "2")
    assert [action["play"] for action in actions(ok)] == [None, None, PLAY]
    assert str(actions(ok)[2]["title"]).startswith("Read 30 raw records")


@pytest.mark.usefixtures("closed")
def test_the_topic_of_a_focus_column_brings_its_mistake(ok: Run, run: Run) -> None:
    """A pulse that rates everything low makes a focus list."""
    from tests.cli.conftest import items, sheet

    ok("round", "open", "--survey", "quarterly", TUIRETRO_TODAY="2026-12-01")
    asked = items(ok)
    for _ in range(4):
        ok("answer", "--from", "-", stdin=sheet(asked, 2), TUIRETRO_TODAY="2026-12-01")
    ok("round", "close", TUIRETRO_TODAY="2026-12-01")
    later = {"TUIRETRO_TODAY": "2026-12-02"}
    assert "From the focus list" in ok("retro", "start", **later).stderr
    ok("retro", "add-note", "nobody owns the raw data", **later)
    assert_refused(run("retro", "decide", "--topic", "1", **later), 5, "The notes are hidden")
    ok("retro", "reveal", **later)
    ok("retro", "decide", "--topic", "1", **later)
    first = json.loads(ok("focus", "--format", "json").stdout)["focus"][0]["mistake"]
    assert actions(ok)[0]["mistake"] == first


@pytest.mark.usefixtures("board")
def test_more_than_three_actions_are_advised_against(ok: Run) -> None:
    for _ in range(3):
        assert "at once" not in ok("retro", "decide", "x").stderr
    assert "These are 4 actions; of more than 3 at once, few get done." in ok("retro", "decide", "x").stderr


@pytest.mark.parametrize(
    ("fate", "more", "said", "status"),
    [
        ("done", (), "Saved. Action 1, Old: done.", "done"),
        ("drop", (), "Saved. Action 1, Old: dropped.", "dropped"),
        ("keep", (), "Saved. Action 1, Old: kept until 2026-12-13.", "open"),
        ("move", ("--to", "in 3 days"), "Saved. Action 1, Old: moved until 2026-11-26.", "open"),
    ],
)
def test_an_earlier_action_is_settled_and_that_can_be_taken_back(
    ok: Run, begun: str, fate: str, more: tuple[str, ...], said: str, status: str
) -> None:
    assert begun
    ok("action", "add", "Old", "--owner", "Jo")
    before = actions(ok)
    assert ok("retro", "settle", "1", fate, *more).stderr == f"{said}\n"
    assert ok("retro", "settle", "1", fate, *more).stderr == f"{SAME}\n"
    assert actions(ok)[0]["status"] == status
    assert "EARLIER ACTIONS\n1. Old (sprint 1): " in ok("retro", "show").stdout
    assert "1. Old (sprint 1, Jo): " in ok("retro", "show", "--with-owners").stdout
    ok("retro", "undo")
    assert actions(ok) == before


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("decide",), 3, "empty"),
        (("decide", "x", "--due", "someday"), 3, "'someday' is not understood"),
        (("decide", "x", "--due", "2026-11-01"), 3, "in the past"),
        (("decide", "--topic", "9"), 4, "no topic 9"),
        (("decide", "--play", "no.play"), 4, "'no'"),
        (("decide", "x", "--owner", "x" * 61), 3, "61 characters"),
        (("settle", "9", "done"), 4, "no action 9"),
        (("settle", "9", "move", "--to", "someday"), 3, "not understood"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    run: Run, kept: Kept, words: tuple[str, ...], code: int, said: str
) -> None:
    before = kept()
    assert_refused(run("retro", *words), code, said)
    assert kept() == before


@pytest.mark.parametrize("words", [("1", "lost"), ("1", "move"), ("1", "done", "--to", "tomorrow"), ("1",)])
def test_a_fate_that_is_typed_wrong_says_how_it_is_used(run: Run, words: tuple[str, ...]) -> None:
    assert run("retro", "settle", *words).exit_code == 2
