"""Long histories to measure on: a team of sixty that was asked every week for twelve years.

Owns how such a history is written at once. Its answers are figures without a meaning.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tuiretro.model.release import History, ItemResult, Release
from tuiretro.model.survey import Question
from tuiretro.model.team import Sprint, Team
from tuiretro.store.history_file import keep_release
from tuiretro.store.layout import HISTORY, team_folder
from tuiretro.store.storage import changing

PEOPLE, ITEMS = 60, 27
ANSWERS = 1_000_000
FIRST_DAY = date(2014, 1, 6)
_WEEK = timedelta(days=7)


def long_history(answers: int = ANSWERS) -> History:
    """As many releases as so many answers leave, each of `PEOPLE` sheets with `ITEMS` answers."""
    questions = tuple(
        Question(f"own.item-{n:02}", f"Item {n:02}", "In this sprint we did it.", "own") for n in range(ITEMS)
    )
    rounds = -(-answers // (PEOPLE * ITEMS))
    return History(tuple(_release(number, questions) for number in range(1, rounds + 1)), questions)


def _release(number: int, questions: tuple[Question, ...]) -> Release:
    starts = FIRST_DAY + (number - 1) * _WEEK
    return Release(
        round=f"{number:016x}",
        sprint=Sprint(number, starts, starts + timedelta(days=6)),
        survey="own",
        title="A survey",
        people=PEOPLE,
        minimum=4,
        answered=PEOPLE,
        items=tuple(
            ItemResult(q.id, q.version, PEOPLE, round(2 + (7 * number + 5 * place) % 23 / 10, 1), "mixed")
            for place, q in enumerate(questions)
        ),
    )


def write_history(place: Path, team: Team, history: History) -> int:
    """Writes a history in one go, without the rounds that would have led to it; returns the file's bytes."""
    path = team_folder(place, team.id) / HISTORY
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with changing(path) as database:
        for release in history.releases:
            keep_release(database, path, release, history.questions)
    return path.stat().st_size
