"""What a team's history forbids when a round is to be opened, or releases are to be imported.

Owns the rules, so that all stores keep the same. Knows nothing of locks: whoever asks holds the team's, since the
history could change otherwise between the question and the change.
"""

from __future__ import annotations

from collections.abc import Iterable

from tuiretro.model.release import History, Release
from tuiretro.model.round import Round
from tuiretro.model.survey import Question
from tuiretro.model.team import Team
from tuiretro.store.refusals import (
    closed_before,
    imported_before,
    imported_otherwise,
    imported_under_way,
    relabelled,
    released_already,
    reworded,
    team_changed,
)


def check_opening(opened: Round, history: History) -> None:
    """Makes sure that a round can still be opened.

    Args:
        opened: The round.
        history: The team's releases and the questions they asked.

    Raises:
        NotNowError: This round, or its sprint, or a later sprint is released; or a question has another text than
            the history knows for its version, or other labels than its language had.
    """
    if any(release.round == opened.id for release in history.releases):
        raise closed_before()
    last = max((release.sprint.number for release in history.releases), default=0)
    if opened.sprint <= last:
        raise released_already(opened.sprint, last)
    known = {question.wording: question for question in history.questions}
    for question in opened.questions:
        before = known.get(question.wording, question)
        if before.text != question.text:
            raise reworded(question)
        if before.scale != question.scale:
            raise relabelled(question.language)


def check_import(history: History, releases: Iterable[Release], questions: Iterable[Question]) -> None:
    """Makes sure that releases which no round made can be added: over nothing that is there.

    Raises:
        NotNowError: A sprint is released already, or a question has another text or other labels than the history
            knows for its version.
    """
    known = {question.wording: question for question in history.questions}
    for question in questions:
        before = known.get(question.wording, question)
        if (before.text, before.scale) != (question.text, question.scale):
            raise imported_otherwise(question)
    there = {release.sprint.number for release in history.releases}
    for release in releases:
        if release.sprint.number in there:
            raise imported_before(release.sprint.number)


def check_team(read_for: Team, teams: Iterable[Team]) -> None:
    """Makes sure that an import stands on the team as it is.

    Args:
        read_for: The team as it was when the file was read.
        teams: All teams as they are now.

    Raises:
        NotNowError: Its people, k or calendar were changed, or it is gone.
    """
    if _rules(read_for) not in map(_rules, teams):
        raise team_changed()


def _rules(team: Team) -> tuple[object, ...]:
    return team.id, team.people, team.minimum, team.cadences


def check_open_round(opened: Round | None, releases: Iterable[Release]) -> None:
    """Makes sure that the open round can still be closed after an import.

    Raises:
        NotNowError: A release is of the round's sprint or a later one.
    """
    latest = max((release.sprint.number for release in releases), default=0)
    if opened is not None and latest >= opened.sprint:
        raise imported_under_way(opened.sprint)
