"""Statements are one short, plain, positive sentence about this sprint."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import pytest
import textstat

from tests.surveys.shelf import Item, items

OPENING = "In this sprint "
MOST_WORDS, SHORTEST_LABEL, LONGEST_LABEL = 20, 5, 36
HARDEST = 9.0
"""The highest reading grade: about fourteen years of age."""
SECOND_IDEA = re.compile(
    r"\b(and|or|not|no|nor|never|but|without|none|nobody|nothing|cannot|neither|either|both|hardly|rarely"
    r"|although|while|unless|except|however|as well as|plus|\w+n't|can't)\b|[/;]",
    re.IGNORECASE,
)
"""Words and signs that bring in a second idea, or turn agreement upside down."""


def grade(text: str) -> float:
    """The reading grade by letters, words and sentences alone; other formulas fetch a dictionary from the network."""
    return float(textstat.automated_readability_index(text))


def faults(item: Item) -> Iterator[str]:
    """What an author has to change in a statement and its label."""
    words, label = len(item.text.split()), len(item.short)
    if words > MOST_WORDS:
        yield f"{item.place}: {words} words, at most {MOST_WORDS}: {item.text}"
    if not item.text.startswith(OPENING):
        yield f"{item.place}: expected it to begin with '{OPENING.strip()}': {item.text}"
    if re.findall(r"[.?!:]", item.text) != ["."] or not item.text.endswith("."):
        yield f"{item.place}: expected one sentence with a full stop: {item.text}"
    if not SHORTEST_LABEL <= label <= LONGEST_LABEL:
        yield f"{item.place}: label of {label} characters, {SHORTEST_LABEL} to {LONGEST_LABEL}: {item.short}"
    for key, text in (("text", item.text), ("short", item.short)):
        if second := SECOND_IDEA.search(text):
            yield f"{item.place}: '{second[0]}' in {key}, expected one positive idea: {text}"
    if grade(item.text) > HARDEST:
        yield f"{item.place}: reading grade {grade(item.text):.1f}, at most {HARDEST:.0f}: {item.text}"


def test_every_statement_keeps_the_rules() -> None:
    assert [fault for item in items() for fault in faults(item)] == []


@pytest.mark.parametrize(
    ("text", "short", "fault"),
    [
        ("In this sprint " + "we met so " * 6 + ".", "We met", "22 words"),
        ("We met in this sprint.", "We met", "expected it to begin with 'In this sprint'"),
        ("In this sprint we met. We spoke.", "We met", "expected one sentence"),
        ("In this sprint we met: it was good.", "We met", "expected one sentence"),
        ("In this sprint we met", "We met", "expected one sentence"),
        ("In this sprint we met.", "Met", "label of 3 characters"),
        ("In this sprint we met.", "We met each other at nine every day 5", "label of 37 characters"),
        ("In this sprint we met and spoke.", "We met", "'and' in text"),
        ("In this sprint we met our users as well as our lead.", "We met", "'as well as' in text"),
        ("In this sprint we met unless it rained.", "We met", "'unless' in text"),
        ("In this sprint we met our users/leads.", "We met", "'/' in text"),
        ("In this sprint we met; it rained.", "We met", "';' in text"),
        ("In this sprint we met.", "We didn't wait", "'didn't' in short"),
        ("In this sprint we operationalised organisational interdependencies.", "We met", "reading grade"),
    ],
)
def test_a_statement_that_breaks_a_rule_is_named_with_its_file(text: str, short: str, fault: str) -> None:
    found = list(faults(Item("own.toml [met]", short, text)))
    assert any(line.startswith("own.toml [met]: ") and fault in line for line in found), found


def test_a_good_statement_has_no_fault() -> None:
    assert list(faults(Item("own.toml [met]", "We met our users", "In this sprint we met our users."))) == []


def test_reading_grades_need_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no network here")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert grade("A text that was seen by none of the tests before this one.") < HARDEST
