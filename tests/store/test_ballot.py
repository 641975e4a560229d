from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.builders import QUESTIONS, a_round, a_sheet
from tuiretro.core.rules import COMMENT_LIMIT
from tuiretro.errors import BadInputError, WorkspaceError
from tuiretro.model.round import Sheet
from tuiretro.store.ballot import box_size, new_keys, seal, unseal
from tuiretro.store.padlock import SEAL_BYTES

PUBLIC, PRIVATE = new_keys()
SIZE = box_size(a_round())
answers = st.fixed_dictionaries({q.id: st.none() | st.integers(1, 5) for q in QUESTIONS})
comments = st.text(st.characters(exclude_categories=["Cs"]), max_size=COMMENT_LIMIT)


@given(answers, comments)
def test_a_sheet_comes_out_as_it_went_in_and_every_box_has_one_size(
    given_answers: dict[str, int | None], comment: str
) -> None:
    sheet = Sheet(given_answers, comment)
    box = seal(sheet, a_round(), PUBLIC, SIZE)
    assert len(box) == SIZE
    assert unseal(box, PRIVATE, a_round()) == sheet


def test_the_longest_comment_of_the_widest_characters_fits() -> None:
    sheet = a_sheet(comment="😀" * COMMENT_LIMIT)
    assert unseal(seal(sheet, a_round(), PUBLIC, SIZE), PRIVATE, a_round()) == sheet


def test_the_same_sheet_twice_makes_two_different_boxes() -> None:
    assert seal(a_sheet(), a_round(), PUBLIC, SIZE) != seal(a_sheet(), a_round(), PUBLIC, SIZE)


def test_keys_are_fresh_each_time() -> None:
    assert new_keys() != new_keys()
    assert [len(key) for key in new_keys()] == [32, 32]


@pytest.mark.parametrize("at", [0, 31, 32, 47, 48, SIZE - 1])
def test_one_flipped_bit_is_refused(at: int) -> None:
    box = bytearray(seal(a_sheet(), a_round(), PUBLIC, SIZE))
    box[at] ^= 1
    with pytest.raises(WorkspaceError, match="cannot be opened"):
        unseal(bytes(box), PRIVATE, a_round())


@pytest.mark.parametrize("length", [0, 1, 47, 48, SIZE - 1])
def test_a_cut_box_is_refused(length: int) -> None:
    with pytest.raises(WorkspaceError, match="cannot be opened"):
        unseal(seal(a_sheet(), a_round(), PUBLIC, SIZE)[:length], PRIVATE, a_round())


@pytest.mark.parametrize("key", [new_keys()[1], b"", b"x" * 31], ids=["of another round", "empty", "too short"])
def test_a_wrong_key_is_refused(key: bytes) -> None:
    with pytest.raises(WorkspaceError, match="cannot be opened"):
        unseal(seal(a_sheet(), a_round(), PUBLIC, SIZE), key, a_round())


def test_a_damaged_public_key_is_refused() -> None:
    with pytest.raises(WorkspaceError, match="public key is damaged"):
        seal(a_sheet(), a_round(), b"short", SIZE)


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"\0\3" + b"\1" * 3 + b"\0\0",
        b"\0\4" + b"\6" * 4 + b"\0\0",
        b"\0\4" + b"\1" * 4 + b"\0\5abc",
        b"\0\4" + b"\1" * 4 + b"\0\1abc",
        b"\0\4" + b"\1" * 4 + b"\0\2\xff\xfe",
        b"\0\4" + b"\1" * 2,
    ],
)
def test_a_box_that_holds_no_sheet_of_the_round_is_refused(plain: bytes) -> None:
    from nacl.public import PublicKey, SealedBox

    box = SealedBox(PublicKey(PUBLIC)).encrypt(plain)
    with pytest.raises(WorkspaceError, match="cannot be opened") as caught:
        unseal(box, PRIVATE, a_round())
    assert caught.value.__cause__ is None


def test_a_size_that_is_too_small_is_refused_before_anything_is_sealed() -> None:
    with pytest.raises(BadInputError, match="too long"):
        seal(a_sheet(comment="x" * 100), a_round(), PUBLIC, SEAL_BYTES + 20)


def test_reading_does_not_import_nacl_or_textual() -> None:
    code = (
        "import sys, tuiretro.store.tinydb_store;"
        "print(sorted({'nacl','textual','rich','dateutil','filelock','random'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
