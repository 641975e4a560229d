from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.core.hostile import HOSTILE
from tests.service.conftest import STARTS, Clock, a_sprint, a_team
from tests.service.meeting import LAYOUT, Step, begun, doing, texts, with_notes
from tests.service.test_past import a_quarter
from tuiretro.core.text import clean
from tuiretro.errors import BadInputError, BusyError, NotFoundError, NotNowError
from tuiretro.library import Library
from tuiretro.model.retro import Added, Board, Counted, Retro, Revealed
from tuiretro.model.team import Team
from tuiretro.service import retro_checks, retro_decisions, retros, teams
from tuiretro.service.workspace import Workspace
from tuiretro.store.memory import MemoryStore
from tuiretro.store.protocol import RetroTable

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


def test_a_retro_begins_with_an_empty_board_at_its_first_stage(either: Workspace) -> None:
    team = a_team(either)
    here = begun(either, team)

    assert (here.board, here.topics, here.actions, here.enough) == (Board(), (), (), frozenset())
    assert (here.retro.sprint.number, here.retro.held, here.retro.stage) == (1, STARTS, here.retro.format.stages[0].id)
    assert retros.stage_words(here) == f"WELCOME, stage 1 of {len(here.retro.format.stages)}"
    assert (retros.every(either, team), retros.under_way(either, team)) == ((1,), here.retro)


@pytest.mark.parametrize("layout", [layout.id for layout in Library().formats() if not layout.from_focus])
def test_every_format_can_be_begun_as_it_is_offered(workspace: Workspace, atlas: Team, layout: str) -> None:
    assert begun(workspace, atlas, layout).retro.format in retros.formats(workspace, atlas)


def test_a_format_from_the_focus_list_needs_one(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    with pytest.raises(NotNowError, match=r"the focus list is empty.*no retro was begun\.$"):
        begun(workspace, atlas, "from-focus")
    assert retros.every(workspace, atlas) == ()

    for number in (1, 2, 3):
        a_quarter(workspace, clock, atlas, number, data_cleaning=1, testing=2)
    here = begun(workspace, atlas, "from-focus")
    assert here.retro.focus[0] == "data-cleaning"
    assert {column.mistake for column in here.retro.format.columns} == set(here.retro.focus)
    assert retros.titles(workspace, here)["data-cleaning"] == workspace.library.mistake("data-cleaning").title


def test_a_mistake_that_is_no_longer_there_is_called_by_its_id(workspace: Workspace, atlas: Team) -> None:
    here = begun(workspace, atlas)
    here = replace(here, retro=replace(here.retro, focus=("gone",)))

    assert retros.titles(workspace, here) == {"gone": "gone"}


def test_the_usual_retro_is_about_the_last_results_and_then_about_the_running_sprint(
    workspace: Workspace, clock: Clock, atlas: Team
) -> None:
    a_sprint(workspace, atlas)
    clock.to_sprint(2)
    first = begun(workspace, atlas)
    retros.close(workspace, first)

    assert first.retro.sprint.number == 1
    assert begun(workspace, atlas).retro.sprint.number == 2


def test_one_retro_is_under_way_at_a_time(either: Workspace, clock: Clock) -> None:
    team, other = a_team(either), a_team(either, "Comet")
    clock.to_sprint(3)
    here = begun(either, team)

    for number in (None, 1, 3):
        with pytest.raises(NotNowError, match=r"sprint 3 is under way.*Nothing was changed; close it first\."):
            retros.begin(either, team, LAYOUT, number)
    assert retros.every(either, team) == (3,)
    retros.close(either, here)
    assert retros.begin(either, team, LAYOUT, 1).retro.sprint.number == 1
    assert begun(either, other).retro.sprint.number == 3


def test_of_two_programs_that_begin_a_retro_at_once_one_is_refused(clock: Clock, bundled: Library) -> None:
    class Overtaken(MemoryStore):
        """Another program is faster by a moment."""

        def change_retro(self, team: str, sprint: int, change: Callable[[RetroTable], RetroTable]) -> RetroTable:
            if sprint == 2:
                retros.begin(workspace, atlas, LAYOUT, 1)
            return super().change_retro(team, sprint, change)

    workspace = Workspace(Overtaken(), bundled, clock, random.Random(7))
    atlas = a_team(workspace)
    clock.to_sprint(2)

    with pytest.raises(NotNowError, match="The retro of sprint 1 is under way"):
        retros.begin(workspace, atlas, LAYOUT, 2)
    assert retros.every(workspace, atlas) == (1,)


def test_a_sprint_has_one_retro(either: Workspace) -> None:
    team = a_team(either)
    over = retros.close(either, begun(either, team)).retro

    with pytest.raises(NotNowError, match=r"Sprint 1 has had its retro; nothing was changed.* Choose another sprint"):
        retros.begin(either, team, LAYOUT)
    assert either.store.retro(team.id, 1) == over


@pytest.mark.parametrize("number", [2, 10**9])
def test_a_sprint_that_has_not_begun_has_no_retro(workspace: Workspace, atlas: Team, number: int) -> None:
    with pytest.raises(NotNowError, match=f"Sprint {number} has not begun.*nothing was changed. Wait"):
        retros.begin(workspace, atlas, LAYOUT, number)
    assert retros.every(workspace, atlas) == ()


def test_before_its_first_sprint_a_team_has_no_retro(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    clock.day = STARTS - timedelta(days=1)

    with pytest.raises(NotNowError, match=r"Sprint 1 has not begun"):
        begun(workspace, atlas)


@pytest.mark.parametrize("number", [0, -3])
def test_sprints_count_from_one(workspace: Workspace, atlas: Team, number: int) -> None:
    with pytest.raises(BadInputError, match=f"There is no sprint {number}.*Nothing was changed"):
        retros.begin(workspace, atlas, LAYOUT, number)


def test_an_unknown_format_begins_nothing_and_wastes_no_note(workspace: Workspace, atlas: Team) -> None:
    retros.drop_note(workspace, atlas, "slow builds")

    with pytest.raises(NotFoundError, match="There is no format 'start-stop'"):
        begun(workspace, atlas, "start-stop")
    assert (retros.every(workspace, atlas), retros.waiting_notes(workspace, atlas)) == ((), 1)


def test_a_team_that_is_gone_begins_nothing(workspace: Workspace, atlas: Team) -> None:
    workspace.store.change_teams(lambda _: ())

    with pytest.raises(NotFoundError, match="The team 'Atlas' is there no more"):
        begun(workspace, atlas)


def test_notes_that_were_dropped_lie_on_the_next_board_once_and_in_another_order(
    clock: Clock, bundled: Library
) -> None:
    workspace = Workspace(MemoryStore(entropy=bytes), bundled, clock, random.Random(7))
    atlas = a_team(workspace)
    dropped = [f"note {number}" for number in range(8)]
    for text in dropped:
        retros.drop_note(workspace, atlas, f"  {text}\t")
    assert list(workspace.store.dropped_notes(atlas.id)) == dropped

    here = begun(workspace, atlas)
    assert sorted(texts(here)) == dropped != texts(here)
    assert {note.column for note in here.board.notes} == {""}
    assert (retros.waiting_notes(workspace, atlas), here.board.next_id) == (0, 9)

    retros.drop_note(workspace, atlas, "too late for this one")
    retros.close(workspace, here)
    clock.to_sprint(2)
    assert texts(begun(workspace, atlas)) == ["too late for this one"]


def test_dropped_notes_survive_on_disk_until_a_retro_takes_them(either: Workspace) -> None:
    team = a_team(either)
    retros.drop_note(either, team, "one")
    retros.drop_note(either, team, "two")
    assert retros.waiting_notes(either, team) == 2

    assert sorted(texts(begun(either, team))) == ["one", "two"]
    assert retros.waiting_notes(either, team) == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_note_is_refused_or_dropped_harmless(workspace: Workspace, atlas: Team, name: str) -> None:
    try:
        retros.drop_note(workspace, atlas, HOSTILE[name])
    except BadInputError:
        assert retros.waiting_notes(workspace, atlas) == 0
        return

    assert [clean(text) for text in workspace.store.dropped_notes(atlas.id)] == texts(begun(workspace, atlas))


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


def test_a_retro_is_held_on_the_day_on_which_it_begins(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    clock.day = date(2026, 1, 16)

    assert begun(workspace, teams.change(workspace, atlas, name="Comet")).retro.held == date(2026, 1, 16)
