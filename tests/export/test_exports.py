"""What holds for every export, whatever its format."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.export.html_pages import read
from tests.export.reports import COMMENT, OWNER, STRANGERS, hostile, one, story
from tests.export.summaries import NEVER, first_summary, rich_summary
from tuiretro.core.explaining import reading
from tuiretro.export import BRIEFS, EXPORTERS, Exporter
from tuiretro.model.report import ActionLine, Report
from tuiretro.model.summary import Summary

GOLDEN = Path(__file__).parents[1] / "golden"
ENDS = {"md": "md", "json": "json", "csv": "csv", "ical": "ics", "checklist": "md", "brief": "md"}
"""By export: how the name of its golden file ends."""
BRIEFLY = {f"brief-{form}".removesuffix("-md"): make for form, make in BRIEFS.items()}
EVERY: dict[str, Exporter] = {**EXPORTERS, **BRIEFLY}
REPORTS: dict[str, Callable[[], Report]] = {
    "rich": lambda: one(rich_summary()),
    "first": lambda: one(first_summary()),
    "story": story,
}
NO_CAUSE = "We can't tell if the action caused it."
"""The one sentence in which the word may stand, because it says that nobody knows."""
each_export = pytest.mark.parametrize("form", EVERY)


@pytest.mark.parametrize("form", ENDS)
def test_exports_are_the_golden_ones_byte_for_byte(form: str) -> None:
    # Told of one sprint alone, the formats for programs stay short.
    told = story(9) if form == "brief" else story(10) if form in {"csv", "json"} else story()
    path = GOLDEN / f"export_{'story' if form in {'md', 'json', 'csv'} else form}.{ENDS[form]}"
    assert EVERY[form](told).encode() == path.read_bytes()


@each_export
@pytest.mark.parametrize("name", REPORTS)
def test_no_export_claims_more_than_is_known(form: str, name: str) -> None:
    made = EVERY[form](REPORTS[name]())
    said = read(made) if form == "html" else made
    # How trends are read is told as on the screen, in its words.
    for sentence in (NO_CAUSE, *reading()):
        said = said.replace(sentence, "")
    assert NEVER.search(said) is None


@each_export
def test_owners_stay_at_home_unless_asked(form: str) -> None:
    assert OWNER not in EVERY[form](story())
    assert OWNER not in EVERY[form](one(rich_summary()))


@pytest.mark.parametrize("form", ["md", "html", "json", "ical", "checklist", "brief"])
def test_owners_are_named_where_they_are_asked_for(form: str) -> None:
    assert OWNER in EVERY[form](story(), owners=True)
    assert OWNER in EVERY[form](one(rich_summary()), owners=True)


@pytest.mark.parametrize("form", ["md", "html", "brief"])
@pytest.mark.parametrize("name", REPORTS)
def test_who_is_addressed_is_said_once_before_anybody_is(form: str, name: str) -> None:
    made = EVERY[form](REPORTS[name]())
    said = read(made) if form == "html" else made
    assert said.lower().count("'you' and 'your' mean the team") == 1
    assert said.lower().index("'you' and 'your' mean") < len(said.lower().split("your ")[0])


@pytest.mark.parametrize("form", EVERY)
def test_only_what_people_read_looks_at_the_day(form: str) -> None:
    late = replace(story(), today=date(2026, 12, 1))
    assert (EVERY[form](late) == EVERY[form](story())) is (form in {"csv", "json", "ical"})
    alone = one(rich_summary())
    late = replace(alone, today=date(2027, 1, 1))
    assert (EVERY[form](late) == EVERY[form](alone)) is (form in {"csv", "json", "ical"})


@each_export
def test_comments_never_leave(form: str) -> None:
    assert story().summaries[-1].comments == 3
    assert COMMENT not in EVERY[form](story(), owners=True)


@each_export
@pytest.mark.parametrize("text", STRANGERS, ids=range(len(STRANGERS)))
def test_nothing_that_steers_a_terminal_passes(form: str, text: str) -> None:
    page = EVERY[form](hostile(text), owners=True)
    assert not {character for character in page if character < " " and character not in "\r\n"}
    assert not set(page) & {"\u202e", "\u2028", "\x9b"}


@each_export
def test_figures_that_are_shown_alike_are_exported_alike(form: str) -> None:
    def nudged(summary: Summary) -> Summary:
        themes = tuple(
            replace(
                theme,
                mean=theme.mean and theme.mean + 0.004,
                recent=(),
                items=tuple(replace(item, band=item.band and item.band + 0.004) for item in theme.items),
            )
            for theme in summary.themes
        )
        focus = tuple(replace(line, level=line.level - 0.004) for line in summary.focus)
        return replace(summary, themes=themes, focus=focus)

    assert EVERY[form](one(nudged(rich_summary()))) == EVERY[form](one(rich_summary()))


@pytest.mark.parametrize("form", ["md", "html", "json", "brief"])
def test_a_play_is_suggested_only_where_people_need_not_talk_first(form: str) -> None:
    text = EVERY[form](one(rich_summary()))
    assert text.count("Read twenty raw records together") == 1
    assert "Another play" not in text


@pytest.mark.parametrize("form", ["md", "html", "json", "checklist", "ical", "brief"])
def test_an_action_that_is_over_is_not_among_those_that_wait(form: str) -> None:
    told = story()
    waiting = replace(told, actions=tuple(line for line in told.actions if line.action.status == "open"))
    done = tuple(ActionLine(replace(line.action, status="done", closed=10), "") for line in waiting.actions)
    assert EVERY[form](told) != EVERY[form](replace(told, actions=done))
