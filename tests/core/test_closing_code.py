from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest

from tuiretro.core.closing_code import new_closing_code, read_closing_code
from tuiretro.errors import BadInputError

WORDS = ("abacus", "drop-down", "hamster", "violin", "zoom")


def test_a_closing_code_is_six_words_each_as_likely_as_every_other() -> None:
    drawn = Counter(word for _ in range(500) for word in new_closing_code(WORDS, os.urandom).split())
    assert set(drawn) == set(WORDS)
    assert sum(drawn.values()) == 3000
    # Five standard deviations of 3,000 draws with a chance of one in five.
    assert all(abs(count - 600) < 110 for count in drawn.values())


def test_a_draw_that_would_favour_the_first_words_is_drawn_again() -> None:
    draws: Iterator[bytes] = iter([b"\xff" * 8, *[bytes([0] * 7 + [at]) for at in range(6)]])
    assert new_closing_code(WORDS, lambda _: next(draws)) == "abacus drop-down hamster violin zoom abacus"


def test_case_and_spaces_do_not_matter() -> None:
    typed = "  Abacus, DROP-DOWN\thamster;  violin zoom\nzoom. "
    assert read_closing_code(typed, WORDS) == "abacus drop-down hamster violin zoom zoom"


@pytest.mark.parametrize(
    "typed", ["abacus-drop-down-hamster-violin-zoom-zoom", "Abacus-drop-down hamster violin-zoom, zoom"]
)
def test_hyphens_between_words_do_not_matter_and_those_of_a_word_stay(typed: str) -> None:
    assert read_closing_code(typed, WORDS) == "abacus drop-down hamster violin zoom zoom"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "has 6 words, and this has 0"),
        ("abacus zoom", "has 6 words, and this has 2"),
        ("zoom " * 7, "has 6 words, and this has 7"),
        ("abacus hampster violin zoom zoom zoom", "'hampster' is none .* did you mean 'hamster'"),
        ("abacus qqqqqq violin zoom zoom zoom", r"'qqqqqq' is none of the words of closing codes\. Nothing"),
        ("zoom " * 5 + "x" * 500, "'xxx.*…' is none"),
        ("zoom " * 5 + "hamster; drop", "this has 7"),
        ("zoom " * 5 + "zoom-hampster", "'zoom-hampster' is none"),
    ],
)
def test_what_is_no_closing_code_is_refused_with_what_is_wrong(typed: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said) as caught:
        read_closing_code(typed, WORDS)
    assert caught.value.message.endswith("Nothing was changed.")
