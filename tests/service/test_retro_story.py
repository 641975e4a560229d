from __future__ import annotations

from tests.service.conftest import Clock, a_team
from tests.service.meeting import begun, doing, with_notes
from tests.service.test_past import a_quarter
from tuiretro.model.retro import Revealed
from tuiretro.service import actions, past, retro_decisions, retro_story, retros
from tuiretro.service.workspace import Workspace


def test_notes_are_told_once_they_are_shown_or_the_retro_is_over(either: Workspace) -> None:
    here = with_notes(either, begun(either, a_team(either)), "the lead is late")
    hidden = retro_story.story(either, here)
    assert (hidden.topics, hidden.hidden) == ((), 1)

    for told in (doing(either, here, Revealed()), retros.close(either, here)):
        summary = retro_story.story(either, told)
        assert ([topic.title for topic in summary.topics], summary.hidden) == (["the lead is late"], 0)


def test_an_earlier_action_is_told_with_what_became_of_its_topic(workspace: Workspace, clock: Clock) -> None:
    team = a_team(workspace)
    for number in (1, 2, 3):
        a_quarter(workspace, clock, team, number, data_cleaning=2)
    actions.add(workspace, team, play="data-cleaning.map-data-sources")
    actions.add(workspace, team, "Buy cake")
    for number in (4, 5, 6):
        a_quarter(workspace, clock, team, number, data_cleaning=4)
    here = begun(workspace, team)
    for number in (1, 2):
        here = retro_decisions.settle(workspace, here, number, "done")

    reviewed = retro_story.story(workspace, here).reviewed
    assert reviewed[0].since == past.followed(workspace, team)[1].follow_up.words != ""
    assert (reviewed[1].action.title, reviewed[1].since) == ("Buy cake", "")


def test_what_was_decided_is_told_as_it_is_now(workspace: Workspace) -> None:
    team = a_team(workspace)
    over = retros.close(workspace, retro_decisions.take_on(workspace, begun(workspace, team), "One"))
    actions.finish(workspace, team, 1, "done")

    told = retro_story.story(workspace, retros.room(workspace, team, over.retro.sprint.number))
    assert (told.decided[0].status, told.is_over, told.team) == ("done", True, "Atlas")
