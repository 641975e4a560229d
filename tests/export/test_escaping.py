from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.export.rendered import READERS, acting, words
from tests.export.summaries import HOSTILE
from tuiretro.core.text import clean
from tuiretro.export.escaping import escape

_PARTS = st.sampled_from(
    [
        *"\\`*_{}[]()<>#+-.!|~&;:=$@/^\"' \n\t019aZé",
        "http:",
        "https://",
        "www.",
        "evil.com",
        "a@b.de",
        "&amp;",
        "![",
        "](",
    ]
)
_TEXT = st.one_of(st.lists(_PARTS, max_size=14).map("".join), st.text(max_size=30))


def _cell(text: str) -> str:
    return f"| {text} | b |\n| --- | --- |\n| {text} | d |\n"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("reader", READERS)
def test_hostile_text_is_shown_letter_by_letter(reader: str, text: str) -> None:
    assert words(reader, escape(text)) == [clean(text)]
    assert not acting(reader, escape(text))


@settings(max_examples=400, deadline=None)
@given(text=_TEXT)
@example(text="a\\")
@example(text="//192.168.0.1")
@example(text="foo.md")
def test_no_character_acts_in_a_paragraph_heading_list_or_bold(text: str) -> None:
    wanted, escaped = clean(text), escape(text)
    for reader in READERS:
        if wanted:
            for place in ("", "# ", "- ", "1. x\n   - "):
                assert words(reader, place + escaped)[-1] == wanted
                assert not acting(reader, place + escaped)
            assert words(reader, f"a {escaped} b") == [f"a {wanted} b"]
            assert words(reader, f"**{escaped}**: x") == [f"<strong_open>{wanted}<strong_close>: x"]


@settings(max_examples=400, deadline=None)
@given(text=_TEXT)
@example(text="a | b")
@example(text="\\|")
def test_no_character_acts_in_a_table(text: str) -> None:
    assert words("gfm-like", _cell(escape(text))) == [clean(text), "b", clean(text), "d"]
    assert not acting("gfm-like", _cell(escape(text)))


@pytest.mark.parametrize(
    "text", ["3.4 of 5, up to 1.5", "Look at churn_table (late)", "R&D - C# and a+b=c!", "Mina's: why not?", "See 2/3"]
)
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert escape(text) == text


def test_escape_sequences_and_direction_marks_are_dropped() -> None:
    assert escape("\x1b[31mred\u202egnp") == "\\[31mredgnp"
