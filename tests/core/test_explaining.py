from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.decision_histories import NUMBERS, history
from tests.core.simulated import World, play
from tests.core.summaries import TEAM, steady
from tuiretro.core.explaining import band_table, explain, reading
from tuiretro.core.figures import band
from tuiretro.core.rules import NEW_BASELINE_RUN, SHIFT_RUN, SIGNAL_Z, WARNING_Z
from tuiretro.core.trends import trends
from tuiretro.model.summary import Signal
from tuiretro.model.team import Team
from tuiretro.model.trends import Dot, Line, Start

BANDS = "±0.9 with 4 answers, ±0.8 with 5, ±0.7 with 7, ±0.6 with 10, ±0.5 with 15"
FINER = re.compile(r"\d[.,]\d\d|%|percent")
COUNTED = {3: "three", 8: "eight"}


def _dot(
    sprint: int, value: float, start: Start | None = None, *, average: float | None = None, signal: Signal | None = None
) -> Dot:
    """A dot whose limits are 0.6 around 3.0."""
    return Dot(sprint, value, value if average is None else average, start, 3.0, 2.4, 3.6, signal)


def _line(*dots: Dot, mistake: str | None = "m01", remarks: tuple[str, ...] = (), answered: str = "") -> Line:
    return Line("m01", "m01", "data", mistake, dots, (), remarks, 0.7, answered)


def _said(line: Line, part: str) -> list[str]:
    return [step for step in explain(line) if part in step]


def test_a_line_without_a_value_says_why() -> None:
    assert explain(_line()) == ("It has no value yet: either it was not asked, or too few answered.",)


def test_the_whole_way_to_a_mistakes_figures() -> None:
    line = _line(
        _dot(1, 3.0, "first"), _dot(2, 3.2), _dot(3, 3.3), _dot(5, 3.4, average=3.3), answered="7 of 9 answered"
    )

    assert explain(line) == (
        "3.4 in sprint 5: the average of all answers, to one decimal (7 of 9 answered).",
        "±0.7: an average like this often moves that far when nothing has changed. It goes by the number of answers "
        f"alone, never by what was answered. One item: {BANDS}; a theme has less.",
        "3-sprint average 3.3: of 3.2, 3.3, 3.4.",
        "Usual for you 3.0: the average of up to 8 askings before this one.",
        "Limits 2.4 and 3.6: your team's values stay between them in nearly every sprint in which nothing changes. "
        "They are made from how much all your statements move between askings.",
        "3.4 is within the limits: no unusual change.",
    )


def test_a_theme_is_made_of_its_statements() -> None:
    steps = explain(_line(_dot(1, 3.0, "first"), _dot(4, 3.2), mistake=None))

    assert steps[0] == "3.2 in sprint 4: the average of the latest result of each of its statements."
    assert steps[3] == "Usual for you 3.0: what its statements were before, on average."


def test_who_answered_is_left_out_where_it_is_not_known() -> None:
    assert explain(_line(_dot(1, 3.0)))[0] == "3.0 in sprint 1: the average of all answers, to one decimal."


def test_the_ends_of_the_scale_are_told_as_they_are_shown() -> None:
    line = _line(_dot(1, 4.5), _dot(2, 1.5, average=3.0))

    assert explain(line)[0].startswith("1.5 or lower in sprint 2:")
    assert _said(line, "3-sprint") == ["3-sprint average 3.0: of ≥4.5, ≤1.5."]


def test_a_line_without_a_band_has_no_step_about_it() -> None:
    line = Line("m01", "m01", "data", "m01", (_dot(1, 3.0),))

    assert not _said(line, "±")
    assert len(explain(line)) == len(explain(_line(_dot(1, 3.0)))) - 1


def test_the_bands_in_the_sentence_are_those_of_the_figures() -> None:
    assert band_table() == BANDS
    for half, answers in re.findall(r"±(\d\.\d) with (\d+)", BANDS):
        assert f"{band(int(answers)):.1f}" == half


def test_how_trends_are_read_is_told_with_the_numbers_of_the_rules() -> None:
    value, noise, limits, breaks = reading()

    assert value.startswith("A mistake's value is the average of all answers in a sprint, to one decimal; a theme's is")
    assert noise.endswith(f"moves that far when nothing has changed. {BANDS}; a theme has less.")
    assert "about one false alarm in six sprints" in limits
    assert WARNING_Z / SIGNAL_Z == 2 / 3
    assert "more than two thirds of the way to a limit is called unusual as well, even just within it" in limits
    assert breaks.endswith(f"or {COUNTED[SHIFT_RUN]} on one side of the earlier average, start a new baseline.")
    assert f"{COUNTED[NEW_BASELINE_RUN].capitalize()} unusual values in a row" in breaks
    assert not any(FINER.search(step) for step in reading())


@pytest.mark.parametrize("missing", ["centre", "lower", "upper"])
def test_before_anything_can_be_unusual_it_says_what_that_takes(missing: str) -> None:
    limits = {"centre": 3.0, "lower": 2.4, "upper": 3.6}
    known = {name: None if name == missing else value for name, value in limits.items()}
    line = _line(Dot(1, 3.0, 3.0, "first", known["centre"], known["lower"], known["upper"]))

    assert explain(line)[-1] == (
        "Nothing is called unusual yet: that takes 2 earlier askings to compare with, 24 pairs of askings that show "
        "how much answers move, and for a theme 12 earlier values."
    )


def test_only_what_is_compared_is_averaged() -> None:
    before = (_dot(1, 2.0, "first"), _dot(2, 2.1))

    assert _said(_line(*before, _dot(3, 3.0, "team")), "3-sprint") == ["3-sprint average 3.0: of 3.0."]
    after = (_dot(3, 3.0, "team"), _dot(4, 3.2, average=3.1))
    assert _said(_line(*before, *after), "3-sprint") == ["3-sprint average 3.1: of 3.0, 3.2."]


def test_a_new_baseline_breaks_no_line() -> None:
    line = _line(_dot(1, 3.0, "first"), _dot(2, 3.4), _dot(3, 3.5, "baseline", average=3.3))

    assert _said(line, "3-sprint") == ["3-sprint average 3.3: of 3.0, 3.4, 3.5."]
    assert not _said(line, "Nothing before")


@pytest.mark.parametrize(
    ("start", "why"),
    [
        ("team", "people joined or left"),
        ("language", "the team was asked in another language"),
        ("statement", "a statement was worded anew, or another one joined"),
    ],
)
def test_a_break_says_what_is_no_longer_compared_and_why(start: Start, why: str) -> None:
    line = _line(_dot(1, 3.0, "first"), _dot(4, 3.0, start), _dot(5, 3.0))

    assert explain(line)[-1] == f"Nothing before sprint 4 is compared with it: {why}."


def test_the_first_sprint_is_no_break() -> None:
    assert not _said(_line(_dot(1, 3.0, "first")), "Nothing before")


@pytest.mark.parametrize(
    ("value", "signal", "words"),
    [
        (3.5, None, "3.5 is within the limits: no unusual change."),
        (2.3, "low", "2.3 is below the lower limit: unusually low."),
        (3.7, "high", "3.7 is above the upper limit: unusually high."),
        (
            2.5,
            "low",
            "2.5 is within the limits, but twice in three askings it was more than two thirds of the way to the same "
            "one: unusually low.",
        ),
        (
            3.5,
            "high",
            "3.5 is within the limits, but twice in three askings it was more than two thirds of the way to the same "
            "one: unusually high.",
        ),
    ],
)
def test_a_verdict_says_why_it_is_unusual_or_not(value: float, signal: Signal | None, words: str) -> None:
    assert explain(_line(_dot(1, 3.0), _dot(2, value, signal=signal)))[-1] == words


def test_a_new_baseline_is_told_last_and_other_remarks_are_not_repeated() -> None:
    remarks = (
        "Unusually low compared with your last 8 sprints. Worth asking why.",
        "Three in a row were unusual, so a new baseline starts at sprint 9.",
    )
    steps = explain(_line(_dot(8, 3.0), _dot(9, 2.0, signal="low"), remarks=remarks))

    assert steps[-1] == remarks[1]
    assert remarks[0] not in steps


def test_the_steps_fit_the_lines_that_trends_make() -> None:
    releases = steady(11, s9={"m07": -1.5}, s10={"m07": -1.5}, s11={"m07": -1.5})
    line = trends(TEAM, history(*releases), (), NUMBERS).line("m07")

    assert line is not None
    assert explain(line)[0].endswith("(nearly all answered).")
    assert any(step.endswith("is below the lower limit: unusually low.") for step in explain(line))
    assert explain(line)[-1] == "Three in a row were unusual, so a new baseline starts at sprint 9."


@given(st.integers(0, 500), st.sampled_from([4, 5, 7, 12]), st.integers(1, 18), st.sets(st.integers(2, 18), max_size=2))
@settings(deadline=None, max_examples=40)
def test_no_step_says_a_percentage_or_more_than_one_decimal(
    seed: int, people: int, sprints: int, changes: set[int]
) -> None:
    past = play(World(people=people, sprints=sprints, mood=0.4), seed).history
    found = trends(_changed(changes), past, (), NUMBERS)

    assert found.lines
    for line in found.lines:
        steps = explain(line)
        assert steps
        for step in steps:
            assert not FINER.search(step)
            assert not re.search(r"\bnan|\binf\b|None|-0\.0", step)
            assert step.endswith(".")


@given(st.integers(0, 500), st.integers(1, 18))
@settings(deadline=None, max_examples=20)
def test_the_average_is_that_of_the_values_it_names(seed: int, sprints: int) -> None:
    found = trends(TEAM, play(World(sprints=sprints), seed).history, (), NUMBERS)
    for line in (line for line in found.lines if line.dots):
        told, *values = [float(value) for step in _said(line, "3-sprint") for value in re.findall(r"\d\.\d", step)]
        assert 1 <= len(values) <= 3
        assert told == pytest.approx(sum(values) / len(values), abs=(0.05 if line.mistake else 0.1) + 1e-9)


def _changed(changes: set[int]) -> Team:
    return Team(TEAM.id, TEAM.name, TEAM.people, TEAM.cadences, changes=tuple(sorted(changes)))


def test_what_is_usual_after_a_new_baseline_says_where_it_begins() -> None:
    low = {"m07": -1.5}
    found = steady(12, s9=low, s10=low, s11=low, s12=low)
    lines = [trends(TEAM, history(*found[:end]), (), NUMBERS).line("m07") for end in (11, 12)]

    said = [next(step for step in explain(line) if step.startswith("Usual")) for line in lines if line is not None]
    assert said[0].endswith("the average of up to 8 askings before this one.")
    assert said[1].endswith("before this one, none of them from before sprint 9, where a new baseline begins.")


def test_a_theme_after_a_team_change_says_that_it_still_holds_results_from_before() -> None:
    line = trends(_changed({5}), history(*steady(6)), (), NUMBERS).line("data")

    assert line is not None
    assert "Until each statement of the theme has been asked again" in explain(line)[-1]
