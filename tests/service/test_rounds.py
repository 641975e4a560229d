from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.library.conftest import a_survey
from tests.service.conftest import STARTS, Clock, a_sprint, a_team, answer
from tuiretro.errors import BadInputError, NotFoundError, NotNowError, SurveyError, TuiretroError, WorkspaceError
from tuiretro.model.release import History
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import THEMES
from tuiretro.model.team import Team
from tuiretro.service import rounds, teams
from tuiretro.service.workspace import Workspace, open_workspace


def test_a_round_is_opened_answered_and_released(either: Workspace) -> None:
    team = a_team(either)
    opened = rounds.open_round(either, team, "safety")
    answer(either, team, opened, 3, 2)
    answer(either, team, opened, 2, 4, "More time.")

    release = rounds.close(either, team)

    assert (release.round, release.sprint.number, release.survey) == (opened.id, 1, "safety")
    assert (release.people, release.minimum, release.answered) == (7, 4, 5)
    assert {(item.n, item.mean, item.spread) for item in release.items} == {(5, 2.8, None)}
    assert release.comments == ()
    assert either.store.round(team.id) is None
    assert either.store.history(team.id) == History((release,), opened.questions)


def test_a_round_keeps_what_was_promised_when_it_opened(workspace: Workspace, atlas: Team) -> None:
    opened = rounds.open_round(workspace, atlas)

    assert (opened.sprint, opened.survey, opened.people, opened.minimum) == (1, "pulse", 7, 4)
    assert opened.title
    assert opened.intro
    assert rounds.require_round(workspace, atlas) == opened


def test_the_first_pulse_asks_everything_once(workspace: Workspace, atlas: Team) -> None:
    asked = rounds.open_round(workspace, atlas).questions

    assert Counter(q.theme for q in asked) == dict.fromkeys(THEMES[:6], 4)
    assert [q.theme for q in asked] == sorted((q.theme for q in asked), key=THEMES.index)


def test_later_pulses_ask_as_many_as_the_team_chose(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    team = teams.change(workspace, atlas, pulse=14)
    first = a_sprint(workspace, team, "pulse")
    clock.to_sprint(2)

    second = rounds.open_round(workspace, team).questions

    assert (len(first.items), len(second)) == (24, 14)
    assert sum(q.theme == "safety" for q in second) == 4


def test_the_process_survey_asks_every_mistake_in_depth(workspace: Workspace, atlas: Team) -> None:
    asked = rounds.open_round(workspace, atlas, "process").questions

    assert len({q.id for q in asked}) == len(asked) == 80
    assert sum(q.is_headline for q in asked) == 20


def test_a_survey_of_the_teams_own_is_asked(workspace: Workspace, atlas: Team, tmp_path: Path) -> None:
    file = tmp_path / "meetings.toml"
    file.write_text(
        tomli_w.dumps({**a_survey(), "items": [{"id": "a", "short": "A", "text": "In this sprint we met."}]})
    )

    asked = rounds.open_round(workspace, atlas, file)

    assert (asked.survey, [q.id for q in asked.questions]) == ("meetings", ["meetings.a"])


def test_a_survey_that_is_not_there_opens_nothing(workspace: Workspace, atlas: Team, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("id = ")

    with pytest.raises(NotFoundError):
        rounds.open_round(workspace, atlas, "saftey")
    with pytest.raises(NotFoundError):
        rounds.open_round(workspace, atlas, tmp_path / "nowhere.toml")
    with pytest.raises(SurveyError):
        rounds.open_round(workspace, atlas, broken)
    assert workspace.store.round(atlas.id) is None


def test_one_round_is_open_at_a_time(either: Workspace) -> None:
    team = a_team(either)
    opened = rounds.open_round(either, team, "safety")

    with pytest.raises(NotNowError, match="A round is open for Atlas already"):
        rounds.open_round(either, team, "pulse")
    assert either.store.round(team.id) == opened


def test_two_teams_have_rounds_of_their_own(workspace: Workspace, atlas: Team) -> None:
    comet = a_team(workspace, "Comet")
    rounds.open_round(workspace, atlas, "safety")

    assert rounds.open_round(workspace, comet, "safety").id != rounds.require_round(workspace, atlas).id


def test_closing_is_final(either: Workspace, clock: Clock) -> None:
    team = a_team(either)
    release = a_sprint(either, team)

    with pytest.raises(NotNowError, match=r"Sprint 1 has its results already.*2026-01-19, when sprint 2 starts"):
        rounds.open_round(either, team)
    with pytest.raises(NotFoundError, match="No round is open"):
        rounds.close(either, team)
    clock.to_sprint(2)
    assert rounds.open_round(either, team, "safety").sprint == 2
    assert either.store.history(team.id).releases == (release,)


def test_a_sprint_that_is_due_may_be_opened_in_place_of_one_with_results(workspace: Workspace, clock: Clock) -> None:
    team = a_team(workspace)
    a_sprint(workspace, team)
    clock.to_sprint(2)

    with pytest.raises(NotNowError, match=r"The next round can open now: sprint 2 is due\.$"):
        rounds.open_round(workspace, team, number=1)


def test_a_sprint_that_has_not_started_cannot_be_opened(either: Workspace, clock: Clock) -> None:
    team = a_team(either)
    clock.day = STARTS - timedelta(days=1)

    for number in (None, 1):
        with pytest.raises(NotNowError, match="Sprint 1 starts on 2026-01-05; its round can open then"):
            rounds.open_round(either, team, "safety", number=number)
    assert either.store.round(team.id) is None
    clock.day = STARTS
    assert rounds.open_round(either, team, "safety").sprint == 1


def test_a_round_is_opened_for_the_team_as_it_is_now(either: Workspace) -> None:
    before = a_team(either)
    teams.change(either, before, people=9, minimum=5, name="Comet")

    opened = rounds.open_round(either, before, "safety")

    assert (opened.people, opened.minimum) == (9, 5)


def test_a_round_is_closed_for_the_team_as_it_is_now(either: Workspace) -> None:
    before = a_team(either)
    answer(either, before, rounds.open_round(either, before, "safety"), 4)
    teams.star(either, before, "culture")

    assert rounds.close(either, before).starred == ("culture",)


def test_without_its_team_no_round_is_opened_or_closed(either: Workspace) -> None:
    gone, other = a_team(either), a_team(either, "Comet")
    answer(either, gone, rounds.open_round(either, gone, "safety"), 4)
    either.store.change_teams(lambda _: (other,))

    for use in (rounds.open_round, rounds.close):
        with pytest.raises(NotFoundError, match="The team 'Atlas' is there no more"):
            use(either, gone)


def test_a_place_is_there_until_everybody_has_answered(either: Workspace) -> None:
    team = a_team(either, people=5)
    with pytest.raises(NotFoundError, match="No round is open for Atlas"):
        rounds.require_place(either, team)
    opened = rounds.open_round(either, team, "safety")

    for _ in range(5):
        assert rounds.require_place(either, team) == opened
        answer(either, team, opened, 1)

    with pytest.raises(NotNowError, match="All 5 people of this round have answered, so nobody else can"):
        rounds.require_place(either, team)
    assert either.store.round(team.id) == opened


def test_refusals_name_no_command_of_one_surface(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    def refusals(*uses: Callable[[Workspace, Team], object]) -> Iterator[str]:
        for use in uses:
            with pytest.raises(TuiretroError) as refused:
                use(workspace, atlas)
            yield refused.value.message

    said = [*refusals(rounds.close, rounds.abandon, rounds.require_round, rounds.require_place)]
    clock.day = STARTS - timedelta(days=1)
    said += refusals(rounds.open_round)
    clock.day = STARTS
    opened = rounds.open_round(workspace, atlas, "safety")
    said += refusals(rounds.open_round, rounds.close)
    answer(workspace, atlas, opened, 7)
    said += refusals(rounds.require_place)
    rounds.close(workspace, atlas)
    said += refusals(rounds.open_round)

    assert len(set(said)) == 6
    assert [sentence for sentence in said if "tuiretro" in sentence or "--" in sentence] == []


def test_an_earlier_sprint_may_still_be_asked_until_a_later_one_has_results(workspace: Workspace, clock: Clock) -> None:
    team = a_team(workspace)
    clock.to_sprint(4)
    answer(workspace, team, rounds.open_round(workspace, team, "safety", number=2), 4)

    assert rounds.close(workspace, team).sprint.number == 2
    for number in (1, 2):
        with pytest.raises(NotNowError, match="Sprint 2 has its results already"):
            rounds.open_round(workspace, team, number=number)
    assert rounds.open_round(workspace, team, number=3).sprint == 3


@pytest.mark.parametrize("number", [-1, 0, 4, 10**6])
def test_a_sprint_that_is_not_there_cannot_be_asked(workspace: Workspace, clock: Clock, number: int) -> None:
    team = a_team(workspace)
    clock.to_sprint(3)

    with pytest.raises(BadInputError, match=f"Sprint {number} is not there yet: this is sprint 3"):
        rounds.open_round(workspace, team, number=number)


def test_fewer_than_k_cannot_be_closed(either: Workspace) -> None:
    team = a_team(either, minimum=5)
    opened = rounds.open_round(either, team, "safety")
    answer(either, team, opened, 4)

    with pytest.raises(NotNowError, match="Fewer than 5 have answered"):
        rounds.close(either, team)

    assert either.store.sheets(team.id) == 4
    answer(either, team, opened, 1)
    assert rounds.close(either, team).answered == 5


def test_nobody_answers_after_everybody_did_or_after_the_end(either: Workspace) -> None:
    team = a_team(either, people=4)
    opened = rounds.open_round(either, team, "safety")
    answer(either, team, opened, 4)

    with pytest.raises(NotNowError, match="All 4 people"):
        answer(either, team, opened, 1)
    rounds.close(either, team)
    with pytest.raises(NotNowError, match="closed or abandoned"):
        answer(either, team, opened, 1)


@pytest.mark.parametrize(
    ("wrong", "why"), [({"safety.bad-news": 6}, "out of range"), ({"data-cleaning": 3}, "not part of this round")]
)
def test_a_sheet_that_does_not_fit_is_not_stored(
    workspace: Workspace, atlas: Team, wrong: dict[str, int | None], why: str
) -> None:
    opened = rounds.open_round(workspace, atlas, "safety")
    fits: dict[str, int | None] = {q.id: 3 for q in opened.questions}

    with pytest.raises(BadInputError, match=why):
        rounds.answer(workspace, atlas, opened, Sheet(fits | wrong))
    with pytest.raises(BadInputError, match="have no answer"):
        rounds.answer(workspace, atlas, opened, Sheet({}))

    assert workspace.store.sheets(atlas.id) == 0


def test_an_abandoned_round_leaves_nothing(either: Workspace) -> None:
    team = a_team(either)
    opened = rounds.open_round(either, team, "safety")
    answer(either, team, opened, 5)

    assert rounds.abandon(either, team) == opened
    assert either.store.history(team.id) == History()
    assert either.store.round(team.id) is None
    with pytest.raises(NotFoundError, match="No round is open"):
        rounds.abandon(either, team)
    assert rounds.open_round(either, team, "safety").sprint == 1


def test_a_release_remembers_the_stars_at_closing(workspace: Workspace, atlas: Team) -> None:
    opened = rounds.open_round(workspace, atlas, "safety")
    starred = teams.star(workspace, atlas, "culture")
    answer(workspace, atlas, opened, 4)

    assert rounds.close(workspace, starred).starred == ("culture",)


def test_three_comments_come_out_and_two_do_not(workspace: Workspace, clock: Clock, atlas: Team) -> None:
    released = []
    for number, written in ((1, 2), (2, 3)):
        clock.to_sprint(number)
        opened = rounds.open_round(workspace, atlas, "safety")
        answer(workspace, atlas, opened, 2)
        for at in range(written):
            answer(workspace, atlas, opened, 1, comment=f"comment {at}")
        answer(workspace, atlas, opened, 4 - written)
        released.append(sorted(rounds.close(workspace, atlas).comments))

    assert released == [[], ["comment 0", "comment 1", "comment 2"]]


def test_everybody_gets_all_questions_in_an_order_of_their_own(workspace: Workspace, atlas: Team) -> None:
    opened = rounds.open_round(workspace, atlas)
    sittings = [rounds.sit(workspace, opened) for _ in range(5)]

    assert len({sitting.questions for sitting in sittings}) == 5
    assert all(Counter(sitting.questions) == Counter(opened.questions) for sitting in sittings)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.integers(0, 40), max_size=8))
def test_releases_stay_in_the_order_of_sprints(workspace: Workspace, clock: Clock, days: list[int]) -> None:
    clock.day = STARTS
    team = a_team(workspace, f"Team {workspace.new_id()}")
    for later in days:
        clock.day += timedelta(days=later)
        try:
            a_sprint(workspace, team, count=4)
        except NotNowError:
            continue
    numbers = [release.sprint.number for release in workspace.store.history(team.id).releases]

    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("act", [rounds.close, rounds.abandon])
def test_another_round_than_the_one_asked_about_is_left_alone(
    either: Workspace, act: Callable[[Workspace, Team, Round], object]
) -> None:
    team = a_team(either)
    asked = rounds.open_round(either, team, "safety")
    rounds.abandon(either, team, asked)
    opened = rounds.open_round(either, team, "safety")
    answer(either, team, opened, 5)
    with pytest.raises(NotNowError) as caught:
        act(either, team, asked)
    assert caught.value.message == (
        "That round was closed or abandoned meanwhile, and another one is open; nothing was changed."
    )
    assert either.store.sheets(team.id) == 5
    assert act(either, team, opened)


def test_a_round_that_nobody_can_read_is_abandoned(tmp_path: Path, clock: Clock) -> None:
    workspace = open_workspace(tmp_path / "kept", today=clock, chance=random.Random(7))
    team = a_team(workspace)
    asked = rounds.open_round(workspace, team, "safety")
    folder = tmp_path / "kept" / team.id / "rounds" / asked.id
    (folder / "round.json").write_bytes(b"{")
    with pytest.raises(WorkspaceError, match="damaged"):
        rounds.abandon(workspace, team, replace(asked, id="ffffffffffffffff"))
    assert folder.exists()
    assert rounds.abandon(workspace, team, asked) is None
    assert not folder.exists()
    rounds.open_round(workspace, team, "safety")
