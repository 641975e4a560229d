"""No two statements, labels or plays say nearly the same.

Texts are compared by rapidfuzz's token_set_ratio: order, repetition and added words do not hide a copy. WRatio is of no
use here: its partial match gives 86 to every pair of a long and a short sentence that share a 'the'. Each limit lies
above the closest pair that says two things and below the planted pairs that say one thing twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import pytest
from rapidfuzz import fuzz, utils

from tests.surveys.shelf import items, plays
from tuiretro.core.wording import OPENING

STATEMENTS = 80
"""Closest honest pair: 76 (users asked how AI should help; people who asked for help)."""
LABELS = 85
"""Closest: 83 (new data checked before use; terms checked before data was sent). Labels are short, so words weigh."""
TITLES = 86
"""Closest: 84 (drawing the chain from score to business number; showing the one beside the other)."""
FIRST_STEPS = 80
"""Closest: 74 (the product manager asks support, for what will change or for users to watch)."""


def alike(texts: Mapping[str, str], limit: int) -> Iterator[str]:
    """The pairs at or above a likeness from 0 to 100."""
    plain = {place: utils.default_process(text) for place, text in texts.items()}
    for one, other in combinations(plain, 2):
        likeness = fuzz.token_set_ratio(plain[one], plain[other])
        if likeness >= limit:
            yield f"{one} and {other}: {likeness:.0f} of 100 alike: {texts[one]} | {texts[other]}"


def test_no_two_statements_are_alike() -> None:
    assert list(alike({item.place: item.text.removeprefix(OPENING) for item in items()}, STATEMENTS)) == []


def test_no_two_labels_are_alike() -> None:
    assert list(alike({item.place: item.short for item in items()}, LABELS)) == []


def test_no_two_plays_have_titles_alike() -> None:
    assert list(alike({placed.place: placed.play.title for placed in plays()}, TITLES)) == []


def test_no_two_plays_begin_alike() -> None:
    assert list(alike({placed.place: placed.play.first_step for placed in plays()}, FIRST_STEPS)) == []


@pytest.mark.parametrize(
    ("one", "other", "limit"),
    [
        (
            "we looked at raw records before we built on them.",
            "we looked at raw data before we built on it.",
            STATEMENTS,
        ),
        ("we checked the facts in generated text.", "in generated text we checked the facts first.", STATEMENTS),
        ("Raw records looked at first", "Raw records looked at", LABELS),
        ("Idle machines switched off", "Switched off idle machines", LABELS),
        ("Read 30 raw records together", "Together, read 40 raw records", TITLES),
        ("One engineer lists the running machines.", "An engineer lists all running machines.", FIRST_STEPS),
    ],
)
def test_a_copy_in_other_clothes_is_found(one: str, other: str, limit: int) -> None:
    assert [line[: len("a and b:")] for line in alike({"a": one, "b": other}, limit)] == ["a and b:"]
