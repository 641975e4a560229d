from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuiretro.core.searching import Sought, folded, search, sought

ENTRIES = (
    sought("card", "Write a data card", ["One page on where the rows come from."]),
    sought("rows", "Read rows by hand", ["Profile the data before training."]),
    sought("año", "Año de datos", ["Límite: größer als STRASSE, \uff37\uff29\uff24\uff25"]),
    sought("clean", "Underestimating the data cleaning burden"),
)


def test_nothing_typed_gives_everything_back_in_the_given_order() -> None:
    assert search(ENTRIES, "") == search(ENTRIES, "  \t") == ("card", "rows", "año", "clean")


def test_every_word_has_to_occur_in_any_order_and_anywhere() -> None:
    assert search(ENTRIES, "rows data") == search(ENTRIES, "data rows") == ("card", "rows")
    assert search(ENTRIES, "rows burden") == ()


def test_hits_in_the_title_come_first_then_those_with_some_words_there() -> None:
    entries = (sought("none", "x", ["one two"]), sought("some", "one", ["two"]), sought("all", "two one"))
    assert search(entries, "one two") == ("all", "some", "none")
    assert search(entries, "one") == ("some", "all", "none")


def test_among_equals_the_given_order_stays() -> None:
    assert search(ENTRIES, "data") == ("card", "clean", "rows")
    assert search(tuple(reversed(ENTRIES)), "data") == ("clean", "card", "rows")


@pytest.mark.parametrize("typed", ["AÑO", "ano", "an\u0303o", "grosser", "GRÖSSER strasse", "straße", "wide", "limite"])
def test_case_accents_and_width_do_not_matter(typed: str) -> None:
    assert search(ENTRIES, typed) == ("año",)


def test_a_part_of_a_word_is_enough() -> None:
    assert search(ENTRIES, "underest clea") == ("clean",)


def test_a_word_does_not_match_across_two_texts() -> None:
    assert search((sought("a", "one", ["two", "three"]),), "twothree") == ()


def test_what_is_typed_is_no_pattern() -> None:
    assert search(ENTRIES, ".*") == search(ENTRIES, "[a-z]") == search(ENTRIES, "%") == ()
    assert search((sought("a", "[/nope] .*"),), "[/ .*") == ("a",)


def test_texts_are_folded_once() -> None:
    assert sought("a", "  Tïtle ", ["ONE", "two"]) == Sought("a", "title", "one two")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(), st.lists(st.text()))
def test_whatever_is_typed_finds_what_holds_it(text: str, others: list[str]) -> None:
    assert search((sought("it", text, others),), text) == ("it",)


@given(st.lists(st.tuples(st.text(), st.text())), st.text())
def test_only_entries_come_back_and_each_once(texts: list[tuple[str, str]], typed: str) -> None:
    entries = tuple(sought(str(at), title, [rest]) for at, (title, rest) in enumerate(texts))
    found = search(entries, typed)
    assert len(set(found)) == len(found)
    assert set(found) <= {entry.id for entry in entries}
