from __future__ import annotations

import random
from itertools import combinations_with_replacement, permutations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.hostile import HOSTILE
from tests.core.rounds import QUESTIONS, SPRINT, a_round, alike, sheets
from tuiretro.core.figures import released_spread, shown_mean
from tuiretro.core.release import item_result, released_comments, tally, too_few
from tuiretro.core.text import clean
from tuiretro.errors import NotNowError
from tuiretro.model.release import ItemResult, Release
from tuiretro.model.round import Round, Sheet

ITEM = "data-cleaning"
ANSWER = st.none() | st.integers(1, 5)
COMMENT = st.sampled_from(["", " ", "More tests.", "Less\nhaste.", "x", "\u202e", "y"])
SHEET = st.builds(
    lambda values, comment: Sheet(dict(zip((q.id for q in QUESTIONS), values, strict=True)), comment),
    st.tuples(*[ANSWER] * len(QUESTIONS)),
    COMMENT,
)
SHEETS = st.lists(SHEET, min_size=4, max_size=12).map(tuple)
QUICK = settings(max_examples=150, deadline=None)


def released(answered: tuple[Sheet, ...], opened: Round | None = None, seed: int = 1) -> Release:
    return tally(opened or a_round(people=12), SPRINT, (), answered, random.Random(seed).shuffle)


def of(release: Release, item: str = ITEM) -> ItemResult:
    found = release.item(item)
    assert found is not None
    return found


@QUICK
@given(SHEETS, st.randoms(use_true_random=False))
def test_the_release_does_not_depend_on_the_order_of_sheets(answered: tuple[Sheet, ...], chance: random.Random) -> None:
    shuffled = list(answered)
    chance.shuffle(shuffled)

    assert released(tuple(shuffled)) == released(answered)


@QUICK
@given(SHEETS, st.integers(4, 10))
def test_an_item_shows_its_figures_from_k_answers_on(answered: tuple[Sheet, ...], minimum: int) -> None:
    for question in QUESTIONS:
        answers = [value for sheet in answered if (value := sheet.answers[question.id]) is not None]
        result = item_result(question, answered, minimum)

        expected = ItemResult(question.id, question.version)
        if len(answers) >= minimum:
            expected = ItemResult(
                question.id, question.version, len(answers), shown_mean(answers), released_spread(answers)
            )
        assert result == expected


@pytest.mark.parametrize("n", range(4, 9))
def test_answers_that_show_the_same_figures_give_the_same_release(n: int) -> None:
    groups = alike(n)

    assert groups
    for group in groups:
        first, *others = (released(sheets({ITEM: answers})) for answers in group)
        assert all(other == first for other in others)
        assert msgspec.json.encode(first) == msgspec.json.encode(others[-1])


def test_an_item_says_in_which_language_it_was_asked_shown_or_not() -> None:
    question = replace(QUESTIONS[0], language="es")

    shown = item_result(question, sheets({question.id: [3, 3, 3, 3]}), 4)
    hidden = item_result(question, sheets({question.id: [3, 3, 3, None]}), 4)

    assert (shown.mean, shown.wording) == (3.0, question.wording)
    assert (hidden.mean, hidden.wording) == (None, question.wording)


def test_nothing_of_a_suppressed_item_is_in_the_release() -> None:
    one = released(sheets({ITEM: [1, 1, 1, None, None]}))
    other = released(sheets({ITEM: [None, 5, None, None, None]}))

    assert one == other
    assert msgspec.to_builtins(of(one)) == {
        "id": ITEM,
        "version": 1,
        "n": None,
        "mean": None,
        "spread": None,
        "language": "en",
    }


@QUICK
@given(st.integers(4, 10), st.data())
def test_no_suppressed_answer_leaves_a_trace(minimum: int, data: st.DataObject) -> None:
    few = st.lists(st.integers(1, 5), max_size=minimum - 1)
    columns = [[*answers, *[None] * (minimum - len(answers))] for answers in (data.draw(few), data.draw(few))]

    one, other = (released(sheets({ITEM: column}), a_round(12, minimum)) for column in columns)

    assert one == other


@pytest.mark.parametrize("n", range(4, 16))
def test_every_figure_of_an_item_leaves_several_sets_of_answers(n: int) -> None:
    sets: dict[object, int] = {}
    for answers in combinations_with_replacement(range(1, 6), n):
        figure = shown_mean(list(answers)), released_spread(list(answers))
        sets[figure] = sets.get(figure, 0) + 1
    assert min(sets.values()) > 1


def test_there_is_no_spread_word_where_the_mean_is_near_an_end() -> None:
    assert of(released(sheets({ITEM: [1, 1, 2, 2, 2, 2]}))).spread is None
    assert of(released(sheets({ITEM: [4, 4, 4, 4, 5, 5]}))).spread is None
    assert of(released(sheets({ITEM: [1, 2, 2, 2, 2, 2]}))).spread == "together"


def test_a_comment_that_another_program_sealed_is_kept_to_the_same_rules() -> None:
    long, blank = "x" * 2_000, "\u2800\u2800"
    said = [long, "one", "two", blank]
    opened = a_round()
    kept = tally(opened, SPRINT, (), sheets({ITEM: [3, 3, 3, 3]}, said), random.Random(1).shuffle).comments
    assert sorted(kept) == ["one", "two", "x" * 500]
    said = ["one", "two", blank, blank]
    assert tally(opened, SPRINT, (), sheets({ITEM: [3, 3, 3, 3]}, said), random.Random(1).shuffle).comments == ()


def test_the_spread_word_comes_from_six_answers_on() -> None:
    assert of(released(sheets({ITEM: [1, 1, 5, 5, 3]}))).spread is None
    assert of(released(sheets({ITEM: [1, 1, 5, 5, 3, 3]}))).spread == "split"


def test_a_release_holds_the_round_as_it_was_opened() -> None:
    opened = a_round(people=6)
    release = tally(opened, SPRINT, (ITEM,), sheets({ITEM: [3, 3, 3, 3]}), random.Random(1).shuffle)

    assert (release.round, release.sprint, release.survey, release.title) == (opened.id, SPRINT, "pulse", "Pulse")
    assert (release.people, release.minimum, release.answered, release.starred) == (6, 4, 4, (ITEM,))
    assert [(item.id, item.version) for item in release.items] == [(q.id, q.version) for q in QUESTIONS]


@pytest.mark.parametrize(("answered", "told"), [(4, 4), (5, 5), (6, None), (7, 7)])
def test_the_count_is_kept_unless_one_is_missing(answered: int, told: int | None) -> None:
    assert released(sheets({ITEM: [3] * answered}), a_round(people=7)).answered == told


@pytest.mark.parametrize("minimum", [4, 7, 10])
def test_fewer_sheets_than_k_release_nothing(minimum: int) -> None:
    with pytest.raises(NotNowError, match=f"Fewer than {minimum} have answered") as refused:
        released(sheets({ITEM: [3] * (minimum - 1)}), a_round(10, minimum))

    assert refused.value.message == too_few(minimum)
    assert "stays open" in refused.value.message
    assert "tuiretro" not in refused.value.message


@pytest.mark.parametrize("comments", [(), ("a",), ("a", "b"), ("a", "b", "  ", "\u202e", "\x00")])
def test_fewer_than_three_comments_leave_none(comments: tuple[str, ...]) -> None:
    assert released(sheets({ITEM: [3] * 6}, comments)).comments == ()


@QUICK
@given(SHEETS)
def test_comments_are_all_released_or_none(answered: tuple[Sheet, ...]) -> None:
    written = sorted(text for sheet in answered if (text := clean(sheet.comment, lines=True)))

    assert sorted(released(answered).comments) == (written if len(written) >= 3 else [])


def test_the_order_of_comments_says_nothing_about_the_order_of_sheets() -> None:
    orders = [
        [released_comments(sheets({}, said), random.Random(seed).shuffle) for seed in range(40)]
        for said in permutations(["one", "two", "three"])
    ]

    assert all(order == orders[0] for order in orders)
    assert len(set(orders[0])) == 6


def test_even_without_a_shuffle_comments_do_not_follow_the_sheets() -> None:
    found = {released_comments(sheets({}, said), lambda _: None) for said in permutations(["one", "two", "three"])}

    assert len(found) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_released_comments_are_harmless(name: str) -> None:
    comments = released_comments(sheets({}, ["one", "two", HOSTILE[name]]), random.Random(1).shuffle)

    assert len(comments) == 3
    assert set(comments) == {"one", "two", clean(HOSTILE[name], lines=True)}
