from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from tests.core.decision_histories import NUMBERS, history
from tests.core.summaries import TEAM, find, steady
from tests.export.rendered import READERS, acting, tokens
from tests.export.reports import STRANGERS, hostile, one, story
from tests.export.summaries import first_summary, rich_summary
from tuiretro.core.report import report
from tuiretro.core.telling import NO_PLAY
from tuiretro.export.brief import CANNOT, brief
from tuiretro.export.markdown import BAND_OR_UNUSUAL
from tuiretro.model.summary import Summary
from tuiretro.model.team import Sprint

DAYS = (date(2026, 6, 8), date(2026, 6, 21))


def section(page: str, title: str) -> str:
    return page.partition(f"## {title}\n\n")[2].partition("\n\n## ")[0]


def test_two_sprints_are_named_with_their_dates_and_how_many_answered() -> None:
    page = brief(story(9))
    assert page.startswith("# Atlas: what changed, from sprint 9 to 10\n")
    assert "11-24 May 2026, to 25 May - 7 Jun 2026. Pulse." in page
    assert "7 of 9 answered. The time before: nearly all answered." in page


def test_what_was_unusual_comes_first_and_figures_stand_side_by_side() -> None:
    page = section(brief(story(9)), "What was unusual")
    assert page.startswith("- This whole sprint was rated lower than usual.\n- Data: 2.5 ±0.7. Unusually low")
    assert "| Theme     | Sprint 9 | Sprint 10 | Band |" in page
    assert "| Trust     | 3.4      | 3.1       | ±0.7 | No unusual change." in page
    assert page.endswith("People see this differently. Talk before you fix: m06.")


def test_over_several_sprints_each_unusual_thing_says_in_which_it_was() -> None:
    page = section(brief(story(8)), "What was unusual")
    assert page.startswith("- Sprint 10:\n  - This whole sprint was rated lower than usual.\n  - Data: 2.5")
    assert "Sprint 9:" not in page


def test_where_nothing_was_unusual_that_is_said_or_that_it_is_too_early() -> None:
    assert section(brief(story(8, 9)), "What was unusual").startswith("No unusual change.\n")
    early = report(TEAM, history(*steady(6)), (), find, NUMBERS, first=2, last=3)
    assert section(brief(early), "What was unusual").startswith("- Too early for trends: 3 of 5 sprints.")
    unjudged = replace(early, summaries=tuple(replace(s, remark="") for s in early.summaries))
    assert section(brief(unjudged), "What was unusual").startswith("Too early to compare with your own past.")


def test_lasting_shifts_are_told_of_themes() -> None:
    data = {f"m{number:02}": 1.0 for number in (2, 7, 12, 17)}
    moved = {f"s{number}": data for number in range(10, 20)}
    past = history(*steady(19, 1, **moved))
    page = section(brief(report(TEAM, past, (), find, NUMBERS, first=18)), "What was unusual")
    assert "- Data: 8 sprints in a row above the earlier average. The baseline is reset. It starts at sprint 9." in page
    assert "No clear direction" not in page


def test_the_focus_list_says_what_is_new_what_left_and_why() -> None:
    page = section(brief(story(9)), "What the team works on")
    assert "- **Title of m07** (new on the list): level 3.0 ±0.7, 7 of 9 answered\n  - Asked as: m07.\n  - Why" in page
    assert "- **Title of m02**: level 2.9" in page
    assert page.endswith("- Left the list: Title of m01. Its 3-sprint average is now 3.4.")


def test_what_left_the_list_and_has_no_line_any_more_is_named_alone() -> None:
    told = story(9)
    lines = tuple(replace(line, dots=()) for line in told.trends.lines)
    page = brief(replace(told, trends=replace(told.trends, lines=lines)))
    assert "- Left the list: Title of m01.\n" in page
    gone = brief(replace(told, trends=replace(told.trends, lines=())))
    assert "- Left the list: Title of m01.\n" in gone


def test_what_came_and_went_in_between_is_told_and_what_came_back() -> None:
    drop, first, second = (entry for entry in story(9).summaries[-1].focus)
    sprints = story(8).summaries
    lists = ((first, second), (first, drop), (first, second))
    told = tuple(replace(summary, focus=focus) for summary, focus in zip(sprints, lists, strict=True))
    page = section(brief(replace(story(8), summaries=told)), "What the team works on")
    assert f"**{second.title}** (back since sprint 10)" in page
    assert f"**{first.title}**: level" in page
    assert f"- Came and went in between: {drop.title} (sprint 9). Its 3-sprint average is now" in page
    assert "Left the list" not in page
    longer = (told[0], told[1], replace(told[1], sprint=Sprint(11, *DAYS)), replace(told[2], sprint=Sprint(12, *DAYS)))
    assert f"{drop.title} (sprints 9 to 11)." in brief(replace(story(8), summaries=longer))


def test_an_entry_says_what_to_do_first_or_why_nothing_is_suggested() -> None:
    page = section(brief(one(rich_summary())), "What the team works on")
    assert page.count("  - Talk first: People see this differently. Talk before you fix.") == 1
    assert page.count(f"  - {NO_PLAY}") == 1
    assert page.count("  - Suggested: ") == 1


def test_it_says_who_you_is_and_that_the_band_does_not_say_what_is_unusual() -> None:
    page = brief(story(9))
    assert page.index("'you' and 'your' mean the team") < page.index("on your list")
    assert BAND_OR_UNUSUAL in page
    assert "no news" not in page


def test_a_decision_that_is_late_says_so() -> None:
    page = brief(replace(story(9), today=date(2026, 6, 21)))
    assert "- Agree on one measure (from sprint 10): open, due 20 Jun 2026, 1 day late." in page
    assert "- Buy cake (from sprint 9): open, due 1 Jun 2026, 20 days late." in page


def test_an_empty_focus_list_is_a_sentence() -> None:
    page = section(brief(one(first_summary())), "What the team works on")
    assert page == "No mistake has been rated yet; a sprint pulse asks about them."


def test_decisions_are_those_after_the_earlier_sprint_and_the_others_say_what_became_of_them() -> None:
    page = brief(story(9))
    decided = section(page, "What was decided")
    assert decided.startswith("- Agree on one measure (from sprint 10): open, due 20 Jun 2026.")
    earlier = section(page, "What became of earlier decisions")
    assert "- Write the data card (from sprint 7): done in sprint 9. No clear change yet." in earlier
    assert "- Buy cake (from sprint 9): open" in earlier
    assert "Look at raw records" not in earlier


def test_where_nothing_was_decided_that_is_said() -> None:
    page = brief(replace(story(9), actions=()))
    assert section(page, "What was decided") == "Nothing new was taken on."
    assert section(page, "What became of earlier decisions") == "Nothing was waiting."


def test_the_first_sprint_alone_has_a_brief_without_a_before() -> None:
    page = brief(one(rich_summary()))
    assert page.startswith("# Atlas: what changed, sprint 14\n")
    assert "The time before" not in page
    assert "new on the list" not in page
    assert "What became of earlier decisions" not in page
    assert "| Theme              | Sprint 14 | Band | What may be said" in page
    assert "| Your own questions | too few   |      |" in page


def test_a_theme_that_was_not_shown_before_has_an_empty_place() -> None:
    told = story(9)
    before: Summary = replace(told.summaries[0], themes=told.summaries[0].themes[:1])
    page = brief(replace(told, summaries=(before, told.summaries[1])))
    assert "| Data      |          | 2.5       |" in page


def test_the_page_ends_with_what_the_numbers_cannot_say() -> None:
    page = section(brief(story(9)), "What these numbers cannot say")
    for sentence in (*CANNOT, "A statement with fewer than 4 answers is not shown. Too few answers to show: m11."):
        assert f"- {sentence}" in page


@pytest.mark.parametrize("text", STRANGERS, ids=range(len(STRANGERS)))
@pytest.mark.parametrize("reader", READERS)
def test_text_of_strangers_never_changes_the_page(reader: str, text: str) -> None:
    page, plain = (brief(hostile(said), owners=True) for said in (text, "plain"))
    assert not acting(reader, page)
    assert [t.type for t in tokens(reader, page) if t.nesting] == [t.type for t in tokens(reader, plain) if t.nesting]
