"""Reports that the tests of exports are made from: a team's story of ten sprints, and values made by hand."""

from __future__ import annotations

from datetime import date
from functools import cache

from msgspec.structs import replace

from tests.core.decision_histories import NUMBERS, history, release
from tests.core.summaries import TEAM, find
from tests.export.summaries import HOSTILE, hostile_summary
from tuiretro.core.report import report
from tuiretro.model.action import Action
from tuiretro.model.release import Release
from tuiretro.model.report import ActionLine, Report
from tuiretro.model.summary import Summary
from tuiretro.model.team import Sprint
from tuiretro.model.trends import Dot, Line, Trends

USUAL = {"safety.p": 3.6, "safety.q": 3.9, "m01": 3.4, "m02": 2.9, "m03": 3.1, "m06": 3.8, "m07": 3.5, "m11": 4.4}
MOVES = (0.0, 0.1, -0.1, 0.1, 0.0, -0.1, 0.1, 0.0, -0.1, 0.1)
COMMENT = "zebra crossing"
"""A comment, which must never leave."""
OWNER = "Mina"
STRANGERS = (*HOSTILE, "\uff1d1+1", "@SUM(A1)", "a;=1+1", "\u200b=1", '"quoted", and more', "-1+cmd|' /C calc'!A0")
ACTIONS = (
    Action(1, "Look at raw records", 3, date(2026, 3, 1), OWNER, "", "m02", "m02.look", "done", 4),
    Action(2, "Write the data card", 7, date(2026, 5, 1), OWNER, "It is linked.", "m02", None, "done", 9),
    Action(3, "Move the stand-up", 8, date(2026, 5, 15), OWNER, "", None, None, "dropped", 9),
    Action(4, "Agree on one measure", 10, date(2026, 6, 20), OWNER, "One page says it.", "m07", "m07.check"),
    Action(5, "Buy cake", 9, date(2026, 6, 1)),
)


@cache
def story(first: int = 8, last: int | None = None) -> Report:
    """Ten sprints, told from the eighth on.

    In the last one m07 drops and enters the focus list, m06 is split, and too few answered m11; in the ninth nearly all
    answered and people had joined. Everything is ordinary before.
    """
    releases = tuple(_release(number) for number in range(1, 11))
    team = replace(TEAM, changes=(2,))
    told = report(team, history(*releases), ACTIONS, find, NUMBERS, {"m07": "No pilot"}, first=first, last=last)
    return replace(told, is_range=True)


def _release(number: int) -> Release:
    means: dict[str, float | None] = {
        item: round(usual + MOVES[(number + place) % len(MOVES)], 1)
        for place, (item, usual) in enumerate(USUAL.items())
    }
    if number == 10:
        means |= {"m07": 2.0, "m11": None}
    if number == 9:
        means |= {"m03": 3.4, "m03.a": 1.5}
        del means["m11"]
    plain = release(number, means)
    items = tuple(replace(item, spread="split") if item.id == "m06" and number == 10 else item for item in plain.items)
    answered = None if number == 9 else 7
    return replace(plain, people=8 if number == 9 else 9, answered=answered, items=items, comments=(COMMENT, "b", "c"))


def one(summary: Summary) -> Report:
    """The report of one sprint made by hand."""
    trends = Trends(summary.team, (summary.sprint,), ())
    return Report((summary,), trends, tuple(ActionLine(action, "") for action in summary.actions))


def hostile(text: str) -> Report:
    """Two sprints with the same words of a stranger wherever words can stand."""
    now = hostile_summary(text)
    before = replace(now, sprint=Sprint(2, date(2026, 11, 2), date(2026, 11, 13)), focus=())
    theme = Line("own", text, "own", None, (Dot(2, 3.0, 3.0), Dot(3, 3.1, 3.05)), (), (text,))
    lines = (theme, replace(theme, id="x", mistake=text), replace(theme, id="y", mistake=text, dots=(), too_few=(3,)))
    action = Action(1, text, 3, date(2026, 11, 27), text, text, text, text)
    done = replace(action, id=2, status="done", closed=3)
    trends = Trends(text, (before.sprint, now.sprint), lines, remark=text)
    return Report((before, now), trends, (ActionLine(action, text), ActionLine(done, text)), is_range=True)
