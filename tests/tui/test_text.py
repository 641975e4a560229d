"""Text on its way to the screen, where no screen is needed to see that it fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tuiretro.core.text import harmless
from tuiretro.tui.text import fold


@pytest.mark.parametrize(
    ("text", "width", "hang", "lines"),
    [
        ("", 5, 0, [""]),
        ("one two three", 7, 2, ["one two", "  three"]),
        ("  - one two", 7, 0, ["  - one", "two"]),
        ("w" * 10, 4, 1, ["www", " www", " www", " w"]),
        ("a 数据清洗", 5, 0, ["a", "数据", "清洗"]),
        ("a  b", 5, 0, ["a  b"]),
    ],
)
def test_a_line_is_broken_between_words_and_only_then_inside_one(
    text: str, width: int, hang: int, lines: list[str]
) -> None:
    assert fold(text, width, hang=hang) == lines


@given(st.text(), st.integers(8, 40), st.integers(0, 4))
def test_no_line_is_wider_than_the_room_and_no_letter_is_lost(text: str, width: int, hang: int) -> None:
    lines = fold(text, width, hang=hang)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(harmless(text).split())
