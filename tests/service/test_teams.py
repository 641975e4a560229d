from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.core.hostile import HOSTILE
from tests.service.conftest import STARTS, Clock, a_sprint, a_team, answer
from tuiretro.core.calendar import sprint
from tuiretro.core.text import NAME_LIMIT, clean
from tuiretro.errors import BadInputError, NotFoundError, NotNowError
from tuiretro.model.team import Cadence, Every, Team
from tuiretro.service import rounds, teams
from tuiretro.service.workspace import Workspace


def test_a_team_is_kept_as_it_was_set_up(either: Workspace) -> None:
    team = teams.add(either, "  Atlas\tOne ", people=9, starts=STARTS, every="1 month", minimum=5)

    assert team == Team(team.id, "Atlas One", 9, (Cadence(1, STARTS, Every(1, "month")),), 5)
    assert either.store.teams() == (team,)


def test_ids_are_random_and_never_made_of_names(workspace: Workspace) -> None:
    first, second = a_team(workspace, "Atlas"), a_team(workspace, "../../x")

    assert first.id != second.id
    assert all(len(team.id) == 16 and set(team.id) <= set("0123456789abcdef") for team in (first, second))


@pytest.mark.parametrize("people", [1, 2, 3])
def test_a_team_of_three_is_told_plainly_that_it_cannot_be_protected(workspace: Workspace, people: int) -> None:
    with pytest.raises(BadInputError, match=f"A team of {people} cannot be protected"):
        a_team(workspace, people=people)

    assert workspace.store.teams() == ()


@pytest.mark.parametrize(
    ("people", "minimum", "why"),
    [
        (0, 4, "number of people is 0; it can be 4 to 60"),
        (-5, 4, "number of people is -5"),
        (61, 4, "number of people is 61"),
        (7, 3, r"minimum \(k\) is 3; it can be 4 to 10"),
        (20, 11, r"minimum \(k\) is 11"),
        (5, 6, "With 5 people and a minimum of 6 nothing could ever be shown"),
    ],
)
def test_numbers_out_of_range_are_refused(workspace: Workspace, people: int, minimum: int, why: str) -> None:
    with pytest.raises(BadInputError, match=why):
        a_team(workspace, people=people, minimum=minimum)

    assert workspace.store.teams() == ()


@pytest.mark.parametrize("name", ["", " \n", "a\x1b[2J", "a\u202eb", "x" * (NAME_LIMIT + 1)])
def test_a_name_that_is_not_fit_to_keep_is_refused(workspace: Workspace, name: str) -> None:
    with pytest.raises(BadInputError, match="team name"):
        a_team(workspace, name)

    assert workspace.store.teams() == ()


@pytest.mark.parametrize("name", ["Atlas", "ATLAS", "  atlas "])
def test_a_name_is_taken_whatever_its_case(workspace: Workspace, atlas: Team, name: str) -> None:
    with pytest.raises(BadInputError, match="already; choose another name"):
        a_team(workspace, name)

    assert workspace.store.teams() == (atlas,)


def test_two_forms_of_a_letter_are_one_name(workspace: Workspace) -> None:
    a_team(workspace, "Ro\u0308ver")

    with pytest.raises(BadInputError, match="already"):
        a_team(workspace, "R\u00f6ver")


@pytest.mark.parametrize("name", ["At\u200blas", "Atlas\u00ad", "\uff21tlas", "ATLAS\u3164"], ids=ascii)
def test_a_name_that_looks_like_another_is_taken_and_finds_it(workspace: Workspace, atlas: Team, name: str) -> None:
    with pytest.raises(BadInputError, match="already; choose another name"):
        a_team(workspace, name)

    assert teams.pick(workspace, name) == atlas


def test_a_sprint_length_that_is_not_understood_sets_up_nothing(workspace: Workspace) -> None:
    with pytest.raises(BadInputError, match="is not understood"):
        teams.add(workspace, "Atlas", people=7, starts=STARTS, every="fortnight")

    assert workspace.store.teams() == ()


def test_the_only_team_needs_no_name(workspace: Workspace, atlas: Team) -> None:
    assert teams.pick(workspace, None) == atlas
    assert teams.pick(workspace, "  aTLAS ") == atlas


def test_without_a_team_that_is_said(workspace: Workspace) -> None:
    for name in (None, "Atlas"):
        with pytest.raises(NotFoundError, match=r"^There is no team yet\.$"):
            teams.pick(workspace, name)


def test_among_several_teams_one_must_be_named(workspace: Workspace, atlas: Team) -> None:
    a_team(workspace, "Comet")

    assert teams.pick(workspace, "atlas") == atlas
    with pytest.raises(BadInputError, match="--team: Atlas, Comet"):
        teams.pick(workspace, None)
    with pytest.raises(NotFoundError, match=r"no team 'Atlass'\. Did you mean 'Atlas'"):
        teams.pick(workspace, "Atlass")
    with pytest.raises(NotFoundError, match=r"no team 'zzz'\. The teams are: Atlas, Comet"):
        teams.pick(workspace, "zzz")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_looked_for_without_harm(workspace: Workspace, atlas: Team, name: str) -> None:
    assert atlas.name == "Atlas"
    with pytest.raises(NotFoundError) as refused:
        teams.pick(workspace, HOSTILE[name])

    assert clean(refused.value.message) == refused.value.message


def test_what_is_not_changed_stays(either: Workspace) -> None:
    team = a_team(either)

    assert teams.change(either, team) == team
    assert teams.change(either, team, name="Comet") == replace(team, name="Comet")
    assert teams.change(either, team, name="ATLAS") == replace(team, name="ATLAS")
    changed = replace(team, name="ATLAS", pulse=12, minimum=5)
    assert teams.change(either, team, pulse=12, minimum=5) == changed
    assert either.store.teams() == (changed,)


def test_a_change_is_made_to_the_team_as_it_is_now(either: Workspace) -> None:
    before = a_team(either)
    teams.change(either, before, people=9)
    starred = teams.star(either, before, "testing")

    assert (starred.people, starred.changes, starred.starred) == (9, (1,), ("testing",))
    assert either.store.teams() == (starred,)


def test_two_changes_of_one_team_keep_each_other(either: Workspace) -> None:
    before = a_team(either)
    teams.change(either, before, pulse=12)
    teams.change(either, before, every="week")
    teams.star(either, before, "culture")
    renamed = teams.change(either, before, name="Comet")

    assert (renamed.name, renamed.pulse, len(renamed.cadences), renamed.starred) == ("Comet", 12, 2, ("culture",))
    assert teams.current(either, before) == renamed


def test_all_teams_come_by_name(either: Workspace) -> None:
    assert teams.every(either) == ()
    second, first = a_team(either, "comet"), a_team(either, "Atlas")

    assert teams.every(either) == (first, second)
    assert teams.current(either, replace(first, name="Old name")) == first


def test_a_team_that_is_there_no_more_is_not_changed(either: Workspace) -> None:
    gone, other = a_team(either), a_team(either, "Comet")
    either.store.change_teams(lambda _: (other,))

    uses: list[Callable[[], Team]] = [
        lambda: teams.current(either, gone),
        lambda: teams.change(either, gone, name="Back"),
        lambda: teams.star(either, gone, "culture"),
        lambda: teams.move_start(either, gone, STARTS),
    ]
    for use in uses:
        with pytest.raises(NotFoundError, match=r"The team 'Atlas' is there no more\. Nothing was changed\."):
            use()
    assert teams.every(either) == (other,)


def test_a_team_change_after_closing_counts_from_the_next_sprint(either: Workspace, clock: Clock) -> None:
    team = a_team(either)
    a_sprint(either, team)

    assert teams.change(either, team, members_changed=True).changes == (2,)
    assert teams.change(either, team, people=9).changes == (2,)
    clock.to_sprint(2)
    assert teams.change(either, team, members_changed=True).changes == (2,)
    clock.to_sprint(4)
    assert teams.change(either, team, members_changed=True).changes == (2, 4)


@pytest.mark.parametrize("days", [-3650, -1, 1, 730])
def test_the_first_day_may_be_up_to_ten_years_back_and_two_ahead(workspace: Workspace, days: int) -> None:
    starts = STARTS + timedelta(days=days)

    assert teams.add(workspace, "Atlas", people=7, starts=starts, every="week").cadences[0].starts == starts


@pytest.mark.parametrize(
    ("days", "far"), [(-3651, "10 years before"), (731, "2 years after"), (36_500, "2 years after")]
)
def test_a_first_day_far_away_sets_up_and_moves_nothing(workspace: Workspace, atlas: Team, days: int, far: str) -> None:
    starts = STARTS + timedelta(days=days)
    why = f"The first day {starts} is more than {far} today, 2026-01-05"

    with pytest.raises(BadInputError, match=why):
        teams.add(workspace, "Comet", people=7, starts=starts, every="week")
    with pytest.raises(BadInputError, match=why):
        teams.move_start(workspace, atlas, starts)
    assert teams.every(workspace) == (atlas,)


def test_the_first_day_moves_as_long_as_nothing_was_asked(either: Workspace) -> None:
    team = a_team(either)
    later = STARTS + timedelta(days=9)

    assert teams.move_start(either, team, later) == replace(team, cadences=(Cadence(1, later, Every(2, "week")),))
    assert either.store.teams()[0].cadences[0].starts == later


def test_sprints_follow_each_other_also_after_the_first_day_has_moved(workspace: Workspace, clock: Clock) -> None:
    team = a_team(workspace)
    clock.to_sprint(3)
    team = teams.change(workspace, team, every="week", members_changed=True)
    later = STARTS + timedelta(weeks=30)

    moved = teams.move_start(workspace, team, later)

    assert [sprint(moved, number).starts for number in (1, 2, 9)] == [later + timedelta(weeks=n) for n in (0, 1, 8)]
    assert moved.changes == ()


def test_the_first_day_stays_once_something_was_asked(either: Workspace) -> None:
    team = a_team(either)
    rounds.open_round(either, team, "safety")
    with pytest.raises(NotNowError, match="results or an open round stand on it"):
        teams.move_start(either, team, STARTS + timedelta(days=1))
    rounds.abandon(either, team)
    assert teams.move_start(either, team, STARTS) == team
    a_sprint(either, team)

    with pytest.raises(NotNowError, match="Nothing was changed"):
        teams.move_start(either, team, STARTS + timedelta(days=1))
    assert either.store.teams() == (team,)


@pytest.mark.parametrize(
    ("people", "minimum", "pulse"),
    [(3, None, None), (61, None, None), (None, 8, None), (None, 3, None), (None, None, 11), (None, None, 25)],
)
def test_a_change_out_of_range_leaves_the_team_alone(
    workspace: Workspace, atlas: Team, people: int | None, minimum: int | None, pulse: int | None
) -> None:
    with pytest.raises(BadInputError):
        teams.change(workspace, atlas, people=people, minimum=minimum, pulse=pulse)

    assert workspace.store.teams() == (atlas,)


def test_a_name_of_another_team_is_refused(workspace: Workspace, atlas: Team) -> None:
    a_team(workspace, "Comet")

    with pytest.raises(BadInputError, match="There is a team 'comet' already"):
        teams.change(workspace, atlas, name="comet")


def test_a_new_number_of_people_marks_a_team_change(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    assert teams.change(workspace, atlas, people=7).changes == ()
    clock.to_sprint(3)
    grown = teams.change(workspace, atlas, people=9)
    clock.to_sprint(2)
    again = teams.change(workspace, teams.change(workspace, grown, members_changed=True), members_changed=True)

    assert (grown.people, grown.changes) == (9, (3,))
    assert again.changes == (2, 3)


def test_a_new_sprint_length_counts_from_the_next_sprint(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    clock.to_sprint(2)
    weekly = teams.change(workspace, atlas, every="week")
    monthly = teams.change(workspace, weekly, every="1 month")

    assert weekly.cadences == (*atlas.cadences, Cadence(3, date(2026, 2, 2), Every(1, "week")))
    assert monthly.cadences == (*atlas.cadences, Cadence(3, date(2026, 2, 2), Every(1, "month")))
    assert sprint(monthly, 2) == sprint(atlas, 2)
    assert sprint(monthly, 4).starts == date(2026, 3, 2)


def test_what_an_open_round_promised_stays_fixed(workspace: Workspace, atlas: Team) -> None:
    rounds.open_round(workspace, atlas, "safety")

    with pytest.raises(NotNowError, match="stays fixed"):
        teams.change(workspace, atlas, people=8)
    with pytest.raises(NotNowError, match="stays fixed"):
        teams.change(workspace, atlas, minimum=5)
    assert workspace.store.teams() == (atlas,)
    assert teams.change(workspace, atlas, name="Comet", pulse=20, every="week", members_changed=True).name == "Comet"


def test_after_a_round_the_team_may_change(workspace: Workspace, atlas: Team) -> None:
    opened = rounds.open_round(workspace, atlas, "safety")
    answer(workspace, atlas, opened, 4)
    rounds.close(workspace, atlas)

    assert teams.change(workspace, atlas, minimum=5).minimum == 5


def test_a_star_is_given_and_taken_away(either: Workspace) -> None:
    team = a_team(either)

    starred = teams.star(either, teams.star(either, team, "culture"), "testing")
    assert starred.starred == ("culture", "testing")
    assert teams.star(either, starred, "culture").starred == ("testing",)
    assert either.store.teams()[0].starred == ("testing",)


def test_at_most_three_mistakes_are_starred(workspace: Workspace, atlas: Team) -> None:
    for mistake in ("culture", "testing", "automation"):
        atlas = teams.star(workspace, atlas, mistake)

    with pytest.raises(BadInputError, match="3 mistakes are starred already"):
        teams.star(workspace, atlas, "data-cleaning")
    with pytest.raises(NotFoundError, match="culture"):
        teams.star(workspace, atlas, "cultur")
    assert workspace.store.teams() == (atlas,)
    assert len(teams.star(workspace, atlas, "testing").starred) == 2
