from __future__ import annotations

from msgspec.structs import replace

from tests.core.rounds import a_round
from tuiretro.core.self_check_words import (
    ALONE,
    ALONE_NOT_HIDDEN,
    FREE,
    KEPT_IF_ASKED,
    before_check,
    changed_words,
    kept_words,
)


def test_before_the_first_statement_it_is_said_what_becomes_of_the_answers() -> None:
    first, *rest = before_check(a_round())
    assert first == "Pulse, for you alone: 4 statements. Hello."
    assert rest == [ALONE, KEPT_IF_ASKED, ALONE_NOT_HIDDEN, FREE]


def test_a_notice_and_a_warning_stand_where_everybody_reads_them() -> None:
    told = before_check(replace(a_round(), notice="Not reviewed."), "Look out.")
    assert told[1:4] == (ALONE, "Not reviewed.", "Look out.")


def test_once_kept_it_is_said_where_and_who_can_read_it() -> None:
    assert "Kept in /f, locked with your passphrase." in kept_words("/f", is_locked=True)
    assert "Kept in /f, readable for whoever may read your files." in kept_words("/f", is_locked=False)


def test_what_another_program_did_meanwhile_is_said_with_what_keeping_would_come_to() -> None:
    assert "were removed, so that these would begin a new file" in changed_words(is_locked=None)
    assert "without a passphrase now, and these would lie beside them" in changed_words(is_locked=False)
    assert "locked with a passphrase now, and the same one would lock" in changed_words(is_locked=True)
    assert all(changed_words(is_locked=now).endswith("These were not kept yet.") for now in (None, False, True))
