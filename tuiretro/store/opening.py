"""What a team's history forbids when a round is to be opened.

Owns the rules, so that all stores keep the same. Knows nothing of locks: whoever asks holds the team's, since the
history could change otherwise between the question and the opening.
"""

from __future__ import annotations

from tuiretro.model.release import History
from tuiretro.model.round import Round
from tuiretro.store.refusals import closed_before, relabelled, released_already, reworded


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
