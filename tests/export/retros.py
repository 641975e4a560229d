"""Retros as they are told, for the tests of their exports."""

from __future__ import annotations

from datetime import date

from tuiretro.core.checks import STATEMENTS, TITLES
from tuiretro.model.action import Action
from tuiretro.model.retro_summary import CheckLine, NoteLine, RetroSummary, ReviewLine, StageLine, TopicLine
from tuiretro.model.team import Sprint

SPRINT = Sprint(14, date(2026, 11, 16), date(2026, 11, 29))
AGENDA = (
    StageLine("notes", "Notes", 8, is_seen=True),
    StageLine("vote", "Vote", 5, is_seen=True),
    StageLine("decide", "Decide", 10, is_seen=False),
)
CHECKS = (
    CheckLine("welcome", TITLES["welcome"], STATEMENTS["welcome"], "7 of 9 answered", 3.4, 0.6839, "mixed"),
    CheckLine("close", TITLES["close"], STATEMENTS["close"], "5 of 9 answered", None, None, None),
)


def decided() -> tuple[Action, ...]:
    return (
        Action(
            5,
            "Write the data card for the churn table",
            14,
            date(2026, 12, 13),
            "Mina",
            "The card is linked from the table.",
            "data-cleaning",
            "data-cleaning.read-raw-records-together",
        ),
        Action(6, "Buy cake", 14, date(2026, 12, 4), status="dropped", closed=15),
    )


def reviewed() -> tuple[ReviewLine, ...]:
    return (
        ReviewLine(
            Action(3, "Name one owner for retraining", 13, date(2026, 12, 13), "Joana"), "moved", "Too early to say."
        ),
        ReviewLine(Action(2, "Look at the dashboard", 12, date(2026, 11, 27), status="done", closed=14), "done", ""),
    )


def topics() -> tuple[TopicLine, ...]:
    slow = (NoteLine(1, "Brought along", "The build takes an hour"), NoteLine(4, "Stop", "waiting for CI"))
    return (
        TopicLine(7, "Builds", is_group=True, notes=slow, votes=4, place=1, is_tied=True, is_discussed=True),
        _single(2, "Data cleaning: What we saw", "nobody owns churn_table", votes=4),
        _single(5, "Start", "a demo every week", votes=1),
        _single(6, "Start", "cake", votes=0),
    )


def _single(number: int, column: str, text: str, votes: int) -> TopicLine:
    note = NoteLine(number, column, text)
    place = {4: 1, 1: 3}.get(votes, 0)
    return TopicLine(number, text, False, (note,), votes, place, is_tied=votes == 4, is_discussed=False)


def rich_retro() -> RetroSummary:
    return RetroSummary(
        team="Atlas",
        sprint=SPRINT,
        held="2026-11-26",
        format="Start, stop, continue",
        is_over=True,
        minutes="41 of 45 minutes",
        checks=CHECKS,
        reviewed=reviewed(),
        topics=topics(),
        voters=3,
        decided=decided(),
        stage="summary",
        agenda=AGENDA,
    )


def bare_retro() -> RetroSummary:
    """One that has just begun."""
    return RetroSummary("Atlas", SPRINT, "2026-11-26", "Plain", False, "0 of 45 minutes", (), (), (), 0, ())


def hostile_retro(text: str) -> RetroSummary:
    """The same words of a stranger wherever words can stand."""
    action = Action(1, text, 14, date(2026, 12, 4), text, text, text, text)
    note = NoteLine(1, text, text)
    return RetroSummary(
        team=text,
        sprint=SPRINT,
        held="2026-11-26",
        format=text,
        is_over=True,
        minutes="41 of 45 minutes",
        checks=(CheckLine("welcome", text, text, "7 of 9 answered", 3.4, 0.7, "mixed"),),
        reviewed=(ReviewLine(action, "kept", text),),
        topics=(
            TopicLine(2, text, True, (note, note), 3, 1, is_tied=False, is_discussed=True),
            TopicLine(1, text, False, (note,), 0, 0, is_tied=False, is_discussed=False),
        ),
        voters=1,
        decided=(action,),
        agenda=(StageLine("notes", text, 5, is_seen=True),),
    )
