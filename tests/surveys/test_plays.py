"""Plays and summaries are short, plain and all different."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from statistics import mean

import pytest
from msgspec.structs import replace

from tests.surveys.shelf import PlacedPlay, books, file_of, items, library, plays
from tests.surveys.test_items import grade
from tuiretro.model.survey import Mistake

LONGEST_TITLE, LONGEST_TEXT, LONGEST_SUMMARY, LONGEST_SIGN = 60, 260, 420, 130
LONGEST_SENTENCE = 28
"""Words; longer ones are lost on readers who did not grow up with English."""
HARDEST = 12.0
"""The highest mean reading grade of one mistake's plays, and of its summary."""
SHOUTING = re.compile("[!\N{EM DASH}]")


def faults(placed: PlacedPlay) -> Iterator[str]:
    """What an author has to change in a play."""
    texts = {"title": placed.play.title} | placed.sentences
    for key, text in texts.items():
        most = LONGEST_TITLE if key == "title" else LONGEST_TEXT
        if not 0 < len(text) <= most:
            yield f"{placed.place}: {key} of {len(text)} characters, at most {most}"
        if found := SHOUTING.search(text):
            yield f"{placed.place}: {found[0]!r} in {key}"
        for sentence in re.split(r"(?<=[.?])\s+", text):
            if len(sentence.split()) > LONGEST_SENTENCE:
                yield f"{placed.place}: sentence above {LONGEST_SENTENCE} words in {key}: {sentence}"
    yield from _twins({f"{placed.place} {key}": text for key, text in texts.items()})


def _twins(texts: dict[str, str]) -> Iterator[str]:
    first: dict[str, str] = {}
    for place, text in texts.items():
        same = first.setdefault(text.casefold(), place)
        if same != place:
            yield f"{place}: the same text as {same}"


def test_every_play_keeps_the_limits() -> None:
    assert [fault for placed in plays() for fault in faults(placed)] == []


def test_what_one_person_can_start_alone_takes_no_sprint_and_most_mistakes_have_such_a_play() -> None:
    alone = [placed for placed in plays() if placed.play.alone]
    assert [placed.place for placed in alone if placed.play.effort == "L"] == []
    assert len({placed.book for placed in alone}) >= 15


def test_no_two_texts_of_the_plays_are_the_same() -> None:
    texts = {f"{placed.place} {key}": text for placed in plays() for key, text in placed.sentences.items()}
    titles = {f"{placed.place} title": placed.play.title for placed in plays()}
    assert list(_twins(texts | titles)) == []


@pytest.mark.parametrize(
    ("key", "text", "fault"),
    [
        ("title", "t" * 61, "title of 61 characters, at most 60"),
        ("watch", "", "watch of 0 characters"),
        ("first_step", "w" * 261, "first_step of 261 characters"),
        ("why", "It helps!", "'!' in why"),
        ("done_when", " ".join(["so"] * 29), "sentence above 28 words in done_when"),
    ],
)
def test_a_play_that_breaks_a_limit_is_named_with_its_file(key: str, text: str, fault: str) -> None:
    placed = replace(plays()[0], play=replace(plays()[0].play, **{key: text}))
    assert [line for line in faults(placed) if line.startswith(f"{placed.place}: ") and fault in line]


def test_a_text_that_is_used_twice_is_named() -> None:
    play = plays()[0].play
    twice = replace(plays()[0], play=replace(play, watch=play.why.upper()))
    assert list(faults(twice)) == [f"{twice.place} watch: the same text as {twice.place} why"]


def test_plays_read_easily_mistake_by_mistake() -> None:
    grades: dict[str, list[float]] = defaultdict(list)
    for placed in plays():
        grades[placed.place.partition(" ")[0]] += [grade(text) for text in placed.sentences.values()]
    odd = [
        f"{file}: mean reading grade of its plays {mean(found):.1f}, at most {HARDEST:.0f}"
        for file, found in grades.items()
        if mean(found) > HARDEST
    ]
    assert odd == []


def test_summaries_and_signs_are_short_and_read_easily() -> None:
    odd = []
    for mistake in library().mistakes():
        file = file_of(mistake)
        if grade(mistake.summary) > HARDEST:
            odd.append(f"{file}: summary of reading grade {grade(mistake.summary):.1f}, at most {HARDEST:.0f}")
        if len(mistake.summary) > LONGEST_SUMMARY:
            odd.append(f"{file}: summary of {len(mistake.summary)} characters, at most {LONGEST_SUMMARY}")
        odd += [f"{file}: sign of {len(s)} characters: {s}" for s in mistake.signs if len(s) > LONGEST_SIGN]
    assert odd == []


def test_facets_are_called_differently() -> None:
    titles = {
        f"{file_of(book)} [{facet.id}]": facet.title
        for book in books()
        if isinstance(book, Mistake)
        for facet in book.facets
    }
    assert list(_twins(titles)) == []
    assert list(_twins({item.place: item.text for item in items()})) == []
