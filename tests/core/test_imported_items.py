from __future__ import annotations

import pytest

from tuiretro.core.imported_items import statement


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("G1Q1. We tested our models.", "We tested our models."),
        ("G1Q1[SQ2]. How was it? [We tested our models.]", "We tested our models."),
        ("3. How was it? [We tested our models.]", "We tested our models."),
        ("12) We tested our models.", "We tested our models."),
        ("We tested\nour models. [optional]", "We tested our models. [optional]"),
        ("We tested. It was fun.", "We tested. It was fun."),
        ("G1Q1", "G1Q1"),
        ("", ""),
    ],
)
def test_a_statement_is_what_was_asked_without_the_tools_own_marks(column: str, expected: str) -> None:
    assert statement(column) == expected
