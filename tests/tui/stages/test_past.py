"""Last actions and results: what became of what, and what the numbers say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.tui.stages.rooms import WIDTH, a_shown, an_action, drawn, keys_of, summarised
from tuiretro.model.retro import Decided
from tuiretro.tui.stages.past import action_detail, action_rows, results_detail, results_rows

LATE = an_action(1, "Write the data card", date(2026, 11, 20), done_when="It is linked.")
LONG = an_action(2, "Name one owner for retraining and write it on the page of the team, where all can see it")
DONE = an_action(3, "Look at the dashboard", status="done")
SHOWN = replace(
    a_shown(Decided(LATE, LATE, "kept"), Decided(DONE, DONE, "done"), stage="actions", actions=(LATE, LONG, DONE)),
    since={1: "Too early to say."},
)


def test_earlier_actions_stand_with_what_the_team_said_of_them_and_what_their_topic_did_since() -> None:
    rows = action_rows(SHOWN, WIDTH)
    assert keys_of(rows) == ["a1", "a2", "a3"]
    assert drawn(rows).splitlines() == [
        "WHAT BECAME OF IT?                            owner                       due",
        "kept     Write the data card                  Mina                6 days late",
        "         Too early to say.",
        "?        Name one owner for retraining and w… Mina                     13 Dec",
        "done     Look at the dashboard                Mina                       done",
    ]


def test_an_action_that_was_opened_again_elsewhere_waits_to_be_settled_anew() -> None:
    shown = a_shown(Decided(LONG, LONG, "done"), Decided(DONE, DONE, "kept"), stage="actions", actions=(LONG, DONE))
    assert keys_of(action_rows(shown, WIDTH)) == ["a2"]
    assert drawn(action_rows(shown, WIDTH)).splitlines()[1].startswith("?        Name one owner")
    assert shown.unsettled == (LONG,)


def test_what_is_taken_on_in_this_retro_is_no_earlier_action() -> None:
    rows = action_rows(a_shown(Decided(None, LONG), stage="actions", actions=(LONG,)), WIDTH)
    assert drawn(rows) == "No action of an earlier sprint is open.\n\nn goes on to the results."


def test_a_title_that_is_cut_is_whole_below_the_list_with_its_done_when() -> None:
    assert action_detail(SHOWN, "a1").plain == "Write the data card\nDone when: It is linked."
    assert action_detail(SHOWN, "a2").plain.strip() == LONG.title
    assert action_detail(SHOWN, "a9").plain == action_detail(SHOWN, None).plain == ""


def test_without_a_closed_round_there_are_no_results_to_read() -> None:
    assert "so there are no results to read." in drawn(results_rows(SHOWN, WIDTH))
    assert results_detail(SHOWN, None).plain == ""


def test_results_of_an_earlier_sprint_say_so_and_each_statement_is_whole_below() -> None:
    shown = replace(SHOWN, results=summarised(sprints=13))
    rows = results_rows(shown, WIDTH)
    assert drawn(rows).startswith("Sprint 14 has no results; these are of sprint 13.\n")
    assert "agreeing is good: 5 is best" in drawn(rows)
    first = keys_of(rows)[0]
    lines = [line for theme in summarised(sprints=13).summary.themes for line in theme.items]
    assert results_detail(shown, first).plain == next(line.text for line in lines if line.id == first)
    assert results_detail(shown, "gone").plain == ""


def test_results_of_the_retros_own_sprint_need_no_such_word() -> None:
    assert "has no results" not in drawn(results_rows(replace(SHOWN, results=summarised(sprints=14)), WIDTH))
