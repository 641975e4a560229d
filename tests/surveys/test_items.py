"""Statements are one short, plain, positive sentence about this sprint."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
import textstat

from tests.surveys.shelf import Item, items
from tuiretro.core.wording import doubts, second_ideas

SHORTEST_LABEL, LONGEST_LABEL = 5, 36
HARDEST = 9.0
"""The highest reading grade: about fourteen years of age."""


def grade(text: str) -> float:
    """The reading grade by letters, words and sentences alone; other formulas fetch a dictionary from the network."""
    return float(textstat.automated_readability_index(text))


def faults(item: Item) -> Iterator[str]:
    """What an author has to change in a statement and its label."""
    label = len(item.short)
    yield from (f"{item.place}: {doubt}: {item.text}" for doubt in doubts(item.text))
    if not SHORTEST_LABEL <= label <= LONGEST_LABEL:
        yield f"{item.place}: label of {label} characters, {SHORTEST_LABEL} to {LONGEST_LABEL}: {item.short}"
    for word in second_ideas(item.short):
        yield f"{item.place}: '{word}' in the label, expected one positive idea: {item.short}"
    if grade(item.text) > HARDEST:
        yield f"{item.place}: reading grade {grade(item.text):.1f}, at most {HARDEST:.0f}: {item.text}"


def test_every_statement_keeps_the_rules() -> None:
    assert [fault for item in items() for fault in faults(item)] == []


@pytest.mark.parametrize(
    ("text", "short", "fault"),
    [
        ("In this sprint " + "we met so " * 6 + ".", "We met", "22 words"),
        ("We met in this sprint.", "We met", "better begin with 'In this sprint'"),
        ("In this sprint we met. We spoke.", "We met", "better one sentence"),
        ("In this sprint we met: it was good.", "We met", "better one sentence"),
        ("In this sprint we met", "We met", "better one sentence"),
        ("In this sprint we met.", "Met", "label of 3 characters"),
        ("In this sprint we met.", "We met each other at nine every day 5", "label of 37 characters"),
        ("In this sprint we met and spoke.", "We met", "'and' makes it hard"),
        ("In this sprint we met our users as well as our lead.", "We met", "'as well as' makes it hard"),
        ("In this sprint we met unless it rained.", "We met", "'unless' makes it hard"),
        ("In this sprint we met our users/leads.", "We met", "'/' makes it hard"),
        ("In this sprint we met; it rained.", "We met", "';' makes it hard"),
        ("In this sprint we met.", "We didn't wait", "'didn't' in the label"),
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
