"""The summary as a page: what was decided first, then what it came from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.tui.stages.rooms import OPEN, WIDTH, a_result, a_shown, an_action, drawn, keys_of
from tuiretro.model.retro import Added, Counted, Decided, Discussed
from tuiretro.tui.stages.summary import summary_rows

KEPT = an_action(1, "Write the data card", date(2026, 11, 20))
DONE = an_action(2, "Look at the dashboard", status="done")
TAKEN = an_action(3, "Name one owner for retraining and write it on the page of the team, where all can see it")
FREE = an_action(4, "Buy cake", owner="", done_when="It is eaten.", status="dropped")


def test_an_empty_retro_says_so_under_every_heading() -> None:
    rows = summary_rows(a_shown(stage="summary"), WIDTH)
    assert drawn(rows).splitlines() == [
        "Retro of sprint 14, held on 2026-11-26",
        "Plain, 0 of 45 minutes; still under way, f ends it.",
        "",
        "DECIDED",
        "Nothing was taken on.",
        "",
        "TOPICS",
        "No note was written.",
    ]


def test_a_whole_retro_is_told_from_what_was_decided_to_how_it_was() -> None:
    decided = (Decided(KEPT, KEPT, "kept"), Decided(DONE, DONE, "done"), Decided(None, TAKEN), Decided(None, FREE))
    shown = a_shown(
        *OPEN,
        Counted(3, 2),
        Counted(4, 2),
        Discussed(3),
        *decided,
        stage="summary",
        actions=(KEPT, DONE, TAKEN, FREE),
        released={"welcome": a_result(4.2, 6, "mixed"), "close": a_result(None, None)},
        is_over=True,
    )
    rows = summary_rows(replace(shown, since={1: "Too early to say."}), WIDTH)
    assert keys_of(rows) == ["a3", "a4", "r1", "r2", "t4", "t3", "cwelcome", "cclose"]
    assert drawn(rows).splitlines()[1:] == [
        "Plain, 0 of 45 minutes; over.",
        "",
        "DECIDED",
        "◦  Name one owner for retraining and write it on the page of the team,",
        "   where all can see it",
        "   Mina, due 13 Dec",
        "◦  Buy cake",
        "   due 13 Dec, dropped",
        "   Done when: It is eaten.",
        "",
        "EARLIER ACTIONS",
        "kept     Write the data card",
        "         Too early to say.",
        "done     Look at the dashboard",
        "",
        "TOPICS",
        "  Build and test                                              2 votes, tie",
        "    - slow builds",
        "    - flaky tests",
        "✓ nobody owns churn_table                                     2 votes, tie",
        "",
        "HOW IT WAS",
        "Right now I can say in this retro what I really think.",
        "  4.2 ±0.7, mixed   5 of 7 answered",
        "This retro was worth the time that it took.",
        "  Too few answers to show.",
    ]


def test_notes_that_nobody_has_shown_yet_are_counted_and_not_told() -> None:
    page = drawn(summary_rows(a_shown(Added("start", "retraining by hand"), stage="summary"), WIDTH))
    assert "1 note, hidden until the team shows them." in page
    assert "retraining" not in page
