from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.hostile import HOSTILE
from tests.core.rounds import QUESTIONS, a_round
from tuiretro.core.rules import COMMENT_LIMIT
from tuiretro.core.sheets import Sitting, begin, checked, checked_comment
from tuiretro.core.text import clean
from tuiretro.errors import BadInputError
from tuiretro.model.round import Sheet
from tuiretro.model.survey import THEMES, Question

IDS = [question.id for question in QUESTIONS]
KEYS = st.integers(0, 5) | st.sampled_from(["back", "forward"]) | st.tuples(st.integers(0, len(IDS)))
Key = int | str | tuple[int]
QUICK = settings(max_examples=200, deadline=None)


def press(sitting: Sitting, key: Key) -> Sitting:
    if isinstance(key, tuple):
        return sitting.go(key[0])
    if isinstance(key, int):
        return sitting.answer(key)
    return sitting.back() if key == "back" else sitting.forward()


def full(value: int | None = 3, comment: str = "") -> Sheet:
    return Sheet(dict.fromkeys(IDS, value), comment)


@QUICK
@given(st.lists(KEYS, max_size=30))
def test_any_keys_keep_the_answers_valid(keys: list[Key]) -> None:
    opened = a_round()
    sitting = begin(opened, random.Random(1).shuffle)
    for key in keys:
        before, sitting = sitting, press(sitting, key)

        assert 0 <= sitting.at <= len(IDS)
        assert sitting.complete == (set(sitting.answers) == set(IDS))
        assert before.answers.keys() <= sitting.answers.keys()
        if not isinstance(key, int):
            assert sitting.answers == before.answers
        elif before.current is not None:
            assert sitting.answers == {**before.answers, before.current.id: key or None}
        if sitting.complete:
            assert checked(opened, sitting.sheet()) == Sheet(sitting.answers)
        else:
            with pytest.raises(BadInputError, match=r"(has|more have) no answer"):
                checked(opened, sitting.sheet())


@QUICK
@given(st.lists(st.integers(0, 5), min_size=len(IDS), max_size=len(IDS)), st.integers(1, 10))
def test_going_back_loses_no_answer(keys: list[int], steps: int) -> None:
    sitting = Sitting(QUESTIONS)
    for key in keys:
        sitting = sitting.answer(key)
    assert sitting.complete
    assert sitting.current is None

    gone_back = sitting
    for _ in range(steps):
        gone_back = gone_back.back()

    assert gone_back.answers == sitting.answers
    assert gone_back.at == max(0, len(IDS) - steps)


def test_a_sitting_starts_at_the_first_question_without_answers() -> None:
    sitting = Sitting(QUESTIONS)

    assert sitting.current == QUESTIONS[0]
    assert sitting.answers == {}
    assert not sitting.complete
    assert sitting.back() == sitting


def test_nothing_is_answered_on_the_review_page() -> None:
    review = Sitting(QUESTIONS, dict.fromkeys(IDS, 3), len(IDS))

    assert review.answer(5) == review
    assert review.forward() == review


def test_a_question_without_an_answer_is_not_passed() -> None:
    sitting = Sitting(QUESTIONS).answer(4).back()

    assert sitting.forward().at == 1
    assert sitting.forward().forward().at == 1


def test_an_answer_changed_from_the_review_page_leads_back_to_it() -> None:
    review = Sitting(QUESTIONS, dict.fromkeys(IDS, 3), len(IDS))

    changed = review.go(1).answer(0)

    assert changed.current is None
    assert changed.answers == {**review.answers, IDS[1]: None}


def test_a_sitting_does_not_share_its_answers() -> None:
    sitting = Sitting(QUESTIONS).answer(4)

    sitting.sheet().answers.clear()

    assert sitting.answers == {IDS[0]: 4}
    assert Sitting(QUESTIONS).answers == {}


def test_the_comment_goes_with_the_sheet() -> None:
    assert Sitting(QUESTIONS).answer(4).sheet("Hello.") == Sheet({IDS[0]: 4}, "Hello.")


@given(st.integers())
@QUICK
def test_themes_are_asked_in_their_order_and_items_shuffled_inside(seed: int) -> None:
    questions = tuple(
        Question(f"{theme}-{at}", "Short", "In this sprint ...", theme) for at in range(3) for theme in THEMES
    )
    sitting = begin(a_round(questions=questions), random.Random(seed).shuffle)

    assert [question.theme for question in sitting.questions] == [theme for theme in THEMES for _ in range(3)]
    assert Counter(sitting.questions) == Counter(questions)


def test_two_people_see_the_items_of_a_theme_in_different_orders() -> None:
    questions = tuple(Question(f"q{at}", "Short", "In this sprint ...", "data") for at in range(4))
    orders = {begin(a_round(questions=questions), random.Random(seed).shuffle).questions for seed in range(300)}

    assert len(orders) == 24


@pytest.mark.parametrize("value", [None, 1, 5])
def test_a_sheet_that_fits_is_taken(value: int | None) -> None:
    assert checked(a_round(), full(value, "  Fine\x07.\r\n ")) == full(value, "Fine.")


@pytest.mark.parametrize("value", [0, 6, -1, 2**64, 10**4000])
def test_an_answer_out_of_range_is_refused_in_one_short_sentence(value: int) -> None:
    sheet = Sheet({**full().answers, IDS[2]: value})

    with pytest.raises(BadInputError, match=f"to '{IDS[2]}' is out of range") as refused:
        checked(a_round(), sheet)

    assert len(refused.value.message) < 200


def test_a_missing_answer_is_named() -> None:
    one = {item: 3 for item in IDS if item != IDS[1]}

    with pytest.raises(BadInputError, match=f"The item '{IDS[1]}' has no answer"):
        checked(a_round(), Sheet({**one}))
    with pytest.raises(BadInputError, match=f"The item '{IDS[0]}' and 3 more have no answer"):
        checked(a_round(), Sheet({}))


def test_an_unknown_item_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(BadInputError, match="'data-cleanin' is not part of this round; did you mean 'data-cleaning'"):
        checked(a_round(), Sheet({**full().answers, "data-cleanin": 3}))
    with pytest.raises(BadInputError, match="it asks 4 items, such as 'data-cleaning'"):
        checked(a_round(), Sheet({"zzz": 3}))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_item_names_come_back_harmless_and_short(name: str) -> None:
    with pytest.raises(BadInputError, match="is not part of this round") as refused:
        checked(a_round(), Sheet({HOSTILE[name]: 3}))

    assert clean(refused.value.message) == refused.value.message
    assert len(refused.value.message) < 250


def test_a_comment_is_cleaned_before_it_is_measured() -> None:
    assert checked_comment("\x00" * 100 + "a" * COMMENT_LIMIT) == "a" * COMMENT_LIMIT


def test_a_comment_that_is_too_long_is_refused() -> None:
    with pytest.raises(BadInputError, match=f"is {COMMENT_LIMIT + 1} characters long"):
        checked(a_round(), full(comment="a" * (COMMENT_LIMIT + 1)))


def test_a_comment_that_nobody_can_see_is_none() -> None:
    assert checked_comment("\u200b \u3164\n\u2800") == ""
    assert checked_comment("a\u200db") == "a\u200db"
