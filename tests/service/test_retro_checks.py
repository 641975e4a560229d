from __future__ import annotations

import pytest

from tests.service.conftest import a_team
from tests.service.meeting import begun, say_welcome
from tuiretro.core.retro_summary import check_line
from tuiretro.errors import BadInputError, NotFoundError, NotNowError, TooFewError
from tuiretro.service import retro_checks, retros, teams
from tuiretro.service.retros import Room
from tuiretro.service.workspace import Workspace


def closed_after(workspace: Workspace, *answers: int | None) -> Room:
    here = begun(workspace, a_team(workspace))
    return retro_checks.close(workspace, say_welcome(workspace, here, *answers), "welcome")


def test_below_k_nothing_is_told_and_nothing_closed(either: Workspace) -> None:
    team = a_team(either)
    here = say_welcome(either, begun(either, team), 1, 2, 3)
    assert here == retros.room(either, team) == as_if_nobody_had_answered(here)

    with pytest.raises(TooFewError, match=r"Fewer than 4 have answered.*The question stays open; wait for more"):
        retro_checks.close(either, here, "welcome")
    assert retros.room(either, team).retro.released == {}
    assert either.store.check_answers(team.id, 1, "welcome") == 3


def as_if_nobody_had_answered(here: Room) -> Room:
    """The same room as if nobody had answered: what may be told below k is no different."""
    return Room(here.team, here.retro, here.board, here.topics, here.actions)


def test_from_k_on_it_is_told_that_enough_have_answered_and_nothing_finer(either: Workspace) -> None:
    here = say_welcome(either, begun(either, a_team(either)), 1, 2, 3, 4)
    assert here.enough == {"welcome"}

    assert say_welcome(either, here, 5, 5) == here


def test_a_closed_question_holds_what_may_be_told_and_its_answers_are_gone(either: Workspace) -> None:
    here = closed_after(either, 4, 4, 3, 3)
    line = check_line("welcome", here.retro.released["welcome"])

    assert (line.mean, line.answered) == (3.5, "4 of 7 answered")
    assert here.enough == frozenset()
    assert either.store.check_answers(here.team.id, 1, "welcome") == 0
    assert list(here.retro.released) == ["welcome"]


@pytest.mark.parametrize(("answers", "told"), [(6, "nearly all answered"), (7, "7 of 7 answered")])
def test_how_many_answered_is_not_told_when_one_is_missing(workspace: Workspace, answers: int, told: str) -> None:
    release = closed_after(workspace, *[3] * answers).retro.released["welcome"]

    assert check_line("welcome", release).answered == told
    assert release.answered == (7 if answers == 7 else None)


def test_who_cannot_say_is_no_answer_that_counts_towards_k(workspace: Workspace) -> None:
    release = closed_after(workspace, 4, 4, 4, None).retro.released["welcome"]

    assert (release.items[0].n, release.items[0].mean, release.items[0].spread) == (None, None, None)


@pytest.mark.parametrize("value", [0, 6, -1])
def test_another_value_is_refused_and_not_kept(workspace: Workspace, value: int) -> None:
    team = a_team(workspace)

    with pytest.raises(BadInputError):
        say_welcome(workspace, begun(workspace, team), value)
    assert workspace.store.check_answers(team.id, 1, "welcome") == 0


def test_everybody_answers_once(either: Workspace) -> None:
    here = begun(either, a_team(either, people=4))
    asked = retro_checks.question(either, here, "welcome")
    full = say_welcome(either, here, 1, 2, 3, 4)

    with pytest.raises(NotNowError, match="All 4 people of the team have answered 'Safety check'; nothing was changed"):
        retro_checks.question(either, full, "welcome")
    with pytest.raises(NotNowError, match="this answer was not stored"):
        retro_checks.answer(either, full, "welcome", asked, 3)
    assert retro_checks.question(either, full, "close").title == "Worth the time"


def test_closing_a_question_is_final(either: Workspace) -> None:
    here = closed_after(either, 4, 4, 4, 4)

    with pytest.raises(NotNowError, match=r"'Safety check' is closed.*nothing was changed"):
        retro_checks.question(either, here, "welcome")
    with pytest.raises(NotNowError, match="is closed, so nothing was changed"):
        retro_checks.close(either, here, "welcome")
    assert retro_checks.abandon(either, here, "welcome") == here


def test_a_question_that_is_abandoned_can_be_asked_again_from_the_beginning(either: Workspace) -> None:
    here = say_welcome(either, begun(either, a_team(either)), 1, 1, 1, 1)
    here = retro_checks.abandon(either, here, "welcome")

    assert (here.enough, here.retro.released) == (frozenset(), {})
    assert either.store.check_answers(here.team.id, 1, "welcome") == 0
    assert say_welcome(either, here, 5, 5, 5).enough == frozenset()


def test_an_open_question_ends_with_its_retro_unread(either: Workspace) -> None:
    here = retros.close(either, say_welcome(either, begun(either, a_team(either)), 1, 1, 1, 1))

    assert (here.enough, here.retro.released) == (frozenset(), {})
    assert either.store.check_answers(here.team.id, 1, "welcome") == 0


def test_a_question_is_asked_of_the_team_as_it_was_when_the_retro_began(workspace: Workspace) -> None:
    here = begun(workspace, a_team(workspace))
    teams.change(workspace, here.team, people=9, minimum=5)

    asked = retro_checks.question(workspace, here, "welcome")
    assert (asked.people, asked.minimum) == (here.team.people, here.team.minimum) == (7, 4)
    again = retros.room(workspace, workspace.store.teams()[0])
    assert (again.team.people, again.team.minimum) == (7, 4)
    workspace.store.change_teams(lambda _: ())
    with pytest.raises(NotFoundError, match="there no more"):
        retro_checks.question(workspace, here, "welcome")


def test_neither_answers_nor_their_order_change_what_is_asked(workspace: Workspace) -> None:
    here = begun(workspace, a_team(workspace))
    before = retro_checks.question(workspace, here, "close").questions

    assert retro_checks.question(workspace, say_welcome(workspace, here, 1, 5), "close").questions == before
