"""What can be wished for: at which stage, on which row, by whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.core.boards import LAYOUT
from tests.tui.stages.rooms import (
    NAMED,
    a_result,
    a_shown,
    seen,
    summarised,
)
from tuiretro.core.agenda import places
from tuiretro.model.retro import Voted
from tuiretro.tui.flows.retro import GRANTS
from tuiretro.tui.retro_commands import EVER, LOOKING, RETRO_GROUPS, at_stage
from tuiretro.tui.stages.possible import may_act, may_wish
from tuiretro.tui.stages.shown import Shown

WISHES = {
    command.action.removeprefix("wish('").removesuffix("')")
    for _, commands in RETRO_GROUPS
    for command in commands
    if command.action.startswith("wish(")
}
OWN = {"minute", "pick", "type", "mark", "together", "count", "search"}
ROWS = ("", "n", "t", "a", "m")
STAGES = places(LAYOUT)


def at(stage: str) -> Shown:
    """A retro with notes, something to take back and something to do again."""
    return a_shown(*NAMED, stage=stage, undone=1)


def possible(shown: Shown, kind: str) -> set[str]:
    """Everything that could be done on a row of that kind, beyond what is possible at every stage."""
    own = {action for action in OWN - {"minute"} if may_act(shown, action, kind)}
    ever = {command.action for command in EVER}
    return own | {what for what in WISHES if may_wish(shown, what, kind) and f"wish('{what}')" not in ever}


@pytest.mark.parametrize(
    ("stage", "kind", "what"),
    [
        ("welcome", "", {"answer"}),
        ("actions", "", set()),
        ("actions", "a", {"done", "keep", "move action", "drop"}),
        ("results", "t", set()),
        ("notes", "", {"type", "reveal"}),
        ("notes", "n", {"type", "reveal", "edit", "move note", "remove"}),
        ("group", "", {"together", "search"}),
        ("group", "n", {"together", "search", "mark", "apart", "name"}),
        ("group", "t", {"together", "search", "mark", "apart", "name"}),
        ("vote", "", {"ballot", "rules"}),
        ("vote", "t", {"ballot", "rules", "count"}),
        ("discuss", "", {"decide"}),
        ("discuss", "t", {"decide", "pick", "discussed"}),
        ("decide", "", {"free"}),
        ("decide", "t", {"free", "pick"}),
        ("decide", "m", {"free", "pick"}),
        ("close", "", {"answer", "finish"}),
        ("summary", "a", {"finish"}),
    ],
)
def test_a_stage_offers_what_fits_the_row_under_the_cursor(stage: str, kind: str, what: set[str]) -> None:
    assert possible(at(stage), kind) == what


@pytest.mark.parametrize("stage", STAGES)
def test_whoever_only_looks_may_read_write_leave_and_change_what_this_screen_looks_at(stage: str) -> None:
    looking = replace(at(stage), reason="Another program leads it.")
    over = a_shown(*NAMED, stage=stage, is_over=True)
    for shown in (looking, over):
        assert {what for what in WISHES for kind in ROWS if may_wish(shown, what, kind)} == LOOKING - {"comments"}
        assert {own for own in OWN for kind in ROWS if may_act(shown, own, kind)} == (
            {"search"} if stage == "group" else set()
        )


def test_the_ends_of_the_agenda_have_no_stage_beyond_them() -> None:
    assert not may_wish(at("welcome"), "back", "")
    assert may_wish(at("welcome"), "next", "")
    assert may_wish(at("summary"), "back", "")
    assert not may_wish(at("summary"), "next", "")


def test_no_clock_runs_on_the_summary() -> None:
    assert may_act(at("close"), "minute", "")
    assert may_wish(at("close"), "pause", "")
    assert not may_act(at("summary"), "minute", "")
    assert not may_wish(at("summary"), "pause", "")


def test_steps_can_be_taken_back_and_done_again_as_far_as_there_are_any() -> None:
    assert may_wish(at("group"), "undo", "")
    assert may_wish(at("group"), "redo", "")
    assert not may_wish(a_shown(stage="group"), "undo", "")
    assert not may_wish(a_shown(*NAMED, stage="group", undone=len(NAMED)), "undo", "")
    assert not may_wish(a_shown(*NAMED, stage="group"), "redo", "")


def test_a_question_is_closed_or_abandoned_from_k_answers_on_and_answered_until_it_is_closed() -> None:
    below, enough = at("welcome"), a_shown(stage="welcome", enough=("welcome",))
    closed = a_shown(stage="welcome", released={"welcome": a_result(4.0, 5)})
    other = a_shown(stage="close", enough=("welcome",))
    for what in ("close check", "drop check"):
        assert [may_wish(shown, what, "") for shown in (below, enough, closed, other)] == [False, True, False, False]
    assert [may_wish(shown, "answer", "") for shown in (below, enough, closed)] == [True, True, False]


def test_comments_can_be_read_where_there_are_any_also_by_whoever_only_looks() -> None:
    told = summarised(("fine",))
    for reason in ("", "Another program leads it."):
        assert may_wish(replace(at("results"), results=told, reason=reason), "comments", "")
        assert not may_wish(replace(at("results"), results=summarised(()), reason=reason), "comments", "")


def test_there_is_nothing_to_vote_for_or_to_decide_on_an_empty_board() -> None:
    assert not may_wish(a_shown(stage="vote"), "ballot", "")
    assert not may_wish(a_shown(stage="discuss"), "decide", "")
    assert may_wish(a_shown(stage="discuss", focus=("data-cleaning",)), "decide", "")


def test_votes_can_be_shown_once_enough_have_voted_alone_and_hands_counted_once_they_are() -> None:
    assert not may_wish(at("vote"), "show votes", "t")
    few, enough = (a_shown(*NAMED, Voted({3: 1}, voters), stage="vote") for voters in (3, 4))
    assert not may_wish(few, "show votes", "t")
    assert may_wish(enough, "show votes", "t")
    assert may_wish(enough, "ballot", "")
    assert not may_wish(seen(enough), "show votes", "t")
    assert not may_wish(seen(enough), "ballot", "")
    assert not may_act(enough, "count", "t")
    assert may_act(seen(enough), "count", "t")
    assert not may_act(seen(few), "count", "t")


def test_every_wish_of_a_command_leads_somewhere_and_every_action_is_known() -> None:
    assert WISHES - {"leave"} <= GRANTS.keys()
    actions = {command.action.partition("(")[0] for _, commands in RETRO_GROUPS for command in commands}
    assert {action for action in actions if not action.startswith("app.")} - {"wish"} == OWN


def test_a_stage_that_is_none_offers_what_every_stage_does() -> None:
    assert set(at_stage("nowhere")) == set(EVER)
