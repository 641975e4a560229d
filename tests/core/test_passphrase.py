from __future__ import annotations

import unicodedata

import pytest

from tuiretro.core.passphrase import LEAST, MOST, PASSPHRASE, new_passphrase, typed_passphrase
from tuiretro.errors import BadInputError


def test_a_passphrase_typed_twice_is_taken_with_its_blanks() -> None:
    assert new_passphrase(" four small words ", " four small words ") == " four small words "


def test_none_typed_twice_is_none() -> None:
    assert new_passphrase("", "") == ""


def test_two_keyboards_that_write_one_letter_differently_give_one_passphrase() -> None:
    composed = "caf\N{LATIN SMALL LETTER E WITH ACUTE} at noon"
    assert typed_passphrase(unicodedata.normalize("NFD", composed)) == composed


@pytest.mark.parametrize(
    ("first", "again", "words"),
    [
        ("correct horse", "correct horsy", "The two passphrases differ"),
        ("correct horse", "", "The two passphrases differ"),
        ("", "correct horse", "The two passphrases differ"),
        ("a" * (LEAST - 1), "a" * (LEAST - 1), f"has {LEAST - 1} characters and needs {LEAST}"),
        ("a" * (MOST + 1), "a" * (MOST + 1), f"has {MOST + 1} characters; {MOST} are the most"),
        ("correct\x1b horse", "correct\x1b horse", "cannot be shown"),
        ("correct\ud800 horse", "correct\ud800 horse", "cannot be shown"),
    ],
)
def test_what_could_not_be_typed_again_is_refused(first: str, again: str, words: str) -> None:
    with pytest.raises(BadInputError, match=words) as caught:
        new_passphrase(first, again)
    assert caught.value.about == PASSPHRASE
    assert "correct" not in caught.value.message


def test_the_shortest_and_the_longest_are_taken() -> None:
    for length in (LEAST, MOST):
        assert new_passphrase("a" * length, "a" * length) == "a" * length
