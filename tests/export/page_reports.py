"""Reports that the tests of exports are made from: told from histories in memory, as the program does it."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from tests.core.decision_histories import NUMBERS, history
from tests.core.summaries import TEAM, find, steady
from tests.export.summaries import first_summary, hostile_summary, rich_summary
from tuiretro.core.report import report
from tuiretro.model.action import Action
from tuiretro.model.release import Release
from tuiretro.model.report import ActionLine, Report
from tuiretro.model.summary import Summary
from tuiretro.model.team import Sprint
from tuiretro.model.trends import ActionMark, Dot, Line, Trends

LOW = {f"m{number:02}": -1.2 for number in (3, 8, 13, 18)}
ACTIONS = (
    Action(1, "Label a hundred rows twice", 2, date(2026, 3, 1), "Mina", status="done", closed=3, mistake="m03"),
    Action(2, "Draw the flow of data", 5, date(2026, 4, 1), "Tomas", status="dropped", closed=6, mistake="m07"),
    Action(3, "Write the data card", 9, date(2026, 6, 1), "Jo", "It is linked.", mistake="m03"),
    Action(4, "Ask the people who know", 9, date(2026, 5, 20), "Mina"),
)
TITLES = {f"m{number:02}": f"Neglecting part {number} of whatever the product needs" for number in range(1, 21)}


def released(sprints: int, **moved: dict[str, float]) -> list[Release]:
    """Releases of everything every sprint, with the times of real sprints."""
    start = date(2025, 1, 6)
    return [
        replace(release, sprint=Sprint(number, day, day + timedelta(days=13)))
        for number, release in enumerate(steady(sprints, 1, **moved), start=1)
        for day in (start + timedelta(weeks=2 * (number - 1)),)
    ]


def reported(*releases: Release, changes: tuple[int, ...] = (), first: int = 1) -> Report:
    return report(replace(TEAM, changes=changes), history(*releases), ACTIONS, find, NUMBERS, TITLES, first=first)


def eventful_report() -> Report:
    """Fourteen sprints with a drop, a change of the team, a statement that few answered, and actions."""
    releases = released(14, s8=LOW, s9=LOW, s14={"m01": -1.4, "safety.p": 1.0})
    few = tuple(
        replace(item, n=None, mean=None, spread=None) if item.id in {"m02", "safety.q"} else item
        for item in releases[13].items
    )
    releases[13] = replace(releases[13], items=few, comments=("one", "two", "three"))
    return reported(*releases, changes=(4,))


def quiet_report() -> Report:
    """Six sprints in which nothing happens."""
    return reported(*released(6))


def long_report() -> Report:
    """Ten years of two weeks each, all 24 statements in every sprint."""
    return reported(*released(260, s40=LOW, s100=LOW, s259=LOW), changes=(60, 130))


def years_report() -> Report:
    """More than two years: enough to be cut."""
    return reported(*released(60, s40=LOW, s58=LOW), changes=(30,))


def first_report() -> Report:
    """A first sprint with nothing to say yet."""
    return alone(first_summary())


def rich_report() -> Report:
    """One sprint with everything that a summary can hold."""
    return alone(rich_summary())


def alone(summary: Summary) -> Report:
    """One sprint, and nothing to compare it with."""
    sprint = summary.sprint
    mean = 3.0
    line = Line("data", "data", "data", None, (Dot(sprint.number, mean, mean, "first"),), band=0.5)
    return Report(
        (summary,),
        Trends(summary.team, (sprint,), (line,), remark=summary.remark),
        tuple(ActionLine(action, "") for action in summary.actions),
    )


def hostile_report(text: str) -> Report:
    """The same words of a stranger wherever words can stand."""
    before, now = hostile_summary(text), hostile_summary(text)
    sprints = tuple(Sprint(number, date(2026, 11, 2 * number), date(2026, 11, 2 * number + 1)) for number in (2, 3))
    item = replace(now.themes[0].items[0], signal="low")
    themes = (replace(now.themes[0], items=(item, replace(item, mean=None, remarks=(text,)))),)
    dots = (Dot(2, 3.0, 3.0, "first"), Dot(3, 2.0, 2.5, None, 3.0, 2.2, 3.8, "low"))
    line = Line("x", text, "own", "x", dots, (), (text,), 0.7, text, text)
    theme = Line("own", "own", "own", None, dots, (), (text,), 0.5)
    mark = ActionMark(3, 1, text, "x", "own")
    return Report(
        (replace(before, sprint=sprints[0], themes=themes), replace(now, sprint=sprints[1], themes=themes)),
        Trends(text, sprints, (theme, line), actions=(mark,), remark=text),
        tuple(
            ActionLine(replace(action, status=status), text) for action in now.actions for status in ("open", "done")
        ),
        is_range=True,
    )
