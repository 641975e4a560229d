from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.export.rendered import READERS, acting, tokens
from tests.export.summaries import HOSTILE, first_summary, hostile_summary, rich_summary
from tuiretro.core.figures import NOT_ASKED
from tuiretro.core.telling import NO_PLAY
from tuiretro.export.markdown import COMMENTS_STAY, markdown
from tuiretro.model.summary import Summary

GOLDEN = Path(__file__).parents[1] / "golden"
PAGES = {"export_rich": rich_summary, "export_first": first_summary}


def _shape(reader: str, page: str) -> list[str]:
    return [
        token.type for token in tokens(reader, page) if token.type.endswith(("_open", "_close")) or token.type == "hr"
    ]


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_the_golden_ones(name: str) -> None:
    assert markdown(PAGES[name]()) == (GOLDEN / f"{name}.md").read_text(encoding="utf-8")


def test_owners_are_named_when_asked() -> None:
    page = markdown(rich_summary(), owners=True)
    assert "due 20 Nov 2026, Mina)" in page
    assert "- Look at the dashboard (from sprint 14, due 11 Dec 2026)\n" in page


def test_only_open_actions_are_listed_the_first_due_first() -> None:
    page = markdown(rich_summary())
    assert "cake" not in page
    assert page.index("Write the data card") < page.index("Name one owner") < page.index("Look at the dashboard")


def test_an_action_says_how_late_it_is() -> None:
    assert "(from sprint 13, due 20 Nov 2026, 3 days late)\n" in markdown(rich_summary(), today=date(2026, 11, 23))


def test_a_mistake_stands_with_the_statement_that_asks_about_it_unless_both_are_called_the_same() -> None:
    entry = replace(rich_summary().focus[0], statement="Data work got its due time")
    assert "   - Asked as: Data work got its due time\n" in markdown(replace(rich_summary(), focus=(entry,)))
    assert "Asked as" not in markdown(replace(rich_summary(), focus=(replace(entry, statement=entry.title),)))


def test_an_entry_without_play_and_split_says_why() -> None:
    page = markdown(rich_summary())
    assert page.count("Talk first: People see this differently.") == 1
    assert page.count(f"   - {NO_PLAY}\n") == 1


def test_comments_are_told_of_and_never_counted() -> None:
    assert COMMENTS_STAY in markdown(rich_summary())
    assert markdown(rich_summary()) == markdown(replace(rich_summary(), comments=9))
    assert "omment" not in markdown(replace(rich_summary(), comments=0))


def test_too_few_answers_is_a_sentence_and_never_a_number() -> None:
    row = next(line for line in markdown(rich_summary()).splitlines() if "could be rebuilt" in line)
    assert "Too few answers to show." in row
    assert not re.search(r"\d", row)


def test_no_unusual_change_is_said_when_changes_were_judged_and_none_was_found() -> None:
    quiet = replace(rich_summary(), remark="", signal=None, themes=rich_summary().themes[:1])
    assert "**No unusual change.**" in markdown(quiet)


@pytest.mark.parametrize("summary", [rich_summary(), first_summary()])
def test_no_unusual_change_is_not_said_beside_a_signal_or_before_judging(summary: Summary) -> None:
    assert "**No unusual" not in markdown(replace(summary, remark="", signal=None))


def test_one_unusual_item_is_enough_to_stay_silent_about_the_whole() -> None:
    safety = rich_summary().themes[0]
    loud = replace(safety, items=(replace(safety.items[0], signal="high"),))
    assert "**No unusual" not in markdown(replace(rich_summary(), remark="", signal=None, themes=(loud,)))


def test_columns_are_aligned_in_cells_of_a_terminal() -> None:
    from rich.cells import cell_len

    wide = hostile_summary("\u65e5\u672c\u8a9e | e\u0301")
    for summary in (rich_summary(), wide):
        tables = [block for block in markdown(summary).split("\n\n") if block.startswith("|")]
        assert tables
        for table in tables:
            assert len({cell_len(line) for line in table.splitlines()}) == 1


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("reader", READERS)
def test_text_of_strangers_never_changes_the_page(reader: str, text: str) -> None:
    page = markdown(hostile_summary(text), owners=True)
    assert not acting(reader, page)
    assert _shape(reader, page) == _shape(reader, markdown(hostile_summary("plain"), owners=True))
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_a_theme_that_was_not_asked_says_where_its_figure_is_from() -> None:
    assert f"Theme: 3.4 ±0.5. {NOT_ASKED}" in markdown(rich_summary())


def test_sentences_end_once() -> None:
    page = markdown(replace(rich_summary(), title="How was it?"))
    assert "Survey: How was it? 7 of 9 answered. " in page
    assert ".." not in page
