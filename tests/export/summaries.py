"""Summaries that the tests of exports are made from."""

from __future__ import annotations

import re
from datetime import date

from tuiretro.core.figures import NOT_ASKED
from tuiretro.model.action import Action
from tuiretro.model.summary import FocusLine, ItemLine, PlayLine, Summary, ThemeLine
from tuiretro.model.team import Sprint

NEVER = re.compile(
    r"%|\bp-value|\b(worked|caused|significant|proves?|benefit|average of|SD|variance|score|grade|rank)\b|↑|↓"
)
"""The words and signs that science rules out."""

HOSTILE = (
    "[/]",
    "[bold]loud[/bold]",
    "<script>alert(1)</script>",
    "![x](http://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "https://evil.example/a?b=c",
    "www.evil.example",
    "mallory@evil.example",
    "a | b || c",
    "`rm -rf /` and ``more``",
    "# not a heading #",
    "1. not a list",
    "1) not a list",
    "- not a list",
    "--- ===",
    "===",
    "=1+1",
    "+1",
    "*bold* __bold__ ~~gone~~ _x_",
    "churn_table_v2",
    "R&D &amp; &#60;b&#62;",
    "{{ site.secrets }} {% include x %} $x$",
    "back\\slash\\",
    "\x1b[31mred\x1b[0m",
    "\u202egnp.exe",
    "two\nlines\r\n\n# three",
    "\ttab",
    ":---|:---",
    "> quote",
    "<https://evil.example>",
    "Zo\u00eb's \u65e5\u672c\u8a9e \U0001f600",
)


def play(title: str = "Read twenty raw records together") -> PlayLine:
    return PlayLine(
        reference="data-cleaning.read-raw-records-together",
        title=title,
        effort="S",
        why="Faults that nobody saw are cheap to mend before training.",
        first_step="Open twenty random rows of churn_table with the person who knows them.",
        done_when="A list of the faults found is linked in the sprint board.",
    )


def items() -> tuple[ItemLine, ...]:
    return (
        ItemLine(
            id="data-cleaning",
            short="Data work got its due time",
            text="In this sprint we made enough time to get our data into good shape.",
            n=7,
            mean=2.4,
            band=0.6839,
            spread="split",
            signal="low",
            remarks=(
                "Unusually low compared with your last 8 sprints. Worth asking why.",
                "People see this differently. Talk before you fix.",
            ),
        ),
        ItemLine(
            id="data-cleaning.dark-data",
            short="Raw records looked at first",
            text="In this sprint we looked through raw records ourselves before we built on them.",
            is_facet=True,
            n=6,
            mean=1.5,
            band=0.7387,
            spread="together",
        ),
        ItemLine(
            id="data-versioning",
            short="Old data sets could be rebuilt",
            text="In this sprint we could rebuild the data set of any earlier result.",
            remarks=("Too few answers to show.",),
        ),
    )


def themes() -> tuple[ThemeLine, ...]:
    safety = ItemLine(
        id="safety.bad-news",
        short="Bad news was welcome",
        text="In this sprint bad news was welcome on this team.",
        n=5,
        mean=4.5,
        band=0.8091,
    )
    return (
        ThemeLine("safety", 3.875, 0.4788, remark="No unusual change.", recent=(3.5, None, 3.875), items=(safety,)),
        ThemeLine(
            "data",
            2.5625,
            0.4788,
            signal="low",
            remark="Unusually low compared with your last 8 sprints.",
            recent=(3.1, 2.5625),
            items=items(),
        ),
        ThemeLine("trust", 3.44, 0.4788, asked=False, remark=NOT_ASKED),
        ThemeLine("own", items=(ItemLine("ours.lunch", "Lunch was early", "In this sprint lunch was early."),)),
    )


def focus() -> tuple[FocusLine, ...]:
    return (
        FocusLine(
            mistake="data-cleaning",
            number=2,
            title="Underestimating the data cleaning burden",
            level=2.6667,
            band=0.6839,
            answered="7 of 9 answered",
            reason="3-sprint average 2.7, lowest of 20; on your list for 2 sprints",
            new_drop=False,
            talk_first=True,
            plays=(play(), play("Another play")),
        ),
        FocusLine(
            mistake="model-drift",
            number=5,
            title="Model drift and maintenance",
            level=1.5,
            band=0.6839,
            answered="nearly all answered",
            reason="new drop: 1.5 or lower, usual for you 3.5",
            new_drop=True,
            talk_first=False,
        ),
        FocusLine(
            mistake="no-pilot",
            number=7,
            title="No pilot before scaling",
            level=3.0,
            band=0.6839,
            answered="7 of 9 answered",
            reason="3-sprint average 3.0, 2nd lowest of 20; on your list for 4 sprints",
            new_drop=False,
            talk_first=False,
            plays=(play(), play("Another play")),
        ),
    )


def actions() -> tuple[Action, ...]:
    return (
        Action(4, "Name one owner for retraining", 13, date(2026, 11, 27), "Jo"),
        Action(
            3,
            "Write the data card for the churn table",
            13,
            date(2026, 11, 20),
            "Mina",
            "The card is linked from the table.",
            "data-cleaning",
            "data-cleaning.read-raw-records-together",
        ),
        Action(2, "Buy cake", 12, date(2026, 11, 13), status="done", closed=13),
        Action(5, "Look at the dashboard", 14, date(2026, 12, 11)),
    )


def rich_summary() -> Summary:
    return Summary(
        team="Atlas",
        sprint=Sprint(14, date(2026, 11, 16), date(2026, 11, 27)),
        title="Pulse",
        answered="7 of 9 answered",
        nearly_all=False,
        minimum=4,
        sprints=13,
        signal="low",
        is_judged=True,
        mistakes=20,
        levels=20,
        remark="This whole sprint was rated lower than usual.",
        themes=themes(),
        focus=focus(),
        actions=actions(),
        comments=4,
    )


def first_summary() -> Summary:
    """A first sprint with nothing to say yet."""
    return Summary(
        team="Borealis",
        sprint=Sprint(1, date(2026, 12, 28), date(2027, 1, 8)),
        title="Pulse",
        answered="nearly all answered",
        nearly_all=True,
        minimum=5,
        sprints=1,
        signal=None,
        is_judged=False,
        mistakes=20,
        levels=0,
        remark="Too early for trends: 1 of 5 sprints.",
        themes=(
            ThemeLine(
                "safety",
                3.9,
                0.5,
                items=(ItemLine("safety.bad-news", "Bad news was welcome", "It was.", n=7, mean=3.9, band=0.68),),
            ),
        ),
        focus=(),
    )


def hostile_summary(text: str) -> Summary:
    """The same words of a stranger wherever words can stand."""
    line = ItemLine("x", text, text, n=7, mean=3.0, band=0.7, spread="mixed", remarks=(text,))
    plays = (PlayLine(text, text, "S", text, text, text),)
    entry = FocusLine("x", 1, text, 3.0, 0.7, text, text, new_drop=False, talk_first=False, plays=plays)
    return Summary(
        team=text,
        sprint=Sprint(3, date(2026, 11, 16), date(2026, 11, 27)),
        title=text,
        answered=text,
        nearly_all=False,
        minimum=4,
        sprints=3,
        signal=None,
        is_judged=True,
        mistakes=20,
        levels=20,
        remark=text,
        themes=(ThemeLine("own", 3.0, 0.7, remark=text, items=(line, line)),),
        focus=(entry,),
        actions=(Action(1, text, 3, date(2026, 11, 27), text, text),),
    )
