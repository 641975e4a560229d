"""Builds self-checks for the tests of what one person is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from tests.core.rounds import QUESTIONS, a_round
from tests.model.mistakes import a_mistake
from tuiretro.core.own_history import own_history
from tuiretro.core.self_check import picture
from tuiretro.model.self_check import KeptAnswer, OwnHistory, Picture, SelfCheck
from tuiretro.model.summary import ItemLine, Summary, ThemeLine
from tuiretro.model.survey import PlayBook, Question, Survey, SurveyItem
from tuiretro.model.team import Sprint

DAY = date(2026, 11, 23)
BAD_NEWS, CLEANING, DRIFT, MEETINGS = (question.id for question in QUESTIONS)
MEETING_SURVEY = Survey("meetings", "Our meetings", "Hello.", items=(SurveyItem("short", "Short ones", "..."),))


def book_of(question: Question) -> PlayBook | None:
    """Two mistakes, of which one has a play for one person, a survey without plays, and a gone safety survey."""
    if question.mistake is None:
        return MEETING_SURVEY if question.id == MEETINGS else None
    book = a_mistake(question.mistake, 2 if question.mistake == CLEANING else 5)
    first, second, third = book.plays
    alone = question.mistake == CLEANING
    plays = (first, replace(second, alone=alone), replace(third, alone=alone))
    return replace(book, plays=plays[::-1])


def shown(released: Summary | None = None, remark: str = "", **answers: int | None) -> Picture:
    """The picture of somebody who answered 4 unless another answer is named, as in `data_cleaning=2`."""
    given: dict[str, int | None] = dict.fromkeys((question.id for question in QUESTIONS), 4)
    given |= {name.replace("__", ".").replace("_", "-"): value for name, value in answers.items()}
    return picture(a_round(), given, book_of, DAY, released=released, remark=remark)


def released(*lines: ItemLine) -> Summary:
    """A team's release with these items."""
    return Summary(
        team="Atlas",
        sprint=Sprint(7, date(2026, 11, 9), date(2026, 11, 22)),
        title="Pulse",
        answered="5 of 8 answered",
        nearly_all=False,
        minimum=4,
        sprints=7,
        signal=None,
        is_judged=False,
        remark="",
        mistakes=20,
        levels=2,
        themes=(ThemeLine("data", items=lines),),
        focus=(),
    )


def kept(*rows: Mapping[str, int | None], first: date = DAY, version: int = 1, language: str = "en") -> list[SelfCheck]:
    """Self-checks a week apart, one for each row of answers."""
    return [
        SelfCheck(
            first + timedelta(weeks=week),
            "pulse",
            tuple(KeptAnswer(item, version, answer, language) for item, answer in row.items()),
        )
        for week, row in enumerate(rows)
    ]


def history_of(checks: Sequence[SelfCheck]) -> OwnHistory:
    """The history, with today's names of `QUESTIONS`."""
    known = {question.id: question for question in QUESTIONS}
    return own_history(checks, known.get)
