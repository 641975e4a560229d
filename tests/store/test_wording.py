from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tuiretro import files
from tuiretro.errors import UnconfirmedError, WorkspaceError
from tuiretro.store import wording
from tuiretro.store.wording import Wording, explained

STALE = ".tuiretro-0123456789abcdef.tmp"
FAILED = Wording("It failed", "all is kept")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "permission"),
        (errno.EIO, "input"),
    ],
)
def test_a_failure_is_one_sentence_that_says_what_was_kept(tmp_path: Path, number: int, words: str) -> None:
    with pytest.raises(WorkspaceError) as caught, explained(FAILED):
        raise OSError(number, os.strerror(number), str(tmp_path / STALE))
    assert words in caught.value.message
    assert caught.value.message.startswith("It failed: ")
    assert caught.value.message.endswith(f" ({tmp_path}); all is kept.")


def test_a_missing_confirmation_says_that_it_is_stored_and_what_to_do() -> None:
    with pytest.raises(UnconfirmedError) as caught, explained(wording.SHEET):
        raise files.UnconfirmedError(errno.EIO, os.strerror(errno.EIO))
    assert caught.value.message == (
        "Your sheet is stored, but the disk did not confirm it; do not hand it in again. A power cut now could still "
        "undo it (input/output error): have the disk looked at if this happens again."
    )


def test_a_failure_after_the_change_is_no_failure_of_the_change(tmp_path: Path) -> None:
    with pytest.raises(UnconfirmedError) as caught, explained(wording.ABANDONED):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(tmp_path))
    assert caught.value.message == (
        f"The round is abandoned, but not all of it is destroyed: the disk is read-only ({tmp_path}); "
        "the rest is removed when tuiretro is next started."
    )


def test_only_a_change_that_was_made_is_called_unconfirmed() -> None:
    with pytest.raises(WorkspaceError) as caught, explained(wording.SHEET):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert not isinstance(caught.value, UnconfirmedError)


def test_what_the_disk_did_not_say_is_left_as_it_is() -> None:
    with pytest.raises(KeyError), explained(FAILED):
        raise KeyError("another fault")
