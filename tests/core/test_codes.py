from __future__ import annotations

import os
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuiretro.core.codes import fingerprint, new_code, read_code, written
from tuiretro.core.rules import CODE_LETTERS
from tuiretro.errors import BadInputError

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODES = st.binary(min_size=10, max_size=10).map(lambda data: new_code(lambda _: data))


def test_a_code_is_eighty_random_bits_in_crockfords_letters() -> None:
    asked: list[int] = []

    def entropy(count: int) -> bytes:
        asked.append(count)
        return bytes(range(count))

    assert new_code(entropy) == "000G40R40M30E209"
    assert asked == [10]
    assert len({new_code(os.urandom) for _ in range(1000)}) == 1000


def test_a_code_is_written_in_groups_of_four_with_crockfords_check_symbol() -> None:
    # 37 symbols: the number's rest when divided by 37 is the last one.
    assert written("000G40R40M30E209") == "000G-40R4-0M30-E209-Y"
    assert written("0" * 16) == "0000-0000-0000-0000-0"
    assert written("0" * 15 + "Z") == "0000-0000-0000-000Z-Z"
    assert written("0" * 14 + "10") == "0000-0000-0000-0010-*"
    assert written("0" * 14 + "14") == "0000-0000-0000-0014-U"


@given(CODES)
def test_every_code_is_read_as_it_was_written(code: str) -> None:
    assert read_code(written(code)) == code


@given(CODES, st.integers(0, 20), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_always_noticed(code: str, at: int, letter: str) -> None:
    shown = written(code)
    wrong = shown[:at] + letter + shown[at + 1 :]
    if wrong.replace("-", "") != shown.replace("-", ""):
        with pytest.raises(BadInputError):
            read_code(wrong)


@given(CODES, st.integers(0, 14))
def test_two_letters_that_changed_places_are_always_noticed(code: str, at: int) -> None:
    plain = written(code).replace("-", "")
    swapped = plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
    if swapped != plain:
        with pytest.raises(BadInputError, match="code is mistyped"):
            read_code(swapped)


@pytest.mark.parametrize(
    "typed",
    [
        "0123-4567-89AB-CDEF-",
        "0123456789abcdef",
        "  0123 4567 89ab cdef  ",
        "o123-4567-89ab-cdef-",
        "OI23\u20144567\u201389AB CDEF",
        "0l23 4567 89AB CDEF",
        "\t0123\t45-67--89ABCDEF",
    ],
)
def test_case_spaces_dashes_and_letters_that_look_like_figures_do_not_matter(typed: str) -> None:
    check = written("0123456789ABCDEF")[-1]
    assert read_code(f"{typed}{check}") == read_code(f"{typed} {check.lower()}") == "0123456789ABCDEF"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "this has 0 in all"),
        ("0123", "this has 4 in all"),
        ("0123-4567-89AB-CDEF", "this has 16 in all"),
        ("0123-4567-89AB-CDEF-00", "this has 18 in all"),
        ("U123-4567-89AB-CDEF-0", "has a 'U'"),
        ("0123-4567-89AB-CDE!-0", "has a '!'"),
        ("0123-4567-89AB-CDEF-0", "code is mistyped"),
        ("0123-4567-89AB-CDEF-\x1b", "code is mistyped"),
    ],
)
def test_what_is_no_code_is_refused_with_what_is_wrong(typed: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said) as caught:
        read_code(typed)
    assert caught.value.message.endswith("Nothing was saved.")


def test_the_same_code_has_another_fingerprint_in_another_round() -> None:
    code = "0123456789ABCDEF"
    assert len(code) == CODE_LETTERS
    assert fingerprint("ab12", code) == sha256(b"tuiretro-code\0ab12\x000123456789ABCDEF").digest()
    assert fingerprint("ab12", code) != fingerprint("ab13", code)
