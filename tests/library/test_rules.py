from __future__ import annotations

from datetime import date

import pytest

from tuiretro.library import rules
from tuiretro.library.rules import Rule

_PAIR = rules.table({"title": rules.text(9), "effort": rules.choice("S", "M", "L")}, optional=frozenset({"effort"}))


@pytest.mark.parametrize(
    ("rule", "value", "message"),
    [
        (rules.text(9), None, "expected text, found nothing"),
        (rules.text(9), 3, "expected text, found a whole number"),
        (rules.text(9), 3.5, "expected text, found a number with a point"),
        (rules.text(9), True, "expected text, found true or false"),
        (rules.text(9), [], "expected text, found a list"),
        (rules.text(9), {}, "expected text, found a table"),
        (rules.text(9), date(2026, 1, 1), "expected text, found a date or time"),
        (rules.text(9), "  ", "expected some text, found none"),
        (rules.text(9), "ten letter", "expected at most 9 characters, found 10"),
        (rules.text(99, words=2), "one two three", "expected at most 2 words, found 3"),
        (rules.text(9), "one\ntwo", "expected one line, found a line break"),
        (rules.text(9), "one\ttwo", "expected plain text, found the control character U+0009"),
        (rules.text(9), "a\x1b[31m", "expected plain text, found the control character U+001B"),
        (rules.text(9), "a\u202eb", "expected plain text, found the control character U+202E"),
        (rules.text(9), "a\u200eb", "expected plain text, found U+200E, which cannot be shown"),
        (rules.text(9), "a\u200f\ufeff", "expected plain text, found U+200F, which cannot be shown"),
        (rules.text(9), "a\u061cb", "expected plain text, found U+061C, which cannot be shown"),
        (rules.text(9), "a\ue000b", "expected plain text, found U+E000, which cannot be shown"),
        (rules.text(9), "\u200b\u3164", "expected some text, found none"),
        (rules.text(9), "\u3164", "expected some text, found none"),
        (rules.name, "Big Id", "expected an id such as 'data-cleaning', at most 40 characters, found 'Big Id'"),
        (rules.name, "a--b", "expected an id such as 'data-cleaning', at most 40 characters, found 'a--b'"),
        (
            rules.name,
            "\u00e9t\u00e9",
            "expected an id such as 'data-cleaning', at most 40 characters, found '\u00e9t\u00e9'",
        ),
        (rules.name, 7, "expected an id such as 'data-cleaning', at most 40 characters, found a whole number"),
        (rules.choice("data", "trust"), "trsut", "expected data or trust, found 'trsut'; did you mean 'trust'?"),
        (rules.choice("S", "M", "L"), "XXL", "expected S, M or L, found 'XXL'"),
        (rules.choice("S", "M", "L"), None, "expected S, M or L, found nothing"),
        (rules.whole(1, 99), "2", "expected a whole number from 1 to 99, found text"),
        (rules.whole(1, 99), True, "expected a whole number from 1 to 99, found true or false"),
        (rules.whole(1, 99), 0, "expected a whole number from 1 to 99, found a lower one"),
        (rules.whole(1, 99), 10**400, "expected a whole number from 1 to 99, found a higher one"),
        (rules.flag, 1, "expected true or false, found a whole number"),
        (rules.texts(rules.text(9)), "a", "expected a list of texts, found text"),
        (rules.tables("key", _PAIR), {}, "expected tables that start with [[key]], found a table"),
        (_PAIR, "a", "expected a table, found text"),
        (rules.exactly(2, rules.texts(rules.text(9))), ["a"], "expected exactly 2, found 1"),
        (rules.exactly(2, rules.texts(rules.text(9))), "ab", "expected a list of texts, found text"),
        (rules.language, "español", "expected a code of a language such as 'es' or 'pt-br', found 'español'"),
        (rules.language, "ES", "expected a code of a language such as 'es' or 'pt-br', found 'ES'"),
        (rules.language, 34, "expected a code of a language such as 'es' or 'pt-br', found a whole number"),
        (rules.by_language(_PAIR), 3, "expected a table of languages, found a whole number"),
        (rules.by_language(_PAIR), [], "expected a table of languages, found a list"),
    ],
)
def test_each_rule_says_what_it_expected_and_found(rule: Rule, value: object, message: str) -> None:
    assert list(rule(value)) == [("", message)]


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (rules.text(9, words=2), "one [two]"),
        (rules.text(9), "\u0646\u0645\u06cc\u200c\u062e"),
        (rules.name, "data-cleaning-2"),
        (rules.choice("S", "M", "L"), "M"),
        (rules.whole(1, 99), 99),
        (rules.flag, False),
        (rules.texts(rules.text(9)), ["a", "b"]),
        (rules.tables("key", _PAIR), [{"title": "a"}]),
        (rules.exactly(2, rules.texts(rules.text(9))), ["a", "b"]),
        (rules.language, "es"),
        (rules.language, "pt-br"),
        (rules.by_language(_PAIR), {"es": {"title": "a"}, "pt-br": {"title": "b"}}),
        (rules.text(9), "caf\u00e9\u00a0au"),
    ],
)
def test_good_values_have_no_fault(rule: Rule, value: object) -> None:
    assert list(rule(value)) == []


def test_all_faults_of_one_text_are_named() -> None:
    assert len(list(rules.text(5, words=1)("one two\nthree"))) == 3


def test_faults_in_lists_are_named_by_position() -> None:
    faults = list(rules.texts(rules.text(9))(["fine", 3]))
    assert faults == [("2", "expected text, found a whole number")]


def test_tables_in_lists_are_named_by_id_and_else_by_position() -> None:
    rule = rules.tables("plays", rules.table({"id": rules.name, "on": rules.flag}))
    faults = list(rule([{"id": "first", "on": 1}, {"id": "No Id", "on": True}, "third"]))
    assert [key for key, _ in faults] == ["first.on", "2.id", "3"]


def test_an_unknown_key_gets_the_nearest_one_and_the_missing_one_is_not_named_twice() -> None:
    assert list(_PAIR({"titel": "a"})) == [("titel", "unknown key; did you mean 'title'?")]


def test_an_unknown_key_far_from_all_gets_the_list_of_keys() -> None:
    assert list(_PAIR({"title": "a", "a\x1b": 1})) == [
        (r"'a\x1b'", "unknown key; expected title or effort"),
    ]


def test_a_missing_key_is_named_with_what_was_expected() -> None:
    assert list(_PAIR({})) == [("title", "expected text, found nothing")]


def test_faults_of_translations_are_named_by_language() -> None:
    rule = rules.by_language(_PAIR)
    assert list(rule({"es": {"title": 3}, "en": {}, "Spanish": {}, "de": []})) == [
        ("es.title", "expected text, found a whole number"),
        ("en", "expected another language; English stands in the texts themselves"),
        ("Spanish", "expected a code of a language such as 'es' or 'pt-br', found 'Spanish'"),
        ("de", "expected a table, found a list"),
    ]


def test_keys_of_strangers_are_shown_safely_on_the_way_up() -> None:
    rule = rules.table({"translations": rules.by_language(_PAIR)})
    ((key, _),) = rule({"translations": {"e\x1bs": {}}})
    assert key == r"translations.'e\x1bs'"
