from __future__ import annotations

import struct

import pytest

from tuiretro.store.passphrase import HEAD_BYTES, locked, unlocked

CHEAP = (1, 8192)
DATA = b"what nobody else may read"
LOCKED = locked(DATA, "correct horse", CHEAP)


def test_the_words_that_locked_it_open_it_and_no_others() -> None:
    assert unlocked(LOCKED, "correct horse") == DATA
    assert DATA not in LOCKED
    for words in ("", "correct horse ", "Correct horse", "correct hors"):
        assert unlocked(LOCKED, words) is None


def test_the_same_looks_different_each_time() -> None:
    again = locked(DATA, "correct horse", CHEAP)
    assert again[:HEAD_BYTES] != LOCKED[:HEAD_BYTES]
    assert again[HEAD_BYTES:] != LOCKED[HEAD_BYTES:]


@pytest.mark.parametrize("at", [12, HEAD_BYTES, HEAD_BYTES + 30, len(LOCKED) - 1])
def test_one_flipped_bit_opens_nothing(at: int) -> None:
    changed = bytearray(LOCKED)
    changed[at] ^= 1
    assert unlocked(bytes(changed), "correct horse") is None


@pytest.mark.parametrize("length", [0, 11, HEAD_BYTES, HEAD_BYTES + 39])
def test_what_was_cut_short_is_said(length: int) -> None:
    with pytest.raises(ValueError, match="cut short"):
        unlocked(LOCKED[:length], "correct horse")


@pytest.mark.parametrize("cost", [(1, 1 << 40), (1000, 8192)])
def test_nothing_asks_for_the_memory_or_the_time_of_the_whole_machine(cost: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="more memory or time"):
        unlocked(struct.pack(">IQ", *cost) + LOCKED[12:], "correct horse")
