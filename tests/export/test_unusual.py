from __future__ import annotations

from msgspec.structs import replace

from tests.export.page_reports import eventful_report
from tests.export.summaries import first_summary, rich_summary
from tuiretro.core.figures import NEW_LANGUAGE, NO_CHANGE, NOT_ASKED, TOO_EARLY
from tuiretro.core.shifts import NO_DIRECTION
from tuiretro.export.unusual import Said, code, earlier, lasting, unusual, verdict
from tuiretro.model.trends import Dot, Line

WHOLE = "This whole sprint was rated lower than usual."
ITEM = "Unusually low compared with your last 8 sprints. Worth asking why."
CALM = replace(rich_summary(), signal=None, remark="", themes=rich_summary().themes[:1])


def test_the_whole_sprint_comes_before_themes_and_these_before_statements() -> None:
    assert unusual(rich_summary(), {}) == (
        Said(WHOLE),
        Said("Unusually low compared with your last 8 sprints.", "Data"),
        Said(ITEM, "Data work got its due time"),
    )


def test_a_statement_is_named_in_its_own_language() -> None:
    assert unusual(replace(rich_summary(), language="fr.2"), {})[-1].language == "fr"
    assert code("pt-br") == "pt-br"


def test_a_statement_is_told_with_the_mistake_that_it_asks_about_unless_both_are_called_the_same() -> None:
    data = rich_summary().themes[1]
    low = replace(data.items[0], mistake="data-cleaning")
    summary = replace(rich_summary(), themes=(replace(data, items=(low,)),))
    title = "Underestimating the data cleaning burden"
    assert unusual(summary, {"data-cleaning": title})[-1].mistake == title
    assert unusual(summary, {"data-cleaning": low.short})[-1].mistake == ""
    assert unusual(summary, {})[-1].mistake == ""


def test_the_verdict_is_silent_where_single_findings_say_more() -> None:
    assert verdict(rich_summary()) == ""
    assert verdict(CALM) == NO_CHANGE
    assert verdict(replace(CALM, themes=rich_summary().themes)) == ""


def test_where_nothing_could_be_judged_the_verdict_says_why() -> None:
    assert verdict(first_summary()) == "Too early for trends: 1 of 5 sprints."
    assert verdict(replace(CALM, is_judged=False)) == TOO_EARLY
    assert verdict(replace(rich_summary(), signal=None, remark=NEW_LANGUAGE)) == NEW_LANGUAGE


def test_earlier_sprints_are_told_only_where_something_was_unusual() -> None:
    told = earlier([rich_summary(), CALM, rich_summary()], {})
    assert [one.said for one in told] == [unusual(rich_summary(), {})]
    numbers = [one.sprint.number for one in earlier(eventful_report().summaries, {})]
    assert numbers == sorted(numbers, reverse=True)
    assert 8 in numbers
    assert 14 not in numbers


def test_lasting_changes_are_told_and_what_is_said_elsewhere_is_not() -> None:
    dots = (Dot(1, 3.0, 3.0),)
    theme = Line("data", "data", "data", None, dots, remarks=(NO_CHANGE, "Rising."))
    other = Line("own", "own", "own", None, dots, remarks=(NOT_ASKED, NO_DIRECTION))
    mistake = Line("m01", "First", "direction", "m01", dots, remarks=(ITEM, "A new baseline."))
    assert lasting((theme, other, mistake), ()) == (Said("Rising.", "Data"), Said("A new baseline.", "First"))
    assert lasting((mistake,), (Said(f"{ITEM} A new baseline.", "Short"),)) == ()
