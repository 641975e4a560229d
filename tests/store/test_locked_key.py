from __future__ import annotations

import struct
from hashlib import sha256

import pytest

from tests.store.builders import CLOSING
from tuiretro.core.closing_code import read_closing_code
from tuiretro.errors import BadInputError
from tuiretro.store.ballot import new_keys
from tuiretro.store.locked_key import closing_words, is_locked, lock, unlock

PRIVATE = new_keys()[1]
LOCKED = lock(PRIVATE, CLOSING)


def test_the_words_that_locked_a_key_open_it() -> None:
    assert unlock(LOCKED, CLOSING) == PRIVATE
    assert PRIVATE not in LOCKED
    assert is_locked(LOCKED)
    assert not is_locked(PRIVATE)


def test_the_same_key_and_words_look_different_each_time() -> None:
    assert lock(PRIVATE, CLOSING) != LOCKED


@pytest.mark.parametrize("words", ["", "zoom zoom zoom zoom zoom zoom", CLOSING.upper(), f"{CLOSING} "])
def test_other_words_do_not(words: str) -> None:
    with pytest.raises(BadInputError, match="These are not the six words of this round"):
        unlock(LOCKED, words)


@pytest.mark.parametrize("at", [0, 4, 8, 20, 40, 100, len(LOCKED) - 1])
def test_one_flipped_bit_is_damage_and_not_a_wrong_word(at: int) -> None:
    data = bytearray(LOCKED)
    data[at] ^= 1
    with pytest.raises(ValueError, match="check sum"):
        unlock(bytes(data), CLOSING)


@pytest.mark.parametrize("length", [0, 4, 32, 63, len(LOCKED) - 1])
def test_a_cut_key_is_damage(length: int) -> None:
    with pytest.raises(ValueError, match="check sum"):
        unlock(LOCKED[:length], CLOSING)


def test_a_key_cannot_ask_for_the_memory_of_the_whole_machine() -> None:
    whole = LOCKED[:8] + struct.pack(">Q", 1 << 40) + LOCKED[16:-32]
    with pytest.raises(ValueError, match="more memory"):
        unlock(whole + sha256(whole).digest(), CLOSING)


def test_a_key_cannot_ask_for_time_without_end() -> None:
    whole = LOCKED[:4] + struct.pack(">I", 2**32 - 1) + LOCKED[8:-32]
    with pytest.raises(ValueError, match="memory or time"):
        unlock(whole + sha256(whole).digest(), CLOSING)


def test_a_plain_key_that_happens_to_look_locked_is_a_plain_key() -> None:
    assert not is_locked(LOCKED[:4] + bytes(28))


def test_opening_costs_an_argon2id_hash_of_64_megabytes() -> None:
    from nacl.pwhash import argon2id

    operations, memory = struct.unpack(">IQ", LOCKED[4:16])
    assert (operations, memory) == (argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE)
    assert memory == 64 * 2**20


def test_the_list_has_7776_different_words_that_can_be_typed() -> None:
    words = closing_words()
    assert len(set(words)) == len(words) == 6**5
    assert all(word == word.casefold() and word.replace("-", "").isalpha() for word in words)
    assert read_closing_code(CLOSING, words) == CLOSING
