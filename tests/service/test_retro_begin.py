from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.core.hostile import HOSTILE
from tests.service.conftest import STARTS, Clock, a_sprint, a_team
from tests.service.meeting import LAYOUT, begun, texts
from tests.service.test_past import a_quarter
from tuiretro.core.text import clean
from tuiretro.errors import BadInputError, NotFoundError, NotNowError
from tuiretro.library import Library
from tuiretro.model.retro import Board
from tuiretro.model.team import Team
from tuiretro.service import dropped, retros, teams
from tuiretro.service.retro_lobby import lobby
from tuiretro.service.workspace import Workspace
from tuiretro.store.memory import MemoryStore
from tuiretro.store.retro_protocol import RetroTable


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
    dropped.drop(workspace, atlas, "slow builds")

    with pytest.raises(NotFoundError, match="There is no format 'start-stop'"):
        begun(workspace, atlas, "start-stop")
    assert (retros.every(workspace, atlas), dropped.waiting(workspace, atlas)) == ((), 1)


def test_a_team_that_is_gone_begins_nothing(workspace: Workspace, atlas: Team) -> None:
    workspace.store.change_teams(lambda _: ())

    with pytest.raises(NotFoundError, match="The team 'Atlas' is there no more"):
        begun(workspace, atlas)


def test_notes_that_were_dropped_lie_on_the_next_board_once_and_in_another_order(
    clock: Clock, bundled: Library
) -> None:
    workspace = Workspace(MemoryStore(entropy=bytes), bundled, clock, random.Random(7))
    atlas = a_team(workspace)
    texts_dropped = [f"note {number}" for number in range(8)]
    for text in texts_dropped:
        dropped.drop(workspace, atlas, f"  {text}\t")
    assert list(workspace.store.dropped_notes(atlas.id)) == texts_dropped

    here = begun(workspace, atlas)
    assert sorted(texts(here)) == texts_dropped != texts(here)
    assert {note.column for note in here.board.notes} == {""}
    assert (dropped.waiting(workspace, atlas), here.board.next_id) == (0, 9)

    dropped.drop(workspace, atlas, "too late for this one")
    retros.close(workspace, here)
    clock.to_sprint(2)
    assert texts(begun(workspace, atlas)) == ["too late for this one"]


def test_dropped_notes_survive_on_disk_until_a_retro_takes_them(either: Workspace) -> None:
    team = a_team(either)
    dropped.drop(either, team, "one")
    dropped.drop(either, team, "two")
    assert dropped.waiting(either, team) == 2

    assert sorted(texts(begun(either, team))) == ["one", "two"]
    assert dropped.waiting(either, team) == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_note_is_refused_or_dropped_harmless(workspace: Workspace, atlas: Team, name: str) -> None:
    try:
        dropped.drop(workspace, atlas, HOSTILE[name])
    except BadInputError:
        assert dropped.waiting(workspace, atlas) == 0
        return

    assert [clean(text) for text in workspace.store.dropped_notes(atlas.id)] == texts(begun(workspace, atlas))


def test_a_retro_is_held_on_the_day_on_which_it_begins(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    clock.day = date(2026, 1, 16)

    assert begun(workspace, teams.change(workspace, atlas, name="Comet")).retro.held == date(2026, 1, 16)


def test_the_format_from_the_focus_list_is_offered_first_where_there_is_one(
    workspace: Workspace, clock: Clock, atlas: Team
) -> None:
    assert retros.usual_format(workspace, atlas) == LAYOUT
    for number in (1, 2, 3):
        a_quarter(workspace, clock, atlas, number, data_cleaning=1)

    assert retros.usual_format(workspace, atlas) == "from-focus"


def test_the_lobby_shows_what_stands_what_waits_and_what_was(either: Workspace, clock: Clock) -> None:
    team = a_team(either)
    dropped.drop(either, team, "one")
    empty = lobby(either, team)
    assert (empty.standing, empty.upcoming.number, empty.has_had, empty.waiting) == (None, 1, False, 1)

    first = retros.close(either, begun(either, team))
    assert (lobby(either, team).has_had, lobby(either, team).earlier) == (True, (first.retro,))
    clock.to_sprint(2)
    second = begun(either, team)
    assert (lobby(either, team).standing, lobby(either, team).earlier) == (second, (first.retro,))
    third = retros.close(either, second)
    assert lobby(either, team).earlier == (third.retro, first.retro)
