from __future__ import annotations

import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from itertools import pairwise

import msgspec
import pytest
from msgspec.structs import replace

from tests.export.html_pages import elements, local, parsed, read, words
from tests.export.page_reports import (
    alone,
    eventful_report,
    first_report,
    hostile_report,
    long_report,
    quiet_report,
    reported,
    rich_report,
    years_report,
)
from tests.export.summaries import HOSTILE, rich_summary
from tuiretro.core.explaining import reading
from tuiretro.core.figures import FOOTER, NO_CHANGE, TOO_EARLY, TOO_FEW, mean_short
from tuiretro.core.text import clean
from tuiretro.export import html as module
from tuiretro.export.html import html
from tuiretro.export.html_page import CANNOT, NEWEST_FIRST, NOTHING_DRAWN, ONE_SPRINT
from tuiretro.export.markdown import HOW_TO_READ
from tuiretro.model.report import Report

REPORTS: dict[str, Callable[[], Report]] = {
    "eventful": eventful_report,
    "quiet": quiet_report,
    "rich": rich_report,
    "first": first_report,
    "years": years_report,
}
NEVER = re.compile(
    r"%|\bp-value|\b(worked|significant|proves?|benefit|SD|variance|score|grade|rank|percent|histogram|worst)\b|[↑↓▲▼]"
)
EVIL = (*HOSTILE, "</style><style>*{color:red}", "</title></svg><script>alert(1)</script>", '" onload="x', "a" * 200)


@cache
def page(name: str) -> str:
    """The page of a report; each is made once."""
    return html(REPORTS[name]())


@pytest.mark.parametrize("name", REPORTS)
def test_a_page_has_no_fault_and_its_parts_find_each_other(name: str) -> None:
    found = elements(page(name))
    ids = [element.attrib["id"] for element in found if "id" in element.attrib]
    assert len(ids) == len({*ids})
    wanted = {
        reference
        for element in found
        for reference in (
            *element.attrib.get("aria-labelledby", "").split(),
            *(element.attrib["href"].removeprefix("#") for _ in "." if "href" in element.attrib),
        )
    }
    assert wanted <= {*ids}


@pytest.mark.parametrize("name", REPORTS)
def test_a_page_runs_nothing_and_asks_for_nothing(name: str) -> None:
    assert "http" not in page(name).replace('http-equiv="Content-Security-Policy"', "")
    for element in elements(page(name)):
        assert local(element) not in {
            "script",
            "link",
            "img",
            "iframe",
            "object",
            "embed",
            "form",
            "image",
            "use",
            "a:",
        }
        assert not {key for key in element.attrib if key.startswith("on") or key in {"style", "src", "xlink:href"}}
        assert element.attrib.get("href", "#").startswith("#")


@pytest.mark.parametrize("name", REPORTS)
def test_the_policy_allows_the_style_of_the_page_and_nothing_else(name: str) -> None:
    (style,) = elements(page(name), "style")
    assert style.text is not None
    assert style.text == style.text.strip()
    digest = b64encode(sha256(style.text.encode()).digest()).decode()
    (policy,) = [e for e in elements(page(name), "meta") if e.attrib.get("http-equiv") == "Content-Security-Policy"]
    assert policy.attrib["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("name", REPORTS)
def test_every_drawing_says_what_it_is(name: str) -> None:
    drawings = elements(page(name), "svg")
    assert drawings
    for drawing in drawings:
        assert drawing.attrib["role"] == "img"
        assert [local(child) for child in drawing[:2]] == ["title", "desc"]
        assert all(words(child) for child in drawing[:2])


@pytest.mark.parametrize("name", REPORTS)
def test_headings_go_down_by_one_and_landmarks_stand_once(name: str) -> None:
    levels = [int(local(element)[1]) for element in elements(page(name), "h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    marks = [local(element) for element in elements(page(name), "header", "nav", "main", "footer")]
    assert marks == ["header", *(["nav"] if "Contents" in page(name) else []), "main", "footer"]
    assert parsed(page(name)).attrib["lang"] == "en"


@pytest.mark.parametrize("name", REPORTS)
def test_every_table_has_a_caption_and_heads_of_rows_and_columns(name: str) -> None:
    for table in elements(page(name), "table"):
        assert words(next(table.iter("caption")))
        assert {head.attrib.get("scope") for head in table.iter("th")} == {"col", "row"}


@pytest.mark.parametrize("name", REPORTS)
def test_a_page_claims_no_more_than_is_known(name: str) -> None:
    assert NEVER.search(read(page(name)).replace("Model tested beyond its score", "")) is None
    for sentence in (FOOTER, HOW_TO_READ, *reading(), *CANNOT):
        assert clean(sentence) in read(page(name))


@pytest.mark.parametrize("text", EVIL)
def test_text_of_strangers_never_changes_the_page(text: str) -> None:
    made = html(hostile_report(text), owners=True)
    plain = html(hostile_report("plain"), owners=True)
    shapes = [[local(e) for e in elements(of) if local(e) != "text"] for of in (made, plain)]
    assert shapes[0] == shapes[1]
    assert read(made).count(clean(text)) >= read(plain).count("plain") - 3
    assert "\x1b" not in made
    assert "\u202e" not in made


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in _strings(part)]
    return [value] if isinstance(value, str) else []


def _decimals(text: str) -> set[str]:
    return {*re.findall(r"\d+\.\d+", text)}


@pytest.mark.parametrize("name", ["eventful", "rich", "first"])
def test_the_figures_of_a_report_are_on_its_page_and_no_others(name: str) -> None:
    report = REPORTS[name]()
    last = report.summaries[-1]
    items = [item for theme in last.themes for item in theme.items if item.mean is not None]
    told = [last.themes, last.focus]
    means = {f"{item.mean:.1f}" for item in items} | {f"{entry.level:.1f}" for entry in last.focus}
    means |= {f"{theme.mean:.1f}" for theme in last.themes if theme.mean is not None}
    halves = [*(item.band for item in items), *(t.band for t in last.themes), *(entry.band for entry in last.focus)]
    bands = {f"{half:.1f}" for half in halves if half is not None}
    lines = {
        f"{value:.1f}"
        for line in report.trends.lines
        for dot in line.dots
        for value in (dot.value, dot.average, dot.centre, dot.lower, dot.upper, line.band)
        if value is not None
    }
    known = " ".join((*_strings(msgspec.to_builtins([told, report.trends.lines, report.actions])), *reading()))
    shown = _decimals(read(page(name)))
    assert means | bands <= shown
    assert shown <= means | bands | lines | _decimals(known) | {"1.5", "4.5"}


def test_figures_that_are_shown_alike_give_the_same_page() -> None:
    def nudged(report: Report) -> Report:
        lines = tuple(
            replace(line, dots=tuple(replace(d, value=d.value + 0.004, average=d.average + 0.004) for d in line.dots))
            for line in report.trends.lines
        )
        return replace(report, trends=replace(report.trends, lines=lines))

    flat = tuple(
        replace(line, dots=tuple(replace(dot, value=round(dot.value, 1), average=3.0) for dot in line.dots))
        for line in quiet_report().trends.lines
    )
    even = replace(quiet_report(), trends=replace(quiet_report().trends, lines=flat))
    assert html(nudged(even)) == html(even)


def test_the_same_report_gives_the_same_page() -> None:
    first = html(eventful_report())
    module._environment.cache_clear()
    module._style.cache_clear()
    assert html(eventful_report()) == first
    assert first.endswith("</html>\n")


def test_what_makes_pages_is_loaded_by_those_who_want_one() -> None:
    code = "import sys, tuiretro.export.html; print('jinja2' in sys.modules or 'markupsafe' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_too_few_answers_is_a_sentence_and_never_a_number() -> None:
    rows = [row for row in elements(page("eventful"), "tr") if TOO_FEW in words(row)]
    assert [re.search(r"\d", words(row).removeprefix("m02")) for row in rows] == [None, None]
    assert "x too few answers" in read(page("eventful"))
    assert _figures("part 2 ")[-1] == "x"


def _figures(mistake: str) -> list[str]:
    """What stands in the table below the heatmap in the row of a mistake."""
    (row,) = [row for row in elements(page("eventful"), "tr") if mistake in words(row)]
    return [words(cell) for cell in row]


def test_the_tables_below_the_heatmap_hold_the_figures_of_all_charts() -> None:
    line = eventful_report().trends.line("m03")
    assert line is not None
    wanted = [f"{mean_short(dot.value)}{'!' if dot.signal else ''}" for dot in line.dots]
    assert _figures("part 3 ")[1:] == wanted
    assert any(figure.endswith("!") for figure in wanted)


def test_owners_stay_at_home_unless_asked() -> None:
    assert "Mina" not in page("eventful")
    assert "due 20 May 2026, Mina" in read(html(eventful_report(), owners=True))


def test_comments_are_told_of_and_never_counted() -> None:
    assert "they stay in the app" in read(page("rich"))
    assert html(alone(replace(rich_summary(), comments=9))) == page("rich")
    assert "omment" not in read(page("first"))


def test_one_sprint_has_no_chart_and_says_why() -> None:
    assert read(page("rich")).index("How to read this") < read(page("rich")).index(ONE_SPRINT)
    assert "Trends" not in read(page("rich"))
    assert ONE_SPRINT not in read(page("eventful"))
    assert all(drawing.attrib["class"] == "strip" for drawing in elements(page("rich"), "svg"))
    assert not elements(page("rich"), "nav")


def test_sprints_without_any_value_have_no_chart_and_say_why() -> None:
    report = eventful_report()
    bare = replace(report, trends=replace(report.trends, lines=()))
    assert NOTHING_DRAWN in read(html(bare))
    assert not [e for e in elements(html(bare), "svg") if e.attrib["class"] == "chart"]


def test_each_focus_mistake_has_its_chart_and_each_theme() -> None:
    names = {e.attrib["aria-label"] for e in elements(page("eventful"), "div") if "newest" in e.attrib.get("class", "")}
    report = eventful_report()
    focus = {f"Chart: {entry.title}, Sprints 1 to 14, 2025" for entry in report.summaries[-1].focus}
    themes = {f"Chart: {theme}, Sprints 1 to 14, 2025" for theme in ("Safety", "Direction", "Data", "Trust", "Quality")}
    assert focus
    assert focus | themes <= names


def test_what_was_unusual_comes_first_with_the_newest_sprint_in_front() -> None:
    text = read(page("eventful"))
    assert text.index("In sprint 14") < text.index("In earlier sprints") < text.index("Focus list:")
    latest = text[text.index("In sprint 14") : text.index("In earlier sprints")]
    assert "m01 ( Neglecting part 1 of whatever the product needs ): Unusually low compared with your last" in latest
    assert text.index("Sprint 9 ") < text.index("Sprint 8 ")


def test_the_whole_sprint_is_called_calm_only_where_it_was_judged() -> None:
    calm = replace(rich_summary(), signal=None, remark="", themes=rich_summary().themes[:1])
    assert NO_CHANGE in read(html(alone(calm)))
    early = replace(calm, is_judged=False)
    text = read(html(alone(early)))
    assert text[text.index("What was unusual") :].startswith(f"What was unusual {TOO_EARLY}")


def test_statements_stand_in_their_language_and_typed_text_chooses_its_direction() -> None:
    german = html(alone(replace(rich_summary(), language="de.2")))
    rows = [row for row in elements(german, "th") if row.attrib.get("scope") == "row"]
    assert {row[0].attrib["lang"] for row in rows} == {"de"}
    assert {row[0].attrib["dir"] for row in rows} == {"auto"}


def test_a_report_of_part_of_a_long_past_leaves_older_actions_out_and_says_so() -> None:
    from tests.export.page_reports import released

    text = read(html(reported(*released(14), first=10)))
    assert "Label a hundred rows" not in text
    assert "Not listed: 2 earlier actions, done or dropped before the sprints of this report." in text
    closed_in_its_first = read(html(reported(*released(14), first=6)))
    assert "Not listed: 1 earlier action, " in closed_in_its_first
    assert "dropped in sprint 6" in closed_in_its_first


def test_an_empty_focus_list_is_a_sentence() -> None:
    assert "No mistake has been rated yet" in read(page("first"))


def test_ten_years_are_cut_into_panels_and_their_newest_comes_first() -> None:
    long = html(long_report())
    assert NEWEST_FIRST in long
    heads = re.findall(r'<figcaption class="soft">Sprints [0-9]+ to ([0-9]+), ([0-9]+)\.</figcaption>', long)
    assert [year for _, year in heads] == [str(year) for year in range(2034, 2024, -1)]
    assert heads[0][0] == "260"
    assert long.count('class="wide newest"') == 5 * (6 + len(long_report().summaries[-1].focus))
