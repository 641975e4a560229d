"""One person's answers as they are shown to that person: by theme, with the mistakes that they see and what to start.

Owns what may stand beside one person's answer. Must not know where answers are kept, nor how they are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from tuiretro.core.figures import band_words, mean_words
from tuiretro.core.plays import EFFORTS, play_reference
from tuiretro.core.self_check_words import (
    BESIDE,
    NO_PLAYS,
    NOT_A_TEST,
    NOT_ASKED,
    NOT_FOR_ONE,
    ONE_PERSON,
    TOO_FEW_SHORT,
)
from tuiretro.model.round import Round
from tuiretro.model.self_check import KeptAnswer, OwnLine, OwnTheme, Picture, SeenMistake, SelfCheck
from tuiretro.model.summary import ItemLine, PlayLine, Summary
from tuiretro.model.survey import THEMES, Mistake, Play, PlayBook, Question

LOW = 2
"""An answer up to this one, disagreeing, says that somebody sees the mistake."""
Answers = Mapping[str, int | None]
"""By question id; None is "can't say"."""


def as_kept(asked: Round, answers: Answers, day: date) -> SelfCheck:
    """All that is kept of a self-check, if its person asks for it.

    Args:
        asked: What was asked.
        answers: The answer to each question.
        day: The date; no time of day.
    """
    ordered = sorted(asked.questions, key=lambda question: question.id)
    kept = (KeptAnswer(q.id, q.version, answers[q.id], q.language) for q in ordered)
    return SelfCheck(day, asked.survey, tuple(kept))


def picture(
    asked: Round,
    answers: Answers,
    book_of: Callable[[Question], PlayBook | None],
    day: date,
    *,
    released: Summary | None = None,
    remark: str = "",
) -> Picture:
    """A person's own picture.

    Args:
        asked: What was asked.
        answers: The answer to each question.
        book_of: The mistake or survey that a question belongs to; None where the catalogue has it no more.
        day: The date.
        released: The team's last release, to stand beside the answers.
        remark: Why none stands there, although there is a team.
    """
    lines = {line.id: line for theme in released.themes for line in theme.items} if released is not None else None
    whose = (
        remark
        if released is None
        else f"Beside your answers: what {released.team} released for sprint {released.sprint.number}."
    )
    return Picture(
        survey=asked.survey,
        title=asked.title,
        day=day,
        themes=tuple(_themes(asked, answers, lines)),
        seen=tuple(_seen(asked, answers, book_of)),
        beside=whose,
        compares=released is not None,
        notes=(ONE_PERSON, *((BESIDE,) if released is not None else ()), NOT_A_TEST),
    )


def _themes(asked: Round, answers: Answers, lines: Mapping[str, ItemLine] | None) -> Iterator[OwnTheme]:
    for theme in THEMES:
        questions = [question for question in asked.questions if question.theme == theme]
        if questions:
            yield OwnTheme(theme, tuple(_line(asked, question, answers[question.id], lines) for question in questions))


def _line(asked: Round, question: Question, answer: int | None, lines: Mapping[str, ItemLine] | None) -> OwnLine:
    said = asked.labels[answer or 0]
    if lines is None:
        return OwnLine(question.id, question.short, question.text, answer, said)
    team = lines.get(question.id)
    if team is None or team.text != question.text:
        # The same id in other words is another statement: its number would answer something else.
        return OwnLine(question.id, question.short, question.text, answer, said, NOT_ASKED)
    if team.mean is None or team.band is None:
        return OwnLine(question.id, question.short, question.text, answer, said, TOO_FEW_SHORT)
    words = f"{mean_words(team.mean)} {band_words(team.band)}"
    return OwnLine(question.id, question.short, question.text, answer, said, words, team.mean, team.band)


def _seen(asked: Round, answers: Answers, book_of: Callable[[Question], PlayBook | None]) -> Iterator[SeenMistake]:
    low: dict[str, tuple[PlayBook, list[Question]]] = {}
    for question in asked.questions:
        book = book_of(question) if (answers[question.id] or LOW + 1) <= LOW else None
        if book is not None:
            low.setdefault(book.id, (book, []))[1].append(question)
    # What somebody disagrees with most comes first; the themes' order decides between equals.
    for book, questions in sorted(low.values(), key=lambda pair: min(answers[q.id] or LOW for q in pair[1])):
        yield _seen_mistake(book, questions, answers)


def _seen_mistake(book: PlayBook, questions: list[Question], answers: Answers) -> SeenMistake:
    rated = tuple(f"{question.short}: {answers[question.id]}" for question in questions)
    wanted = {side for question in questions if (side := book.sides.get(question.id)) is not None}
    # A headline is about every side of its mistake.
    fitting = [play for play in book.plays if not wanted or play.facet in wanted]
    alone = sorted((play for play in fitting if play.alone), key=lambda play: EFFORTS.index(play.effort))
    remark = "" if alone else NOT_FOR_ONE if fitting else NO_PLAYS
    number = book.number if isinstance(book, Mistake) else 0
    return SeenMistake(book.id, number, book.title, rated, tuple(_play_line(book, play) for play in alone), remark)


def _play_line(book: PlayBook, play: Play) -> PlayLine:
    return PlayLine(play_reference(book, play), play.title, play.effort, play.why, play.first_step, play.done_when)
