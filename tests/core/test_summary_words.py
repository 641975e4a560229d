from __future__ import annotations

import random
import re
from collections.abc import Sequence

import msgspec
import pytest
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
BAND = re.compile(r"up to \d\.\d")


@st.composite
def moving_releases(draw: st.DrawFn) -> list[Release]:
    """Up to twelve sprints in which items, themes or all of it move, are split, starred or answered by too few."""
    sprints = draw(st.integers(1, 12))
    releases = steady(sprints, draw(st.integers(0, 10**6)))
    moves = draw(
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
    return releases


@QUICK
@given(
    moving_releases(), st.integers(7, 12), st.sets(st.integers(1, 12), max_size=1), st.sets(st.sampled_from(MISTAKES))
)
def test_every_sentence_is_one_of_the_known_ones(
    releases: list[Release], people: int, changes: set[int], gone: set[str]
) -> None:
    past = history(*(replace(one, people=people) for one in releases))

    summary = told(past, changes=tuple(changes), gone=gone)

    assert_only_known_words(summary)
    assert {line.number for line in summary.focus if line.mistake in gone} <= {0}
    assert all(line.title == line.mistake for line in summary.focus if line.mistake in gone)


@QUICK
@given(moving_releases(), st.integers(4, 20), st.integers(4, 20))
def test_where_one_did_not_answer_nothing_but_the_band_depends_on_how_many_did(
    releases: list[Release], one: int, other: int
) -> None:
    first, second = (told(history(*(_one_missing(release, n) for release in releases))) for n in (one, other))

    assert first.nearly_all
    assert {item.n for theme in first.themes for item in theme.items} == {None}
    assert _without_bands(msgspec.to_builtins(first)) == _without_bands(msgspec.to_builtins(second))


@pytest.mark.parametrize("alike_in_print", [(6, 7), (8, 9, 10), (11, 12, 13)])
def test_where_one_did_not_answer_a_band_tells_no_more_than_is_printed(alike_in_print: tuple[int, ...]) -> None:
    releases = steady(9, s9={"m07": -1.5})
    summaries = [told(history(*(_one_missing(release, n) for release in releases))) for n in alike_in_print]

    assert len({msgspec.json.encode(summary) for summary in summaries}) == 1


def _one_missing(old: Release, n: int) -> Release:
    """Every item shown was answered by `n` of `n + 1` people."""
    items = tuple(item if item.n is None else replace(item, n=n) for item in old.items)
    return replace(old, people=n + 1, answered=None, items=items)


def _without_bands(value: object) -> object:
    """What is told, with the width of every band taken out."""
    if isinstance(value, dict):
        return {key: _without_bands(inner) for key, inner in value.items() if key != "band"}
    if isinstance(value, list | tuple):
        return [_without_bands(inner) for inner in value]
    return BAND.sub("", value) if isinstance(value, str) else value


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
