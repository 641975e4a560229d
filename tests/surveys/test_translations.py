"""Spanish and German are complete for everything that is asked, and say so as long as nobody has reviewed them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from tests.surveys.shelf import Item, file_of, items, library
from tests.surveys.test_items import LONGEST_LABEL, SHORTEST_LABEL
from tuiretro.model.survey import PlayBook, Survey, Translations

MOST_WORDS = 25
THIS_SPRINT = {"es": "en este sprint", "de": "in diesem sprint"}
"""What each statement says somewhere, as the English does at its beginning."""
LOANWORDS = {"Monitoring", "Retraining", "Onboarding", "Prompts"}
"""Titles that people of the trade say in English."""
GENDER_STAR = re.compile(r"\w[*:_·]in(nen)?\b")


def gaps(place: str, english: Mapping[str, str], translations: Translations) -> Iterator[str]:
    """The texts that a language lacks or repeats from English."""
    for language in THIS_SPRINT:
        found = translations.get(language, {})
        for key, text in english.items():
            if not found.get(key):
                yield f"{place}: no {key} in '{language}'"
            elif found[key] == text and text not in LOANWORDS:
                yield f"{place}: {key} in '{language}' is that of English: {found[key]}"


def faults(item: Item, language: str) -> Iterator[str]:
    """What an author has to change in a statement and its label in another language."""
    place = f"{item.place} '{language}'"
    text, short = (str(item.translations[language][key]) for key in ("text", "short"))
    words = len(text.split())
    if words > MOST_WORDS:
        yield f"{place}: {words} words, at most {MOST_WORDS}: {text}"
    if re.findall(r"[.?!;:¿¡]", text) != ["."] or not text.endswith("."):
        yield f"{place}: expected one sentence with a full stop: {text}"
    if THIS_SPRINT[language] not in text.lower():
        yield f"{place}: expected '{THIS_SPRINT[language]}' in it: {text}"
    if not SHORTEST_LABEL <= len(short) <= LONGEST_LABEL:
        yield f"{place}: label of {len(short)} characters, {SHORTEST_LABEL} to {LONGEST_LABEL}: {short}"
    if star := GENDER_STAR.search(f"{text} {short}"):
        yield f"{place}: '{star[0]}', expected a neutral word"


def test_everything_that_is_asked_is_translated() -> None:
    assert [gap for item in items() for gap in gaps(item.place, item.english, item.translations)] == []


def test_titles_and_introductions_are_translated() -> None:
    odd: list[str] = []
    everything: tuple[PlayBook, ...] = (*library().mistakes(), *library().surveys())
    for book in everything:
        english = {"title": book.title} | ({"intro": book.intro} if isinstance(book, Survey) else {})
        odd += gaps(file_of(book), english, book.translations)
    assert odd == []


def test_every_translated_statement_keeps_the_rules() -> None:
    assert [fault for item in items() for language in THIS_SPRINT for fault in faults(item, language)] == []


@pytest.mark.parametrize("language", THIS_SPRINT)
def test_labels_and_statements_differ_within_a_language(language: str) -> None:
    for key in ("short", "text"):
        uses = Counter(str(item.translations[language][key]).casefold() for item in items())
        assert [text for text, count in uses.items() if count > 1] == []


@pytest.mark.parametrize("language", THIS_SPRINT)
def test_a_language_says_that_it_is_not_reviewed(language: str) -> None:
    spoken = library().language(language)
    assert not spoken.reviewed
    assert spoken.notice
    assert len(set(spoken.labels)) == 6
    assert not set(spoken.labels) & set(library().language("en").labels)


def test_a_missing_and_an_english_text_are_named() -> None:
    english = {"text": "In this sprint we met.", "short": "We met"}
    given: Translations = {"es": {"text": english["text"], "short": "Nos vimos"}, "de": {"short": "Treffen"}}
    assert list(gaps("own.toml [met]", english, given)) == [
        "own.toml [met]: text in 'es' is that of English: In this sprint we met.",
        "own.toml [met]: no text in 'de'",
    ]


@pytest.mark.parametrize(
    ("text", "short", "fault"),
    [
        ("In diesem Sprint " + "so " * 22 + "gut.", "Treffen", "26 words"),
        ("In diesem Sprint gut. Sehr gut.", "Treffen", "expected one sentence"),
        ("Wir haben uns getroffen.", "Treffen", "expected 'in diesem sprint'"),
        ("In diesem Sprint trafen wir Nutzer:innen.", "Treffen", "'r:innen'"),
        ("In diesem Sprint trafen wir uns.", "T" * 37, "label of 37 characters"),
    ],
)
def test_a_translation_that_breaks_a_rule_is_named(text: str, short: str, fault: str) -> None:
    item = Item("own.toml [met]", "", "", {"de": {"text": text, "short": short}})
    assert [line for line in faults(item, "de") if line.startswith("own.toml [met] 'de': ") and fault in line]
