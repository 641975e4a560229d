from __future__ import annotations

import pytest

from tuiretro.errors import WorkspaceError
from tuiretro.store.ballot import new_keys
from tuiretro.store.padlock import SEAL_BYTES, Padlock

PUBLIC, PRIVATE = new_keys()


def test_the_seal_is_as_large_as_libsodium_says() -> None:
    from nacl.bindings import crypto_box_SEALBYTES

    assert crypto_box_SEALBYTES == SEAL_BYTES


def test_what_a_padlock_closes_is_a_sealed_box_of_libsodium() -> None:
    from nacl.public import PrivateKey, SealedBox

    box = Padlock(PUBLIC).close(b"an answer")
    assert len(box) == len(b"an answer") + SEAL_BYTES
    assert SealedBox(PrivateKey(PRIVATE)).decrypt(box) == b"an answer"


def test_a_padlock_closes_one_box_and_no_second_one_under_its_key() -> None:
    padlock = Padlock(PUBLIC)
    padlock.close(b"an answer")
    with pytest.raises(ValueError, match="one box"):
        padlock.close(b"another")


def test_no_two_padlocks_share_a_byte_that_would_tell_whose_they_are() -> None:
    assert Padlock(PUBLIC).close(b"an answer")[:32] != Padlock(PUBLIC).close(b"an answer")[:32]


@pytest.mark.parametrize("key", [b"", b"short", bytes(32)], ids=["empty", "too short", "no point of the curve"])
def test_a_damaged_public_key_is_refused_before_there_is_anything_to_close(key: bytes) -> None:
    with pytest.raises(WorkspaceError, match="public key is damaged"):
        Padlock(key)
