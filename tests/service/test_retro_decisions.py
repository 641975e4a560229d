from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.service.conftest import STARTS, Clock, a_team
from tests.service.meeting import begun, texts, with_notes
from tests.service.test_actions import PLAY
from tuiretro.core.calendar import sprint
from tuiretro.core.text import LINE_LIMIT, NAME_LIMIT
from tuiretro.errors import BadInputError, NotFoundError, NotNowError
from tuiretro.model.action import Status
from tuiretro.model.retro import Fate
from tuiretro.model.team import Team
from tuiretro.service import actions, retro_decisions, retros
from tuiretro.service.workspace import Workspace

FATES: list[tuple[Fate, Status, int | None]] = [
    ("done", "done", 2), ("dropped", "dropped", 2), ("kept", "open", None), ("moved", "open", None),
]  # fmt: skip


def test_an_action_that_is_taken_on_stands_in_the_retro_and_in_the_list(either: Workspace) -> None:
    team = a_team(either)
    before = actions.add(either, team, "An earlier one")
    here = retro_decisions.take_on(either, begun(either, team), " Map the sources ", owner="Mina", done_when="Done.")

    made = here.actions[-1]
    assert (made.id, made.title, made.owner, made.done_when) == (2, "Map the sources", "Mina", "Done.")
    assert made.due == STARTS + timedelta(days=27)
    assert (either.store.actions(team.id), here.board.decided) == ((before, made), (2,))


def test_a_play_and_a_mistake_say_what_an_action_is_about(workspace: Workspace, atlas: Team) -> None:
    here = begun(workspace, atlas)
    for play, mistake in ((PLAY, "testing"), (None, "testing"), (None, None)):
        here = retro_decisions.take_on(workspace, here, "Ours", play=play, mistake=mistake)

    assert [(action.play, action.mistake) for action in here.actions] == [
        (PLAY, "data-cleaning"),
        (None, "testing"),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("title", "owner", "play", "days"),
    [
        ("", "", None, 1),
        ("x" * (LINE_LIMIT + 1), "", None, 1),
        ("One", "x" * (NAME_LIMIT + 1), None, 1),
        ("One", "", "data-cleaning.nothing", 1),
        ("One", "", None, -1),
    ],
)
def test_what_cannot_be_taken_on_changes_neither_retro_nor_list(
    either: Workspace, title: str, owner: str, play: str | None, days: int
) -> None:
    team = a_team(either)
    here = with_notes(either, begun(either, team), "one")

    with pytest.raises((BadInputError, NotFoundError)):
        retro_decisions.take_on(either, here, title, owner=owner, play=play, due=STARTS + timedelta(days=days))
    assert retros.room(either, team) == here


def test_taking_on_is_taken_back_and_done_again_with_its_action(either: Workspace) -> None:
    team = a_team(either)
    begun_ = begun(either, team)
    here = retro_decisions.take_on(either, begun_, "One", owner="Mina")

    back, said = retros.take_back(either, here)
    assert (back.actions, back.board, said) == ((), begun_.board, "Taken back: action 1, 'One'.")
    assert retros.do_again(either, back) == (here, "Done again: action 1, 'One'.")


@pytest.mark.parametrize(("fate", "status", "closed"), FATES)
def test_what_becomes_of_an_earlier_action_can_be_taken_back(
    either: Workspace, clock: Clock, fate: Fate, status: Status, closed: int | None
) -> None:
    team = a_team(either)
    actions.add(either, team, "One")
    clock.to_sprint(2)
    before = begun(either, team)
    due = clock.day + timedelta(days=30)
    here = retro_decisions.settle(either, before, 1, fate, due)

    action = here.actions[0]
    assert (action.status, action.closed, action.due == due) == (status, closed, fate == "moved")
    assert (here.board.reviewed, either.store.actions(team.id)) == ({1: fate}, here.actions)
    back, said = retros.take_back(either, here)
    assert (back.actions, back.board.reviewed) == (before.actions, {})
    assert said.startswith("Taken back: what became of action ")
    assert retros.do_again(either, back)[0] == here


def test_an_action_that_is_moved_without_a_day_keeps_its_own(workspace: Workspace, atlas: Team) -> None:
    action = actions.add(workspace, atlas, "One")

    assert retro_decisions.settle(workspace, begun(workspace, atlas), 1, "moved").actions == (action,)


def test_what_was_settled_can_be_settled_otherwise_and_taken_back_step_by_step(
    workspace: Workspace, atlas: Team
) -> None:
    action = actions.add(workspace, atlas, "One")
    here = retro_decisions.settle(workspace, begun(workspace, atlas), 1, "done")
    here = retro_decisions.settle(workspace, here, 1, "kept")
    assert here.actions == (action,)

    here, _ = retros.take_back(workspace, here)
    assert (here.actions[0].status, here.board.reviewed) == ("done", {1: "done"})
    assert retros.take_back(workspace, here)[0].actions == (action,)


@pytest.mark.parametrize(("fate", "status", "_"), FATES)
def test_what_was_said_already_is_no_step(
    workspace: Workspace, atlas: Team, clock: Clock, fate: Fate, status: Status, _: object
) -> None:
    actions.add(workspace, atlas, "One", due=STARTS + timedelta(days=90))
    here = retro_decisions.settle(workspace, begun(workspace, atlas), 1, fate)
    clock.to_sprint(2)

    assert retro_decisions.settle(workspace, here, 1, fate) == here
    later = retro_decisions.settle(workspace, here, 1, "moved", STARTS + timedelta(days=60))
    assert (here.actions[0].status, len(later.retro.changes)) == (status, 2)


def test_an_action_that_was_changed_elsewhere_waits_for_the_team_again(workspace: Workspace, atlas: Team) -> None:
    for title in ("One", "Two"):
        actions.add(workspace, atlas, title)
    here = retro_decisions.settle(workspace, begun(workspace, atlas), 1, "done")
    here = retro_decisions.settle(workspace, here, 2, "kept")
    actions.finish(workspace, atlas, 1, "open")
    actions.finish(workspace, atlas, 2, "dropped")
    here = retros.room(workspace, atlas)

    assert [action.id for action in retro_decisions.waiting(here)] == [1]
    with pytest.raises(NotNowError, match="Action 2 is dropped already"):
        retro_decisions.settle(workspace, here, 2, "kept")
    assert retro_decisions.settle(workspace, here, 1, "done").actions[0].status == "done"


def test_an_action_that_is_not_there_or_a_day_that_is_over_settles_nothing(either: Workspace) -> None:
    team = a_team(either)
    actions.add(either, team, "One")
    here = begun(either, team)

    with pytest.raises(NotFoundError, match="There is no action 9; nothing was changed"):
        retro_decisions.settle(either, here, 9, "done")
    with pytest.raises(BadInputError, match=r"in the past.*Nothing was saved"):
        retro_decisions.settle(either, here, 1, "moved", STARTS - timedelta(days=1))
    assert retros.room(either, team) == here


def test_what_was_closed_before_or_elsewhere_is_not_closed_anew(either: Workspace, clock: Clock) -> None:
    team = a_team(either)
    actions.add(either, team, "One")
    closed = actions.finish(either, team, 1, "done")
    clock.to_sprint(2)
    here = begun(either, team)

    with pytest.raises(NotNowError, match="Action 1 is done already, so nothing was changed; open it again first"):
        retro_decisions.settle(either, here, 1, "dropped")
    assert either.store.actions(team.id) == (closed,)


def test_an_action_that_was_changed_elsewhere_is_left_as_it_is(either: Workspace) -> None:
    team = a_team(either)
    here = retro_decisions.take_on(either, begun(either, team), "One", owner="Mina")
    changed = actions.move(either, team, 1, due=None, owner="Ole")

    here, said = retros.take_back(either, here)
    assert said == (
        "Taken back: action 1, 'One'. The action itself was changed elsewhere since, so it was left as it is."
    )
    assert (here.actions, here.board.decided) == ((changed,), ())
    here, said = retros.do_again(either, here)
    assert said == "Done again: action 1, 'One'."
    assert (here.actions, here.board.decided) == ((changed,), (1,))
    assert retros.take_back(either, here)[0].actions == (changed,)


def test_a_number_that_went_to_another_action_is_not_taken_on_twice(either: Workspace) -> None:
    team = a_team(either)
    here = retro_decisions.take_on(either, begun(either, team), "One")
    here, _ = retros.take_back(either, here)
    other = actions.add(either, team, "Other")

    with pytest.raises(NotNowError, match=r"Number 1 went to another action.*nothing was changed\. Take it on anew"):
        retros.do_again(either, here)
    assert (either.store.actions(team.id), retros.room(either, team).board.decided) == ((other,), ())


def test_only_what_was_open_when_a_retro_came_to_it_is_looked_at(workspace: Workspace, clock: Clock) -> None:
    team = a_team(workspace)
    for title in ("One", "Two", "Three"):
        actions.add(workspace, team, title)
    actions.finish(workspace, team, 3, "done")
    clock.to_sprint(2)
    here = retro_decisions.take_on(workspace, begun(workspace, team), "Four")
    assert [action.id for action in retro_decisions.waiting(here)] == [1, 2]

    here = retro_decisions.settle(workspace, retro_decisions.settle(workspace, here, 1, "done"), 2, "kept")
    assert sorted(action.id for action in retro_decisions.waiting(here)) == [1, 2]


def test_notes_and_decisions_of_a_retro_are_kept_together(either: Workspace) -> None:
    team = a_team(either)
    here = retro_decisions.take_on(either, with_notes(either, begun(either, team), "one"), "One")
    over = retros.close(either, here)

    assert (texts(over), over.board.decided, over.actions) == (["one"], (1,), here.actions)
    assert replace(over.retro, base=over.board) == over.retro
    assert either.store.actions(team.id) == here.actions


def test_what_was_taken_on_is_put_right_and_that_is_taken_back(either: Workspace) -> None:
    team = a_team(either)
    here = retro_decisions.take_on(either, begun(either, team), "Map the sources")
    first = here.actions[-1]
    due = first.due + timedelta(days=1)
    here = retro_decisions.amend(either, here, first.id, title="Map", owner=" Mina ", due=due, done_when="Done.")

    assert here.actions[-1] == replace(first, title="Map", owner="Mina", due=due, done_when="Done.")
    assert actions.listed(either, team) == here.actions
    assert here.board.decided == (first.id,)
    same = retro_decisions.amend(either, here, first.id, title="Map", owner="Mina", due=due, done_when="Done.")
    assert same.retro.changes == here.retro.changes
    back, said = retros.take_back(either, same)
    assert said == "Taken back: the new words of action 1, 'Map'."
    assert (back.actions[-1], back.board.decided) == (first, (first.id,))


@pytest.mark.parametrize("what", ["an action of before", "no action", "a day that is over", "no title"])
def test_only_what_was_taken_on_here_is_put_right_and_only_with_what_can_be_kept(either: Workspace, what: str) -> None:
    team = a_team(either)
    before = actions.add(either, team, "An earlier one")
    here = retro_decisions.take_on(either, begun(either, team), "Map the sources")
    made = here.actions[-1]
    number = {"an action of before": before.id, "no action": 99}.get(what, made.id)
    title = "" if what == "no title" else "Map"
    due = made.due - timedelta(days=400) if what == "a day that is over" else made.due
    with pytest.raises(NotFoundError if number != made.id else BadInputError):
        retro_decisions.amend(either, here, number, title=title, owner="", due=due, done_when="")
    assert retros.room(either, team).actions == here.actions


def test_without_a_day_an_action_ends_with_the_sprint_after_the_retros_or_with_the_running_one(
    either: Workspace, clock: Clock
) -> None:
    team = a_team(either)
    here = begun(either, team)
    ends = [sprint(team, here.retro.sprint.number + later).ends for later in (1, 2)]
    assert retro_decisions.usual_due(here, ends[0]) == ends[0]
    assert retro_decisions.usual_due(here, ends[0] + timedelta(days=1)) == ends[1]
    assert retro_decisions.take_on(either, here, "Map the sources").actions[-1].due == ends[0]


def test_what_was_taken_on_here_is_no_earlier_action_to_settle(either: Workspace) -> None:
    team = a_team(either)
    here = retro_decisions.take_on(either, begun(either, team), "Map the sources")
    with pytest.raises(NotNowError, match="was taken on in this very retro"):
        retro_decisions.settle(either, here, here.actions[-1].id, "done")


def test_new_words_of_an_action_are_done_again(either: Workspace) -> None:
    team = a_team(either)
    here = retro_decisions.take_on(either, begun(either, team), "Old title")
    made = here.actions[-1]
    here = retro_decisions.amend(
        either, here, made.id, title="New title", owner="", due=made.due, done_when=made.done_when
    )
    back, _ = retros.take_back(either, here)
    again, said = retros.do_again(either, back)
    assert (again.actions[-1].title, said) == ("New title", "Done again: the new words of action 1, 'New title'.")
