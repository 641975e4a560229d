"""Votes of a retro, and what was talked about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run, on_a_terminal, retro
from tests.cli.test_bad_input import assert_refused
from tuiretro.cli.retro.board import SAME
from tuiretro.core.promises import STILL_SHOWN

Kept = Callable[[], str]
pytestmark = pytest.mark.usefixtures("board")


def votes(ok: Run) -> dict[int, int]:
    return {topic["id"]: topic["votes"] for topic in retro(ok)["topics"]}


def test_each_ballot_adds_to_the_sum_and_the_page_shows_ties(ok: Run, run: Run) -> None:
    assert ok("retro", "vote", "1=2", "2").stderr == "Saved. 1 person has voted; only the sum of their votes is kept.\n"
    assert "2 people have voted" in ok("retro", "vote", "2").stderr
    assert votes(ok) == {1: 0, 2: 0, 3: 0}
    assert "Votes are hidden" in ok("retro", "show").stdout
    ok("retro", "vote", "3")
    ok("retro", "vote", "3")
    assert "Once k have voted, 'tuiretro retro stage discuss' shows them." in ok("retro", "show").stdout
    ok("retro", "stage", "discuss")
    assert votes(ok) == {1: 2, 2: 2, 3: 2}
    assert_refused(run("retro", "vote", "3"), 5, "The votes have been shown, so one more")
    shown = ok("retro", "show").stdout
    assert "1. write tests first (Start, 2 votes (a tie))" in shown
    assert "Each person has 3 votes; several for one topic are fine. 4 people have voted." in shown
    assert "Taken back: all votes" in ok("retro", "undo").stderr
    assert votes(ok) == {1: 0, 2: 0, 3: 0}


def test_a_ballot_can_come_from_a_pipe_or_be_typed_on_a_terminal_that_is_cleared(ok: Run, place: Path) -> None:
    said = ok("retro", "vote", stdin="1=2 3\n").stderr
    assert "1. write tests first" in said
    for _ in range(2):
        ok("retro", "vote", "3")
    code, screen = on_a_terminal(place, ["retro", "vote"], b"2=3\n", b"Your votes")
    assert code == 0
    assert STILL_SHOWN.encode() in screen or b"\x1b[2J" in screen
    ok("retro", "stage", "discuss")
    assert votes(ok) == {1: 2, 2: 3, 3: 3}


def test_a_ballot_paper_shows_neither_the_votes_of_others_nor_hidden_notes(ok: Run) -> None:
    ok("retro", "vote", "1=3")
    paper = ok("retro", "vote", stdin="2\n").stderr
    assert "1. write tests first\n2. late deploys\n" in paper
    assert "3 votes)" not in paper
    ok("retro", "reveal", "--hide")
    paper = ok("retro", "vote", stdin="2\n").stderr
    assert "3 notes, hidden until the team shows them.\n" in paper
    assert "deploys" not in paper


def test_more_ballots_than_people_are_refused(ok: Run, run: Run) -> None:
    for _ in range(8):
        ok("retro", "vote", "1")
    assert_refused(run("retro", "vote", "1"), 5, "All 8 people of the team have voted.")


def test_hands_are_not_counted_on_top_of_hidden_votes(ok: Run, run: Run) -> None:
    for _ in range(3):
        ok("retro", "vote", "1")
        assert_refused(run("retro", "vote", "--count", "1=1"), 5, "their votes are hidden")
    ok("retro", "vote", "1")
    ok("retro", "stage", "vote")
    assert_refused(run("retro", "vote", "--count", "1=1"), 5, "their votes are hidden")
    assert votes(ok) == {1: 0, 2: 0, 3: 0}
    ok("retro", "stage", "discuss")
    assert "Saved." in ok("retro", "vote", "--count", "1=5").stderr
    assert votes(ok)[1] == 5


def test_a_count_stands_in_place_of_what_was_there(ok: Run) -> None:
    ok("retro", "vote", "--count", "1=1")
    assert "Saved." in ok("retro", "vote", "--count", "1=5", "3=2").stderr
    assert votes(ok) == {3: 2, 1: 5, 2: 0}
    assert ok("retro", "vote", "--count", "3=2").stderr == f"{SAME}\n"


def test_the_team_sets_the_rules_of_its_vote(ok: Run, run: Run) -> None:
    assert "Each person has 1 vote; one for a topic at most." in ok("retro", "vote", "--budget", "1", "--single").stderr
    assert_refused(run("retro", "vote", "1", "2"), 3, "has 1 vote, and")
    assert ok("retro", "vote", "--budget", "1").stderr == f"{SAME}\n"
    assert "Each person has 1 vote; several" in ok("retro", "vote", "--several").stderr


def test_a_topic_is_marked_as_discussed_and_opened_again(ok: Run) -> None:
    assert ok("retro", "discussed", "2").stderr == "Saved. Topics that are not discussed yet: 2.\n"
    assert ok("retro", "discussed", "2").stderr == f"{SAME}\n"
    assert "late deploys (Stop, discussed)" in ok("retro", "show").stdout
    assert "yet: 3" in ok("retro", "discussed", "2", "--open").stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("vote", "1=4"), 3, "3 votes"),
        (("vote", "9"), 4, "no topic 9"),
        (("vote", "one"), 3, "'one'"),
        (("vote", "--count", "1=99999"), 3, "99999 votes"),
        (("vote", "--budget", "0"), 3, "budget of 0"),
        (("discussed", "9"), 4, "no topic 9"),
    ],
)
def test_votes_that_make_no_sense_are_refused_and_change_nothing(
    run: Run, kept: Kept, words: tuple[str, ...], code: int, said: str
) -> None:
    before = kept()
    assert_refused(run("retro", *words), code, said)
    assert kept() == before


@pytest.mark.parametrize(
    "words", [("--count",), ("1", "--budget", "3"), ("--count", "1=2", "--single"), ("--budget", "x")]
)
def test_a_vote_that_is_typed_wrong_says_how_it_is_used(run: Run, words: tuple[str, ...]) -> None:
    assert run("retro", "vote", *words).exit_code == 2


@pytest.mark.parametrize("typed", ["", "\n", "1=9\n"])
def test_a_ballot_from_a_pipe_that_is_none_saves_nothing(run: Run, kept: Kept, typed: str) -> None:
    before = kept()
    refused = run("retro", "vote", stdin=typed)
    assert refused.exit_code == 3
    assert "Nothing was saved." in refused.stderr
    assert kept() == before
