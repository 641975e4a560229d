from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from tests.export.rendered import READERS, acting, tokens
from tests.export.reports import OWNER, STRANGERS, hostile, one, story
from tests.export.summaries import first_summary
from tuiretro.core.explaining import reading
from tuiretro.export.markdown import READ_ON
from tuiretro.export.markdown_range import range_page
from tuiretro.model.report import Report


def section(page: str, title: str) -> str:
    return page.partition(f"{title}\n\n")[2].partition("\n## ")[0]


def test_the_head_says_which_sprints_and_how_many_have_results() -> None:
    assert range_page(story()).startswith(
        "# Atlas: sprints 8 to 10, 27 Apr 2026 - 7 Jun 2026\n\n3 sprints with results."
    )
    assert range_page(story(10)).startswith("# Atlas: sprint 10, 25 May 2026 - 7 Jun 2026\n\n1 sprint with results.")


def test_what_was_unusual_comes_first_and_of_a_calm_end_that_is_said() -> None:
    page = range_page(story())
    assert page.index("## What was unusual") < page.index("## Focus list")
    assert section(page, "## What was unusual").strip() == (
        "- In sprint 10: This whole sprint was rated lower than usual. Unusually low: Data; m07 (No pilot)."
    )
    assert section(range_page(story(8, 9)), "## What was unusual").strip() == "- In sprint 9: No unusual change."
    both = replace(story(), summaries=(story().summaries[2], story().summaries[1]))
    assert section(range_page(both), "## What was unusual").startswith(
        "- In sprint 9: No unusual change.\n- In sprint 10"
    )


def test_the_last_sprint_has_its_tables_and_the_page_says_how_to_read_them() -> None:
    page = range_page(story())
    assert "| m03  |  3.1 | ±0.7 |" in section(page, "## Results of sprint 10")
    for words in (READ_ON, *reading()):
        assert words in section(page, "## How to read this")


def test_a_sprint_that_could_not_be_compared_says_so() -> None:
    page = section(range_page(story()), "## Sprint by sprint")
    assert "Pulse. Nearly all answered. No unusual change." in page
    assert "Pulse. 7 of 9 answered. Too early to compare with your own past." in page


def test_an_open_action_says_when_it_is_done_and_how_late_it_is() -> None:
    page = section(range_page(replace(story(), today=date(2026, 6, 5))), "## Actions")
    assert "- Buy cake (from sprint 9): open, due 1 Jun 2026, 4 days late." in page
    assert "open, due 20 Jun 2026. Too early (0 of 3 sprints).\n  - Done when: One page says it." in page
    assert "It is linked." not in page


def test_changes_of_the_focus_list_are_told_by_sprint_and_left_out_where_there_are_none() -> None:
    assert "|     10 | Title of m07 | Title of m01 |" in range_page(story())
    assert "How the focus list changed" not in range_page(story(10))


def test_themes_stand_in_one_table_with_what_is_unusual_beside_the_number() -> None:
    page = section(range_page(story()), "## Themes over the sprints")
    assert "|     10 | 7 Jun 2026  | 3.8    | 3.8       | 2.5 low | 3.1   | rated lower than usual |" in page
    assert "- Data (±0.7). In sprint 10: Unusually low compared with your earlier sprints. Worth asking why." in page


def test_a_sprint_in_which_people_joined_says_so() -> None:
    trends = replace(story().trends, changes=(9, 10))
    page = range_page(replace(story(), trends=trends))
    assert page.count("team changed") == 2
    assert "team changed, rated lower than usual" in page


def test_mistakes_stand_under_letters_and_too_few_is_a_word() -> None:
    page = section(range_page(story()), "## Mistakes over the sprints")
    assert "- B: No pilot (±0.7). In sprint 10: Unusually low" in page
    assert "- A: m02 (±0.7).\n" in page
    assert "|     10 | 7 Jun 2026  | 3.3 | 3.7 | few |" in page


def test_a_theme_of_many_mistakes_has_letters_enough() -> None:
    line = next(line for line in story().trends.lines if line.id == "m02")
    many = tuple(replace(line, id=str(number)) for number in range(28))
    page = range_page(replace(story(), trends=replace(story().trends, lines=many)))
    assert "| Y   | Z   | AA  | AB  |" in page
    assert "- AB: m02 (±0.7)." in page


def test_actions_stand_by_what_became_of_them() -> None:
    page = section(range_page(story(), owners=True), "## Actions")
    assert page.index("### Open") < page.index("### Done") < page.index("### Dropped")
    assert f"- Write the data card (from sprint 7, {OWNER}): done in sprint 9. No clear change yet." in page
    assert "Look at raw records" not in page
    assert "## Actions" not in range_page(replace(story(), actions=()))


def test_each_sprint_is_told_in_short_the_newest_first() -> None:
    page = section(range_page(story()), "## Sprint by sprint")
    assert page.index("### Sprint 10") < page.index("### Sprint 9") < page.index("### Sprint 8")
    assert "- m07 (No pilot): 2.0 ±0.7. Unusually low compared with your last 8 sprints. Worth asking why." in page
    assert "People see this differently. Talk before you fix: m06. Too few answers to show: m11." in page


@pytest.mark.parametrize("comments", [0, 3])
def test_comments_are_told_of_only_where_there_were_some(comments: int) -> None:
    summaries = tuple(replace(summary, comments=comments) for summary in story().summaries)
    assert ("## Comments" in range_page(replace(story(), summaries=summaries))) is bool(comments)


def test_a_first_sprint_without_lines_has_a_page_too() -> None:
    page = range_page(one(first_summary()))
    assert "Too early for trends: 1 of 5 sprints." in page
    assert "| Sprint" not in page
    assert "## Mistakes" not in page


def tables(report: Report) -> list[str]:
    return [block for block in range_page(report).split("\n\n") if block.startswith("|")]


@pytest.mark.parametrize("text", ["日本語 | é", "plain"])
def test_columns_are_aligned_in_cells_of_a_terminal(text: str) -> None:
    for report in (story(), hostile(text)):
        assert tables(report)
        for table in tables(report):
            assert len({cell_len(line) for line in table.splitlines()}) == 1


@pytest.mark.parametrize("text", STRANGERS, ids=range(len(STRANGERS)))
@pytest.mark.parametrize("reader", READERS)
def test_text_of_strangers_never_changes_the_page(reader: str, text: str) -> None:
    page, plain = (range_page(hostile(said), owners=True) for said in (text, "plain"))
    assert not acting(reader, page)
    assert [t.type for t in tokens(reader, page) if t.nesting] == [t.type for t in tokens(reader, plain) if t.nesting]
