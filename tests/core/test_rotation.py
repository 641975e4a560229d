from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.decision_histories import CORE, FACETS, HEADLINES, MISTAKES, NUMBERS, history, release
from tuiretro.core.focus import Entry, focus_list
from tuiretro.core.rotation import pulse
from tuiretro.core.signals import judge
from tuiretro.errors import BadInputError
from tuiretro.model.release import History
from tuiretro.model.survey import THEMES, Question

LONGEST_WAIT = 12
"""Releases after which every mistake has come round again, even in the smallest pulse with a restless focus list."""


def _listed(*mistakes: str, entered: int = 1) -> tuple[Entry, ...]:
    return tuple(Entry(m, 3.0, 1, 3.0, 1, 20, entered) for m in mistakes)


def _pulse(past: History, listed: tuple[Entry, ...], size: int = 16) -> tuple[Question, ...]:
    return pulse(HEADLINES, FACETS, CORE, past, listed, size)


def _everything(sprint: int = 1) -> History:
    return history(release(sprint, {q.id: 3.0 for q in (*CORE, *HEADLINES)}))


def _ids(questions: tuple[Question, ...]) -> list[str]:
    return [question.id for question in questions]


def test_the_first_pulse_asks_everything_once() -> None:
    asked = _pulse(history(), (), 12)

    assert len(asked) == 24
    assert set(asked) == {*CORE, *HEADLINES}


def test_a_safety_round_before_the_first_pulse_changes_nothing() -> None:
    past = history(release(1, {q.id: 3.0 for q in CORE}))

    assert len(_pulse(past, ())) == 24


def test_later_pulses_ask_the_core_the_listed_and_the_first_by_number() -> None:
    asked = _pulse(_everything(), _listed("m20"), 12)

    dive = {"m20.a", "m20.b", "m20.c"}
    assert set(_ids(asked)) == {*(q.id for q in CORE), "m20", *dive, *MISTAKES[:4]}


def test_a_deep_dive_that_does_not_fit_waits() -> None:
    past = _everything()
    listed = _listed("m05", "m06", "m07")

    asked = {size: {i for i in _ids(_pulse(past, listed, size)) if "." in i and "safety" not in i} for size in (12, 16)}

    assert asked[12] == {"m05.a", "m05.b", "m05.c"}
    assert asked[16] == {f"{m}.{f}" for m in ("m05", "m06", "m07") for f in "abc"}


def test_a_deep_dive_is_asked_once_after_the_mistake_entered() -> None:
    dived = release(2, {"m05": 3.0, "m05.a": 3.0, "m05.b": None, "m05.c": None})
    past = history(*_everything().releases, dived)

    assert "m05.a" not in _ids(_pulse(past, _listed("m05", entered=1)))
    assert "m05.a" in _ids(_pulse(past, _listed("m05", entered=2)))


def test_a_listed_mistake_without_facets_brings_no_deep_dive() -> None:
    asked = pulse(HEADLINES, (), CORE, _everything(), _listed("m05"), 12)

    assert len(asked) == 12
    assert "m05" in _ids(asked)


def test_mistakes_asked_longest_ago_come_first_and_new_ones_before_all() -> None:
    later = release(2, dict.fromkeys(MISTAKES[:10], 3.0))
    past = history(release(1, dict.fromkeys(MISTAKES[:19])), later)

    asked = _pulse(past, (), 12)

    assert set(_ids(asked)) - {q.id for q in CORE} == {"m20", *MISTAKES[10:17]}


def test_items_come_by_theme_and_inside_it_by_kind_and_number() -> None:
    asked = _pulse(_everything(), _listed("m11", "m01"))

    assert [THEMES.index(q.theme) for q in asked] == sorted(THEMES.index(q.theme) for q in asked)
    dives = [f"{m}.{f}" for m in ("m01", "m11") for f in "abc"]
    assert _ids(asked)[:12] == [*(q.id for q in CORE), "m01", "m11", *dives]


@pytest.mark.parametrize("size", [11, 25])
def test_a_size_out_of_range_is_refused(size: int) -> None:
    with pytest.raises(BadInputError, match="12 to 24"):
        _pulse(_everything(), (), size)


@given(st.integers(0, 100_000), st.integers(12, 24), st.sampled_from([10, 25]))
@settings(deadline=None, max_examples=40)
def test_pulses_are_full_hold_core_and_listed_and_come_round(seed: int, size: int, restless: int) -> None:
    drawn = random.Random(seed)
    past = history()
    waits = dict.fromkeys(MISTAKES, 0)

    for sprint in range(1, 30):
        listed = focus_list(past, judge(past, ()), NUMBERS).entries
        asked = _ids(_pulse(past, listed, size))

        assert len(asked) == (24 if sprint == 1 else size)
        assert len(set(asked)) == len(asked)
        assert {q.id for q in CORE} | {entry.mistake for entry in listed} <= set(asked)
        waits = {m: 0 if m in asked else wait + 1 for m, wait in waits.items()}
        assert max(waits.values()) < LONGEST_WAIT
        means = {item: min(max(30 + drawn.randint(-restless, restless), 15), 45) / 10 for item in asked}
        past = history(*past.releases, release(sprint, means))
