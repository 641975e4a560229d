from __future__ import annotations

import unicodedata
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.core.hostile import HOSTILE
from tuiretro.core.text import (
    LINE_LIMIT,
    MARKS_IN_A_ROW,
    clean,
    cleaned_keys,
    clip,
    harmless,
    name_key,
    pad,
    plural,
    typed,
    unshowable,
    visible,
)
from tuiretro.errors import BadInputError

BIDI = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), "\u200e", "\u200f", "\u061c", "\ufeff"}
NASTY = st.sampled_from(
    [*BIDI, *"\x00\x1b\x85\x9b\ud800\ue000\u0378\u2028\n\r\t\u00a0\u3000\u200b\u200d \u0301\u0323\u20dd"]
)
PIECES = st.characters() | NASTY | st.sampled_from("eao\u1100\u1161\u11a8\u00e9\u0915\u093c日👩")
TEXTS = st.lists(PIECES, max_size=40).map("".join)
QUICK = settings(max_examples=300, deadline=None)


def _is_safe(text: str, allowed: str = "") -> bool:
    return all(
        c in allowed or (unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} and c not in BIDI)
        for c in text
    )


def _longest_stack(text: str) -> int:
    stacks = groupby(text, key=lambda c: unicodedata.category(c) in {"Mn", "Me"})
    return max((len(list(stack)) for is_mark, stack in stacks if is_mark), default=0)


@pytest.mark.parametrize("lines", [False, True])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_string_comes_out_harmless(name: str, *, lines: bool) -> None:
    kept = clean(HOSTILE[name], lines=lines)

    assert _is_safe(kept, "\n" if lines else "")
    assert clean(kept, lines=lines) == kept
    assert _longest_stack(kept) <= MARKS_IN_A_ROW


@QUICK
@given(text=TEXTS, lines=st.booleans())
def test_cleaning_twice_is_cleaning_once(text: str, *, lines: bool) -> None:
    once = clean(text, lines=lines)

    assert clean(once, lines=lines) == once
    assert harmless(harmless(text, lines=lines), lines=lines) == harmless(text, lines=lines)


@QUICK
@given(TEXTS)
def test_no_steering_character_passes(text: str) -> None:
    assert _is_safe(harmless(text))
    assert _is_safe(harmless(text, lines=True), "\n")


@QUICK
@given(TEXTS)
def test_clean_text_is_composed_and_stacks_few_marks(text: str) -> None:
    kept = clean(text, lines=True)

    assert unicodedata.is_normalized("NFC", kept)
    assert _longest_stack(kept) <= MARKS_IN_A_ROW
    assert kept == kept.strip()


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_a_document_is_cleaned_all_the_way_down_and_keeps_what_is_no_text() -> None:
    document = {"na\x07me": ["a\x1bb\n c", {"x\u202ey": ("\u2066",)}], "n": 1, "none": None, "yes": True}

    assert cleaned_keys(document) == {"name": ["ab\nc", {"xy": [""]}], "n": 1, "none": None, "yes": True}


def test_letters_that_a_dropped_character_kept_apart_are_composed() -> None:
    assert harmless("e\u202e\u0301") == "é"
    assert harmless("\u1100\x00\u1161") == "\uac00"


def test_joined_emoji_stay_whole() -> None:
    assert clean("👩\u200d💻 and ❤\ufe0f") == "👩\u200d💻 and ❤\ufe0f"


def test_lines_become_spaces_unless_they_are_kept() -> None:
    assert clean(" one\r\ntwo\rthree\u2028four ") == "one two three four"
    assert clean(" one \r\n\r\n  two\t x\n", lines=True) == "one\n\ntwo x"


def test_typed_text_is_cleaned_and_kept() -> None:
    assert typed("  Team \t Ro\u0308ver ", "team name") == "Team Röver"
    assert typed("   ", "owner", empty=True) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("\u202e", "is empty"),
        ("\u200b", "is empty"),
        ("\u3164 \u2800", "is empty"),
        ("a\x1b[2J", "cannot be shown"),
        ("a\u202eb", "cannot be shown"),
        ("a\ud800", "cannot be shown"),
        ("a" * (LINE_LIMIT + 1), f"{LINE_LIMIT + 1} characters long; {LINE_LIMIT} are the most"),
    ],
)
def test_typed_text_that_is_not_fit_to_keep_is_refused(text: str, why: str) -> None:
    with pytest.raises(BadInputError, match=why) as refused:
        typed(text, "action")

    assert "The action" in refused.value.message
    assert refused.value.about == "action"
    assert "Nothing was saved." in refused.value.message


@QUICK
@given(TEXTS, st.integers(1, 30))
def test_typed_text_is_either_refused_or_short_and_harmless(text: str, limit: int) -> None:
    try:
        kept = typed(text, "title", limit=limit)
    except BadInputError:
        return

    assert 0 < len(kept) <= limit
    assert _is_safe(kept)
    assert not unshowable(text)


@QUICK
@given(TEXTS, st.integers(0, 30))
def test_a_clipped_text_fits_and_a_padded_one_fills(text: str, width: int) -> None:
    shown = harmless(text)

    assert cell_len(clip(shown, width)) <= width
    assert cell_len(pad(shown, width)) == width


def test_what_is_cut_ends_in_one_ellipsis() -> None:
    assert clip("abcdef", 6) == "abcdef"
    assert clip("abcdef", 4) == "abc…"
    assert clip("ab cdef", 4) == "ab…"
    assert clip("日本語", 4) == "日…"
    assert clip("abc", 0) == ""
    assert pad("ab", 4) == "ab  "


def test_a_joiner_at_an_end_swallows_no_padding() -> None:
    assert pad("ab\u200d", 4) == "ab  "
    assert pad("\u200d\u200d日本", 5) == "日本 "
    assert clip("👩\u200d💻", 4) == "👩\u200d💻"


def test_numbers_bring_their_noun() -> None:
    assert plural(1, "sprint") == "1 sprint"
    assert plural(2, "sprint") == "2 sprints"
    assert plural(0, "person", "people") == "0 people"


UNSEEN = ("", " ", "\u00a0\u3000", "\u200b", "\u00ad", "\u3164", "\uffa0", "\u115f", "\u2800", "\u2060\u200d", "\ufe0f")


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_text_that_nobody_can_see_is_empty(text: str) -> None:
    assert not visible(text)
    assert typed(text, "owner", empty=True) == ""
    assert visible(f"{text}a{text}")
    assert typed(f"{text}a", "owner") == clean(f"{text}a")


@pytest.mark.parametrize(
    "other", ["ATLAS", "At\u200blas", "Atlas\u00ad", "\uff21tlas", "\u3164Atlas", " atlas ", "\u202eAtlas"], ids=ascii
)
def test_names_that_look_the_same_have_one_key(other: str) -> None:
    assert name_key(other) == name_key("Atlas")


def test_names_that_look_different_have_two_keys() -> None:
    assert (
        len({name_key(name) for name in ("Atlas", "Atlas 2", "At las", "Atl\u00e4s", "\u65e5\u672c", "\U0001f469")})
        == 6
    )


@QUICK
@given(TEXTS)
def test_a_key_is_the_key_of_the_cleaned_name(text: str) -> None:
    assert name_key(clean(text)) == name_key(text)
