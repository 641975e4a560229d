from __future__ import annotations

import pytest

from tuiretro.core.wording import doubts, second_ideas


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("In this sprint " + "we met so " * 6 + ".", "22 words, better at most 20"),
        ("We met in this sprint.", "better begin with 'In this sprint'"),
        ("In this sprint we met. We spoke.", "better one sentence"),
        ("In this sprint we met our users and spoke.", "'and' makes it hard to answer"),
        ("In this sprint we did not wait.", "'not' makes it hard to answer"),
    ],
)
def test_an_author_is_told_what_is_hard_to_answer(text: str, doubt: str) -> None:
    assert any(doubt in found for found in doubts(text))


def test_a_good_statement_raises_no_doubt() -> None:
    assert list(doubts("In this sprint we met our users.")) == []


def test_a_word_that_only_holds_a_second_idea_as_a_part_is_none() -> None:
    assert second_ideas("In this sprint the standard order was noted.") == ()
    assert second_ideas("In this sprint we couldn't meet, and we couldn't talk.") == ("couldn't", "and")
