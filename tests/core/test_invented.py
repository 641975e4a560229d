from __future__ import annotations

from math import gcd
from statistics import correlation, fmean, pstdev

import pytest

from tuiretro.core import invented
from tuiretro.core.figures import spread_word
from tuiretro.core.invented import InventedTeam
from tuiretro.core.invented_comments import DIP_COMMENTS, DROP_COMMENTS, EVERYDAY_COMMENTS
from tuiretro.core.rules import COMMENT_LIMIT, MINIMUM_RANGE
from tuiretro.core.text import clean
from tuiretro.model.survey import Question

ATLAS = InventedTeam(people=8, sprints=26, seed=1)
CROWD = InventedTeam(people=60, sprints=26, seed=1)


def headline(mistake: str) -> Question:
    return Question(mistake, "Short", "In this sprint we asked.", "data", mistake=mistake)


def answers(team: InventedTeam, sprint: int, mistake: str) -> list[int]:
    given = (team.answer(sprint, person, headline(mistake)) for person in team.members(sprint))
    return [answer for answer in given if answer is not None]


def average(team: InventedTeam, mistake: str, *sprints: int) -> float:
    return fmean(answer for sprint in sprints for answer in answers(team, sprint, mistake))


def test_the_story_of_26_sprints_is_the_one_that_was_written() -> None:
    story = ATLAS.story
    assert (story.rise_starts, story.rise_ends, story.dip) == (5, 10, 11)
    assert (story.change, story.drop, story.rare_until) == (14, 19, 6)


def test_a_longer_story_is_stretched() -> None:
    assert InventedTeam(people=8, sprints=52, seed=1).story.drop == 38


def test_a_story_of_one_sprint_has_no_events_but_an_item_that_few_can_judge() -> None:
    short = InventedTeam(people=8, sprints=1, seed=1)
    assert short.story == invented.Story(rise_starts=0, rise_ends=1, dip=0, change=0, drop=0, rare_until=1)
    assert len(short.members(1)) == 8
    assert average(short, invented.DROPPING, 1) > 3


def test_the_same_seed_gives_the_same_sheet_whatever_was_asked_before() -> None:
    both = (headline("testing"), headline("culture"))
    again = InventedTeam(people=8, sprints=26, seed=1)
    assert again.sheet(3, 2, both[1:]).answers["culture"] == ATLAS.sheet(3, 2, both).answers["culture"]
    assert again.sheet(3, 2, both) == ATLAS.sheet(3, 2, both)


def test_another_seed_gives_other_people() -> None:
    other = InventedTeam(people=60, sprints=26, seed=2)
    assert answers(other, 1, "testing") != answers(CROWD, 1, "testing")


def test_answers_stay_on_the_scale() -> None:
    seen = {answer for sprint in range(1, 27) for answer in answers(CROWD, sprint, "communication-gaps")}
    assert seen == {1, 2, 3, 4, 5}


def test_people_of_a_team_differ_as_much_as_real_ones() -> None:
    spreads = [pstdev(answers(CROWD, sprint, "testing")) for sprint in range(1, 27)]
    assert 0.8 < fmean(spreads) < 1.1


def test_a_person_keeps_most_of_an_opinion() -> None:
    asked = headline("testing")
    pairs = [(CROWD.answer(20, person, asked), CROWD.answer(21, person, asked)) for person in range(1, 61)]
    known = [(first, second) for first, second in pairs if first is not None and second is not None]
    assert 0.35 < correlation([first for first, _ in known], [second for _, second in known]) < 0.8


def test_most_people_answer() -> None:
    shares = [len(CROWD.writers(sprint, 4)) / len(CROWD.members(sprint)) for sprint in range(1, 27)]
    assert 0.82 < fmean(shares) < 0.88


@pytest.mark.parametrize("people", [4, 5, 8, 60])
def test_never_fewer_answer_than_are_needed(people: int) -> None:
    team = InventedTeam(people=people, sprints=26, seed=3)
    assert all(len(team.writers(sprint, 4)) >= 4 for sprint in range(1, 27))


def test_somebody_joins_at_the_change() -> None:
    assert ATLAS.members(13) == (1, 2, 3, 4, 5, 6, 7)
    assert ATLAS.members(14) == (1, 2, 3, 4, 5, 6, 7, 8)


def test_in_the_smallest_team_somebody_is_replaced_instead() -> None:
    four = InventedTeam(people=4, sprints=26, seed=1)
    assert four.members(13) == (1, 2, 3, 5)
    assert four.members(14) == (1, 2, 3, 4)


def test_data_cleaning_rises() -> None:
    assert average(CROWD, invented.RISING, 1, 2, 3, 4, 5) < 2.5
    assert average(CROWD, invented.RISING, *range(15, 27)) > 3.7


def test_model_drift_drops_suddenly_and_for_good() -> None:
    assert average(CROWD, invented.DROPPING, 17, 18) > 3.6
    assert all(average(CROWD, invented.DROPPING, sprint) < 2.7 for sprint in range(19, 27))


def test_one_bad_sprint_moves_everything_and_passes() -> None:
    for mistake in ("testing", "culture", invented.RISING, invented.DROPPING, invented.SPLIT):
        assert average(CROWD, mistake, 11) < average(CROWD, mistake, 9, 10, 12, 13) - 0.4


def test_automation_stays_split() -> None:
    words = [spread_word(answers(CROWD, sprint, invented.SPLIT)) for sprint in range(1, 27) if sprint != 11]
    assert set(words) == {"split"}
    assert {1, 2, 4, 5} <= set(answers(CROWD, 20, invented.SPLIT))


@pytest.mark.parametrize("people", [4, 8, 60])
def test_too_few_can_judge_generative_ai_at_first(people: int) -> None:
    team = InventedTeam(people=people, sprints=26, seed=1)
    assert all(len(answers(team, sprint, invented.RARE)) < MINIMUM_RANGE[0] for sprint in range(1, 7))
    assert len(answers(CROWD, 7, invented.RARE)) > 40


def test_a_facet_lies_near_its_headline_but_not_on_it() -> None:
    facet = Question("testing.adversarial", "Short", "Text", "quality", mistake="testing", facet="adversarial")
    apart = abs(ATLAS.level(3, 1, facet) - ATLAS.level(3, 1, headline("testing")))
    assert 0 < apart < 4 * invented.FACET_SD


def test_items_that_belong_to_no_mistake_are_answered_too() -> None:
    own = Question("safety.bad-news", "Short", "Text", "safety")
    assert invented.ITEM_RANGE[0] <= ATLAS.level(3, 1, own) <= invented.ITEM_RANGE[1]


def test_nobody_repeats_anybody_in_the_same_sprint() -> None:
    for sprint in range(1, 27):
        written = [text for person in CROWD.members(sprint) if (text := CROWD.comment(sprint, person))]
        assert len(written) == len(set(written))


def test_the_events_are_written_about() -> None:
    assert [ATLAS.comment(11, person) for person in (1, 2, 3, 4)] == list(DIP_COMMENTS)
    assert [ATLAS.comment(19, person) for person in (1, 2, 3, 4)] == list(DROP_COMMENTS)


def test_most_sheets_have_no_comment() -> None:
    written = [bool(ATLAS.comment(sprint, person)) for sprint in range(20, 27) for person in range(1, 9)]
    assert 0.1 < fmean(written) < 0.5


def test_comments_are_fit_to_be_handed_in_and_all_come_up_in_turn() -> None:
    every = (*DIP_COMMENTS, *DROP_COMMENTS, *EVERYDAY_COMMENTS)
    assert len(set(every)) == len(every) >= 40
    assert all(clean(text) == text and len(text) <= COMMENT_LIMIT for text in every)
    assert gcd(len(EVERYDAY_COMMENTS), 7) == 1
