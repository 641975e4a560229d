from __future__ import annotations

import random
from collections.abc import Sequence

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.decision_histories import CORE, HEADLINES, MISTAKES, history
from tests.core.known_sentences import assert_only_known_words
from tests.core.rounds import QUESTIONS, SPRINT, Answers, a_round, alike, sheets
from tests.core.summaries import ASKED, TEAM, on_scale, steady, told
from tests.model.mistakes import a_mistake
from tuiretro.core.release import tally
from tuiretro.core.summary import summarise
from tuiretro.model.release import History, ItemResult, Release
from tuiretro.model.team import Sprint

QUICK = settings(max_examples=150, deadline=None)


@QUICK
@given(st.integers(0, 10**6), st.integers(1, 12), st.data())
def test_every_sentence_is_one_of_the_known_ones(seed: int, sprints: int, data: st.DataObject) -> None:
    releases = steady(sprints, seed)
    moves = data.draw(
        st.lists(
            st.tuples(
                st.integers(0, sprints - 1),
                st.sampled_from(["one", "theme", "all", "few", "split", "star"]),
                st.sampled_from([-2.0, -1.0, 1.0, 2.0]),
                st.integers(0, 19),
                st.integers(1, 4),
            ),
            max_size=6,
        )
    )
    for at, kind, move, which, length in moves:
        for place in range(at, min(sprints, at + length)):
            releases[place] = _changed(releases[place], kind, move, which)
    people = data.draw(st.integers(7, 12))
    releases = [replace(one, people=people) for one in releases]
    changes = tuple(data.draw(st.sets(st.integers(1, 12), max_size=1)))

    assert_only_known_words(told(history(*releases), team=replace(TEAM, changes=changes)))


def _changed(old: Release, kind: str, move: float, which: int) -> Release:
    theme = HEADLINES[which].theme
    touched = {
        "theme": {q.id for q in (*CORE, *HEADLINES) if q.theme == theme},
        "all": set(ASKED),
    }.get(kind, {MISTAKES[which]})
    if kind == "star":
        return replace(old, starred=(MISTAKES[which],))
    return replace(old, items=tuple(_moved(item, kind, move) if item.id in touched else item for item in old.items))


def _moved(item: ItemResult, kind: str, move: float) -> ItemResult:
    if kind == "few" or item.mean is None:
        return ItemResult(item.id, item.version)
    return replace(item, mean=on_scale(item.mean + move), spread="split" if kind == "split" else item.spread)


GROUPS = {n: alike(n) for n in (4, 5, 6, 7)}


@st.composite
def twin_answers(draw: st.DrawFn) -> tuple[dict[str, Answers], dict[str, Answers]]:
    """Two different sets of answers to every question that show the same figures."""
    n = draw(st.sampled_from([4, 5, 6, 7]))
    one, other = {}, {}
    for question in QUESTIONS:
        group = draw(st.sampled_from(GROUPS[n]))
        one[question.id], other[question.id] = draw(st.sampled_from(group)), draw(st.sampled_from(group))
    return one, other


@QUICK
@given(st.lists(twin_answers(), min_size=1, max_size=8), st.integers(8, 12), st.integers(4, 7))
def test_histories_with_equal_releases_are_told_alike(
    twins: Sequence[tuple[dict[str, Answers], dict[str, Answers]]], people: int, minimum: int
) -> None:
    past = []
    for side in (0, 1):
        releases = [
            tally(
                a_round(people, min(minimum, len(pair[side]["data-cleaning"]))),
                Sprint(number, SPRINT.starts, SPRINT.ends),
                (),
                sheets(pair[side]),
                random.Random(number).shuffle,
            )
            for number, pair in enumerate(twins, start=1)
        ]
        past.append(History(tuple(releases), QUESTIONS))
    numbers = {"data-cleaning": 2, "model-drift": 5}

    one, other = (summarise(TEAM, side, (), lambda id_: a_mistake(id_, numbers[id_]), numbers) for side in past)

    assert past[0] == past[1]
    assert msgspec.json.encode(one) == msgspec.json.encode(other)
