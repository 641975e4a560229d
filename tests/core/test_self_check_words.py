from __future__ import annotations

from msgspec.structs import replace

from tests.core.rounds import a_round
from tuiretro.core.self_check_words import (
    ALONE,
    ALONE_NOT_HIDDEN,
    FREE,
    KEPT_IF_ASKED,
    before_check,
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
