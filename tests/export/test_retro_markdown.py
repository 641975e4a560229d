from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.core.hostile import HOSTILE as CORPUS
from tests.export.rendered import READERS, acting, tokens, words
from tests.export.retros import CHECKS, bare_retro, hostile_retro, rich_retro
from tests.export.summaries import HOSTILE, NEVER
from tuiretro.core.figures import FOOTER, TOO_FEW
from tuiretro.core.text import clean, harmless
from tuiretro.export.retro_markdown import NO_NOTE, UNDER_WAY, retro_markdown
from tuiretro.model.retro_summary import CheckLine, RetroSummary

GOLDEN = Path(__file__).parents[1] / "golden"
STRANGERS = (*HOSTILE, *CORPUS.values())


def _line_of(check: CheckLine) -> str:
    page = retro_markdown(replace(rich_retro(), checks=(check,)))
    return next(line for line in page.splitlines() if check.statement in line)


def _shape(reader: str, summary: RetroSummary) -> list[str]:
    return [token.type for token in tokens(reader, retro_markdown(summary, owners=True)) if token.type != "text"]


def test_a_page_is_the_golden_one() -> None:
    assert retro_markdown(rich_retro()) == (GOLDEN / "retro_rich.md").read_text(encoding="utf-8")


def test_a_page_claims_no_more_than_is_known() -> None:
    assert NEVER.search(retro_markdown(rich_retro())) is None
    assert FOOTER in retro_markdown(rich_retro())


def test_what_was_decided_stands_first() -> None:
    page = retro_markdown(rich_retro())
    headings = [line for line in page.splitlines() if line.startswith("## ")]

    assert headings == ["## Decided", "## Earlier actions", "## Topics", "## How it was"]
    assert "- **Buy cake** (due 4 Dec 2026, dropped)\n" in page


def test_owners_stay_at_home_unless_asked() -> None:
    assert not any(name in retro_markdown(rich_retro()) for name in ("Mina", "Joana"))

    page = retro_markdown(rich_retro(), owners=True)
    assert "(due 13 Dec 2026, Mina)" in page
    assert "(from sprint 13, Joana): moved until 13 Dec 2026" in page


def test_a_retro_that_has_just_begun_says_so_and_holds_no_empty_part() -> None:
    page = retro_markdown(bare_retro())

    assert f"**{UNDER_WAY}**" in page
    assert ("Nothing was taken on." in page, NO_NOTE in page) == (True, True)
    assert not {"## Earlier actions", "## How it was"} & set(page.splitlines())
    assert UNDER_WAY not in retro_markdown(rich_retro())


def test_hidden_votes_are_said_to_be() -> None:
    page = retro_markdown(replace(bare_retro(), topics=rich_retro().topics[:1], voters=2, hides_votes=True))
    assert "2 people voted by passing the keyboard. Votes are hidden: people are still voting" in page


def test_a_retro_under_way_has_taken_so_long_so_far() -> None:
    assert "So far it has taken" in retro_markdown(replace(bare_retro(), is_over=False))
    assert "It took" in retro_markdown(replace(bare_retro(), is_over=True))


def test_of_hidden_notes_only_their_number_is_told() -> None:
    page = retro_markdown(replace(bare_retro(), hidden=6))

    assert "6 notes, hidden" in page
    assert NO_NOTE not in page


def test_a_question_that_too_few_answered_is_a_sentence_and_never_a_number() -> None:
    assert _line_of(CHECKS[1]).endswith(f" {TOO_FEW}")
    assert not any(character.isdigit() for character in _line_of(CHECKS[1]))
    assert TOO_FEW in _line_of(replace(CHECKS[0], mean=None))


def test_a_question_is_told_with_band_spread_word_and_number_of_answers() -> None:
    assert _line_of(CHECKS[0]).endswith(" 3.4 ±0.7, mixed (7 of 9 answered)")
    assert _line_of(replace(CHECKS[0], mean=1.5, spread=None)).endswith(" 1.5 or lower ±0.7 (7 of 9 answered)")


def test_votes_are_counted_in_words_with_their_ties() -> None:
    page = retro_markdown(rich_retro())

    assert "3 people voted by passing the keyboard." in page
    assert "- **Builds** (2 notes, 4 votes (a tie), discussed)\n" in page
    assert "- a demo every week (Start, 1 vote)\n- cake (Start)\n" in page
    assert "passing the keyboard" not in retro_markdown(replace(rich_retro(), voters=0))


@pytest.mark.parametrize("text", STRANGERS, ids=range(len(STRANGERS)))
@pytest.mark.parametrize("reader", READERS)
def test_text_of_strangers_never_changes_the_page(reader: str, text: str) -> None:
    summary = hostile_retro(text)
    page = retro_markdown(summary, owners=True)

    assert not acting(reader, page)
    assert _shape(reader, summary) == _shape(reader, hostile_retro("plain"))
    assert harmless(page, lines=True) == page
    told = "".join(words(reader, page))
    assert told.count(clean(text)) >= 10
