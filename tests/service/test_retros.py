from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.service.conftest import Clock, a_team
from tests.service.meeting import LAYOUT, Step, begun, doing, texts, with_notes
from tuiretro.errors import BadInputError, BusyError, NotFoundError, NotNowError
from tuiretro.model.retro import Added, Counted, Retro, Revealed, Voted
from tuiretro.model.team import Team
from tuiretro.service import retro_checks, retro_decisions, retros
from tuiretro.service.workspace import Workspace
from tuiretro.store.retro_protocol import RetroTable

OVER: dict[str, Step] = {
    "change": lambda at, here: doing(at, here, Revealed()),
    "take on": lambda at, here: retro_decisions.take_on(at, here, "One"),
    "settle": lambda at, here: retro_decisions.settle(at, here, 1, "done"),
    "take back": retros.take_back,
    "do again": retros.do_again,
    "go to": lambda at, here: retros.go_to(at, here, "notes"),
    "move on": retros.move_on,
    "keep time": lambda at, here: retros.keep_time(at, here, {"notes": 5}),
    "add a minute": lambda at, here: retros.add_minute(at, here, "notes"),
    "set the clock": lambda at, here: retros.set_clock(at, here, lambda clock: clock),
    "close": retros.close,
    "ask": lambda at, here: retro_checks.question(at, here, "welcome"),
    "close a question": lambda at, here: retro_checks.close(at, here, "welcome"),
}


def test_a_change_is_made_to_the_retro_as_it_stands_and_not_as_it_was_seen(either: Workspace) -> None:
    seen = begun(either, a_team(either))
    with_notes(either, seen, "one")

    assert texts(with_notes(either, seen, "two")) == ["one", "two"]


def test_what_a_step_raises_changes_nothing(either: Workspace) -> None:
    team = a_team(either)
    here = with_notes(either, begun(either, team), "one")

    with pytest.raises(BadInputError, match="The note is empty"):
        with_notes(either, here, "  ")
    assert retros.room(either, team) == here


def test_changes_are_taken_back_and_done_again_also_after_a_restart(either: Workspace) -> None:
    team = a_team(either)
    here = with_notes(either, begun(either, team), "one", "two")
    here = doing(either, here, Revealed(), Counted(1, 2))

    before, said = retros.take_back(either, here)
    assert (before.board.votes, said) == ({}, "Taken back: a count of votes.")
    again, said = retros.do_again(either, retros.room(either, team))
    assert (again, said) == (here, "Done again: a count of votes.")


def test_taking_a_note_back_tells_it_only_where_notes_are_shown(workspace: Workspace, atlas: Team) -> None:
    here = with_notes(workspace, begun(workspace, atlas), "the lead is late")
    here, said = retros.take_back(workspace, here)
    assert said == "Taken back: a note."
    assert retros.do_again(workspace, here)[1] == "Done again: a note."

    shown = doing(workspace, here, Revealed(), Added("start", "slow builds"))
    assert retros.take_back(workspace, shown)[1] == "Taken back: note 'slow builds'."


def test_a_retro_moves_through_its_agenda_and_keeps_time(either: Workspace) -> None:
    team = a_team(either)
    here = retros.go_to(either, begun(either, team), "notes")
    here = retros.keep_time(either, here, {"notes": 60, "topic:1": 5})
    here = retros.add_minute(either, here, "notes", 2)
    here = retros.set_clock(either, here, lambda clock: replace(clock, is_paused=True))
    here = retros.keep_time(either, here, {"notes": 60})

    clock = retros.room(either, team).retro.clock
    assert (clock.spent, clock.extra, clock.is_paused) == ({"notes": 60, "topic:1": 5}, {"notes": 2}, True)
    assert retros.move_on(either, here).retro.stage == "group"
    assert retros.move_on(either, here, -1).retro.stage == "notes"
    assert retros.stage_words(retros.go_to(either, here, "summary")) == "SUMMARY"
    with pytest.raises(NotFoundError, match="no stage 'lunch'; nothing was changed"):
        retros.go_to(either, here, "lunch")


def test_one_program_leads_a_retro(either: Workspace) -> None:
    here = begun(either, a_team(either))

    with retros.leading(either, here), pytest.raises(BusyError), retros.leading(either, here):
        pass
    with retros.leading(either, here):
        pass


def test_a_retro_that_is_over_keeps_what_it_came_to_and_none_of_its_steps(either: Workspace) -> None:
    team = a_team(either)
    here = with_notes(either, begun(either, team), "one")
    over = retros.close(either, here)

    assert (over.board, over.retro.changes, over.retro.stage) == (here.board, (), "summary")
    assert (over.enough, retros.under_way(either, team)) == (frozenset(), None)
    assert retros.room(either, team) == over


@pytest.mark.parametrize("what", OVER)
def test_a_retro_that_is_over_is_changed_no_more(either: Workspace, what: str) -> None:
    team = a_team(either)
    over = retros.close(either, with_notes(either, begun(either, team), "one"))

    with pytest.raises(NotNowError, match=r"The retro of sprint 1 is over.*nothing was changed"):
        OVER[what](either, over)
    assert retros.room(either, team) == over


def test_a_retro_that_is_gone_is_not_made_anew_by_a_change(workspace: Workspace, atlas: Team) -> None:
    here = begun(workspace, atlas)

    def gone(table: RetroTable, _: Retro) -> RetroTable:
        return replace(table, retro=None)

    for step in (gone, gone):
        with pytest.raises(NotFoundError, match="Atlas has no such retro; nothing was changed"):
            retros.decide(workspace, here, step)
    assert retros.every(workspace, atlas) == ()


def test_the_room_is_that_of_the_retro_under_way_or_else_of_the_last_one(workspace: Workspace, clock: Clock) -> None:
    team = a_team(workspace)
    clock.to_sprint(3)
    retros.close(workspace, begun(workspace, team))
    assert retros.room(workspace, team).retro.sprint.number == 3

    retros.begin(workspace, team, LAYOUT, 2)
    assert retros.room(workspace, team).retro.sprint.number == 2
    assert retros.room(workspace, team, 3).retro.is_over


def test_a_retro_that_is_not_there_is_answered_with_those_that_are(workspace: Workspace, atlas: Team) -> None:
    with pytest.raises(NotFoundError, match=r"Atlas has no retro yet\. Begin one first\."):
        retros.room(workspace, atlas)
    begun(workspace, atlas)
    with pytest.raises(NotFoundError, match=r"Atlas has no retro of sprint 9 yet\. There are retros of sprint 1\."):
        retros.room(workspace, atlas, 9)


@pytest.mark.parametrize("stage", ["group", "vote", "discuss", "decide"])
def test_a_stage_that_works_with_the_notes_shows_them(either: Workspace, stage: str) -> None:
    here = with_notes(either, begun(either, a_team(either)), "a note")
    assert not retros.go_to(either, here, "results").board.is_revealed
    there = retros.go_to(either, here, stage)
    assert there.board.is_revealed
    hidden, _ = retros.take_back(either, there)
    assert (hidden.board.is_revealed, hidden.retro.stage) == (False, stage)


def test_without_a_note_no_stage_shows_anything(either: Workspace) -> None:
    assert retros.go_to(either, begun(either, a_team(either)), "group").retro.changes == ()


def test_whoever_goes_where_votes_are_told_and_back_shows_them_for_good(workspace: Workspace) -> None:
    here = begun(workspace, a_team(workspace))
    here = retros.change(workspace, here, lambda _: (Added("start", "a"), Voted({1: 3}, 3)))
    here = retros.go_to(workspace, retros.go_to(workspace, here, "discuss"), "vote")
    assert not here.retro.votes_shown, "fewer than k have voted, so nothing was shown"
    here = retros.change(workspace, here, lambda _: (Voted({1: 4}, 4),))
    for stage, shown in (("group", False), ("vote", False), ("discuss", True), ("vote", True)):
        here = retros.go_to(workspace, here, stage)
        assert here.retro.votes_shown is shown, stage
    back = retros.take_back(workspace, here)[0]
    assert back.board.voters == 0
    assert retros.do_again(workspace, back)[0].retro.votes_shown


def test_votes_are_shown_for_good_by_whoever_leads(workspace: Workspace) -> None:
    here = begun(workspace, a_team(workspace))
    here = retros.change(workspace, here, lambda _: (Added("start", "a"), Voted({1: 4}, 4)))
    assert retros.show_votes(workspace, here).retro.votes_shown
