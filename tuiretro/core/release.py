"""From sheets to a release: the one place where raw answers become what may be shown.

Owns the release rules of a round (k, end coding, spread word, comments). Knows nothing of how sheets are kept.
"""

from __future__ import annotations

from collections.abc import Callable

from tuiretro.core.figures import released_spread, shown_mean
from tuiretro.core.rules import COMMENT_LIMIT, COMMENTS_FROM
from tuiretro.core.text import clean, visible
from tuiretro.errors import NotNowError
from tuiretro.model.release import ItemResult, Release
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question
from tuiretro.model.team import Sprint


def item_result(question: Question, sheets: tuple[Sheet, ...], minimum: int) -> ItemResult:
    """One item's released numbers.

    Args:
        question: The item.
        sheets: All sheets of the round, in any order.
        minimum: k; fewer answers than this leave a result without any number.
    """
    return result(question, [value for sheet in sheets if (value := sheet.answers[question.id]) is not None], minimum)


def result(question: Question, answers: list[int], minimum: int) -> ItemResult:
    """The same from the answers to one item alone, from 1 to 5 and in any order."""
    if len(answers) < minimum:
        return ItemResult(question.id, question.version, language=question.language)
    shown, spread = shown_mean(answers), released_spread(answers)
    return ItemResult(question.id, question.version, len(answers), shown, spread, question.language)


def released_comments(sheets: tuple[Sheet, ...], shuffle: Callable[[list[str]], None]) -> tuple[str, ...]:
    """The comments in a random order, or none if fewer than `COMMENTS_FROM` people wrote one."""
    # Sorted first, so that not even a poor shuffle lets the order of the sheets through.
    shown = (clean(sheet.comment, lines=True)[:COMMENT_LIMIT] for sheet in sheets if visible(sheet.comment))
    written = sorted(filter(None, shown))
    if len(written) < COMMENTS_FROM:
        return ()
    shuffle(written)
    return tuple(written)


def too_few(minimum: int) -> str:
    """Why a round cannot be closed yet, in one sentence."""
    return (
        f"Fewer than {minimum} have answered, so there is nothing that may be shown yet. The round stays open; wait "
        "for more answers, or abandon it."
    )


def tally(
    opened: Round,
    sprint: Sprint,
    starred: tuple[str, ...],
    sheets: tuple[Sheet, ...],
    shuffle: Callable[[list[str]], None],
) -> Release:
    """The release of a round.

    Args:
        opened: The round as it was opened.
        sprint: Its sprint.
        starred: The mistakes that the team has starred now.
        sheets: All sheets, in any order; the release does not depend on it.
        shuffle: Puts a list into a random order in place.

    Raises:
        NotNowError: Fewer sheets than k.
    """
    if len(sheets) < opened.minimum:
        raise NotNowError(too_few(opened.minimum))
    return Release(
        round=opened.id,
        sprint=sprint,
        survey=opened.survey,
        title=opened.title,
        people=opened.people,
        minimum=opened.minimum,
        answered=None if opened.people - len(sheets) == 1 else len(sheets),
        items=tuple(item_result(question, sheets, opened.minimum) for question in opened.questions),
        starred=starred,
        comments=released_comments(sheets, shuffle),
    )
