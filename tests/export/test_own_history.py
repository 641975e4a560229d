"""One person's kept self-checks as text, Markdown and JSON."""

from __future__ import annotations

import json

from rich.cells import cell_len

from tests.core.self_checks import BAD_NEWS, CLEANING, DRIFT, history_of, kept
from tests.export.rendered import words
from tuiretro.core.self_check_words import SIDE_BY_SIDE
from tuiretro.export.own_history import SHOWN, history_json, history_markdown, history_text

RISING = history_of(kept(*({CLEANING: n} for n in (1, 1, 2, 2, 3, 4, 4, 5)), {BAD_NEWS: None, CLEANING: 5}))
TWICE = history_of(kept({CLEANING: 2, DRIFT: 4}, {CLEANING: None}))


def test_the_text_has_a_column_for_each_time() -> None:
    text = history_text(TWICE)
    assert text.startswith(
        "Your self-checks: 2 times\n"
        "\n"
        f"{'':42}2026    2026\n"
        f"{'':40}23 Nov  30 Nov\n"
        "DATA\n"
        "  Data work got its time                     2       -\n"
        "  We saw drift                               4\n"
        "\n"
    )
    assert "Too early to speak of any direction: 1 of 8 answers" in " ".join(text.split())


def test_of_many_the_last_stand_in_the_text_and_it_is_said() -> None:
    text = history_text(RISING)
    assert f"The last {SHOWN} are shown; --format md and --format json have them all." in text
    assert "  Data work got its time                     3       4       4       5       5\n" in text
    assert "      Going up over your last 9 answers (chance alone would rarely\n      order them so).\n" in text
    assert max(map(cell_len, text.splitlines())) <= 80


def test_a_statement_that_was_not_asked_lately_is_not_in_the_text_and_is_in_the_others() -> None:
    history = history_of(kept({DRIFT: 3}, *({CLEANING: 3} for _ in range(SHOWN))))
    assert "We saw drift" not in history_text(history)
    assert "We saw drift" in history_markdown(history)
    assert "We saw drift" in history_json(history)


def test_the_markdown_is_one_table() -> None:
    text = history_markdown(TWICE)
    assert "| statement | 2026-11-23 | 2026-11-30 | direction |\n| --- | --- | --- | --- |\n" in text
    assert "| Data work got its time | 2 | - |  |\n" in text
    assert any(line.startswith(SIDE_BY_SIDE) for line in words("gfm-like", text))


def test_the_json_tells_what_was_not_asked_from_what_could_not_be_said() -> None:
    document = json.loads(history_json(TWICE))
    assert document["checks"] == [
        {"day": "2026-11-23", "survey": "pulse"},
        {"day": "2026-11-30", "survey": "pulse"},
    ]
    assert [(line["item"], line["asked"], line["answers"]) for line in document["lines"]] == [
        (CLEANING, [0, 1], [2, None]),
        (DRIFT, [0], [4]),
    ]
