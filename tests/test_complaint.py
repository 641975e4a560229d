from __future__ import annotations

import errno

import pytest

from tuiretro.complaint import complaint
from tuiretro.errors import BusyError, FaultError, NotFoundError


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (NotFoundError("There is no \x1b[2Jteam."), ("There is no [2Jteam.", 4)),
        (BusyError("It is locked."), ("It is locked.", 7)),
        (FaultError("A fault."), ("A fault.", 1)),
        (
            OSError(errno.ENOSPC, "No space left on device", "/x/\x1by"),
            (
                "The computer refused: No space left on device (/x/y). What was confirmed as saved is kept.",
                1,
            ),
        ),
        (OSError(), ("The computer refused: input or output failed. What was confirmed as saved is kept.", 1)),
    ],
    ids=["not found", "busy", "fault", "disk", "unknown"],
)
def test_every_failure_has_a_sentence_and_an_exit_code(error: Exception, told: tuple[str, int]) -> None:
    assert complaint(error) == told


def test_a_fault_is_told_without_what_was_typed() -> None:
    try:
        int("the secret answer")
    except ValueError as error:
        sentence, code = complaint(error)
    assert sentence.startswith("This is a fault of the program (ValueError at test_complaint.py:")
    assert "secret" not in sentence
    assert code == 1
